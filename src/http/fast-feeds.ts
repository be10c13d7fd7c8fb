/**
 * Feeds answered from memory, ahead of the routes: a reader that comes again costs no SQL and no framework. What the
 * routes answered is the one truth; here it is only said again, for as long as they would say the same.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { EpochMs } from '../core/types.ts'
import type { LinkPlace } from '../store/served-types.ts'
import { clientKey, type HeaderReader } from './client-address.ts'
import type { AppDeps } from './deps.ts'
import type { RateLimiter } from './rate-limit.ts'
import { isNotModified, LONGEST_AGE_SECS } from './representation.ts'

const MOST_ANSWERS = 256
const MOST_BYTES = 16 * 1024 * 1024
const MOST_HOSTS = 32
/** Of what the reader chooses itself and we keep: Accept-Encoding and Host. */
const LONGEST_HEADER = 255
/** Rules of a link may look at the clock; its feed is then made anew each hour (sync/link-feeds.ts). */
const HOUR_MS = 3_600_000

/** An answer of the routes, and what it was made from. */
export interface FeedAnswer {
  /** Of the store, before anything was read. */
  readonly version: number
  readonly place: LinkPlace
  readonly etag: string
  readonly modifiedAt: EpochMs
  /** Headers of a 304. */
  readonly validators: Readonly<Record<string, string>>
  /** Headers of a 200. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface FastFeeds {
  /** True where it has answered; else the request is untouched, and the routes are to answer it. */
  answerAtOnce(incoming: IncomingMessage, outgoing: ServerResponse): boolean
  /** Keeps what the routes answer to `url` (absolute), where it may be said again. */
  remember(url: string, header: HeaderReader, answer: FeedAnswer): void
}

interface Kept extends Pick<FeedAnswer, 'etag' | 'modifiedAt' | 'body'> {
  readonly linkId: number | null
  /** Served without login to whoever sends none; to whoever sends one as well, where it is not even looked at. */
  readonly login: 'ignored' | 'not needed' | 'needed'
  readonly from: EpochMs
  readonly until: EpochMs
  /** Name, value, name, value, as `writeHead` takes them fastest. */
  readonly validators: string[]
  readonly headers: string[]
}

/** `takeToken` is the gate's own, so that both count in the same buckets. */
export function createFastFeeds(deps: AppDeps, takeToken: RateLimiter | null): FastFeeds {
  const { settings, store, clock } = deps
  const answers = new Map<string, Kept>()
  /** As readers wrote them; the gate let them pass. */
  const hosts = new Set<string>()
  let bytes = 0
  let version = -1

  function forgetAll(): void {
    answers.clear()
    bytes = 0
  }

  function forget(key: string): void {
    bytes -= answers.get(key)?.body.length ?? 0
    answers.delete(key)
  }

  function find({ method, url, headers, rawHeaders }: IncomingMessage): Kept | undefined {
    if (answers.size === 0 || url === undefined || (method !== 'GET' && method !== 'HEAD')) return undefined
    const kept = answers.get(keyOf(url, headers['accept-encoding']))
    if (kept === undefined || headers.host === undefined || !hosts.has(headers.host)) return undefined
    if (!isPlain(headers, rawHeaders) || !mayPass(kept, headers)) return undefined
    if (store.version() !== version) {
      forgetAll()
      return undefined
    }
    const now = clock.now()
    return kept.from <= now && now < kept.until ? kept : undefined
  }

  function mayPass({ login }: Kept, { authorization }: IncomingHttpHeaders): boolean {
    return settings.login === null || login === 'ignored' || (login === 'not needed' && authorization === undefined)
  }

  function answerAtOnce(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
    let kept: Kept | undefined
    let isKnown = false
    const isHead = incoming.method === 'HEAD'
    try {
      kept = find(incoming)
      if (kept === undefined) return false
      const header: HeaderReader = (name) => textOf(incoming.headers[name])
      if (takeToken !== null) {
        const client = clientKey(incoming.socket.remoteAddress, header, settings.trustProxy)
        // Who has no token left is told so by the gate, which finds none either.
        if (takeToken(client) !== null) return false
      }
      isKnown = isNotModified(header, kept.etag, kept.modifiedAt)
      const sent = isKnown || isHead ? 0 : kept.body.length
      if (kept.linkId !== null) deps.trail.note(kept.linkId, incoming.headers['user-agent'], isKnown ? 304 : 200, sent)
    } catch {
      // A database that fails: the routes say so, and to the log too.
      return false
    }
    if (isKnown) outgoing.writeHead(304, kept.validators).end()
    else if (isHead) outgoing.writeHead(200, kept.headers).end()
    else outgoing.writeHead(200, kept.headers).end(kept.body)
    return true
  }

  function remember(url: string, header: HeaderReader, answer: FeedAnswer): void {
    const { place, etag, modifiedAt, body } = answer
    const [host, acceptEncoding] = [header('host') ?? '', header('accept-encoding')]
    const path = pathUnder(url, host)
    const from = clock.now()
    const until = sameUntil(place, from)
    if (path === null || until <= from || body.length > MOST_BYTES) return
    if (host.length > LONGEST_HEADER || (acceptEncoding?.length ?? 0) > LONGEST_HEADER) return
    if (answer.version !== store.version()) return
    if (answer.version !== version) forgetAll()
    version = answer.version
    const isOpen = place.isOpen && !path.includes('%')
    const key = keyOf(path, acceptEncoding)
    forget(key)
    answers.set(key, {
      linkId: place.linkId,
      login: path.startsWith('/ics/public/') ? 'ignored' : isOpen ? 'not needed' : 'needed',
      etag,
      modifiedAt,
      body,
      from,
      until,
      validators: Object.entries(answer.validators).flat(),
      headers: Object.entries(answer.headers).flat(),
    })
    bytes += body.length
    for (const oldest of answers.keys()) {
      if (answers.size <= MOST_ANSWERS && bytes <= MOST_BYTES) break
      forget(oldest)
    }
    if (hosts.size >= MOST_HOSTS) hosts.clear()
    hosts.add(host)
  }

  /** Until when the routes would say the same of this place while nothing is written. */
  function sameUntil(place: LinkPlace, now: EpochMs): EpochMs {
    const freshUntil = deps.freshUntil(place)
    const secs = Math.max(0, Math.floor((freshUntil - now) / 1000))
    return Math.min(
      // Then max-age is another; the reader waits for a run where it would be nothing.
      freshUntil - Math.min(secs, LONGEST_AGE_SECS) * 1000,
      place.expiresAt ?? Number.POSITIVE_INFINITY,
      place.hasOwnFeed ? (Math.floor(now / HOUR_MS) + 1) * HOUR_MS : Number.POSITIVE_INFINITY,
    )
  }

  return { answerAtOnce, remember }
}

function keyOf(path: string, acceptEncoding: string | undefined): string {
  return acceptEncoding === undefined ? path : `${path} ${acceptEncoding}`
}

/** The path in `url`, where that stands for `host` and nothing was mended in it; else null. */
function pathUnder(url: string, host: string): string | null {
  const origin = `http://${host}/`
  if (!url.startsWith(origin)) return null
  const end = url.search(/[?#]/)
  return url.slice(origin.length - 1, end < 0 ? undefined : end)
}

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** No body, and every header only once: of those that come twice Node keeps the first, and the routes see both. */
function isPlain(headers: IncomingHttpHeaders, rawHeaders: readonly string[]): boolean {
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) return false
  if (headers.expect !== undefined || headers.upgrade !== undefined) return false
  let names = 0
  for (const _ in headers) names += 1
  return names * 2 === rawHeaders.length
}
