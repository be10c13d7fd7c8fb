/** The feed of a source: made of what changed where that suffices, and else of everything. */
import type { FeedHeader } from '../core/ical/feed-header.ts'
import type { MergedFeed, PartPlaces } from '../core/ical/feed-parts.ts'
import { mergeFeedInSteps } from '../core/ical/merge.ts'
import type { CalendarObject } from '../core/ical/model.ts'
import { type FeedIndex, indexFeed, spliceFeed } from '../core/ical/splice.ts'
import { sameOffsets } from '../core/ical/zones-same.ts'
import type { Steps } from '../core/steps.ts'
import type { KnownCalendar, KnownResource } from '../store/remote-types.ts'
import type { StoredFeed } from '../store/served-types.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { Pulled } from './pulled.ts'
import { objectsInSteps } from './source-objects.ts'

/** What a feed is made of: each calendar as it was just read, or null as it is stored. */
export interface FeedSource {
  readonly known: KnownCalendar
  readonly pulled: Pulled | null
}

export interface SourceFeed {
  readonly feed: MergedFeed
  /** The index of the feed once it is laid out; null where it can only be made as a whole again. */
  index(places: PartPlaces): FeedIndex | null
}

/** So large a share of the objects may be read from their stored texts one by one. */
const FEW = 0.1

/** A feed changes by this share at most when only the changes are worked out. */
const MOST_CHANGED = 0.2

/** The standing feed with the changes in it; null where it has to be made as a whole. */
export function splicedFeed(
  sourceId: number,
  standing: StoredFeed | undefined,
  parts: readonly FeedSource[],
  deps: EngineDeps,
): SourceFeed | null {
  const [only, ...others] = parts
  if (!only?.pulled || others.length > 0 || !standing) return null
  const index = deps.feedIndexes.get(sourceId, standing.tag)
  const changes = index && changesIn(only.pulled, index.entries.length * MOST_CHANGED)
  return changes ? spliceFeed(index, standing.body, changes) : null
}

/** By UID, what there is of it now; null where that is not one object in one resource. */
function changesIn(pulled: Pulled, most: number): ReadonlyMap<string, CalendarObject | null> | null {
  const { leftUids, upsert, objects, resources } = pulled
  const uids = new Set([...leftUids, ...upsert.flatMap(({ uid }) => uid ?? [])])
  if (uids.size > most) return null
  const changes = new Map<string, CalendarObject | null>([...uids].map((uid) => [uid, null]))
  for (const resource of resources) {
    if (resource.uid === null || !uids.has(resource.uid)) continue
    const [object, ...more] = objects.get(resource) ?? []
    if (!object || more.length > 0 || changes.get(resource.uid) !== null) return null
    changes.set(resource.uid, object)
  }
  return changes
}

/** The feed made of everything. */
export function* wholeFeed(header: FeedHeader, parts: readonly FeedSource[], deps: EngineDeps): Steps<SourceFeed> {
  const { defineZone, defaultZone } = deps
  const objects: CalendarObject[][] = []
  for (const part of parts) objects.push(yield* objectsOf(part, deps))
  const options = { ...header, defineZone, sameZone: sameOffsets, fallbackZone: defaultZone }
  const feed = yield* mergeFeedInSteps(objects, options)
  return { feed, index: (places) => (objects.length === 1 ? indexFeed(feed, places, objects.flat()) : null) }
}

function* objectsOf({ known, pulled }: FeedSource, { store }: EngineDeps): Steps<CalendarObject[]> {
  // What a read left that broke off is no calendar yet.
  if (pulled === null) return known.readAt === null ? [] : yield* objectsInSteps(store.remote.resources(known.id))
  const { resources, objects } = pulled
  if (resources.length - objects.size <= resources.length * FEW) return yield* objectsInSteps(resources, objects)
  // All texts at once are read much quicker than one after the other.
  const stored = new Map(store.remote.resources(known.id).map((resource) => [resource.href, resource]))
  const whole = (resource: KnownResource) =>
    pulled.objects.has(resource) ? resource : (stored.get(resource.href) ?? resource)
  return yield* objectsInSteps(resources.map(whole), objects)
}
