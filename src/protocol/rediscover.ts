import { SyncError } from '../core/errors.ts'
import type { Account, DiscoveredCalendar } from '../core/remote.ts'
import { eventCalendars, listCollections } from './collections.ts'
import { credentialsOf } from './dav.ts'
import { accountUrl, discoverCalendars } from './discover.ts'
import type { Http } from './http.ts'

/**
 * `discoverCalendars` for a source whose calendars were found before (`knownUrls`): several of them in one folder can
 * only have come from its listing, so that this one request finds them again, and new ones beside them. Where it does
 * not name them all, or they lie in several places, everything is looked for anew. With an address whose path is gone
 * the other calendars of the account do not take its place.
 */
export async function rediscover(
  http: Http,
  account: Account,
  knownUrls: readonly string[],
  signal: AbortSignal,
): Promise<readonly DiscoveredCalendar[]> {
  const home = commonFolder(knownUrls)
  const again = home === null ? null : await listAgain(http, account, home, signal)
  if (again && knownUrls.every((url) => again.some((calendar) => calendar.url === url))) return again
  return await discoverCalendars(http, account, signal, 'never-for-a-lost-path')
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
    return eventCalendars(await listCollections(http, home, credentialsOf(account), signal))
  } catch (thrown) {
    const { kind, details } = thrown instanceof SyncError ? thrown : { kind: null, details: {} }
    const isElsewhere = kind === 'not-found' || (kind === 'refused' && details.status !== undefined)
    if (isElsewhere) return null
    throw thrown
  }
}
