/** Times written in another zone; the instants stay. */
import { readDate, wallSeconds, writeShifted } from '../ical/dates.ts'
import { describeEvent } from '../ical/event.ts'
import type { CalendarObject, Component, Property } from '../ical/model.ts'
import { rawValue, withoutParameter, withParameter, withValue } from '../ical/property.ts'
import { tzidOf } from '../ical/zone-use.ts'
import { namedZone } from '../ical/zones.ts'
import type { Zone } from '../ical/zones-segments.ts'
import { occurrences } from '../recurrence/occurrences.ts'
import { type Clocks, clocksOf } from '../recurrence/read-series.ts'
import type { Problem } from '../types.ts'
import { isSeries } from './instances.ts'

const TIMES = new Set(['DTSTART', 'DTEND', 'RDATE', 'EXDATE', 'RECURRENCE-ID'])
/** So many instances, more than two years of a daily series, must fall on the same instants as before. */
const COMPARED = 800

/**
 * The event with its times in `zone` (IANA). A series is moved only where all its instances stay at their instants;
 * between zones that change their clocks on different days that cannot be, and it is said.
 */
export function shiftEvent(
  event: Component,
  object: CalendarObject,
  zone: string,
  defaultZone: string,
  findings: Problem[],
): Component {
  const target = namedZone(zone)
  if (target === null) return event
  const clocks = clocksOf(object, defaultZone)
  const shifted = { ...event, properties: event.properties.map((property) => shiftProperty(property, target, clocks)) }
  if (!isSeries(event) || sameInstants(event, shifted, object, defaultZone)) return shifted
  const subject = describeEvent(event)
  findings.push({
    code: 'zone-kept',
    subject,
    message: `${subject} repeats in a zone that changes its clocks on other days than ${zone}; it stays in its own zone, so that no instance moves.`,
  })
  return event
}

function shiftProperty(property: Property, zone: Zone, clocks: Clocks): Property {
  if (!TIMES.has(property.name)) return property
  const values = rawValue(property).split(',')
  const tzid = tzidOf(property)
  const moved = values.map((value) => {
    const date = readDate(value)
    if (date === null || date.seconds === null) return null
    const clock = tzid === undefined ? clocks.byDefault : clocks.ofZone(tzid)
    if (clock === null) return null
    const epoch = date.utc ? wallSeconds(date) * 1000 : clock.toEpoch(wallSeconds(date))
    const wall = (epoch + zone.offsetAt(epoch)) / 1000
    return writeShifted({ ...date, utc: false }, wall - wallSeconds(date))
  })
  if (moved.some((value) => value === null)) return property
  const renamed = withValue(withoutParameter(property, 'TZID'), moved.join(','))
  return withParameter(renamed, 'TZID', zone.id)
}

function sameInstants(before: Component, after: Component, object: CalendarObject, defaultZone: string): boolean {
  const stream = (event: Component) => occurrences({ ...object, events: [event] }, defaultZone)
  const [a, b] = [stream(before), stream(after)]
  for (let compared = 0; compared < COMPARED; compared += 1) {
    const [one, other] = [a.next(), b.next()]
    if (one.done === true || other.done === true) return one.done === other.done && one.value === other.value
    if (one.value.epoch !== other.value.epoch || one.value.endsAt !== other.value.endsAt) return false
  }
  return true
}
