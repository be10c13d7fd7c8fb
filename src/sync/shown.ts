/** What is stored of an item, as its subscribers see it. */
import { SyncError } from '../core/errors.ts'
import { detailsOf } from '../core/event-details.ts'
import { mergeFeed } from '../core/ical/merge.ts'
import type { CalendarObject } from '../core/ical/model.ts'
import { readCalendar } from '../core/ical/objects.ts'
import { sameOffsets } from '../core/ical/zones-same.ts'
import { listInstances } from '../core/instances.ts'
import { hasOwnFeed } from '../core/links.ts'
import { compileRules } from '../core/rules/compile.ts'
import { type PreviewPart, previewRules } from '../core/rules/preview.ts'
import type { EventDetails } from '../core/shown.ts'
import type { Problem } from '../core/types.ts'
import type { KnownCalendar } from '../store/remote-types.ts'
import { storedFeed } from './destination-feed.ts'
import type { EngineDeps } from './engine-deps.ts'
import { addressesOf } from './link-feeds.ts'
import { objectsIn, sourceObjects } from './source-objects.ts'
import type { Shown, ShownKind } from './types.ts'

export function createShown(deps: Pick<EngineDeps, 'store' | 'clock' | 'defaultZone' | 'defineZone'>): Shown {
  const { store, clock, defaultZone, defineZone } = deps
  /** The parts last looked at, so that trying rules one after the other does not read everything each time. */
  let last: { key: string; parts: readonly PreviewPart[] } | null = null

  function sourceParts(sourceIds: readonly number[]): PreviewPart[] {
    return sourceIds.flatMap((id) => {
      const source = store.sources.get(id)
      if (source === undefined) return []
      const me = addressesOf(source)
      return sourceObjects(id, store).map(({ displayName, objects }) => ({ calendar: displayName, me, objects }))
    })
  }

  function parts(kind: ShownKind, id: number): readonly PreviewPart[] {
    if (kind === 'destination') {
      const destination = store.destinations.get(id)
      const feed = destination && storedFeed(destination, deps)
      if (destination === undefined || feed === null || feed === undefined) return []
      return [{ calendar: feed.name ?? destination.name, me: addressesOf(destination), objects: feed.objects }]
    }
    const sourceIds = kind === 'source' ? [id] : (store.links.get(id)?.source_ids ?? [])
    const key = JSON.stringify(
      sourceIds.map((one) => [one, store.feeds.ofSource(one)?.tag, store.sources.get(one)?.username]),
    )
    if (last?.key !== key) last = { key, parts: sourceParts(sourceIds) }
    return last.parts
  }

  /** The bytes served. */
  function feedOf(kind: 'source' | 'link', id: number): Uint8Array | undefined {
    if (kind === 'source') return store.feeds.ofSource(id)?.body
    const link = store.links.get(id)
    if (link === undefined) return undefined
    const [sourceId] = link.source_ids
    if (hasOwnFeed(link)) return store.links.feed(id)?.body
    return sourceId === undefined ? undefined : store.feeds.ofSource(sourceId)?.body
  }

  /** Without what a first read left that broke off. */
  function targetsOf(id: number): KnownCalendar[] {
    return store.remote.calendars('destination', id).filter(({ readAt }) => readAt !== null)
  }

  function targetObjects(id: number): CalendarObject[] {
    return targetsOf(id).flatMap((calendar) => objectsIn(store.remote.resources(calendar.id)))
  }

  function objectsOf(kind: ShownKind, id: number): readonly CalendarObject[] {
    if (kind === 'destination') return targetObjects(id)
    const body = feedOf(kind, id)
    return body === undefined ? [] : readCalendar(new TextDecoder().decode(body)).objects
  }

  /** The event as it is served, and the calendar and source it was read from where it has kept its UID. */
  function details(kind: ShownKind, id: number, uid: string): EventDetails | undefined {
    if (kind === 'destination') return detailsInTarget(id, uid)
    const sourceIds = kind === 'source' ? [id] : (store.links.get(id)?.source_ids ?? [])
    const from = sourceIds.flatMap((sourceId) =>
      calendarsHolding(sourceId, uid).map((calendar) => ({ calendar, source_id: sourceId, written: null })),
    )
    const served = objectsOf(kind, id).find((object) => object.uid === uid)
    const [only] = sourceIds.length === 1 ? sourceIds : []
    return served && detailsOf(served, from[0] ?? { calendar: null, source_id: only ?? null, written: null })
  }

  /** Names of the calendars of a source that hold this event; the event that is looked at is read, and no other one. */
  function calendarsHolding(sourceId: number, uid: string): string[] {
    const known = store.remote.calendars('source', sourceId).filter(({ readAt }) => readAt !== null)
    if (known.length > 0) {
      return known.filter(({ id }) => store.remote.holds(id, uid)).map(({ displayName }) => displayName)
    }
    return sourceObjects(sourceId, store)
      .filter(({ objects }) => objects.some((object) => object.uid === uid))
      .map(({ displayName }) => displayName)
  }

  function detailsInTarget(id: number, uid: string): EventDetails | undefined {
    for (const calendar of targetsOf(id)) {
      const resource = store.remote.resources(calendar.id).find((known) => known.uid === uid)
      const object = resource && objectsIn([resource])[0]
      if (resource === undefined || object === undefined) continue
      return detailsOf(object, { calendar: calendar.displayName, source_id: null, written: resource.owned })
    }
    return undefined
  }

  return {
    details,
    instances: (kind, id, span) => listInstances(objectsOf(kind, id), { ...span, defaultZone }),
    download(kind, id) {
      if (kind !== 'destination') return feedOf(kind, id)
      const destination = store.destinations.get(id)
      if (destination === undefined || targetsOf(id).length === 0) return undefined
      const merged = mergeFeed([targetObjects(id)], {
        name: destination.calendar_name,
        defineZone,
        sameZone: sameOffsets,
        fallbackZone: defaultZone,
      })
      return new TextEncoder().encode(merged.text)
    },
    preview: (kind, id, rules) => previewRules(parts(kind, id), compileRules(rules), { now: clock.now(), defaultZone }),
    findings(sourceId) {
      const calendars = store.remote.calendars('source', sourceId).filter(({ readAt }) => readAt !== null)
      const read = calendars.flatMap(({ id }) =>
        store.remote.resources(id).flatMap(({ uid, text }) => (uid === null ? [] : findingsIn(text))),
      )
      const objects = sourceObjects(sourceId, store).map((calendar) => calendar.objects)
      const merged = mergeFeed(objects, { defineZone, sameZone: sameOffsets, fallbackZone: defaultZone })
      const [run] = store.runs.list({ kind: 'source', itemId: sourceId, limit: 1 })
      const all = [...(run?.problems ?? []), ...read, ...merged.findings]
      return [...new Map(all.map((finding) => [`${finding.code}\n${finding.message}`, finding])).values()]
    },
  }
}

function findingsIn(text: string): readonly Problem[] {
  try {
    return readCalendar(text).findings
  } catch (thrown) {
    if (thrown instanceof SyncError) return []
    throw thrown
  }
}
