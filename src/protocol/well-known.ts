import { SyncError } from '../core/errors.ts'
import { answerError } from './answer-error.ts'
import type { Credentials } from './credentials.ts'
import { COLLECTION_PROPS } from './dav-requests.ts'
import type { Http } from './http.ts'
import { isRedirect } from './redirect.ts'
import { safeUrl } from './safe-url.ts'

/**
 * Where `/.well-known/caldav` leads: the URL itself where it answers with a multistatus. Its redirect is not followed
 * by the transport, because here a host names its CalDAV server, which then may see the credentials; over https only.
 */
export async function wellKnownTarget(
  http: Http,
  url: string,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<string> {
  const response = await http.request({
    method: 'PROPFIND',
    url,
    headers: { depth: '0', 'content-type': 'application/xml; charset=utf-8' },
    body: COLLECTION_PROPS,
    credentials,
    signal,
    limits: 'discovery',
    redirect: 'manual',
  })
  if (!isRedirect(response.status)) {
    if (response.status !== 207) throw await answerError(response, 'find the calendars', 'read', http.clock)
    await response.discard()
    return url
  }
  await response.discard()
  const from = new URL(url)
  const to = URL.parse(response.header('location') ?? '', url)
  const elsewhere = to !== null && to.host !== from.host
  if (!to || !/^https?:$/.test(to.protocol) || (to.protocol === 'http:' && (elsewhere || from.protocol === 'https:'))) {
    const message = `${safeUrl(url)} leads to ${to ? safeUrl(to) : 'nowhere'}, where the password is not sent because it is not https.`
    throw new SyncError('refused', message, { url: safeUrl(url), status: response.status })
  }
  to.username = ''
  to.password = ''
  to.hash = ''
  return to.href
}
