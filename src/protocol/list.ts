import { SyncError } from '../core/errors.ts'
import type { Changes, CompleteListing, ListingWants, ReadOptions, Resource, ResourceRef } from '../core/remote.ts'
import type { Href } from '../core/types.ts'
import type { OpenCollection } from './collection.ts'
import { askDav, toETag } from './dav.ts'
import { NAMES } from './dav-names.ts'
import { calendarQuery, MEMBER_ETAGS, syncCollection } from './dav-requests.ts'
import { hrefKey, type Membership, membership } from './href.ts'
import { isWholeCalendar } from './multiget.ts'
import type { DavResponse } from './multistatus.ts'
import { isRadicaleToken, learnSoftware } from './radicale.ts'
import { safeUrl } from './safe-url.ts'

const DOING = 'list the events of the calendar'

/** A server that pages in twos over 10,000 resources would need more; none is known that goes below hundreds. */
const MAX_PAGES = 1000

/** Of Xandikos and DAViCal, which send no texts along with the changes, and all of them with a calendar-query. */
const TOKENS_WITHOUT_TEXTS = /^(?:[0-9a-f]{40}|data:,\d+)$/

/**
 * Every resource with its ETag, by the cheapest way the server offers (pitfall R13, perf page): sync-collection with an
 * empty token, else a calendar-query that names VEVENT, else PROPFIND Depth 1, which takes Radicale half a minute at
 * 10,000. An empty answer is confirmed in every way there is, because some servers answer what they do not
 * understand with nothing, and an empty calendar is cheap to ask. Throws where no way gives a complete listing, and
 * where an empty answer could not be confirmed because the server failed. Texts that are wanted are taken from one
 * answer to the first of these ways, or to the second where the token is known and the first is dear or brings none; or they
 * do not come at all.
 */
export async function listResources(
  collection: OpenCollection,
  signal: AbortSignal,
  wants: ListingWants = {},
): Promise<CompleteListing> {
  const { syncToken = null, take } = wants
  if (isRadicaleToken(syncToken)) learnSoftware(collection.profile, null, syncToken)
  const sendsNoTexts = collection.profile.dataInSync === false && TOKENS_WITHOUT_TEXTS.test(syncToken ?? '')
  if (take && (isRadicaleToken(syncToken) || sendsNoTexts)) {
    const listing = await unlessRefused(signal, () => byQueryWithTexts(collection, signal, wants))
    if (listing !== null && listing.resources.length > 0) return listing
  }
  if (take && collection.profile.dataInSync !== false) {
    const listing = await unlessRefused(signal, () => bySyncWithTexts(collection, signal, wants))
    if (listing !== null && listing.resources.length > 0) return listing
  }
  let failure: SyncError | null = null
  let unconfirmed: SyncError | null = null
  let emptyAnswers = 0
  for (const way of [bySync, byQuery, byPropfind]) {
    try {
      const listing = await way(collection, signal)
      if (listing.resources.length > 0) return listing
      emptyAnswers += 1
    } catch (thrown) {
      if (!mayTryAnotherWay(thrown)) throw thrown
      failure ??= thrown
      // A query that the server does not offer leaves the last word to the PROPFIND.
      const wasNeeded = way === byPropfind || thrown.kind !== 'refused'
      if (emptyAnswers > 0 && wasNeeded) unconfirmed ??= thrown
    }
  }
  if (emptyAnswers > 0 && unconfirmed === null) return { complete: true, resources: [] }
  throw unconfirmed ?? failure
}

/** Refusing one report says nothing of the next; what concerns the account or the connection does. */
function mayTryAnotherWay(thrown: unknown): thrown is SyncError {
  if (!(thrown instanceof SyncError)) return false
  const { status } = thrown.details
  if (status === 429 || status === 503) return false
  return status !== undefined && !['login', 'aborted', 'unreachable', 'not-found'].includes(thrown.kind)
}

/**
 * What changed since the token (RFC 6578 section 3.4), page by page. Null where the server refuses the token in whatever
 * words it has for that (403, 409, 410, 500 …); throws where it is about the login or the connection.
 */
export async function listChanges(
  collection: OpenCollection,
  syncToken: string,
  withTexts: boolean,
  signal: AbortSignal,
): Promise<Changes | null> {
  try {
    const { profile } = collection
    const withData = withTexts && profile.dataInSync !== false
    const texts = new Map<Href, Resource>()
    const take = (resource: Resource) => texts.set(resource.href, resource)
    const { members, token } = await sync(collection, syncToken, withData, signal, { take })
    const changed = members.all()
    const read = changed.flatMap((ref) => textAsListed(texts, ref))
    if (withData && changed.length > 0) profile.dataInSync = read.length > 0
    return { complete: false, changed, removed: members.removed(), read, syncToken: token }
  } catch (thrown) {
    // Whether the calendar itself is gone is for the listing to say.
    if (mayTryAnotherWay(thrown) || (thrown instanceof SyncError && thrown.kind === 'not-found')) return null
    throw thrown
  }
}

/** What it asks for. Null where that does not work: a question with less in it may, and tells why where it does not either. */
async function unlessRefused<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (thrown) {
    // Also one that did not answer in time may answer the smaller question.
    const isSilent = thrown instanceof SyncError && thrown.kind === 'unreachable'
    if (signal.aborted || !(isSilent || mayTryAnotherWay(thrown))) throw thrown
    return null
  }
}

/** All texts in one answer. */
async function bySyncWithTexts(
  collection: OpenCollection,
  signal: AbortSignal,
  wants: ListingWants,
): Promise<CompleteListing> {
  const { members, token } = await sync(collection, '', true, signal, wants)
  const resources = members.all()
  if (resources.length > 0) collection.profile.dataInSync = members.texts > 0
  return { complete: true, resources, syncToken: token }
}

/** The same with a token that was given just before: what has changed since then is named again by the next changes. */
async function byQueryWithTexts(
  collection: OpenCollection,
  signal: AbortSignal,
  wants: ListingWants,
): Promise<CompleteListing> {
  const members = new Members(collection.url, wants)
  const { more } = await ask(collection, 'REPORT', '1', calendarQuery(true), signal, members)
  if (more) throw incomplete(collection)
  return { complete: true, resources: members.all(), syncToken: wants.syncToken ?? null }
}

async function bySync(collection: OpenCollection, signal: AbortSignal): Promise<CompleteListing> {
  const { members, token } = await sync(collection, '', false, signal)
  return { complete: true, resources: members.all(), syncToken: token }
}

async function sync(
  collection: OpenCollection,
  from: string,
  withData: boolean,
  signal: AbortSignal,
  options: ReadOptions = {},
) {
  const members = new Members(collection.url, options)
  let token = from
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { syncToken, more } = await ask(collection, 'REPORT', '0', syncCollection(token, withData), signal, members)
    collection.profile.syncCollection = true
    if (!more) return { members, token: syncToken }
    if (syncToken === null || syncToken === token) break
    token = syncToken
  }
  throw incomplete(collection)
}

async function byQuery(collection: OpenCollection, signal: AbortSignal): Promise<CompleteListing> {
  return await inOneAnswer(collection, 'REPORT', calendarQuery(false), signal)
}

async function byPropfind(collection: OpenCollection, signal: AbortSignal): Promise<CompleteListing> {
  return await inOneAnswer(collection, 'PROPFIND', MEMBER_ETAGS, signal)
}

async function inOneAnswer(
  collection: OpenCollection,
  method: 'PROPFIND' | 'REPORT',
  body: string,
  signal: AbortSignal,
): Promise<CompleteListing> {
  const members = new Members(collection.url)
  const { more } = await ask(collection, method, '1', body, signal, members)
  if (more) throw incomplete(collection)
  return { complete: true, resources: members.all() }
}

/** `more`: the server said that this was not all (507; RFC 6578 section 3.6). */
async function ask(
  { http, url, credentials, profile }: OpenCollection,
  method: 'PROPFIND' | 'REPORT',
  depth: '0' | '1',
  body: string,
  signal: AbortSignal,
  members: Members,
): Promise<{ syncToken: string | null; more: boolean }> {
  let truncations = 0
  const question = { method, url, depth, body, limits: 'calendar', doing: DOING } as const
  const { syncToken, software } = await askDav(http, credentials, question, signal, (response) => {
    if (response.status === 507) truncations += 1
    else members.take(response)
  })
  learnSoftware(profile, software, syncToken)
  return { syncToken, more: truncations > 0 }
}

/** The text that came with the member as it was last named. */
function textAsListed(texts: ReadonlyMap<Href, Resource>, { href, etag }: ResourceRef): Resource[] {
  const resource = texts.get(href)
  return resource !== undefined && resource.etag === etag ? [resource] : []
}

function incomplete({ url }: OpenCollection): SyncError {
  const at = safeUrl(url)
  return new SyncError(
    'protocol',
    `The server only lists a part of the calendar ${at}, so it is not read this time. It is tried again at the next run.`,
    {
      url: at,
      status: 507,
    },
  )
}

/** Collects the members of one collection; later pages correct earlier ones. Their whole texts are given to `take`. */
class Members {
  readonly #url: string
  readonly #membership: Membership
  readonly #found = new Map<string, ResourceRef>()
  readonly #removed = new Map<string, Href>()
  readonly #options: ReadOptions
  /** How many came with their whole text. */
  texts = 0

  constructor(url: string, options: ReadOptions = {}) {
    this.#url = url
    this.#membership = membership(url)
    this.#options = options
  }

  all(): ResourceRef[] {
    return [...this.#found.values()]
  }

  /** What was said to be gone, and not named again since. */
  removed(): Href[] {
    return [...this.#removed].flatMap(([key, href]) => (this.#found.has(key) ? [] : [href]))
  }

  take(response: DavResponse): void {
    const { href, status, props, mended } = response
    if (this.#membership.isCollection(href)) {
      if (status !== null && status >= 400) throw this.#noCalendar(status)
      return
    }
    if (!this.#membership.isMember(href) || isCollection(response)) return
    const key = hrefKey(href, this.#url)
    // 404 is an old deletion, or one since the last page. Any other refusal is a resource we may not see, not a gap.
    if (status === 404 || status === 410) {
      this.#found.delete(key)
      this.#removed.set(key, href as Href)
      return
    }
    const ref = { href: href as Href, etag: toETag(props.get(NAMES.getetag)?.text) }
    const text = props.get(NAMES.calendarData)?.text ?? ''
    this.#found.set(key, ref)
    if (!isWholeCalendar(text)) return
    this.texts += 1
    this.#options.take?.({ ...ref, text, mended })
    this.#options.onProgress?.(this.texts)
  }

  /** Xandikos hides a missing calendar in a 207, with an href that is no URL. */
  #noCalendar(status: number): SyncError {
    const url = safeUrl(this.#url)
    const kind = status === 404 || status === 410 ? 'not-found' : 'refused'
    return new SyncError(kind, `There is no calendar at ${url} (${status}). Check the URL.`, { url, status })
  }
}

function isCollection(response: DavResponse): boolean {
  const types = response.props.get(NAMES.resourcetype)?.children ?? []
  return types.some((type) => type.name === NAMES.collection)
}
