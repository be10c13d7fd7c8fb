import { SyncError } from '../errors.ts'
import type { Problem } from '../types.ts'
import { forbiddenIn, hasForbidden, withoutForbidden } from './chars.ts'
import { describeEvent, startOf, uidOf } from './event.ts'
import { fingerprint } from './fingerprint.ts'
import { groupByUid, type SeenEvent } from './group.ts'
import { parseComponents } from './lines.ts'
import { lineChange } from './mend-change.ts'
import type { CalendarObject, Component, Property } from './model.ts'
import { find, rawValue, textOf } from './property.ts'
import { isMarkup, noCalendar } from './refusal.ts'
import { tidyLines } from './tidy.ts'
import { indexZones, type ZoneIndex } from './zone-use.ts'

/** More than any calendar of people holds; a feed beyond it would not fit in memory beside everything else. */
const maxEvents = 75_000
const maxCharacters = 64 * 1024 * 1024

/** What a stream holds. Every VEVENT is either in `objects` or named in `findings`. */
export interface ReadCalendar {
  /** One per UID, in the order of their first event. */
  readonly objects: readonly CalendarObject[]
  readonly findings: readonly Problem[]
  /** UIDs of events that were seen but could not be used, wholly or in part: never to be taken as gone. */
  readonly protectedUids: readonly string[]
  /** NAME (RFC 7986) or X-WR-CALNAME. */
  readonly name: string | null
  /** COLOR (RFC 7986) or X-APPLE-CALENDAR-COLOR. */
  readonly color: string | null
  /** X-WR-TIMEZONE: the zone a reader should show floating times in. */
  readonly timeZone: string | null
  /** VEVENTs in the stream, usable or not. */
  readonly events: number
}

/**
 * Reads an iCalendar stream (RFC 5545 section 3.4: one VCALENDAR or several) into objects. METHOD is ignored.
 *
 * Throws SyncError `protocol`, with a sentence that says what came, for everything that must not be taken for a
 * calendar: empty, no VCALENDAR, vCalendar 1.0, cut short, events of which none has a usable start, too large.
 */
export function readCalendar(text: string): ReadCalendar {
  if (text.length > maxCharacters) throw tooLarge(`it has more than ${maxCharacters} characters`)
  const findings: Problem[] = []
  let input = text
  if (hasForbidden(text)) {
    input = withoutForbidden(text)
    findings.push({
      code: 'control-characters',
      subject: 'The calendar',
      message: 'The calendar holds characters that no calendar may hold; they were left out.',
      before: forbiddenIn(text),
      after: '',
      repaired: true,
    })
  }
  if (isMarkup(input)) throw noCalendar(input)
  const { components } = parseComponents(input)
  const calendars = components.filter((component) => component.name === 'VCALENDAR')
  if (calendars.length === 0) throw noCalendar(input)
  for (const calendar of calendars) refuseVersion1(calendar)

  const seen = collectEvents(components, findings)
  const grouped = groupByUid(seen, findings)
  if (seen.length > 0 && grouped.objects.length === 0) {
    const first = seen[0]
    throw new SyncError(
      'protocol',
      `None of the ${seen.length} events in this calendar has a usable start (DTSTART); the first is ${first === undefined ? 'unknown' : describeEvent(first.event)}. Nothing was changed.`,
    )
  }
  return {
    ...grouped,
    findings,
    name: firstText(calendars, ['NAME', 'X-WR-CALNAME']),
    color: firstText(calendars, ['COLOR', 'X-APPLE-CALENDAR-COLOR']),
    timeZone: firstText(calendars, ['X-WR-TIMEZONE']),
    events: seen.length,
  }
}

function tooLarge(what: string): SyncError {
  return new SyncError('protocol', `The calendar is too large: ${what}. Ask its publisher for a shorter period.`)
}

function refuseVersion1(calendar: Component): void {
  const version = find(calendar, 'VERSION')
  if (version === undefined || !/^\s*1\.0\s*$/.test(rawValue(version))) return
  throw new SyncError(
    'protocol',
    'This is a vCalendar 1.0 file, the format before iCalendar. Export it as iCalendar (.ics, version 2.0) instead.',
  )
}

/** Every VEVENT of the stream with the zones of its calendar, UIDs made up where they are missing. */
function collectEvents(top: readonly Component[], findings: Problem[]): SeenEvent[] {
  const seen: SeenEvent[] = []
  const allZones: Component[] = []
  const stray: Component[] = []
  for (const component of top) {
    if (component.name === 'VCALENDAR') collectFrom(component, allZones, seen, findings)
    else if (component.name === 'VTIMEZONE') allZones.push(component)
    else if (component.name === 'VEVENT') stray.push(component)
  }
  const shared = indexZones(allZones)
  for (const entry of seen) entry.sharedZones = shared
  for (const event of stray) {
    addEvent(event, shared, seen, findings)
    findings.push({
      code: 'event-outside-calendar',
      subject: describeEvent(event),
      message: `${describeEvent(event)} lies outside VCALENDAR; it was read as part of the calendar.`,
      before: 'outside VCALENDAR',
      after: 'inside VCALENDAR',
      repaired: true,
    })
  }
  nameTheUnnamed(seen, findings)
  return seen
}

function collectFrom(calendar: Component, allZones: Component[], seen: SeenEvent[], findings: Problem[]): void {
  const own = calendar.components.filter((component) => component.name === 'VTIMEZONE')
  allZones.push(...own)
  const zones = indexZones(own)
  for (const component of calendar.components) {
    if (component.name === 'VEVENT') addEvent(component, zones, seen, findings)
    else if (component.name === 'VCALENDAR') collectFrom(component, allZones, seen, findings)
  }
}

function addEvent(given: Component, zones: ZoneIndex, seen: SeenEvent[], findings: Problem[]): void {
  if (seen.length >= maxEvents) throw tooLarge(`it has more than ${maxEvents} events`)
  const nested = given.components.filter((component) => component.name === 'VEVENT')
  const alone =
    nested.length === 0
      ? given
      : { ...given, components: given.components.filter((component) => component.name !== 'VEVENT') }
  const { component: event, mended } = tidyLines(alone)
  const uid = uidOf(event)
  if (mended > 0) {
    findings.push({
      code: 'lines-unreadable',
      subject: describeEvent(event),
      ...(uid === '' ? {} : { uid }),
      message: `${describeEvent(event)} holds ${mended} ${mended === 1 ? 'line that is no property' : 'lines that are no properties'}; what belongs to a text was joined to it, the rest was left out.`,
      ...lineChange(alone, event),
      repaired: true,
    })
  }
  seen.push({ event, uid, zones, sharedZones: zones, start: startOf(event) })
  for (const inner of nested) addEvent(inner, zones, seen, findings)
}

/** Made-up UIDs come from the content alone, so that they are the same after reordering and at the next download. */
function nameTheUnnamed(seen: SeenEvent[], findings: Problem[]): void {
  const twins = new Map<string, number>()
  for (const entry of seen) {
    if (entry.uid !== '') continue
    const base = `no-uid-${fingerprint([entry.event])}`
    const count = (twins.get(base) ?? 0) + 1
    twins.set(base, count)
    entry.uid = count === 1 ? base : `${base}-${count}`
    const uid: Property = { name: 'UID', line: `UID:${entry.uid}` }
    const { event } = entry
    findings.push({
      code: 'uid-missing',
      subject: describeEvent(event),
      uid: entry.uid,
      message: `${describeEvent(event)} has no UID; it is known by one made from its content, so a change of it looks like a new event.`,
      before: '',
      after: uid.line,
      repaired: true,
    })
    entry.event = { ...event, properties: [uid, ...event.properties.filter((property) => property.name !== 'UID')] }
  }
}

function firstText(calendars: readonly Component[], names: readonly string[]): string | null {
  for (const name of names) {
    for (const calendar of calendars) {
      const property = find(calendar, name)
      const text = property === undefined ? '' : textOf(property).trim()
      if (text !== '') return text
    }
  }
  return null
}
