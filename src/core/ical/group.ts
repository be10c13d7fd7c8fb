import type { Problem } from '../types.ts'
import type { DateValue } from './dates.ts'
import { describeEvent, recurrenceKey } from './event.ts'
import { byCodeUnits, fingerprint } from './fingerprint.ts'
import { lineChange } from './mend-change.ts'
import type { CalendarObject, Component } from './model.ts'
import { find, textOf, withValue } from './property.ts'
import { compareRevisions, sequenceOf } from './revision.ts'
import { lookUpZone, tzidsOf, type ZoneIndex } from './zone-use.ts'

/** A VEVENT as met in the stream; `uid` is filled in and the shared zones are known once all of it was seen. */
export interface SeenEvent {
  event: Component
  uid: string
  readonly start: DateValue | null
  /** Zones of its own VCALENDAR. */
  readonly zones: ZoneIndex
  /** Zones of the whole stream, for those its own calendar does not define. */
  sharedZones: ZoneIndex
}

export interface Grouped {
  readonly objects: CalendarObject[]
  readonly protectedUids: string[]
}

/**
 * Groups events by UID. Of several with the same UID and RECURRENCE-ID the newest revision is taken (compareRevisions).
 * Masters that are plainly different events under one UID are told apart: each gets a UID derived from that UID, its
 * start and its title; only where there are overrides does the newest master keep the UID, for their sake.
 */
export function groupByUid(seen: readonly SeenEvent[], findings: Problem[]): Grouped {
  const groups = new Map<string, SeenEvent[]>()
  const protectedUids = new Set<string>()
  const withoutMaster = new Set<string>()
  for (const entry of seen) {
    const { uid, event } = entry
    if (entry.start === null) {
      protectedUids.add(uid)
      if (recurrenceKey(event) === '') withoutMaster.add(uid)
      findings.push({
        code: 'event-without-start',
        subject: describeEvent(event),
        uid,
        message: `${describeEvent(event)} has no usable start (DTSTART) and was left out; what is stored of it stays.`,
      })
      continue
    }
    const group = groups.get(uid)
    if (group === undefined) groups.set(uid, [entry])
    else group.push(entry)
  }
  const objects: CalendarObject[] = []
  for (const [uid, group] of groups) {
    if (withoutMaster.has(uid) && group.every((entry) => recurrenceKey(entry.event) !== '')) {
      // Overrides alone would replace the whole series where it is stored.
      findings.push({
        code: 'series-without-start',
        subject: describeEvent(group[0]?.event ?? { name: 'VEVENT', properties: [], components: [] }),
        uid,
        message: `The series ${uid} has changed instances but no usable start (DTSTART) of its own; it was left out and what is stored of it stays.`,
      })
      continue
    }
    for (const part of tellApart(uid, group, findings)) objects.push(part)
  }
  return { objects, protectedUids: [...protectedUids] }
}

function tellApart(uid: string, group: readonly SeenEvent[], findings: Problem[]): CalendarObject[] {
  const single = group[0]
  if (group.length === 1 && single !== undefined) return [toObject(uid, group)]
  const byInstance = new Map<string, SeenEvent[]>()
  for (const entry of group) {
    const key = recurrenceKey(entry.event)
    const same = byInstance.get(key)
    if (same === undefined) byInstance.set(key, [entry])
    else same.push(entry)
  }
  const chosen: SeenEvent[] = []
  const others: SeenEvent[] = []
  for (const same of byInstance.values()) {
    const newest = newestOf(same)
    const different = new Set(same.filter((entry) => entry !== newest && isOtherEvent(entry, newest)))
    for (const entry of same) {
      if (entry !== newest && !different.has(entry)) reportDuplicate(uid, newest.event, entry.event, findings)
    }
    // Without overrides none of them has a better claim to the UID, and which is the newest may change with the feed.
    if (different.size > 0 && byInstance.size === 1) others.push(newest)
    else chosen.push(newest)
    others.push(...different)
  }
  const separated = separate(uid, others, findings)
  return chosen.length === 0 ? separated : [toObject(uid, chosen), ...separated]
}

/**
 * Same UID, yet no revision of one another: masters of one VCALENDAR with the same SEQUENCE and another start, which
 * have another title as well (a publisher that gives all events one UID) or were changed at the same moment (one that
 * writes every occurrence as an event).
 */
function isOtherEvent(a: SeenEvent, b: SeenEvent): boolean {
  if (recurrenceKey(a.event) !== '' || a.zones !== b.zones) return false
  if (sequenceOf(a.event) !== sequenceOf(b.event) || textAt(a.event, 'DTSTART') === textAt(b.event, 'DTSTART'))
    return false
  return (
    textAt(a.event, 'SUMMARY') !== textAt(b.event, 'SUMMARY') ||
    (textAt(a.event, 'LAST-MODIFIED') === textAt(b.event, 'LAST-MODIFIED') &&
      textAt(a.event, 'DTSTAMP') === textAt(b.event, 'DTSTAMP'))
  )
}

function textAt(event: Component, name: string): string {
  const property = find(event, name)
  return property === undefined ? '' : textOf(property).trim()
}

function newestOf(entries: readonly SeenEvent[]): SeenEvent {
  return entries.reduce((best, entry) => (compareRevisions(entry.event, best.event) > 0 ? entry : best))
}

/** Characters of the hash that tells apart events which share a UID. */
const MARK_LENGTH = 12

/** The UID that a derived one was made of, where it may be one; its events came under one UID in the feed. */
export function derivedFrom(uid: string): string {
  return uid.at(-MARK_LENGTH - 1) === '-' ? uid.slice(0, -MARK_LENGTH - 1) : uid
}

function separate(uid: string, others: readonly SeenEvent[], findings: Problem[]): CalendarObject[] {
  const byUid = new Map<string, SeenEvent[]>()
  for (const entry of others) {
    // Start and title only: the rest of the event may change without its becoming another one.
    const mark = fingerprint([
      {
        name: 'VEVENT',
        components: [],
        properties: entry.event.properties.filter((property) => isMark(property.name)),
      },
    ])
    const derived = `${uid}-${mark.slice(0, MARK_LENGTH)}`
    const same = byUid.get(derived)
    if (same === undefined) byUid.set(derived, [entry])
    else same.push(entry)
  }
  return [...byUid].map(([derived, same]) => {
    const newest = newestOf(same)
    for (const entry of same) if (entry !== newest) reportDuplicate(uid, newest.event, entry.event, findings)
    findings.push({
      code: 'uid-shared',
      subject: describeEvent(newest.event),
      uid,
      message: `${describeEvent(newest.event)} has the UID of another event; it was given a UID of its own.`,
      before: uid,
      after: derived,
      repaired: true,
    })
    const properties = newest.event.properties.map((property) =>
      property.name === 'UID' ? withValue(property, `${derived.replace(/[\\,;]/g, '\\$&')}`) : property,
    )
    return toObject(derived, [{ ...newest, uid: derived, event: { ...newest.event, properties } }])
  })
}

function isMark(name: string): boolean {
  return name === 'DTSTART' || name === 'SUMMARY'
}

function reportDuplicate(uid: string, kept: Component, dropped: Component, findings: Problem[]): void {
  // Word for word the same event twice is nothing a person has to know.
  if (fingerprint([kept]) === fingerprint([dropped])) return
  findings.push({
    code: 'uid-duplicate',
    subject: describeEvent(dropped),
    uid,
    message: `${describeEvent(dropped)} is in the calendar more than once with the same UID; the newest (highest SEQUENCE, then latest change) was taken: ${describeEvent(kept)}.`,
    ...lineChange(dropped, kept),
    repaired: true,
  })
}

function toObject(uid: string, entries: readonly SeenEvent[]): CalendarObject {
  const first = entries[0]
  const events = sortEvents(entries.map((entry) => entry.event))
  const zones: Component[] = []
  for (const tzid of tzidsOf(events)) {
    const zone =
      first === undefined ? undefined : (lookUpZone(first.zones, tzid) ?? lookUpZone(first.sharedZones, tzid))
    if (zone !== undefined && !zones.includes(zone)) zones.push(zone)
  }
  return { uid, events, zones }
}

/** The master first, then the overrides by RECURRENCE-ID. */
export function sortEvents(events: readonly Component[]): readonly Component[] {
  if (events.length < 2) return events
  const keyed = events.map((event) => ({ event, key: recurrenceKey(event) }))
  return keyed.sort((a, b) => byCodeUnits(a.key, b.key)).map(({ event }) => event)
}
