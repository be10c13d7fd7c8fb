/** Times without a zone in a feed that names one for all of them (X-WR-TIMEZONE; pitfall I5). */
import type { Problem } from '../types.ts'
import { readDate, wallSeconds } from './dates.ts'
import { describeObject } from './describe.ts'
import type { CalendarObject, Component, Property } from './model.ts'
import { find, parameterOf, rawValue, withParameter, withValue } from './property.ts'
import { namedZonesOf, scannedOf } from './scanned-object.ts'
import { indexZones, lookUpZone, mapTzids } from './zone-use.ts'
import { namedZone, resolveZone } from './zones.ts'
import type { Zone } from './zones-segments.ts'

const TIMES: ReadonlySet<string> = new Set(['DTSTART', 'DTEND', 'RECURRENCE-ID', 'EXDATE', 'RDATE'])

export interface Anchored {
  readonly objects: readonly CalendarObject[]
  readonly findings: readonly Problem[]
}

/**
 * Gives floating times the feed's own zone: RFC 5545 would have them at the same hour everywhere, but a feed that names a
 * zone means that one. Times whose TZID nobody knows and nothing defines get it too, or else `defaultZone` (IANA).
 * Other times with a zone, in UTC, or of whole days stay.
 */
export function anchorFloating(
  objects: readonly CalendarObject[],
  feedZone: string | null,
  defaultZone: string,
): Anchored {
  const zone = feedZone === null ? null : namedZone(feedZone)
  const findings: Problem[] = []
  const home = zone ?? namedZone(defaultZone)
  // Objects that were scanned share the array of their zones where they name the same ones.
  const known = new Set<readonly Component[]>()
  const housed = objects.map((object) => {
    if (known.has(object.zones)) return object
    const housedObject = withKnownZones(object, home, findings)
    if (housedObject === object && scannedOf(object)) known.add(object.zones)
    return housedObject
  })
  if (zone === null) return { objects: housed, findings }
  const anchored = housed.map((object) => {
    if (scannedOf(object)?.some(({ floats }) => floats) === false) return object
    if (!object.events.some((event) => event.properties.some(isFloating))) return object
    const start = object.events.flatMap((event) => find(event, 'DTSTART') ?? [])[0]
    const subject = describeObject(object)
    findings.push({
      code: 'floating-time',
      subject,
      uid: object.uid,
      message: `${subject}: its times name no zone; they were read in ${zone.id}, which the feed names for itself.`,
      before: start?.line ?? '',
      after: start ? anchor(start, zone).line : '',
      repaired: true,
    })
    return { ...object, events: object.events.map((event) => anchorEvent(event, zone)) }
  })
  return { objects: anchored, findings }
}

/** TZIDs that say nothing to anybody replaced; the same object where there are none. */
function withKnownZones(object: CalendarObject, zone: Zone | null, findings: Problem[]): CalendarObject {
  const defined = indexZones(object.zones)
  const lost = namedZonesOf(object).filter((tzid) => resolveZone(tzid, lookUpZone(defined, tzid)) === null)
  if (lost.length === 0 || zone === null) return object
  const subject = describeObject(object)
  findings.push({
    code: 'zone-replaced',
    subject,
    uid: object.uid,
    message: `${subject}: its time zone ${lost.join(', ')} is defined nowhere and known to nobody; its times were read in ${zone.id}. If they are wrong, choose a named zone where the event is edited.`,
    before: lost.join(', '),
    after: zone.id,
    repaired: true,
  })
  const rename = (tzid: string) => (lost.includes(tzid) ? zone.id : tzid)
  return { ...object, events: object.events.map((event) => mapTzids(event, rename)) }
}

function anchorEvent(event: Component, zone: Zone): Component {
  const start = find(event, 'DTSTART')
  const floats = start !== undefined && isFloating(start)
  const properties = event.properties.map((property) => {
    if (isFloating(property)) return anchor(property, zone)
    return floats && property.name === 'RRULE' ? withUntilInUtc(property, zone) : property
  })
  return { ...event, properties }
}

function isFloating(property: Property): boolean {
  if (!TIMES.has(property.name) || parameterOf(property, 'TZID') !== undefined) return false
  return rawValue(property)
    .split(',')
    .every((value) => {
      const date = readDate(value)
      return date !== null && date.seconds !== null && !date.utc
    })
}

function anchor(property: Property, zone: Zone): Property {
  return withParameter(property, 'TZID', zone.id)
}

/** Where DTSTART has a zone, UNTIL is in UTC (RFC 5545 section 3.3.10). */
function withUntilInUtc(property: Property, zone: Zone): Property {
  const value = rawValue(property)
  const [, until = ''] = /(?:^|;)UNTIL=([^;]*)/i.exec(value) ?? []
  const date = readDate(until)
  if (date === null || date.seconds === null || date.utc) return property
  const utc = new Date(zone.toEpoch(wallSeconds(date))).toISOString().replace(/[-:]|\.\d+/g, '')
  return withValue(property, value.replace(until, utc))
}
