import { describeEvent } from './event.ts'
import type { CalendarObject } from './model.ts'

/** Names an object so that a person can find it: its summary and the date of its first event, as `Dentist (2026-03-01)`. */
export function describeObject(object: CalendarObject): string {
  const event = object.events[0]
  return event === undefined ? `Event ${object.uid}` : describeEvent(event)
}
