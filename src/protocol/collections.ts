import { SyncError } from '../core/errors.ts'
import type { Account, ChangeMarks, DiscoveredCalendar } from '../core/remote.ts'
import { askDav, credentialsOf } from './dav.ts'
import { NAMES } from './dav-names.ts'
import { COLLECTION_PROPS, COLLECTION_PROPS_WITHOUT_CTAG } from './dav-requests.ts'
import { isSameCollection, lastSegment, resolveHref } from './href.ts'
import type { Http } from './http.ts'
import type { DavResponse } from './multistatus.ts'
import { isRadicale } from './radicale.ts'
import { safeUrl } from './safe-url.ts'
import type { XmlElement } from './xml.ts'

/** What a PROPFIND says of one collection. */
export interface Collection {
  /** Absolute; with a trailing slash where it is a collection. */
  readonly url: string
  readonly isCollection: boolean
  readonly isCalendar: boolean
  readonly isPrincipal: boolean
  readonly displayName: string
  readonly color: string | null
  readonly components: readonly string[] | null
  readonly marks: ChangeMarks
  /** DAV:current-user-principal (RFC 5397). */
  readonly principal: string | null
  /** calendar-home-set (RFC 4791 section 6.2.1); may lie on another host. */
  readonly homes: readonly string[]
}

/**
 * PROPFIND Depth 0. The trailing slash is added or taken away once, and only after 404 or 405 (pitfall R11): anything
 * else, a refused login above all, says that the address was understood.
 */
export async function lookAt(
  http: Http,
  url: string,
  account: Account,
  signal: AbortSignal,
  namedBy?: string,
): Promise<Collection> {
  try {
    return await lookOnce(http, url, account, signal, namedBy)
  } catch (thrown) {
    const status = thrown instanceof SyncError ? thrown.details.status : undefined
    const other = toggledSlash(url)
    if ((status !== 404 && status !== 405) || other === null) throw thrown
    return await lookOnce(http, other, account, signal, namedBy).catch((second: unknown) => {
      // Where both fail alike, the address as it was given is the one to talk about.
      const same = second instanceof SyncError && (second.details.status === 404 || second.details.status === 405)
      throw same ? thrown : second
    })
  }
}

async function lookOnce(
  http: Http,
  url: string,
  account: Account,
  signal: AbortSignal,
  namedBy: string | undefined,
): Promise<Collection> {
  const found = await propfind(http, url, '0', account, signal, namedBy)
  const own = found.responses.find(({ href }) => isSameCollection(found.url, href)) ?? found.responses[0]
  const status = own?.status ?? (own ? 200 : 404)
  if (own && status < 400) return toCollection(found.url, own, found.url)
  const message = `There is nothing at ${safeUrl(url)} (${status}). Check the URL.`
  throw new SyncError('not-found', message, { url: safeUrl(url), status })
}

/** PROPFIND Depth 1: the collections directly inside, and the collection itself. */
export async function listCollections(
  http: Http,
  url: string,
  account: Account,
  signal: AbortSignal,
  namedBy?: string,
): Promise<readonly Collection[]> {
  const found = await propfind(http, url, '1', account, signal, namedBy)
  return found.responses
    .filter(({ status }) => status === null || status < 400)
    .map((one) => toCollection(found.url, one))
}

async function propfind(
  http: Http,
  url: string,
  depth: '0' | '1',
  account: Account,
  signal: AbortSignal,
  namedBy: string | undefined,
) {
  const responses: DavResponse[] = []
  const answer = await askDav(
    http,
    credentialsOf(account),
    {
      method: 'PROPFIND',
      url,
      depth,
      body: isRadicale(account.profile) ? COLLECTION_PROPS_WITHOUT_CTAG : COLLECTION_PROPS,
      limits: 'discovery',
      doing: 'find the calendars',
      ...(namedBy === undefined ? {} : { namedBy }),
    },
    signal,
    (response) => responses.push(response),
  )
  return { url: answer.url, responses }
}

/**
 * Those that can hold events (pitfall R8): CALDAV:calendar in the resource type, no scheduling box, no calendar in
 * Nextcloud's bin, none of SOGo's `work.ics` and `work.xml` that mirror each calendar, VEVENT among the components or
 * no component set at all.
 */
export function eventCalendars(collections: readonly Collection[]): DiscoveredCalendar[] {
  const seen = new Set<string>()
  const all = new Set(collections.map(({ url }) => url))
  const mirrors = (url: string) => /\.(ics|xml)\/$/i.test(url) && all.has(url.replace(/\.\w+\/$/, '/'))
  return collections
    .filter((one) => one.isCalendar && (one.components === null || one.components.includes('VEVENT')))
    .filter(({ url }) => !mirrors(url))
    .filter((one) => !seen.has(one.url) && seen.add(one.url))
    .map(({ url, displayName, color, components, marks }) => ({ url, displayName, color, components, marks }))
}

function toCollection(base: string, response: DavResponse, ownUrl?: string): Collection {
  const { props } = response
  const types = (props.get(NAMES.resourcetype)?.children ?? []).map((child) => child.name)
  const isCollection = types.includes(NAMES.collection) || types.includes(NAMES.calendar)
  const resolved = new URL(ownUrl ?? onOurScheme(base, resolveHref(base, response.href)) ?? base)
  const special = types.some((type) => /\}(schedule-inbox|schedule-outbox|deleted-calendar|trash-bin)$/.test(type))
  if (isCollection && !resolved.pathname.endsWith('/')) resolved.pathname += '/'
  const url = resolved.href
  return {
    url,
    isCollection,
    isCalendar: types.includes(NAMES.calendar) && !special,
    isPrincipal: types.includes(NAMES.principal),
    displayName: props.get(NAMES.displayname)?.text.trim() || lastSegment(url),
    color: toColor(props.get(NAMES.calendarColor)),
    components: toComponents(props.get(NAMES.componentSet)),
    marks: { ctag: textIn(props.get(NAMES.ctag)), syncToken: textIn(props.get(NAMES.syncToken)) },
    principal: hrefsIn(props.get(NAMES.currentUserPrincipal), base)[0] ?? null,
    homes: hrefsIn(props.get(NAMES.calendarHomeSet), base).map(withSlash),
  }
}

/** A server behind a proxy often names itself with http, or with its inner port: the way we came is the way in. */
function onOurScheme(base: string, url: URL | null): string | null {
  const from = new URL(base)
  if (!url) return null
  return url.hostname === from.hostname ? new URL(url.pathname + url.search, from).href : url.href
}

/** Hrefs inside a property. Another host is accepted over https only: the credentials go there. */
function hrefsIn(property: XmlElement | undefined, base: string): string[] {
  return (property?.children ?? [])
    .filter((child) => child.name === NAMES.href && child.text.trim() !== '')
    .map((child) => onOurScheme(base, resolveHref(base, child.text)))
    .filter((url): url is string => url !== null)
    .filter((url) => new URL(url).protocol === 'https:' || new URL(url).host === new URL(base).host)
}

function toComponents(property: XmlElement | undefined): string[] | null {
  const names = (property?.children ?? [])
    .filter((child) => child.name === NAMES.comp)
    .map((child) => (child.attributes.get('name') ?? '').toUpperCase())
    .filter((name) => name !== '')
  return names.length > 0 ? names : null
}

function textIn(property: XmlElement | undefined): string | null {
  return property?.text.trim() || null
}

function toColor(property: XmlElement | undefined): string | null {
  const text = property?.text.trim() ?? ''
  return /^#([0-9a-f]{6}|[0-9a-f]{8})$/i.test(text) ? text : null
}

function withSlash(url: string): string {
  const parsed = new URL(url)
  if (!parsed.pathname.endsWith('/')) parsed.pathname += '/'
  return parsed.href
}

function toggledSlash(url: string): string | null {
  const parsed = new URL(url)
  if (parsed.pathname === '/') return null
  parsed.pathname = parsed.pathname.endsWith('/') ? parsed.pathname.slice(0, -1) : `${parsed.pathname}/`
  return parsed.href
}
