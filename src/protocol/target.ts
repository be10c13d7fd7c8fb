import { SyncError } from '../core/errors.ts'
import type { Account, DiscoveredCalendar } from '../core/remote.ts'
import { type Collection, eventCalendars, lookAt } from './collections.ts'
import { splitUserInfo } from './credentials.ts'
import { accountUrl, discoverCalendars } from './discover.ts'
import { lastSegment } from './href.ts'
import type { Http } from './http.ts'
import { safeUrl } from './safe-url.ts'

export interface WantedTarget {
  readonly calendarName: string
  /** Where it was the last time: looked at first, and believed while it still has that name; null: never found. */
  readonly knownUrl: string | null
}

/**
 * The calendar a destination writes to (pitfall W13): `<url>/<calendar name>/` where that is a calendar, else the one
 * whose display name or last path segment is the name, exactly or, if that is unambiguous, in another case. Throws
 * SyncError `not-found` listing what exists. Creates nothing.
 */
export async function findTargetCalendar(
  http: Http,
  account: Account,
  { calendarName, knownUrl }: WantedTarget,
  signal: AbortSignal,
): Promise<DiscoveredCalendar> {
  const direct = directUrl(account, calendarName)
  if (knownUrl !== null && knownUrl !== direct) {
    const known = await lookUnlessAbsent(http, account, knownUrl, signal)
    const match = known === null ? undefined : pick(eventCalendars([known]), calendarName)
    if (match) return match
  }
  const there = direct === null ? null : await lookUnlessAbsent(http, account, direct, signal)
  if (there?.isCalendar) {
    const calendar = eventCalendars([there])[0]
    if (calendar) return calendar
    const url = safeUrl(there.url)
    throw new SyncError(
      'not-found',
      `${url} is a task list or journal; it cannot hold events. Name another calendar.`,
      { url },
    )
  }
  const calendars = await discoverCalendars(http, account, signal)
  const match = pick(calendars, calendarName)
  if (match) return match
  const names = calendars.map((calendar) => `"${calendar.displayName}" (${lastSegment(calendar.url)})`).join(', ')
  throw new SyncError(
    'not-found',
    `There is no calendar called "${calendarName}". The account has: ${names}. Use one of these names, or create the calendar on the server.`,
    {
      url: safeUrl(account.url),
    },
  )
}

/** Contract 1.12: the URL without trailing slashes, plus the name unless it already ends so, plus a slash. */
function directUrl(account: Account, calendarName: string): string | null {
  const base = splitUserInfo(new URL(accountUrl(account))).url.href.replace(/\/+$/, '')
  const name = calendarName
    .trim()
    .replace(/^\/+|\/+$/g, '')
    .replace(/[?#\\]/g, encodeURIComponent)
  const url = URL.parse(base.endsWith(`/${name}`) ? `${base}/` : `${base}/${name}/`)
  // A name such as `..` must not lead out of the account's folder.
  return url?.href.startsWith(`${base}/`) || url?.href === `${base}/` ? url.href : null
}

/** A missing calendar is what discovery is for; a refused login or a silent server is an error at once. */
async function lookUnlessAbsent(
  http: Http,
  account: Account,
  url: string,
  signal: AbortSignal,
): Promise<Collection | null> {
  try {
    return await lookAt(http, url, account, signal)
  } catch (thrown) {
    const absent = thrown instanceof SyncError && ['not-found', 'refused', 'protocol'].includes(thrown.kind)
    if (absent && thrown.details.status !== undefined) return null
    throw thrown
  }
}

function pick(calendars: readonly DiscoveredCalendar[], name: string): DiscoveredCalendar | undefined {
  const wanted = name.trim()
  const fold = (text: string) => text.normalize('NFC').toLowerCase()
  const only = (found: readonly DiscoveredCalendar[]) => (found.length === 1 ? found[0] : undefined)
  const by = (matches: (text: string) => boolean) =>
    only(calendars.filter((calendar) => matches(calendar.displayName))) ??
    only(calendars.filter((calendar) => matches(lastSegment(calendar.url))))
  return by((text) => text === wanted) ?? by((text) => fold(text) === fold(wanted))
}
