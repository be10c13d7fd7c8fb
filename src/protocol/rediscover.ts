import { SyncError } from '../core/errors.ts'
import type { Account, DiscoveredCalendar } from '../core/remote.ts'
import { eventCalendars, listCollections } from './collections.ts'
import { accountUrl, discoverCalendars } from './discover.ts'
import { collectionKey } from './href.ts'
import type { Http } from './http.ts'

/** What a source is known to have. */
export interface KnownCalendars {
  /** As they were found the last time; empty: never. */
  readonly urls: readonly string[]
  /** They were all listed within the last day. */
  readonly areRecent: boolean
}

/**
 * `discoverCalendars` for a source. Several calendars found in one folder can only have come from its listing, so that
 * for a day this one request finds them again, and new ones beside them. Where it does not name them all, or they lie in
 * several places, everything is looked for anew. An address that led to its calendars itself goes on doing so: whatever
 * it answers, the other calendars of the account never take their place.
 */
export async function rediscover(
  http: Http,
  account: Account,
  { urls, areRecent }: KnownCalendars,
  signal: AbortSignal,
): Promise<readonly DiscoveredCalendar[]> {
  const home = areRecent ? commonFolder(urls) : null
  const again = home === null ? null : await listAgain(http, account, home, signal)
  if (again && urls.every((url) => again.some((calendar) => calendar.url === url))) return again
  const led = urls.some((url) => liesBelow(url, accountUrl(account)))
  return await discoverCalendars(http, account, signal, led ? 'never' : 'never-for-a-lost-path')
}

function liesBelow(url: string, address: string): boolean {
  const key = (text: string) => `${collectionKey(text).replace(/\/+$/, '')}/`
  return key(url).startsWith(key(address))
}

/** The folder that all lie directly in; null for fewer than two, or where they lie in several. */
function commonFolder(urls: readonly string[]): string | null {
  const folders = new Set(urls.map((url) => new URL('..', url).href))
  const [folder = null] = folders
  return urls.length > 1 && folders.size === 1 ? folder : null
}

async function listAgain(
  http: Http,
  account: Account,
  home: string,
  signal: AbortSignal,
): Promise<readonly DiscoveredCalendar[] | null> {
  // The calendars of an account may lie on another host than its address; discovery alone says which it trusts.
  if (new URL(home).origin !== new URL(accountUrl(account)).origin) return null
  try {
    return eventCalendars(await listCollections(http, home, account, signal))
  } catch (thrown) {
    const { kind, details } = thrown instanceof SyncError ? thrown : { kind: null, details: {} }
    const isElsewhere = kind === 'not-found' || (kind === 'refused' && details.status !== undefined)
    if (isElsewhere) return null
    throw thrown
  }
}
