/** A feed made of the feed before it and the few events that changed, byte for byte what a whole making would give. */
import { type FeedPart, feedOf, type MergedFeed, type PartPlaces } from './feed-parts.ts'
import { byCodeUnits } from './fingerprint.ts'
import { partOf } from './merge.ts'
import { wordingOf } from './merge-zones.ts'
import type { CalendarObject, Component } from './model.ts'
import { feedTextOf, namedZonesOf } from './scanned-object.ts'
import { definedTzid, indexZones, isUsableZone, lookUpZone } from './zone-use.ts'
import { USUAL_YEARS } from './zones-define.ts'
import { sameOffsets } from './zones-same.ts'

type IndexEntry = Omit<FeedPart, 'content' | 'trees'> & {
  /** Where its bytes begin and end in the feed. */
  readonly start: number
  readonly end: number
  /** The definitions its events bring of their zones, in the order of `tzids`. */
  readonly zones: readonly Component[]
}

/** Which bytes of a feed belong to which events. */
export interface FeedIndex {
  readonly head: string
  /** In the order of their UIDs. */
  readonly entries: readonly IndexEntry[]
  /** By TZID, the definition that the feed has of a zone: of all that its events bring the first by its wording. */
  readonly zones: ReadonlyMap<string, Component>
}

export interface SplicedFeed {
  readonly feed: MergedFeed
  /** The index of the feed once it is laid out. */
  index(places: PartPlaces): FeedIndex
}

/**
 * The index of a feed made of these objects. Null where more than the events themselves decided about its bytes: where
 * anything was found, or a zone is not defined by each object that names it.
 */
export function indexFeed(feed: MergedFeed, places: PartPlaces, objects: readonly CalendarObject[]): FeedIndex | null {
  if (feed.findings.length > 0 || feed.parts.length !== objects.length) return null
  const zones = new Map<string, Component>()
  const ofEach = new Map<string, readonly Component[]>()
  for (const object of objects) {
    const own = zonesOf(object)
    if (own === null) return null
    ofEach.set(object.uid, own)
    for (const zone of own) {
      const tzid = definedTzid(zone)
      const first = zones.get(tzid)
      // Where nothing was found, all definitions of one TZID mean the same.
      if (first === undefined || isBefore(zone, first)) zones.set(tzid, zone)
    }
  }
  return indexParts(feed, places, zones, ofEach)
}

function indexParts(
  { head, parts }: MergedFeed,
  { starts, end }: PartPlaces,
  zones: FeedIndex['zones'],
  ofEach: ReadonlyMap<string, readonly Component[]>,
): FeedIndex {
  const entries = parts.map(({ uid, events, tzids, years }, index) => {
    const [start, next] = [starts[index] ?? 0, starts[index + 1] ?? end]
    return { uid, events, tzids, years, start, end: next, zones: ofEach.get(uid) ?? [] }
  })
  return { head, entries, zones }
}

/** The definitions of the zones that the object names; null where one is missing, not usable, or of another name. */
function zonesOf(object: CalendarObject): readonly Component[] | null {
  const index = indexZones(object.zones)
  const zones: Component[] = []
  for (const tzid of namedZonesOf(object)) {
    const zone = lookUpZone(index, tzid)
    if (zone === undefined || !isUsableZone(zone) || definedTzid(zone) !== tzid) return null
    zones.push(zone)
  }
  return zones
}

function isBefore(one: Component, other: Component): boolean {
  return one !== other && byCodeUnits(wordingOf(one), wordingOf(other)) < 0
}

/**
 * The feed with these changes, by UID: the object that there is now, or null where there is none. Null where only a whole
 * making knows: where an event has to be written as a tree, a zone comes, goes or would be worded otherwise in the feed, or
 * the years that a zone must cover may have changed.
 */
export function spliceFeed(
  index: FeedIndex,
  body: Uint8Array,
  changes: ReadonlyMap<string, CalendarObject | null>,
): SplicedFeed | null {
  const parts: FeedPart[] = []
  const used = new Set<Component>()
  const ofEach = new Map<string, readonly Component[]>()
  for (const { start, end, zones, ...entry } of index.entries) {
    if (changes.has(entry.uid)) {
      if (!isUsual(entry.years)) return null
      continue
    }
    parts.push({ ...entry, content: body.subarray(start, end), trees: null })
    ofEach.set(entry.uid, zones)
    for (const zone of zones) used.add(zone)
  }
  for (const [uid, object] of changes) {
    if (object === null) continue
    const zones = zonesOf(object)
    if (zones === null || !zones.every((zone) => isAsIn(index, zone)) || feedTextOf(object) === undefined) return null
    const part = partOf(uid, [object], [])
    if (!isUsual(part.years)) return null
    parts.push(part)
    ofEach.set(uid, zones)
    for (const zone of zones) used.add(zone)
  }
  if (![...index.zones.values()].every((zone) => used.has(zone))) return null
  const feed = feedOf(
    index.head,
    parts.sort((a, b) => byCodeUnits(a.uid, b.uid)),
    [],
  )
  return { feed, index: (places) => indexParts(feed, places, index.zones, ofEach) }
}

/** Whether the feed has this zone, and would have it in the same words beside this definition. */
function isAsIn(index: FeedIndex, zone: Component): boolean {
  const standing = index.zones.get(definedTzid(zone))
  if (standing === undefined || standing === zone) return standing === zone
  return !isBefore(zone, standing) && sameOffsets(standing, zone)
}

function isUsual(years: FeedPart['years']): boolean {
  return years === null || (years[0] >= USUAL_YEARS.fromYear && years[1] <= USUAL_YEARS.toYear)
}
