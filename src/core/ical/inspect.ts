/** What a feed holds, told without doing anything with it. */
import type { Inspection, ZoneInUse } from '../inspection.ts'
import type { EpochMs } from '../types.ts'
import { startOf } from './event.ts'
import type { CalendarObject, Component } from './model.ts'
import type { ReadCalendar } from './objects.ts'
import { find, rawValue } from './property.ts'
import { lastEnd, type WindowOptions } from './window.ts'
import { indexZones, lookUpZone, tzidsOf } from './zone-use.ts'
import { namedZone, resolveZone } from './zones.ts'

/** Counts, span, zones and findings of a feed that was read. */
export function inspectCalendar(calendar: ReadCalendar, options: WindowOptions): Inspection {
  const { objects } = calendar
  const count = (test: (object: CalendarObject) => boolean) => objects.filter(test).length
  const some = (object: CalendarObject, test: (event: Component) => boolean) => object.events.some(test)
  const days = objects.flatMap(({ events }) => events.flatMap((event) => dayOf(event) ?? []))
  const ends = objects.map((object) => lastEnd(object, options).endsAt)
  return {
    name: calendar.name,
    color: calendar.color,
    time_zone: calendar.timeZone,
    counts: {
      events: calendar.events,
      objects: objects.length,
      recurring: count((object) => some(object, (event) => has(event, 'RRULE') || has(event, 'RDATE'))),
      all_day: count((object) => some(object, (event) => startOf(event)?.seconds === null)),
      cancelled: count((object) => some(object, isCancelled)),
      with_guests: count((object) => some(object, (event) => has(event, 'ATTENDEE'))),
      with_alarms: count((object) => some(object, (event) => event.components.some(({ name }) => name === 'VALARM'))),
      unreadable: calendar.protectedUids.length,
    },
    first_day: days.reduce<string | null>((first, day) => (first === null || day < first ? day : first), null),
    last_end: ends.reduce<EpochMs | null>(
      (last, end) => (last === null || end === null ? null : Math.max(last, end)),
      ends.length === 0 ? null : Number.NEGATIVE_INFINITY,
    ),
    zones: zonesIn(objects),
    findings: calendar.findings,
  }
}

function has(event: Component, name: string): boolean {
  return find(event, name) !== undefined
}

function isCancelled(event: Component): boolean {
  const status = find(event, 'STATUS')
  return status !== undefined && /^\s*CANCELLED\s*$/i.test(rawValue(status))
}

function dayOf(event: Component): string | null {
  const start = startOf(event)
  if (start === null) return null
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(start.year).padStart(4, '0')}-${two(start.month)}-${two(start.day)}`
}

function zonesIn(objects: readonly CalendarObject[]): ZoneInUse[] {
  const zones = new Map<string, ZoneInUse>()
  for (const object of objects) {
    const index = indexZones(object.zones)
    for (const tzid of tzidsOf(object.events)) {
      if (zones.has(tzid)) continue
      const named = namedZone(tzid)
      const zone = named ?? resolveZone(tzid, lookUpZone(index, tzid))
      const by = named !== null ? 'name' : zone !== null ? 'definition' : 'nothing'
      zones.set(tzid, { tzid, by, zone: named?.id ?? null })
    }
  }
  return [...zones.values()]
}
