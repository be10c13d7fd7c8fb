import { SyncError } from '../core/errors.ts'
import type { Clock, EpochMs } from '../core/types.ts'
import { parseChallenges } from './challenge.ts'
import { parseDavError } from './dav-error.ts'
import { describeBody, plainText } from './describe.ts'
import { digestSession } from './digest.ts'
import type { HttpResponse } from './http.ts'
import { ERROR_BODY_BYTES } from './limits.ts'
import { safeUrl } from './safe-url.ts'

const MIN_RETRY_MS = 60_000
const MAX_RETRY_MS = 2 * 3_600_000

/** Retry-After in seconds or as an HTTP date (RFC 9110 section 10.2.3), kept within 1 min … 2 h from now. */
function retryAt(header: string | null, clock: Clock): EpochMs | undefined {
  const text = header?.trim() ?? ''
  if (text === '') return undefined
  const now = clock.now()
  // Date.parse alone would also read "-5" as a year.
  const isDate = /^[a-z]{3,9},? /i.test(text)
  const asked = /^\d+$/.test(text) ? now + Number(text) * 1000 : isDate ? Date.parse(text) : Number.NaN
  if (Number.isNaN(asked)) return undefined
  return Math.min(Math.max(asked, now + MIN_RETRY_MS), now + MAX_RETRY_MS)
}

/**
 * What was asked decides what a status means: a 404 to a read says that the calendar is not there, a 404 or 500 to a
 * write is how some servers decline one event, which concerns nobody else.
 */
export type Purpose = 'read' | 'write'

/** Turns an answer that is not the wanted one into its SyncError, reading what is needed of the body. */
export async function answerError(
  response: HttpResponse,
  doing: string,
  purpose: Purpose,
  clock: Clock,
): Promise<SyncError> {
  const { status } = response
  const url = safeUrl(response.url)
  const body = await response.bytes(ERROR_BODY_BYTES).catch(() => new Uint8Array())
  const type = response.header('content-type')
  if (status >= 200 && status < 300) {
    const message = `Could not ${doing}: ${url} answered ${status} with ${describeBody(body, type)} instead of what was asked for. Check the URL.`
    return new SyncError('protocol', message, { url, status })
  }
  if (status === 401) return new SyncError('login', loginMessage(response, url), { url, status })
  const dav = parseDavError(body)
  const said = dav.text || plainText(body, type)
  const reason = said === '' ? '' : ` The server says: ${said}`
  const again = retryAt(response.header('retry-after'), clock)
  const message = `Could not ${doing}: ${url} answered ${status}${meaning(status, purpose)}.${reason}`
  return new SyncError(kindOf(status, purpose), message, {
    url,
    status,
    ...(again === undefined ? {} : { retryAt: again }),
    ...(dav.preconditions.length > 0 ? { preconditions: dav.preconditions } : {}),
    ...(dav.href === null ? {} : { conflictHref: dav.href }),
  })
}

/** The kind of error that a status means; `read` and `write` differ where one refused event must not stop the rest. */
export function kindOf(status: number, purpose: Purpose): SyncError['kind'] {
  if (status === 401) return 'login'
  if (status === 429 || status === 503) return 'busy'
  if (status === 408 || status === 502 || status === 504 || status >= 520) return 'unreachable'
  if (purpose === 'write') return 'refused'
  if (status === 404 || status === 410) return 'not-found'
  if (status >= 500 && status !== 501 && status !== 505) return 'busy'
  return status >= 400 ? 'refused' : 'protocol'
}

function meaning(status: number, purpose: Purpose): string {
  if (status === 429) return ' (too many requests; it is asked again later)'
  if (status === 412) return ' (there is another version on the server by now)'
  if (status === 413) return ' (too large)'
  if (status === 507) return ' (no space left there)'
  if (purpose === 'read' && (status === 404 || status === 410)) return ' (nothing there; check the URL)'
  if (status === 403) return ' (not allowed; check what the account may do there)'
  if (status === 405 || status === 501) return ' (not offered there; check that the URL is the CalDAV address)'
  if (status >= 500) return ' (the server failed)'
  return ''
}

function loginMessage(response: HttpResponse, url: string): string {
  if (response.credentialsWithheld) {
    return `The server redirects to ${url} on another host, where the password is not sent. Enter that address itself if you trust it.`
  }
  const challenges = parseChallenges(response.header('www-authenticate'))
  const known = challenges.some(({ scheme }) => scheme === 'basic') || digestSession(challenges) !== null
  if (challenges.length > 0 && !known) {
    const schemes = challenges.map(({ scheme, parameters }) =>
      [scheme, parameters.get('algorithm')].filter(Boolean).join(' '),
    )
    return `${url} does not accept a user name and password in a way known here (it asks for ${plainText(Buffer.from(schemes.join(', ')), null, 60)}). Switch the server to Basic or Digest login.`
  }
  return `${url} refused the user name or password (401). Check both; many providers want an app password here.`
}
