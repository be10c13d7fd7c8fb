/** Feeds of this very service: named by a source's number, or by their address. */
import { SyncError } from '../core/errors.ts'
import type { Destination } from '../core/items.ts'
import { ringOf } from '../core/loops.ts'
import type { FeedDownload } from '../protocol/feed.ts'
import { collectionKey } from '../protocol/href.ts'
import type { EngineDeps } from './engine-deps.ts'

/** The source that `source:<id>` names; null for any other address. */
export function namedSource(icsUrl: string): number | null {
  const id = /^\s*source:(\d{1,15})\s*$/i.exec(icsUrl)?.[1]
  return id === undefined ? null : Number(id)
}

/** The feed of a source as a download, conditional by its tag. Throws SyncError where there is none. */
export function sourceFeed(sourceId: number, etag: string | null, { store }: EngineDeps): FeedDownload {
  const source = store.sources.get(sourceId)
  if (!source) {
    throw new SyncError(
      'not-found',
      `There is no source ${sourceId} any more; choose another feed for this destination.`,
    )
  }
  const feed = store.feeds.ofSource(sourceId)
  if (!feed) {
    throw new SyncError(
      'not-found',
      `The source "${source.name}" has no feed yet; it is used as soon as it was read once.`,
    )
  }
  if (feed.tag === etag) return { kind: 'not-modified' }
  return {
    kind: 'fresh',
    bytes: feed.body,
    charset: 'utf-8',
    etag: feed.tag,
    lastModified: null,
    contentType: 'text/calendar',
  }
}

/**
 * Refuses to write into a calendar from which the feed itself is made, at once or by way of other sources and
 * destinations: each run would feed the next. `tag` is the hash of the feed as downloaded, which tells a feed of ours also
 * where it was fetched over the network.
 */
export function refuseLoop(destination: Destination, calendarUrl: string, tag: string, { store }: EngineDeps): void {
  const named = namedSource(destination.ics_url)
  const sourceIds = named === null ? store.feeds.sourcesOf(tag) : [named]
  const ring = ringOf(
    { name: destination.name, calendar: collectionKey(calendarUrl), sourceIds },
    {
      source(id) {
        const source = store.sources.get(id)
        if (source === undefined) return undefined
        const calendars = store.remote.calendars('source', id).map(({ url }) => collectionKey(url))
        return { id, name: source.name, calendars }
      },
      writersOf: (calendar) =>
        store.remote.writersOf(calendar).flatMap((id) => {
          const writer = store.destinations.get(id)
          return writer ? [{ name: writer.name, calendar, sourceIds: sourcesAt(writer.ics_url, store) }] : []
        }),
    },
  )
  if (ring === null) return
  throw new SyncError(
    'refused',
    `This would go round in a ring (${ring.join(' → ')}): the feed is made from the calendar it is written to. Choose another calendar or another feed.`,
  )
}

/** The sources shown at the path of this address; the host is not compared, since a service has many names. */
function sourcesAt(icsUrl: string, store: EngineDeps['store']): readonly number[] {
  const named = namedSource(icsUrl)
  if (named !== null) return [named]
  const path = /^\/ics\/(.+)$/.exec(URL.parse(icsUrl)?.pathname ?? '')?.[1]
  if (path === undefined) return []
  const place = store.links.at(path, false) ?? store.links.at(path.replace(/^public\//, ''), true)
  return place?.sourceIds ?? []
}
