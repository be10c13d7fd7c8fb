/** A feed made of the feed before it and the few events that changed, byte for byte what a whole making would give. */
import { type FeedPart, feedOf, type MergedFeed, type PartPlaces } from './feed-parts.ts'
import { byCodeUnits } from './fingerprint.ts'
import { partOf } from './merge.ts'
import type { CalendarObject, Component } from './model.ts'
import { feedTextOf, namedZonesOf } from './scanned-object.ts'
import { indexZones, isUsableZone, lookUpZone } from './zone-use.ts'
import { USUAL_YEARS } from './zones-define.ts'

type IndexEntry = Omit<FeedPart, 'content' | 'trees'> & {
  /** Where its bytes begin and end in the feed. */
  readonly start: number
  readonly end: number
}

/** Which bytes of a feed belong to which events. */
export interface FeedIndex {
  readonly head: string
  /** In the order of their UIDs. */
  readonly entries: readonly IndexEntry[]
  /** The one definition that all events bring of a zone, by TZID. */
  readonly zones: ReadonlyMap<string, Component>
}

/**
 * The index of a feed made of these objects. Null where more than the events themselves decided about its bytes: where
 * anything was found, or a zone is not defined by each object in the same words.
 */
export function indexFeed(feed: MergedFeed, places: PartPlaces, objects: readonly CalendarObject[]): FeedIndex | null {
  if (feed.findings.length > 0 || feed.parts.length !== objects.length) return null
  const zones = new Map<string, Component>()
  for (const object of objects) {
    for (const [tzid, zone] of zonesOf(object)) {
      if (zone === null || (zones.get(tzid) ?? zone) !== zone) return null
      zones.set(tzid, zone)
    }
  }
  return indexParts(feed, places, zones)
}

/** The same of a feed that was spliced from one with these zones. */
export function indexParts(
  { head, parts }: MergedFeed,
  { starts, end }: PartPlaces,
  zones: FeedIndex['zones'],
): FeedIndex {
  const entries = parts.map(({ uid, events, tzids, years }, index) => {
    return { uid, events, tzids, years, start: starts[index] ?? 0, end: starts[index + 1] ?? end }
  })
  return { head, entries, zones }
}

function zonesOf(object: CalendarObject): [string, Component | null][] {
  const index = indexZones(object.zones)
  return namedZonesOf(object).map((tzid) => {
    const zone = lookUpZone(index, tzid)
    return [tzid, zone && isUsableZone(zone) ? zone : null]
  })
}

/**
 * The feed with these changes, by UID: the object that there is now, or null where there is none. Null where only a whole
 * making knows: where an event has to be written as a tree, a zone comes, goes or is worded otherwise, or the years that a
 * zone must cover may have changed.
 */
export function spliceFeed(
  index: FeedIndex,
  body: Uint8Array,
  changes: ReadonlyMap<string, CalendarObject | null>,
): MergedFeed | null {
  const parts: FeedPart[] = []
  for (const { start, end, ...entry } of index.entries) {
    if (!changes.has(entry.uid)) parts.push({ ...entry, content: body.subarray(start, end), trees: null })
    else if (!isUsual(entry.years)) return null
  }
  for (const [uid, object] of changes) {
    if (object === null) continue
    const isKnown = zonesOf(object).every(([tzid, zone]) => zone !== null && index.zones.get(tzid) === zone)
    if (!isKnown || feedTextOf(object) === undefined) return null
    const part = partOf(uid, [object], [])
    if (!isUsual(part.years)) return null
    parts.push(part)
  }
  const used = new Set(parts.flatMap(({ tzids }) => tzids))
  if (used.size !== index.zones.size) return null
  return feedOf(
    index.head,
    parts.sort((a, b) => byCodeUnits(a.uid, b.uid)),
    [],
  )
}

function isUsual(years: FeedPart['years']): boolean {
  return years === null || (years[0] >= USUAL_YEARS.fromYear && years[1] <= USUAL_YEARS.toYear)
}
