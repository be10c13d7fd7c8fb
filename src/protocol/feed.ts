import type { Connection } from '../core/connection.ts'
import { SyncError } from '../core/errors.ts'
import { answerError } from './answer-error.ts'
import { splitUserInfo } from './credentials.ts'
import { toETag } from './dav.ts'
import { describeBody } from './describe.ts'
import type { Http } from './http.ts'
import { safeUrl } from './safe-url.ts'
import { charsetOf } from './xml-decode.ts'

export interface FeedRequest {
  /** http, https, webcal or webcals; may carry `user:password@`. */
  readonly url: string
  /** Validators of the copy we hold; null: none. */
  readonly etag: string | null
  readonly lastModified: string | null
  /** How the feed is reached beside its address; null or absent: nothing special. */
  readonly connection?: Connection | null
}

export type FeedDownload =
  | { readonly kind: 'not-modified' }
  | {
      readonly kind: 'fresh'
      readonly bytes: Uint8Array
      /** charset parameter of the Content-Type, lower case; null: none. */
      readonly charset: string | null
      readonly etag: string | null
      readonly lastModified: string | null
      readonly contentType: string | null
    }

/**
 * Downloads an iCalendar feed, conditionally where validators are given. Refuses whatever is plainly no feed (threats
 * C9, C10) and what was cut off as far as the transport can tell; whether the calendar is whole is for its parser.
 */
export async function downloadFeed(http: Http, request: FeedRequest, signal: AbortSignal): Promise<FeedDownload> {
  const parsed = URL.parse(request.url.trim())
  if (!parsed || !/^(https?|webcals?):$/.test(parsed.protocol)) {
    throw new SyncError(
      'refused',
      'The feed URL must begin with http://, https://, webcal:// or webcals://. Correct it.',
    )
  }
  if (!parsed.protocol.startsWith('webcal')) return await download(http, parsed, request, signal)
  const rest = parsed.href.slice(parsed.protocol.length)
  const secure = new URL(`https:${rest}`)
  try {
    return await download(http, secure, request, signal)
  } catch (thrown) {
    // `webcal` means http by name, but nearly all servers mean https. A password never takes the open way.
    const silent = thrown instanceof SyncError && thrown.kind === 'unreachable' && thrown.details.status === undefined
    if (!silent || parsed.protocol === 'webcals:' || parsed.username !== '' || signal.aborted) throw thrown
    return await download(http, new URL(`http:${rest}`), request, signal)
  }
}

async function download(http: Http, from: URL, request: FeedRequest, signal: AbortSignal): Promise<FeedDownload> {
  const { url, credentials } = splitUserInfo(from)
  url.hash = ''
  const { etag, lastModified } = request
  const conditional = etag !== null || lastModified !== null
  const response = await http.request({
    method: 'GET',
    url: url.href,
    headers: {
      accept: 'text/calendar, */*;q=0.5',
      ...(etag === null ? {} : { 'if-none-match': etag }),
      ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
    },
    credentials,
    ...(request.connection ? { connection: request.connection } : {}),
    signal,
    limits: 'feed',
  })
  if (response.status === 304 && conditional) {
    await response.discard()
    return { kind: 'not-modified' }
  }
  if (response.status !== 200) throw await answerError(response, 'download the feed', 'read', http.clock)
  const contentType = response.header('content-type')
  const bytes = await response.bytes()
  const shown = safeUrl(response.url)
  refuseOtherThings(bytes, contentType, shown, 'Check the feed URL; it may need a login or have expired', shown)
  return {
    kind: 'fresh',
    bytes,
    charset: charsetOf(contentType),
    etag: toETag(response.header('etag')),
    lastModified: response.header('last-modified'),
    contentType,
  }
}

/**
 * Throws SyncError where the bytes are plainly no calendar: a page, an archive, nothing at all. `subject` begins the
 * sentence, `advice` ends it.
 */
export function refuseOtherThings(
  bytes: Uint8Array,
  contentType: string | null,
  subject: string,
  advice: string,
  url?: string,
): void {
  const what = describeBody(bytes, contentType)
  // NULs and odd bytes occur in real feeds; only what does not even begin as a calendar is called binary.
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1').replaceAll('\0', '')
  if (/^\W*BEGIN\s*:\s*VCALENDAR/i.test(head)) return
  if (/^(an |nothing|gzip|JSON|XML|binary)/.test(what)) {
    const verb = url === undefined ? 'holds' : 'answered with'
    const message = `${subject} ${verb} ${what} instead of a calendar. ${advice}.`
    throw new SyncError('protocol', message, url === undefined ? {} : { url, status: 200 })
  }
}
