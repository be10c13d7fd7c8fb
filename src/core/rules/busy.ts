/** Events of which only the times are left. */
import { createHmac } from 'node:crypto'
import { withoutForbidden } from '../ical/chars.ts'
import { recurrenceKey } from '../ical/event.ts'
import type { Component, Property } from '../ical/model.ts'
import { escapeText, parametersOf, withoutParameter } from '../ical/property.ts'
import { participation, wordOf } from './conditions.ts'

const TIMES = new Set(['DTSTART', 'DTEND', 'DURATION', 'RRULE', 'RDATE', 'EXDATE', 'EXRULE', 'RECURRENCE-ID'])
const TIME_PARAMETERS = new Set(['TZID', 'VALUE', 'RANGE'])

/** False for what keeps nobody busy: what I declined, what is marked as free, what was called off. */
export function keepsBusy(event: Component, me: readonly string[]): boolean {
  return (
    participation(event, me) !== 'declined' &&
    wordOf(event, 'TRANSP', 'OPAQUE') !== 'TRANSPARENT' &&
    wordOf(event, 'STATUS', 'CONFIRMED') !== 'CANCELLED'
  )
}

/** The event with its times and UID alone. The DTSTAMP tells nothing of when somebody worked on it. */
export function bareEvent(event: Component, text: string): Component {
  const uid = event.properties.filter(({ name }) => name === 'UID')
  const times = event.properties.filter(({ name }) => TIMES.has(name)).map(bareTime)
  const rest: Property[] = [
    { name: 'DTSTAMP', line: 'DTSTAMP:19700101T000000Z' },
    { name: 'SUMMARY', line: `SUMMARY:${escapeText(withoutForbidden(text))}` },
    { name: 'TRANSP', line: 'TRANSP:OPAQUE' },
  ]
  return { name: 'VEVENT', properties: [...uid, ...rest, ...times], components: [] }
}

function bareTime(property: Property): Property {
  const others = parametersOf(property).flatMap(({ name }) => (TIME_PARAMETERS.has(name) ? [] : [name]))
  return others.length === 0 ? property : withoutParameter(property, ...others)
}

/** A UID that is the same at every making of one link's feed, and tells nobody what it was, nor what other links call it. */
export function saltedUid(uid: string, event: Component | null, salt: string): string {
  const instance = event === null ? '' : recurrenceKey(event)
  return createHmac('sha256', salt).update(`${uid}\0${instance}`).digest('hex').slice(0, 32)
}
