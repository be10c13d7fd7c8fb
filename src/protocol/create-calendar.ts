import { createHash } from 'node:crypto'
import { SyncError } from '../core/errors.ts'
import type { Account, DiscoveredCalendar } from '../core/remote.ts'
import { answerError } from './answer-error.ts'
import { eventCalendars, lookAt } from './collections.ts'
import { credentialsOf } from './dav.ts'
import { makeCalendar, makeCollection, setCalendarProps } from './dav-requests.ts'
import { findCalendarHome } from './discover.ts'
import type { Http } from './http.ts'
import { type DavResponse, readMultistatus } from './multistatus.ts'
import { safeUrl } from './safe-url.ts'

export interface NewCalendar {
  /** What the destination calls it; it has to be found by this again. */
  readonly calendarName: string
  /** What the feed calls itself, and its colour (`#RRGGBB` or a CSS name). */
  readonly feedName: string | null
  readonly color: string | null
}

/** The only names that every server takes as they are (servers.md section 5). */
const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

/**
 * Makes a calendar for events in the account's calendar home: MKCALENDAR (RFC 4791 section 5.3.1), where that is not
 * taken extended MKCOL (RFC 5689), else MKCALENDAR without properties and PROPPATCH. Where the name can stand in a URL
 * it becomes the last part of the address and the feed's own name is shown; else the name itself is shown. Throws
 * SyncError where the server makes none, or one that could not be found again.
 */
export async function createCalendar(
  http: Http,
  account: Account,
  wanted: NewCalendar,
  signal: AbortSignal,
): Promise<DiscoveredCalendar> {
  const name = wanted.calendarName.trim()
  const plain = PLAIN_NAME.test(name)
  const shown = plain ? wanted.feedName?.trim() || name : name
  const home = await findCalendarHome(http, account, signal)
  const url = new URL(`${plain ? name : segmentFor(name)}/`, home).href
  const color = /^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(wanted.color ?? '') ? wanted.color : null

  const ask = (method: 'MKCALENDAR' | 'MKCOL' | 'PROPPATCH', body: string) =>
    change(http, account, url, method, body, signal)
  const refused = await ask('MKCALENDAR', makeCalendar(shown, color))
  if (refused !== null && isFinal(refused)) throw unmade(name, refused)
  if (refused !== null && (await ask('MKCOL', makeCollection(shown, color))) !== null) {
    const again = await ask('MKCALENDAR', '')
    if (again !== null) throw unmade(name, again)
    // Without it the calendar is called after its address, which is told below where it matters.
    await ask('PROPPATCH', setCalendarProps(shown, color))
  }
  const made = eventCalendars([await lookAt(http, url, account, signal)])[0]
  if (made && (plain || made.displayName === name)) return made
  const at = safeUrl(url)
  const message = made
    ? `The calendar ${at} was made, but the server calls it "${made.displayName}". Enter "${segmentFor(name)}" as the calendar name.`
    : `The server says it made ${at}, but there is no calendar for events. Make one on the server, and enter its name.`
  throw new SyncError('refused', message, { url: at })
}

/** Login, patience and silence are not answered by asking in another way. */
function isFinal(error: SyncError): boolean {
  return ['login', 'busy', 'unreachable', 'aborted'].includes(error.kind) || error.details.status === 507
}

function unmade(name: string, cause: SyncError): SyncError {
  return new SyncError(
    cause.kind,
    `The calendar "${name}" could not be made: ${cause.message} Make it on the server, or name one that is there.`,
    { ...cause.details, cause },
  )
}

/** Letters and digits of the name, and a few of its hash, so that two names never share an address. */
function segmentFor(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 6)
  return letters === '' ? `calendar-${hash}` : `${letters}-${hash}`
}

/** One request that changes a collection; null: it was done. Xandikos hides refusals in a 207. */
async function change(
  http: Http,
  account: Account,
  url: string,
  method: 'MKCALENDAR' | 'MKCOL' | 'PROPPATCH',
  body: string,
  signal: AbortSignal,
): Promise<SyncError | null> {
  const response = await http.request({
    method,
    url,
    ...(body === '' ? {} : { headers: { 'content-type': 'application/xml; charset=utf-8' }, body }),
    credentials: credentialsOf(account),
    signal,
    limits: 'discovery',
  })
  const { status } = response
  if (status === 200 || status === 201 || status === 204) {
    await response.discard()
    return null
  }
  if (status !== 207) return await answerError(response, 'make the calendar', 'write', http.clock)
  const inner: DavResponse[] = []
  await readMultistatus(response, (one) => inner.push(one))
  const failed = inner.find((one) => (one.status ?? 200) >= 400)
  if (!failed) return null
  const message = `${safeUrl(url)} answered ${failed.status} inside a multistatus. ${failed.description}`.trim()
  return new SyncError('refused', message, {
    url: safeUrl(url),
    ...(failed.status === null ? {} : { status: failed.status }),
  })
}
