import { atOnce, inSteps, type Steps } from '../steps.ts'
import type { Problem } from '../types.ts'
import { describeEvent, recurrenceKey } from './event.ts'
import { forReaders } from './feed-event.ts'
import { type FeedHeader, headerLines } from './feed-header.ts'
import { type FeedPart, feedOf, type MergedFeed } from './feed-parts.ts'
import { byCodeUnits, fingerprint } from './fingerprint.ts'
import { sortEvents } from './group.ts'
import { appendComponent, writeComponents } from './lines.ts'
import { lineChange } from './mend-change.ts'
import { mergeZones, type ZoneOptions } from './merge-zones.ts'
import type { CalendarObject, Component } from './model.ts'
import { compareRevisions, sequenceOf } from './revision.ts'
import { feedTextOf, namedZonesOf, scannedOf } from './scanned-object.ts'
import { yearSpan } from './zones-years.ts'

export type FeedOptions = ZoneOptions & FeedHeader

/**
 * The feed made of the objects of all calendars. The bytes depend on the objects alone, not on the order of calendars,
 * resources or answers: zones in the order of their TZID, then objects in the order of their UID, both by code units,
 * each object with its master first and its overrides by RECURRENCE-ID. What an event holds is passed through line by
 * line (`forReaders`, and as it came where there is nothing to change); a TZID changes where two calendars define it differently.
 *
 * One object per UID: of several, the one with a master, the higher SEQUENCE, the later LAST-MODIFIED and DTSTAMP, and
 * more overrides is taken. Overrides it lacks are joined to it from the others of the same SEQUENCE, and from those
 * without a master.
 */
export function mergeFeed(parts: Iterable<Iterable<CalendarObject>>, options: FeedOptions = {}): MergedFeed {
  return atOnce(mergeFeedInSteps(parts, options))
}

/** The same of many objects, so that others may have their turn meanwhile. */
export function* mergeFeedInSteps(
  parts: Iterable<Iterable<CalendarObject>>,
  options: FeedOptions = {},
): Steps<MergedFeed> {
  const findings: Problem[] = []
  const objects: CalendarObject[] = []
  for (const part of parts) for (const object of part) objects.push(object)
  const { zones, rename } = yield* mergeZones(objects, options, findings)
  const byUid = new Map<string, CalendarObject[]>()
  yield* inSteps(objects, (object) => {
    const renamed = rename(object)
    const same = byUid.get(object.uid)
    if (same === undefined) byUid.set(object.uid, [renamed])
    else same.push(renamed)
  })
  const head = headerLines(options)
  for (const zone of zones) appendComponent(head, zone)
  const feed: FeedPart[] = []
  yield* inSteps([...byUid.keys()].sort(byCodeUnits), (uid) => {
    feed.push(partOf(uid, byUid.get(uid) ?? [], findings))
  })
  return feedOf(head.join(''), feed, findings)
}

/** The events of the objects of one UID; as they came where that is possible. */
export function partOf(uid: string, objects: readonly CalendarObject[], findings: Problem[]): FeedPart {
  const [only] = objects
  const content = only && objects.length === 1 ? feedTextOf(only) : undefined
  if (only && content !== undefined) {
    const events = scannedOf(only)?.length ?? 0
    return { uid, events, tzids: namedZonesOf(only), years: yearSpan([only]), content, trees: null }
  }
  const trees = joinObjects(objects, findings).map((event) => forReaders(event, findings))
  const joined = { uid, events: trees, zones: [] }
  const [tzids, years] = [namedZonesOf(joined), yearSpan([joined])]
  return { uid, events: trees.length, tzids, years, content: writeComponents(trees), trees }
}

function masterOf(object: CalendarObject): Component | undefined {
  const first = object.events[0]
  return first !== undefined && recurrenceKey(first) === '' ? first : undefined
}

/** The events of one UID out of the objects of several calendars. */
function joinObjects(objects: readonly CalendarObject[], findings: Problem[]): readonly Component[] {
  const [only] = objects
  if (only === undefined) return []
  if (objects.length === 1) return only.events
  const ranked = [...objects].sort((a, b) => compareObjects(b, a))
  const chosen = ranked[0] ?? only
  const master = masterOf(chosen)
  const byInstance = new Map(chosen.events.map((event) => [recurrenceKey(event), event]))
  for (const other of ranked.slice(1)) {
    const otherMaster = masterOf(other)
    if (master !== undefined && otherMaster !== undefined) {
      reportOtherCopy(master, otherMaster, chosen, findings)
      // Overrides of an older revision were made for a series that has been changed since.
      if (sequenceOf(otherMaster) !== sequenceOf(master)) continue
    }
    for (const event of other.events) {
      const key = recurrenceKey(event)
      const known = byInstance.get(key)
      if (known === undefined || (key !== '' && compareRevisions(event, known) > 0)) byInstance.set(key, event)
    }
  }
  return sortEvents([...byInstance.values()])
}

/** Positive: `a` is to be preferred. Equal only for equal objects. */
function compareObjects(a: CalendarObject, b: CalendarObject): number {
  const [masterA, masterB] = [masterOf(a), masterOf(b)]
  if (masterA === undefined || masterB === undefined) {
    const byMaster = Number(masterA !== undefined) - Number(masterB !== undefined)
    if (byMaster !== 0) return byMaster
  } else {
    const byRevision = compareRevisions(masterA, masterB)
    if (byRevision !== 0) return byRevision
  }
  return a.events.length - b.events.length || byCodeUnits(fingerprint(b.events), fingerprint(a.events))
}

function reportOtherCopy(kept: Component, other: Component, object: CalendarObject, findings: Problem[]): void {
  if (fingerprint([kept]) === fingerprint([other])) return
  findings.push({
    code: 'uid-in-several-calendars',
    subject: describeEvent(other),
    uid: object.uid,
    message: `${describeEvent(other)} is in several calendars in different forms; the feed has the newest of them: ${describeEvent(kept)}.`,
    ...lineChange(other, kept),
    repaired: true,
  })
}
