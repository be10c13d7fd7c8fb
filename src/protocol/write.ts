import { SyncError } from '../core/errors.ts'
import type { ResourceRef } from '../core/remote.ts'
import type { ETag, Href } from '../core/types.ts'
import { answerError, kindOf } from './answer-error.ts'
import type { OpenCollection } from './collection.ts'
import { toETag } from './dav.ts'
import { existingUrl, resourceUrl } from './href.ts'
import type { HttpResponse } from './http.ts'
import { type DavResponse, readMultistatus } from './multistatus.ts'
import { isRedirect } from './redirect.ts'
import { safeUrl } from './safe-url.ts'

const CALENDAR_TYPE = 'text/calendar; charset=utf-8'

/** PUT of a new resource (RFC 4791 section 5.3.2); throws `refused` with status 412 where the name is taken. */
export async function createResource(
  collection: OpenCollection,
  name: string,
  text: string,
  signal: AbortSignal,
): Promise<ResourceRef> {
  const url = resourceUrl(collection.url, name)
  const etag = await put(collection, url, { 'if-none-match': '*' }, text, signal)
  return { href: url.pathname as Href, etag }
}

/** PUT over an existing resource, on condition that it is still what we know. */
export async function updateResource(
  collection: OpenCollection,
  ref: ResourceRef,
  text: string,
  signal: AbortSignal,
): Promise<ETag | null> {
  return await put(collection, existingUrl(collection.url, ref.href), ifMatch(ref.etag), text, signal)
}

/** DELETE that tells the organizer nothing (RFC 6638 section 8.1). What is gone already counts as removed. */
export async function removeResource(collection: OpenCollection, ref: ResourceRef, signal: AbortSignal): Promise<void> {
  const { http, credentials } = collection
  const url = existingUrl(collection.url, ref.href)
  const response = await http.request({
    method: 'DELETE',
    url: url.href,
    headers: { 'schedule-reply': 'F', ...ifMatch(ref.etag) },
    credentials,
    signal,
    limits: 'calendar',
  })
  if (response.status === 404 || response.status === 410) {
    await response.discard()
    return
  }
  await accept(collection, response, 'remove the event', [200, 204, 404, 410])
}

async function put(
  { http, credentials, ...rest }: OpenCollection,
  url: URL,
  condition: Readonly<Record<string, string>>,
  text: string,
  signal: AbortSignal,
): Promise<ETag | null> {
  const response = await http.request({
    method: 'PUT',
    url: url.href,
    headers: { 'content-type': CALENDAR_TYPE, ...condition },
    body: text,
    credentials,
    signal,
    limits: 'calendar',
  })
  await accept({ http, credentials, ...rest }, response, 'store the event', [200, 201, 204])
  return toETag(response.header('etag'))
}

/**
 * One strong ETag, as received. A weak one never matches (RFC 9110 section 13.1.1), but a proxy that compresses makes
 * strong ones weak: without the mark it is the server's own again.
 */
function ifMatch(etag: ETag | null): Readonly<Record<string, string>> {
  return etag === null ? {} : { 'if-match': etag.replace(/^W\//, '') }
}

/** Only these statuses mean done; a 207 is opened for the real one (pitfall W6). */
async function accept(
  { http }: OpenCollection,
  response: HttpResponse,
  doing: string,
  done: readonly number[],
): Promise<void> {
  const { status } = response
  const url = safeUrl(response.url)
  if (done.includes(status)) {
    await response.discard()
    return
  }
  if (status === 207) {
    const inner: DavResponse[] = []
    await readMultistatus(response, (one) => inner.push(one))
    const failed = inner.find((one) => !done.includes(one.status ?? 0))
    if (inner.length > 0 && !failed) return
    throw hiddenError(failed, doing, url)
  }
  if (isRedirect(status)) {
    await response.discard()
    const message = `Could not ${doing}: ${url} redirects elsewhere, and a change is never sent on. Enter the address the server redirects to.`
    throw new SyncError('refused', message, { url, status })
  }
  throw await answerError(response, doing, 'write', http.clock)
}

function hiddenError(failed: DavResponse | undefined, doing: string, url: string): SyncError {
  const status = failed?.status ?? 207
  const reason = failed?.description || failed?.preconditions.join(', ') || 'no reason given'
  const message = `Could not ${doing}: ${url} answered ${status} inside a multistatus. The server says: ${reason}`
  return new SyncError(kindOf(status, 'write'), message, {
    url,
    status,
    ...(failed && failed.preconditions.length > 0 ? { preconditions: failed.preconditions } : {}),
    ...(failed?.conflictHref ? { conflictHref: failed.conflictHref } : {}),
  })
}
