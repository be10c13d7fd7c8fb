/** What is asked of a single VEVENT in several places. */
import { type DateValue, readDate } from './dates.ts'
import type { Component, Property } from './model.ts'
import { find, rawValue, textOf } from './property.ts'
import { tzidOf } from './zone-use.ts'

/** UID of the VEVENT itself, unescaped and trimmed; empty where it has none. */
export function uidOf(event: Component): string {
  const property = find(event, 'UID')
  return property === undefined ? '' : textOf(property).trim()
}

/** DTSTART as written; null where it is missing or no date that exists. */
export function startOf(event: Component): DateValue | null {
  const property = find(event, 'DTSTART')
  return property === undefined ? null : readDate(rawValue(property))
}

/** Key of the instance an override replaces, with its zone; empty for a master. */
export function recurrenceKey(event: Component): string {
  const property = find(event, 'RECURRENCE-ID')
  if (property === undefined) return ''
  return `${rawValue(property).trim().toUpperCase()};${tzidOf(property) ?? ''}`
}

/**
 * Names an event so that a person can find it: `Dentist (2026-03-01)`, or its UID where it has no title.
 */
export function describeEvent(event: Component): string {
  const summary = find(event, 'SUMMARY')
  const title = summary === undefined ? '' : shortened(textOf(summary))
  const uid = uidOf(event)
  const name = title !== '' ? title : uid !== '' ? `Event ${shortened(uid)}` : 'An event without a title'
  const day = dayOf(find(event, 'RECURRENCE-ID')) ?? dayOf(find(event, 'DTSTART'))
  return day === null ? name : `${name} (${day})`
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`
}

function dayOf(property: Property | undefined): string | null {
  const found = property === undefined ? null : /^\s*(\d{4})(\d{2})(\d{2})/.exec(rawValue(property))
  return found === null ? null : `${found[1]}-${found[2]}-${found[3]}`
}

/** The event with a DTSTAMP (RFC 5545 section 3.6.1 demands one) that is the same at every reading. */
export function withStamp(event: Component): Component {
  if (find(event, 'DTSTAMP') !== undefined) return event
  const known = find(event, 'LAST-MODIFIED') ?? find(event, 'CREATED')
  const date = known === undefined ? null : readDate(rawValue(known))
  const value = known !== undefined && date?.utc === true ? rawValue(known).trim().toUpperCase() : '19700101T000000Z'
  return { ...event, properties: [...event.properties, { name: 'DTSTAMP', line: `DTSTAMP:${value}` }] }
}
