import { SyncError } from '../core/errors.ts'
import type { Resource } from '../core/remote.ts'
import type { Href, Problem } from '../core/types.ts'
import { answerError } from './answer-error.ts'
import type { OpenCollection } from './collection.ts'
import { toETag } from './dav.ts'
import { describeBody } from './describe.ts'
import { lastSegment, memberUrl } from './href.ts'
import { safeUrl } from './safe-url.ts'
import { charsetOf } from './xml-decode.ts'

export type GetAnswer =
  | { readonly kind: 'read'; readonly resource: Resource }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable'; readonly problem: Problem; readonly error: SyncError }

/**
 * GET of one resource: the last word on one that a multiget did not give. Throws only what concerns more than this
 * resource: a refused login, a busy or silent server, a stop.
 */
export async function getResource(
  { http, url: collection, credentials }: OpenCollection,
  href: Href,
  signal: AbortSignal,
): Promise<GetAnswer> {
  const url = memberUrl(collection, href)
  if (!url) {
    const error = new SyncError(
      'refused',
      `The server names a resource outside the calendar ${safeUrl(collection)}; it is not asked for it. Check the server.`,
    )
    return unreadable(href, error)
  }
  try {
    const response = await http.request({
      method: 'GET',
      url: url.href,
      headers: { accept: 'text/calendar' },
      credentials,
      signal,
      limits: 'calendar',
    })
    if (response.status === 404 || response.status === 410) {
      await response.discard()
      return { kind: 'gone' }
    }
    if (response.status !== 200) throw await answerError(response, 'read the event', 'read', http.clock)
    const type = response.header('content-type')
    const bytes = await response.bytes()
    const text = decode(bytes, charsetOf(type))
    if (/^\s*BEGIN:VCALENDAR\b/i.test(text)) {
      return { kind: 'read', resource: { href, etag: toETag(response.header('etag')), text } }
    }
    const message = `${safeUrl(url)} holds ${describeBody(bytes, type)} instead of an event.`
    return unreadable(href, new SyncError('protocol', message, { url: safeUrl(url), status: 200 }))
  } catch (thrown) {
    if (thrown instanceof SyncError && concernsOnlyThis(thrown)) return unreadable(href, thrown)
    throw thrown
  }
}

function concernsOnlyThis({ kind, details }: SyncError): boolean {
  if (kind === 'refused' || kind === 'protocol') return true
  return kind === 'busy' && details.status !== 429 && details.status !== 503
}

function unreadable(href: Href, error: SyncError): GetAnswer {
  const subject = lastSegment(new URL(href, 'http://host/').href)
  return {
    kind: 'unreadable',
    error,
    problem: { code: 'resource-unreadable', subject, message: `An event could not be read. ${error.message}` },
  }
}

function decode(bytes: Uint8Array, charset: string | null): string {
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}
