/** One event in full, for a person who looks at it. */
import { writeComponents } from './ical/lines.ts'
import type { CalendarObject, Component } from './ical/model.ts'
import { find, findAll, rawValue, textOf } from './ical/property.ts'
import type { EventDetails } from './shown.ts'

/** A text that no page can hold tells nothing more at its end. */
const LONGEST_TEXT = 100_000

export type EventOrigin = Pick<EventDetails, 'calendar' | 'source_id' | 'written'>

/** Of a series its master, or its first override where that came alone. */
export function detailsOf({ uid, events }: CalendarObject, origin: EventOrigin): EventDetails | undefined {
  const [event] = events
  if (event === undefined) return undefined
  const rule = find(event, 'RRULE')
  return {
    uid,
    summary: text(event, 'SUMMARY') ?? '',
    description: text(event, 'DESCRIPTION'),
    location: text(event, 'LOCATION'),
    url: webAddress(text(event, 'URL')),
    categories: findAll(event, 'CATEGORIES').flatMap((property) =>
      textOf(property)
        .split(',')
        .map((each) => each.trim()),
    ),
    guests: findAll(event, 'ATTENDEE').length,
    rule: rule === undefined ? null : rawValue(rule),
    text: writeComponents(events).slice(0, LONGEST_TEXT),
    ...origin,
  }
}

function text(event: Component, name: string): string | null {
  const property = find(event, name)
  const value = property === undefined ? '' : textOf(property).trim()
  return value === '' ? null : value
}

/** Only what a browser may open without harm (threats B1). */
function webAddress(url: string | null): string | null {
  return url !== null && /^(https?|mailto):/i.test(url) ? url : null
}
