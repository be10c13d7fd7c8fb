import { SyncError } from '../core/errors.ts'
import type { Account, DiscoveredCalendar } from '../core/remote.ts'
import { type Collection, eventCalendars, listCollections, lookAt } from './collections.ts'
import { splitUserInfo } from './credentials.ts'
import { credentialsOf } from './dav.ts'
import type { Http } from './http.ts'
import { safeUrl } from './safe-url.ts'
import { wellKnownTarget } from './well-known.ts'

/** What a search has come upon on its way. */
export interface DiscoveryStep {
  readonly found: 'answer' | 'principal' | 'home'
  readonly url: string
}

/**
 * Finds the calendars that can hold events from whatever URL a person has (RFC 6764 section 6, RFC 4791 section 6.2.1):
 * the URL as given (calendar, home, principal), then the principal and home it names, then `/.well-known/caldav`, then
 * `/`. The URL of a calendar gives just that calendar. Throws SyncError `not-found` where there is none, saying what
 * was tried; a refused login ends the search at once (pitfall R11).
 *
 * With `elsewhere: 'never-for-a-lost-path'` an address with a path that is not there (or not for this user), or whose
 * server fails, is an error: where a calendar was deleted or its share revoked, all other calendars of the account must
 * not take its place. With `'never'` only what the address itself leads to counts.
 */
export async function discoverCalendars(
  http: Http,
  account: Account,
  signal: AbortSignal,
  elsewhere: 'always' | 'never-for-a-lost-path' | 'never' = 'always',
  onStep: (step: DiscoveryStep) => void = () => undefined,
): Promise<readonly DiscoveredCalendar[]> {
  const search = new Search(http, account, signal, onStep)
  const given = accountUrl(account)
  const there = await search.from(given)
  if (there) return there
  const isPath = new URL(given).pathname !== '/'
  if (isPath && elsewhere !== 'always') {
    if (search.lost) throw lostPath(given, search.lost)
    if (search.failed && (elsewhere === 'never' || search.failed.kind === 'busy')) throw search.failed
  }
  const found = (await search.fromWellKnown(given)) ?? (await search.from(new URL('/', given).href, given))
  if (found) return found
  throw search.failure()
}

/** Where new calendars belong (RFC 4791 section 6.2.1). Throws SyncError `not-found` where the server names no place. */
export async function findCalendarHome(http: Http, account: Account, signal: AbortSignal): Promise<string> {
  const search = new Search(http, account, signal, () => undefined)
  const given = accountUrl(account)
  const home =
    (await search.homeFrom(given)) ??
    (await search.homeFromWellKnown(given)) ??
    (await search.homeFrom(new URL('/', given).href, given))
  if (home !== null) return home
  throw new SyncError(
    'not-found',
    `${safeUrl(given)} does not say where new calendars belong. Make the calendar on the server, and enter its name.`,
    { url: safeUrl(given) },
  )
}

function lostPath(given: string, cause: SyncError): SyncError {
  const { status } = cause.details
  const what = status === 403 ? 'is not open to this user' : 'is not there'
  const url = safeUrl(given)
  return new SyncError(
    status === 403 ? 'refused' : 'not-found',
    `${url} ${what} (${status}). Check the address; to find all calendars of the account, enter ${safeUrl(new URL('/', given).href)}.`,
    { url, cause, ...(status === undefined ? {} : { status }) },
  )
}

/** The account's URL without user info and fragment. */
export function accountUrl(account: Account): string {
  const parsed = URL.parse(account.url.trim())
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new SyncError('refused', 'The CalDAV URL is not an http or https address. Correct it.')
  }
  const { url } = splitUserInfo(parsed)
  url.hash = ''
  return url.href
}

/** One search; remembers what it has asked, so that nothing is asked twice. */
class Search {
  readonly #http: Http
  readonly #account: Account
  readonly #signal: AbortSignal
  readonly #asked = new Map<string, string>()
  readonly #homes = new Set<string>()
  #firstError: SyncError | null = null

  readonly #onStep: (step: DiscoveryStep) => void

  constructor(http: Http, account: Account, signal: AbortSignal, onStep: (step: DiscoveryStep) => void) {
    this.#onStep = onStep
    this.#http = http
    this.#account = account
    this.#signal = signal
  }

  async from(url: string, namedBy?: string): Promise<readonly DiscoveredCalendar[] | null> {
    const here = await this.#look(url, namedBy)
    if (!here) return null
    if (here.isCalendar) {
      const calendars = eventCalendars([here])
      if (calendars.length > 0) return calendars
      throw new SyncError(
        'not-found',
        `${safeUrl(here.url)} is a task list or journal; it cannot hold events. Use the URL of a calendar.`,
        {
          url: safeUrl(here.url),
        },
      )
    }
    const isHome = here.homes.includes(here.url)
    // A root or a principal holds no calendars itself, so its members are not asked for.
    const mayHoldCalendars = here.isCollection && !here.isPrincipal && new URL(here.url).pathname !== '/'
    if (isHome || mayHoldCalendars) {
      const calendars = await this.#list(here.url, namedBy)
      if (calendars.length > 0) return calendars
    }
    return this.#fromHomes(here.homes.length > 0 ? here : await this.#principalOf(here))
  }

  /** RFC 6764 section 5; a redirect there is how a host names its CalDAV server, also on another host. */
  async fromWellKnown(given: string): Promise<readonly DiscoveredCalendar[] | null> {
    const url = new URL('/.well-known/caldav', given).href
    this.#asked.set(url, '')
    const target = await this.#tolerate(url, () => wellKnownTarget(this.#http, url, this.#credentials, this.#signal))
    return target === null ? null : this.from(target, given)
  }

  /** The calendar home that an address is, lies in, or leads to. */
  async homeFrom(url: string, namedBy?: string): Promise<string | null> {
    const here = await this.#look(url, namedBy)
    if (!here) return null
    const holder = here.homes.length > 0 ? here : await this.#principalOf(here)
    return holder?.homes[0] ?? null
  }

  async homeFromWellKnown(given: string): Promise<string | null> {
    const url = new URL('/.well-known/caldav', given).href
    const target = await this.#tolerate(url, () => wellKnownTarget(this.#http, url, this.#credentials, this.#signal))
    return target === null ? null : this.homeFrom(target, given)
  }

  /** The first answer, where it said that the address is not there or not for this user. */
  get lost(): SyncError | null {
    const status = this.#firstError?.details.status ?? 0
    return [403, 404, 410].includes(status) ? this.#firstError : null
  }

  /** The first answer that was an error. */
  get failed(): SyncError | null {
    return this.#firstError
  }

  failure(): SyncError {
    const tried = [...this.#asked].map(([url, why]) => `${safeUrl(url)}${why}`).join(', ')
    if (this.#homes.size > 0) {
      const homes = [...this.#homes].map(safeUrl).join(', ')
      return new SyncError(
        'not-found',
        `The login works, but there is no calendar for events in ${homes}. Create one on the server, or check the user name.`,
      )
    }
    const status = this.#firstError?.details.status
    return new SyncError(
      'not-found',
      `No calendar was found. Tried: ${tried}. Enter the CalDAV address that your provider names, or the address of the calendar itself.`,
      { ...(status === undefined ? {} : { status }), ...(this.#firstError ? { cause: this.#firstError } : {}) },
    )
  }

  get #credentials() {
    return credentialsOf(this.#account)
  }

  async #look(url: string, namedBy: string | undefined): Promise<Collection | null> {
    if (this.#asked.has(url)) return null
    this.#asked.set(url, '')
    const here = await this.#tolerate(url, () => lookAt(this.#http, url, this.#account, this.#signal, namedBy))
    if (here) {
      this.#asked.set(here.url, '')
      this.#onStep({ found: 'answer', url: here.url })
      const principal = here.isPrincipal ? here.url : here.principal
      if (principal !== null) this.#onStep({ found: 'principal', url: principal })
    }
    return here
  }

  async #principalOf(here: Collection): Promise<Collection | null> {
    if (here.principal === null) return null
    return here.principal === here.url ? here : this.#look(here.principal, here.url)
  }

  async #fromHomes(principal: Collection | null): Promise<readonly DiscoveredCalendar[] | null> {
    if (!principal) return null
    const calendars: DiscoveredCalendar[] = []
    for (const home of principal.homes) calendars.push(...(await this.#list(home, principal.url)))
    return calendars.length > 0 ? calendars : null
  }

  async #list(home: string, namedBy: string | undefined): Promise<readonly DiscoveredCalendar[]> {
    if (this.#homes.has(home)) return []
    this.#homes.add(home)
    this.#onStep({ found: 'home', url: home })
    const members = await listCollections(this.#http, home, this.#account, this.#signal, namedBy)
    return eventCalendars(members)
  }

  /** A wrong guess is no failure; a refused login, silence, or a busy server is one for the whole search. */
  async #tolerate<T>(url: string, ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask()
    } catch (thrown) {
      if (!(thrown instanceof SyncError)) throw thrown
      const { status } = thrown.details
      const guess =
        status !== undefined &&
        !['login', 'aborted', 'unreachable'].includes(thrown.kind) &&
        status !== 429 &&
        status !== 503
      if (!guess) throw thrown
      this.#firstError ??= thrown
      this.#asked.set(url, ` (${status})`)
      return null
    }
  }
}
