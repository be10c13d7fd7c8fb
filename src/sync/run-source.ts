import { sourceAddress } from '../core/addresses.ts'
import { isRecent } from '../core/change-state.ts'
import { SyncError, toSyncError } from '../core/errors.ts'
import type { FeedHeader } from '../core/ical/feed-header.ts'
import { type Source, scheduledSecs } from '../core/items.ts'
import type { RunReport } from '../core/runs.ts'
import { collectionKey } from '../protocol/href.ts'
import type { KnownCalendars } from '../protocol/rediscover.ts'
import type { KnownCalendar } from '../store/remote-types.ts'
import { accountOf } from './account.ts'
import { type CalendarPart, chosenOf, isChosen, readPart, readVanished } from './calendar-part.ts'
import { askChangesFirst } from './changes-first.ts'
import type { EngineDeps } from './engine-deps.ts'
import { namedSource } from './own-feeds.ts'
import { preparePublication } from './publish.ts'
import type { Pulled } from './pulled.ts'
import { plural } from './report.ts'
import { inTurns, type RunControl } from './run-control.ts'
import { splicedFeed, wholeFeed } from './source-feed.ts'
import { commonColor } from './source-objects.ts'
import { sourceReport } from './source-report.ts'

/** Share of a calendar's events that may be unreadable at its first read without the feed's being left as it was. */
const FIRST_READ_TOLERANCE = 0.05

/**
 * One run of a source (design: paths of data): discover, read what changed, merge, publish. Everything is stored in
 * one transaction at the end, but for what arrives of a calendar never read before, which counts for nothing until then;
 * if anything throws before that, the last good feed stays as it is.
 */
export async function runSource(source: Source, deps: EngineDeps, control: RunControl): Promise<RunReport> {
  const { store, clock } = deps
  const account = accountOf('source', source, deps)
  control.progress('discover', 0, 1)
  const first = await askChangesFirst('source', source.id, account, deps, control.soft)
  const found = first
    ? [{ ...first.calendar, components: null }]
    : chosenOf(source, await deps.discover(account, knownCalendars(source, deps), control.soft))

  const parts: CalendarPart[] = []
  for (const calendar of found) {
    // A host that asks for patience is not asked for the next calendar.
    const busy = parts.find((part) => part.failure?.details.retryAt !== undefined)?.failure ?? null
    const knownChanges = first?.changes
    parts.push(await readPart(source, account, calendar, deps, control, { refused: busy, changes: knownChanges }))
  }
  const known = store.remote.calendars('source', source.id)
  const deselected = known.filter(({ url }) => !isChosen(source, url))
  const vanished = await readVanished(source, account, found, deps, control)
  parts.push(...vanished.kept)
  if (parts.length === 0 && source.calendars != null) throw noneLeft()

  const read = parts.filter((part) => part.pulled !== null)
  const firstFailure = parts.find((part) => part.failure !== null)?.failure
  if (read.length === 0 && firstFailure) throw firstFailure
  refuseThinning(source, parts, deps)

  const standing = deps.builtFeeds.get(source.id)
  const calendars = parts.map(({ known }) => known.id).sort((a, b) => a - b)
  const header = feedHeader(source, parts, deps)
  const madeOf = JSON.stringify([header, calendars])
  const isSpliceable = standing?.madeOf === madeOf && !parts.some(isNew)
  const still = isSpliceable && !parts.some(({ pulled }) => pulled && isChanged(pulled))
  // Read once: a large feed is not kept in memory.
  const stood = still ? undefined : store.feeds.ofSource(source.id)
  const made = still
    ? null
    : ((isSpliceable ? splicedFeed(source.id, stood, parts, deps) : null) ??
      (await inTurns(wholeFeed(header, parts, deps), control.soft)))
  const feed = made?.feed
  if (feed) control.progress('publish', 0, 1)
  const publication = feed && (await preparePublication(feed, stood, clock.now(), control.soft))
  const refused = publication && 'refused' in publication ? publication.refused : null
  if (control.soft.aborted) throw toSyncError(control.soft.reason)
  const tag = store.transaction(() => {
    for (const { known, pulled } of parts) {
      if (!pulled || (pulled.state === undefined && !isChanged(pulled))) continue
      store.remote.apply(known.id, pulled)
      store.remote.saveCalendar('source', source.id, { ...known, readAt: clock.now() })
    }
    for (const calendar of [...vanished.gone, ...deselected]) store.remote.removeCalendar(calendar.id)
    if (!publication || 'refused' in publication) return null
    const published = store.feeds.publish(source.id, publication.body, publication.encodings, clock.now())
    if (published.isNew) {
      for (const destination of store.destinations.fedBy('source')) {
        const follows = namedSource(destination.ics_url) === source.id && scheduledSecs(destination) > 0
        if (follows) store.schedule.setNext('destination', destination.id, clock.now())
      }
    }
    return published.tag
  })
  if (made && publication && 'places' in publication && tag !== null) {
    const { places } = publication
    deps.feedIndexes.put(source.id, tag, places && made.index(places))
  }
  const latest = feed ? { madeOf, events: feed.events, findings: feed.findings } : standing
  const built = refused === null ? latest : standing
  if (refused !== null) deps.builtFeeds.delete(source.id)
  else if (built) deps.builtFeeds.set(source.id, built)
  const missing = missingOf(source, [...parts.map(({ known }) => known), ...vanished.gone])
  return sourceReport(parts, vanished.gone, missing, built ?? { events: 0, findings: [] }, refused)
}

function feedHeader(source: Source, parts: readonly CalendarPart[], { publicUrl }: EngineDeps): FeedHeader {
  return {
    name: source.name,
    color: commonColor(parts.map(({ known }) => known)),
    refreshSecs: source.sync_interval_secs,
    source: publicUrl === null ? null : publicUrl + sourceAddress(source),
    url: publicUrl === null ? null : `${publicUrl}/`,
  }
}

/** Chosen calendars that are neither on the server nor were they until now: somebody still counts on them. */
function missingOf({ calendars = null }: Source, there: readonly KnownCalendar[]): readonly string[] {
  const keys = new Set(there.map(({ url }) => collectionKey(url)))
  return (calendars ?? []).filter((chosen) => !keys.has(collectionKey(chosen)))
}

function noneLeft(): SyncError {
  return new SyncError(
    'not-found',
    'None of the chosen calendars is on the server any more. The feed stays as it was. Choose the calendars of this source anew.',
  )
}

function knownCalendars(source: Source, { store, clock }: EngineDeps): KnownCalendars {
  const known = store.remote.calendars('source', source.id)
  return {
    urls: known.map(({ url }) => url),
    areRecent: known.every(({ id }) => isRecent(store.remote.state(id), clock.now())),
  }
}

function isChanged(pulled: Pulled): boolean {
  return pulled.upsert.length > 0 || pulled.remove.length > 0
}

/** Read for the first time: what there is of it may have been stored before, when the read broke off. */
function isNew({ known, pulled }: CalendarPart): boolean {
  return pulled !== null && known.readAt === null
}

/**
 * A feed that stands, but of whose calendars nothing is remembered (it was made by the existing service, or for
 * another account), is replaced only by a whole one: there is no last good part to fall back on.
 */
function refuseThinning(source: Source, parts: readonly CalendarPart[], deps: EngineDeps): void {
  if (parts.some(({ known }) => known.readAt !== null)) return
  if (deps.store.feeds.ofSource(source.id) === undefined) return
  for (const { known, pulled, failure } of parts) {
    if (failure) throw failure
    const unread = pulled?.unreadable.length ?? 0
    const most = Math.max(1, (pulled?.resources.length ?? 0) * FIRST_READ_TOLERANCE)
    if (unread <= most) continue
    throw new SyncError(
      'protocol',
      `${plural(unread, 'event')} of ${known.displayName} could not be read (${pulled?.unreadable[0]?.message ?? ''}). The feed stays as it was. Open and save the event on the server.`,
    )
  }
}
