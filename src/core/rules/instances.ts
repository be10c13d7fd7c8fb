/** Taking a series apart: its instances as events of their own, and the series without some of them. */
import { readDate, wallSeconds, writeShifted } from '../ical/dates.ts'
import type { CalendarObject, Component, Property } from '../ical/model.ts'
import { find, rawValue, withoutParameter, withValue } from '../ical/property.ts'
import { tzidOf } from '../ical/zone-use.ts'
import type { Occurrence } from '../recurrence/occurrences.ts'
import type { Clocks } from '../recurrence/read-series.ts'

const SET = new Set(['RRULE', 'RDATE', 'EXDATE', 'EXRULE'])

/** True for a master with more than its first instance. */
export function isSeries(event: Component): boolean {
  return event.properties.some(({ name }) => name === 'RRULE' || name === 'RDATE')
}

export function withUid(event: Component, uid: string): Component {
  const property: Property = { name: 'UID', line: `UID:${uid}` }
  return { ...event, properties: event.properties.map((one) => (one.name === 'UID' ? property : one)) }
}

/** The master without the instances that these overrides replace. */
export function withoutInstances(master: Component, overrides: readonly Component[]): Component {
  const dates = overrides.flatMap((override) => {
    const named = find(override, 'RECURRENCE-ID')
    if (named === undefined) return []
    const { line, name } = withoutParameter(named, 'RANGE')
    return [{ name: 'EXDATE', line: `EXDATE${line.slice(name.length)}` }]
  })
  return dates.length === 0 ? master : { ...master, properties: [...master.properties, ...dates] }
}

/** An override as an event of its own, under another UID. */
export function detached(event: Component, uid: string): Component {
  const properties = event.properties.filter(({ name }) => name !== 'RECURRENCE-ID' && !SET.has(name))
  return withUid({ ...event, properties }, uid)
}

/** What of a UID tells an instance apart. */
export function instanceUid(uid: string, event: Component): string {
  const named = find(event, 'RECURRENCE-ID') ?? find(event, 'DTSTART')
  return `${uid}-${named === undefined ? '' : rawValue(named).trim()}`
}

/** One instance of a series with the texts of `event`, which is the master or made from it. */
export function instanceOf(event: Component, occurrence: Occurrence, clocks: Clocks): Component {
  const start = find(event, 'DTSTART')
  if (start === undefined) return event
  const first = readDate(rawValue(start))
  if (first === null) return event
  const shift = occurrence.wall - wallSeconds(first)
  const moved = withValue(start, writeShifted(first, shift))
  const properties = event.properties.flatMap((property): Property[] => {
    if (SET.has(property.name) || property.name === 'RECURRENCE-ID') return []
    if (property === start) {
      const tail = moved.line.slice(moved.name.length)
      return [moved, { name: 'RECURRENCE-ID', line: `RECURRENCE-ID${tail}` }]
    }
    return [property.name === 'DTEND' ? endOf(property, occurrence, shift, clocks) : property]
  })
  return { ...event, properties }
}

function endOf(property: Property, { epoch, endsAt }: Occurrence, shift: number, clocks: Clocks): Property {
  const end = readDate(rawValue(property))
  if (end === null) return property
  const tzid = tzidOf(property)
  const zone = tzid === undefined ? null : clocks.ofZone(tzid)
  // A floating or all-day end moves with its start; any other is an instant.
  const isInstant = end.seconds !== null && (end.utc || zone !== null)
  // Of an hour that the clock shows twice only the first can be named.
  const wall = isInstant ? (endsAt + (zone?.offsetAt(endsAt) ?? 0)) / 1000 : wallSeconds(end) + shift
  if (zone !== null && zone.toEpoch(wall) !== endsAt) {
    return { name: 'DURATION', line: `DURATION:PT${Math.round((endsAt - epoch) / 1000)}S` }
  }
  return withValue(property, writeShifted(end, wall - wallSeconds(end)))
}

/** The master beginning with a later instance, and ending with `last` where that is given. */
export function between(master: Component, first: Occurrence, last: Occurrence | null, clocks: Clocks): Component {
  const begun = instanceOf(master, first, clocks)
  const times = new Map(begun.properties.map((property) => [property.name, property]))
  const properties = master.properties.map((property) => {
    if (property.name === 'DTSTART' || property.name === 'DTEND') {
      return times.get(property.name) ?? times.get('DURATION') ?? property
    }
    if (property.name === 'RRULE' && last !== null) return ending(property, last, find(master, 'DTSTART'))
    return property
  })
  return { ...master, properties }
}

/** The rule with UNTIL in the form its DTSTART asks for (RFC 5545 section 3.3.10). */
function ending(rule: Property, last: Occurrence, start: Property | undefined): Property {
  const parts = rawValue(rule)
    .split(';')
    .filter((part) => !/^\s*(COUNT|UNTIL)=/i.test(part))
  const isFloating = last.floating && !last.isDate
  const moment = last.isDate || isFloating ? last.wall * 1000 : last.epoch
  const stamp = new Date(moment).toISOString().replace(/[-:]|\.\d+/g, '')
  const isPlainDate = last.isDate && readDate(start ? rawValue(start) : '')?.seconds === null
  const until = isPlainDate ? stamp.slice(0, 8) : isFloating || last.isDate ? stamp.slice(0, 15) : stamp
  return withValue(rule, [...parts, `UNTIL=${until}`].join(';'))
}

export function withEvents(object: CalendarObject, uid: string, events: readonly Component[]): CalendarObject {
  return { uid, events, zones: object.zones }
}
