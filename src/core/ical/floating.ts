/** Times without a zone in a feed that names one for all of them (X-WR-TIMEZONE; pitfall I5). */
import type { Problem } from '../types.ts'
import { readDate, wallSeconds } from './dates.ts'
import { describeObject } from './describe.ts'
import type { CalendarObject, Component, Property } from './model.ts'
import { find, parameterOf, rawValue, withParameter, withValue } from './property.ts'
import { namedZone } from './zones.ts'
import type { Zone } from './zones-segments.ts'

const TIMES: ReadonlySet<string> = new Set(['DTSTART', 'DTEND', 'RECURRENCE-ID', 'EXDATE', 'RDATE'])

export interface Anchored {
  readonly objects: readonly CalendarObject[]
  readonly findings: readonly Problem[]
}

/**
 * Gives floating times the feed's own zone: RFC 5545 would have them at the same hour everywhere, but a feed that names a
 * zone means that one. Times with a zone, in UTC, or of whole days stay; so do all where the feed names no known zone.
 */
export function anchorFloating(objects: readonly CalendarObject[], feedZone: string | null): Anchored {
  const zone = feedZone === null ? null : namedZone(feedZone)
  if (zone === null) return { objects, findings: [] }
  const findings: Problem[] = []
  const anchored = objects.map((object) => {
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
