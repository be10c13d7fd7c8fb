import { SyncError } from '../errors.ts'
import { atOnce, inSteps, type Steps } from '../steps.ts'
import type { Problem } from '../types.ts'
import { forbiddenIn, hasForbidden, withoutForbidden } from './chars.ts'
import { describeEvent, startOf, uidOf } from './event.ts'
import { byCodeUnits, fingerprint } from './fingerprint.ts'
import { type Grouped, groupByUid, type SeenEvent } from './group.ts'
import { parseComponents } from './lines.ts'
import { lineChange } from './mend-change.ts'
import type { CalendarObject, Component, Property } from './model.ts'
import { find, rawValue, textOf } from './property.ts'
import { isMarkup, noCalendar } from './refusal.ts'
import { type ScannedCalendar, scanCalendar } from './scan.ts'
import type { ScannedEvent } from './scan-event.ts'
import { scannedObject } from './scanned-object.ts'
import { tidyLines } from './tidy.ts'
import { indexZones, lookUpZone, type ZoneIndex } from './zone-use.ts'

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
  return atOnce(readCalendarInSteps(text))
}

/** The same of a long text. Out of the ordinary, it is read as one tree in one step. */
export function* readCalendarInSteps(text: string): Steps<ReadCalendar> {
  if (text.length > maxCharacters) throw tooLarge(`it has more than ${maxCharacters} characters`)
  const scanned = yield* scanCalendar(text)
  if (scanned !== null) return yield* readScanned(text, scanned)
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
  const seen = collectEvents(components, findings)
  return calendarOf(calendars, groupByUid(seen, findings), findings, seen.length, seen[0])
}

/** Events in order stay as they were scanned; those of a UID that has any other one are grouped as trees. */
function* readScanned(text: string, { head, zones, events, lineEnd }: ScannedCalendar): Steps<ReadCalendar> {
  if (events.length > maxEvents) throw tooLarge(`it has more than ${maxEvents} events`)
  const findings: Problem[] = []
  const index = indexZones(zones)
  const trees: SeenEvent[] = []
  const entries: (ScannedEvent | SeenEvent | undefined)[] = []
  yield* inSteps(events, (event) => {
    if (!('uid' in event)) addEvent(event, index, trees, findings)
    entries.push('uid' in event ? event : trees.at(-1))
  })
  nameTheUnnamed(trees, findings)
  const byUid = new Map<string, (ScannedEvent | SeenEvent)[]>()
  for (const entry of entries) {
    if (entry === undefined) continue
    const same = byUid.get(entry.uid)
    if (same === undefined) byUid.set(entry.uid, [entry])
    else same.push(entry)
  }
  const toTree = (entry: ScannedEvent | SeenEvent): SeenEvent[] => {
    if ('event' in entry) return [entry]
    const seen: SeenEvent[] = []
    for (const event of parseComponents(text.slice(entry.from, entry.to)).components) {
      addEvent(event, index, seen, findings)
    }
    return seen
  }
  const zonesOf = zonePicker(index)
  const objects: CalendarObject[] = []
  const protectedUids: string[] = []
  yield* inSteps(byUid, ([uid, same]) => {
    const scanned = inOrder(same)
    if (scanned !== null) {
      objects.push(scannedObject(uid, zonesOf(scanned), { source: text, lineEnd, events: scanned }))
      return
    }
    const grouped = groupByUid(same.flatMap(toTree), findings)
    objects.push(...grouped.objects)
    protectedUids.push(...grouped.protectedUids)
  })
  return calendarOf([head], { objects, protectedUids }, findings, events.length, trees[0])
}

/** The events, the master first, where all were scanned and none replaces another; else null. */
function inOrder(same: readonly (ScannedEvent | SeenEvent)[]): readonly ScannedEvent[] | null {
  const [only] = same
  if (same.length === 1 && only && !('event' in only)) return [only]
  const scanned = same.flatMap((entry) => ('event' in entry ? [] : [entry]))
  if (scanned.length < same.length) return null
  if (new Set(scanned.map(({ instance }) => instance)).size < scanned.length) return null
  return scanned.sort((a, b) => byCodeUnits(a.instance, b.instance))
}

/** Gives the zones that events name; the same array for the same names. */
function zonePicker(index: ZoneIndex): (events: readonly ScannedEvent[]) => readonly Component[] {
  const known = new Map<string, readonly Component[]>()
  return (events) => {
    const [only] = events
    const tzids = events.length === 1 && only ? only.tzids : [...new Set(events.flatMap((event) => event.tzids))]
    const key = tzids.join('\n')
    let zones = known.get(key)
    if (zones === undefined) {
      zones = [...new Set(tzids.flatMap((tzid) => lookUpZone(index, tzid) ?? []))]
      known.set(key, zones)
    }
    return zones
  }
}

function calendarOf(
  calendars: readonly Component[],
  grouped: Grouped,
  findings: readonly Problem[],
  events: number,
  first: SeenEvent | undefined,
): ReadCalendar {
  for (const calendar of calendars) refuseVersion1(calendar)
  if (events > 0 && grouped.objects.length === 0) {
    throw new SyncError(
      'protocol',
      `None of the ${events} events in this calendar has a usable start (DTSTART); the first is ${first === undefined ? 'unknown' : describeEvent(first.event)}. Nothing was changed.`,
    )
  }
  return {
    ...grouped,
    findings,
    name: firstText(calendars, ['NAME', 'X-WR-CALNAME']),
    color: firstText(calendars, ['COLOR', 'X-APPLE-CALENDAR-COLOR']),
    timeZone: firstText(calendars, ['X-WR-TIMEZONE']),
    events,
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
