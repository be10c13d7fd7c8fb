import { Hono } from 'hono'
import { feedPath } from '../core/addresses.ts'
import type { LinkPlace, StoredFeed } from '../store/served-types.ts'
import { inlineFileName } from './content-disposition.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import type { FastFeeds } from './fast-feeds.ts'
import { ownOrigin } from './own-origin.ts'
import { chooseRepresentation, httpDate, isNotModified, LONGEST_AGE_SECS } from './representation.ts'
import { plainAnswer, SECURITY_HEADERS } from './security-headers.ts'
import { subscribePage } from './subscribe-page.ts'

const TEXT = { 'content-type': 'text/plain; charset=utf-8' }
/** A paused feed is asked for again after this long. */
const PAUSE_SECS = '3600'

type ServedFeed = Omit<StoredFeed, 'sourceId' | 'sourceName'>

/** What of a request a feed's answer depends on. */
interface Asked {
  readonly header: (name: string) => string | undefined
  readonly isHead: boolean
  readonly isPublic: boolean
  readonly url: string
  /** Asked by a person, for how to subscribe: the origin they came under. */
  readonly subscribeAt: string | null
}

/**
 * `/ics/public/{path}` and `/ics/{path}` (contract 1.7). Answers carry all their headers themselves, because these
 * routes stand ahead of every middleware but the gate. A range is never offered: half a calendar is none.
 */
export function feedRoutes(deps: AppDeps, fast: Pick<FastFeeds, 'remember'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  const { links, feeds } = deps.store

  function answer(path: string, asked: Asked): Response | Promise<Response> {
    const decoded = decodePath(path)
    if (decoded === null) return plainAnswer(400, 'Invalid path', TEXT)
    try {
      // Before anything is read, so that what is written meanwhile is not taken for seen.
      const version = deps.store.version()
      const place = links.at(decoded, asked.isPublic)
      if (place === undefined) return plainAnswer(404, 'ICS not found', TEXT)
      const closed = closedAnswer(place, deps.clock.now())
      if (closed !== null) return noted(place, asked, closed, 0)
      if (asked.subscribeAt !== null) {
        const address = asked.subscribeAt + feedPath(decoded, asked.isPublic)
        const isOpen = asked.isPublic || place.isOpen || deps.settings.login === null
        return subscribePage({ name: place.name, address, isOpen })
      }
      const fresh = deps.freshen(place)
      return fresh === null ? serve(place, asked, version) : fresh.then(() => serve(place, asked, null)).catch(failed)
    } catch (thrown) {
      return failed(thrown)
    }
  }

  function failed(thrown: unknown): Response {
    deps.log.error('A feed could not be read', { reason: thrown instanceof Error ? thrown.message : String(thrown) })
    return plainAnswer(500, 'Internal error', TEXT)
  }

  function noted({ linkId }: LinkPlace, { header }: Asked, response: Response, bytes: number): Response {
    if (linkId !== null) deps.trail.note(linkId, header('user-agent'), response.status, bytes)
    return response
  }

  /** `version` of the database that all was read from; null: the place was read earlier than the feed. */
  function serve(place: LinkPlace, asked: Asked, version: number | null): Response {
    const [sourceId] = place.sourceIds
    const own = place.hasOwnFeed && place.linkId !== null ? links.feed(place.linkId) : undefined
    const feed: ServedFeed | undefined = place.hasOwnFeed || sourceId === undefined ? own : feeds.ofSource(sourceId)
    if (feed === undefined) return plainAnswer(404, 'ICS not found', TEXT)
    const response = serveFeed(feed, place, asked, version)
    const bytes = response.status === 200 && !asked.isHead ? Number(response.headers.get('content-length')) : 0
    return noted(place, asked, response, bytes)
  }

  function serveFeed(feed: ServedFeed, place: LinkPlace, asked: Asked, version: number | null): Response {
    const { header, isPublic, url } = asked
    const chosen = chooseRepresentation(feed.body, feed.encodings, feed.tag, header('accept-encoding'))
    const validators: Record<string, string> = {
      ...SECURITY_HEADERS,
      etag: chosen.etag,
      'last-modified': httpDate(feed.modifiedAt),
      vary: 'Accept-Encoding',
      'cache-control': cacheControl(isPublic || place.isOpen, deps.freshForSecs(place)),
      'accept-ranges': 'none',
    }
    const headers: Record<string, string> = {
      ...validators,
      'content-type': 'text/calendar; charset=utf-8',
      'content-length': String(chosen.body.length),
      'content-disposition': inlineFileName(place.name, 'ics'),
    }
    if (chosen.coding !== 'identity') headers['content-encoding'] = chosen.coding
    const { etag, body } = chosen
    if (version !== null) {
      fast.remember(url, header, { version, place, etag, modifiedAt: feed.modifiedAt, validators, headers, body })
    }
    if (isNotModified(header, etag, feed.modifiedAt)) return new Response(null, { status: 304, headers: validators })
    // The library's types ask for a plain ArrayBuffer behind the bytes, which SQLite and zlib give.
    return new Response(body as Uint8Array<ArrayBuffer>, { status: 200, headers })
  }

  for (const isPublic of [true, false]) {
    const prefix = isPublic ? '/ics/public/' : '/ics/'
    app.get(`${prefix}:path{.+}`, (c) => {
      const header = (name: string) => c.req.header(name)
      const subscribeAt = c.req.query('subscribe') === undefined ? null : ownOrigin(deps, c.req.url, header)
      const isHead = c.req.method === 'HEAD'
      return answer(c.req.path.slice(prefix.length), { header, isHead, isPublic, url: c.req.url, subscribeAt })
    })
  }
  app.all('/ics/:path{.+}', () => plainAnswer(405, null, { allow: 'GET, HEAD' }))
  for (const path of ['/ics', '/ics/']) app.all(path, () => plainAnswer(404, 'ICS not found', TEXT))
  app.get('/robots.txt', () => plainAnswer(200, ROBOTS, { ...TEXT, 'cache-control': 'public, max-age=86400' }))
  return app
}

/** Google's importer obeys it, and would otherwise never fetch a feed; nothing here is for search engines. */
const ROBOTS = 'User-agent: Google-Calendar-Importer\nAllow: /ics/\n\nUser-agent: *\nDisallow: /\n'

function cacheControl(isOpen: boolean, freshSecs: number): string {
  const age = freshSecs > 0 ? `max-age=${Math.min(freshSecs, LONGEST_AGE_SECS)}` : 'no-cache'
  return isOpen ? age : `private, ${age}`
}

/** Why nothing is served here, in a sentence for whoever sees it; null where the place is open. */
function closedAnswer(place: LinkPlace, now: number): Response | null {
  const gone = (message: string) => plainAnswer(410, message, { ...TEXT, 'cache-control': 'no-store' })
  if (place.linkId === null) {
    return gone('This calendar address was given up. Ask whoever gave it to you for the new one.')
  }
  if (place.expiresAt !== null && place.expiresAt <= now) {
    const day = new Date(place.expiresAt).toISOString().slice(0, 10)
    return gone(`This calendar address expired on ${day}. Ask whoever gave it to you for a new one.`)
  }
  if (place.sourceIds.length === 0) {
    return gone('The calendars behind this address were removed. Ask whoever gave it to you.')
  }
  if (!place.paused) return null
  const headers = { ...TEXT, 'cache-control': 'no-store', 'retry-after': PAUSE_SECS }
  return plainAnswer(503, 'This calendar is paused by its owner. What you have of it stays; try again later.', headers)
}

/** Null where the path is no proper feed path: broken encoding, a leading slash, `..`, or a NUL. */
function decodePath(path: string): string | null {
  let decoded = path
  try {
    if (path.includes('%')) decoded = decodeURIComponent(path)
  } catch {
    return null
  }
  return decoded.startsWith('/') || decoded.includes('..') || decoded.includes('\0') ? null : decoded
}
