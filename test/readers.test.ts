/** F6: what we publish is read by programs of others, and they see the same events at the same instants. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decodeCalendarBytes } from '../src/core/ical/decode.ts'
import { mergeFeed } from '../src/core/ical/merge.ts'
import type { CalendarObject, Component } from '../src/core/ical/model.ts'
import { readCalendar } from '../src/core/ical/objects.ts'
import { find, rawValue } from '../src/core/ical/property.ts'
import { tzidOf } from '../src/core/ical/zone-use.ts'
import { defineZone } from '../src/core/ical/zones-define.ts'
import { sameOffsets } from '../src/core/ical/zones-same.ts'
import { clocksOf, readTimes } from '../src/core/recurrence/read-series.ts'
import { READERS, type Seen } from './readers/readers.ts'

const corpus = new URL('../../shared/corpus/', import.meta.url)

interface Entry {
  readonly file: string
  readonly class: string
}

function entries(): Entry[] | null {
  try {
    const manifest = JSON.parse(readFileSync(new URL('MANIFEST.json', corpus), 'utf8')) as { files: Entry[] }
    return manifest.files.filter((entry) => entry.class === 'valid')
  } catch {
    return null
  }
}

interface Feed {
  readonly name: string
  readonly text: string
  readonly meant: readonly string[]
}

function feedOf(name: string, objects: readonly CalendarObject[]): Feed {
  const { text } = mergeFeed([objects], { name, defineZone, sameZone: sameOffsets, fallbackZone: 'Europe/Berlin' })
  return { name, text, meant: meantBy(readCalendar(text).objects) }
}

/** An end that is not after its start, or is written in another form than it, is read as each program likes. */
function isClearEnd(event: Component): boolean {
  const [start, end, duration] = ['DTSTART', 'DTEND', 'DURATION'].map((name) => find(event, name))
  if (start === undefined) return false
  if (end === undefined)
    return duration === undefined || rawValue(start).length > 8 || !rawValue(duration).includes('T')
  const isAlike = tzidOf(start) === tzidOf(end) || rawValue(start).endsWith('Z') || rawValue(end).endsWith('Z')
  return tzidOf(start) !== tzidOf(end) && tzidOf(end) !== undefined ? true : isAlike && rawValue(end) > rawValue(start)
}

/** The same list from our own engine. */
function meantBy(objects: readonly CalendarObject[]): string[] {
  const lines = objects.flatMap((object) => {
    const clocks = clocksOf(object, 'UTC')
    return object.events.map((event) => {
      const times = readTimes(event, clocks)
      if (times === null) return `${object.uid}|?|?`
      const hasEnd = find(event, 'DTEND') !== undefined || find(event, 'DURATION') !== undefined
      const shown = (epoch: number) =>
        times.isDate ? new Date(epoch).toISOString().slice(0, 10).replaceAll('-', '') : String(epoch / 1000)
      const end = hasEnd ? shown(times.endOf(times.start)) : ''
      return [object.uid, shown(times.start.epoch), isClearEnd(event) ? end : 'any'].join('|')
    })
  })
  return lines.sort()
}

const valid = entries()
const feeds: Feed[] = []
for (const { file } of valid ?? []) {
  try {
    const { objects } = readCalendar(decodeCalendarBytes(readFileSync(new URL(file, corpus)), null).text)
    feeds.push(feedOf(file, objects))
  } catch {
    // Refused files are no feeds.
  }
}

function difference(seen: Seen | undefined, meant: readonly string[]): string | null {
  if (seen === undefined) return 'no answer'
  if (!Array.isArray(seen)) return 'error' in seen ? seen.error : 'no answer'
  const odd = seen.findIndex((line, index) => {
    const wanted = meant[index] ?? ''
    return wanted.endsWith('|any') ? !line.startsWith(wanted.slice(0, -'any'.length)) : line !== wanted
  })
  if (odd === -1 && seen.length === meant.length) return null
  return `${seen.length} of ${meant.length} events; sees ${seen[odd]}, meant ${meant[odd]}`
}

/** Faults of these programs themselves; the three others read these feeds as meant. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  // It refuses UNTIL in UTC in a VTIMEZONE whose name it does not know (America_New_York), which RFC 5545 asks for.
  'python-icalendar': ['pimutils+khal/tests/ics/cal_lots_of_timezones.ics', 'pimutils+khal/tests/ics/part1.ics'],
  'python-vobject': [
    // An Outlook zone that says INTERVAL=1: it shows winter time in summer.
    'ical4j+ical4j/src/test/resources/samples/valid/Standup.ics',
    'stalwartlabs+calcard/resources/ical/191.ics',
    // One alarm with a VALUE that does not exist stops the whole calendar.
    'icalendar+icalendar/spec/fixtures/two_time_events.ics',
  ],
}

for (const reader of READERS) {
  const missing = reader.missing()
  const skip = valid === null ? 'corpus absent' : missing === null ? false : `not installed: ${missing}`
  test(`F6: ${reader.name} sees the same events at the same instants`, { skip }, () => {
    const answers = reader.read(feeds.map(({ text }) => text))
    const odd = feeds.flatMap(({ name, meant }, index) => {
      const why = difference(answers[index], meant)
      return why === null ? [] : [`${name}: ${why}`]
    })
    console.log(`${reader.name}: ${feeds.length - odd.length} of ${feeds.length} feeds alike`)
    const wrong = odd.filter((line) => !(KNOWN[reader.name] ?? []).some((file) => line.startsWith(`files/${file}:`)))
    assert.deepEqual(wrong, [])
  })
}
