/** Independent programs that read our feeds: what they saw, event by event. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import ICAL from 'ical.js'

/** Sorted `UID|start|end`: seconds since 1970 in UTC, or `YYYYMMDD`; floating times are read as UTC. */
export type Seen = readonly string[] | { readonly error: string }

export interface Reader {
  readonly name: string
  /** Null where it can run here; else what is missing. */
  missing(): string | null
  read(feeds: readonly string[]): readonly Seen[]
}

/** Debian's own, which its packages belong to, also where another one comes first on the path. */
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3'
const SCRIPT = join(import.meta.dirname, 'read_feeds.py')

function python(name: string, module: string, check: string): Reader {
  return {
    name,
    missing: () => (spawnSync(PYTHON, ['-c', check]).status === 0 ? null : `the Python module ${module}`),
    read(feeds) {
      const { stdout, stderr, status } = spawnSync(PYTHON, [SCRIPT, module], {
        input: JSON.stringify(feeds),
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
      })
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr.slice(-500)}`)
      return JSON.parse(stdout) as Seen[]
    },
  }
}

const icalJs: Reader = {
  name: 'ical.js',
  missing: () => null,
  read: (feeds) =>
    feeds.map((text) => {
      try {
        return readWithIcalJs(text)
      } catch (thrown) {
        return { error: String(thrown).slice(0, 200) }
      }
    }),
}

function readWithIcalJs(text: string): string[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0])
  const zones = new Map(
    calendar.getAllSubcomponents('vtimezone').map((zone) => {
      const timezone = new ICAL.Timezone(zone)
      return [timezone.tzid, timezone]
    }),
  )
  const moment = (event: InstanceType<typeof ICAL.Component>, name: string): ICAL.Time | null => {
    const property = event.getFirstProperty(name)
    const value = property?.getFirstValue()
    if (!(value instanceof ICAL.Time)) return null
    const zone = zones.get(String(property?.getParameter('tzid') ?? ''))
    if (zone) value.zone = zone
    return value
  }
  const shown = (time: ICAL.Time | null) => {
    if (time === null) return ''
    return time.isDate ? time.toICALString() : String(time.toUnixTime())
  }
  return calendar
    .getAllSubcomponents('vevent')
    .map((event) => {
      const start = moment(event, 'dtstart')
      let end = moment(event, 'dtend')
      const duration = event.getFirstPropertyValue('duration')
      if (end === null && start !== null && duration instanceof ICAL.Duration) {
        end = start.clone()
        end.addDuration(duration)
      }
      return [String(event.getFirstPropertyValue('uid')), shown(start), shown(end)].join('|')
    })
    .sort()
}

export const READERS: readonly Reader[] = [
  python('python-icalendar', 'icalendar', 'import icalendar'),
  python('python-vobject', 'vobject', 'import vobject'),
  python('libical', 'libical', "import gi; gi.require_version('ICalGLib', '3.0'); from gi.repository import ICalGLib"),
  icalJs,
]
