/** A reader of an old feed waits a little for a fresh one (pitfall F7). */
import type { Source } from '../core/items.ts'
import type { EpochMs } from '../core/types.ts'
import type { LinkPlace } from '../store/served-types.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { Timers } from './scheduler.ts'
import type { LinkFeeds, Runner } from './types.ts'

/** A server that just failed is not asked again for readers before this. */
const REMEMBER_FAILURE_MS = 5 * 60_000

export interface FetchFreshOptions {
  readonly deps: Pick<EngineDeps, 'store' | 'clock' | 'log'>
  readonly runner: Pick<Runner, 'run'>
  readonly linkFeeds: Pick<LinkFeeds, 'isDue' | 'refresh'>
  readonly timers: Timers
  /** How long a reader waits; 0: never. */
  readonly waitMs: number
}

export interface FetchFresh {
  /**
   * Brings what this place shows up to date where it is older than its freshness; null where it is fresh. Resolves when
   * that is done or the wait is over, whichever comes first; never rejects. However many ask, each source is read once.
   */
  freshen(place: LinkPlace): Promise<void> | null
  /** When what this place shows becomes too old; Infinity: never by itself. */
  freshUntil(place: LinkPlace): EpochMs
  /** Seconds for which a reader need not ask again; 0: it should ask each time. */
  freshForSecs(place: LinkPlace): number
}

interface Wait {
  readonly until: EpochMs
  readonly done: Promise<void>
}

export function createFetchFresh({ deps, runner, linkFeeds, timers, waitMs }: FetchFreshOptions): FetchFresh {
  const { store, clock, log } = deps
  const waits = new Map<number, Wait>()

  /** When the feed of this source becomes too old; Infinity: never by itself. */
  function staleAt(source: Source, place: LinkPlace): EpochMs {
    if (source.paused === true) return Number.POSITIVE_INFINITY
    const freshness = place.freshnessSecs ?? (source.sync_interval_secs > 0 ? source.sync_interval_secs : null)
    if (freshness === null) return Number.POSITIVE_INFINITY
    const { last_success_at, last_attempt_at, failures } = source
    // A run that found something to complain of has looked all the same.
    const looked = failures === 0 ? Math.max(last_success_at ?? 0, last_attempt_at ?? 0) : (last_success_at ?? 0)
    return looked === 0 ? 0 : looked + freshness * 1000
  }

  function isRemembered({ failures, last_attempt_at, next_run_at }: Source, now: EpochMs): boolean {
    if (failures === 0 || last_attempt_at === null) return false
    return next_run_at === null ? now < last_attempt_at + REMEMBER_FAILURE_MS : now < next_run_at
  }

  function waitFor(sourceId: number, now: EpochMs): Promise<void> | null {
    const known = waits.get(sourceId)
    // Whoever began the wait had all of it; a server that takes longer costs nobody a second one.
    if (known) return known.until > now ? known.done : null
    const done = runner
      .run('source', sourceId, 'reader')
      .then(
        () => undefined,
        (thrown: unknown) => log.warn('A reader waited in vain', { source: sourceId, reason: String(thrown) }),
      )
      .finally(() => waits.delete(sourceId))
    waits.set(sourceId, { until: now + waitMs, done })
    return done
  }

  const sourcesOf = (place: LinkPlace) => place.sourceIds.flatMap((id) => store.sources.get(id) ?? [])

  function freshUntil(place: LinkPlace): EpochMs {
    return Math.min(...sourcesOf(place).map((source) => staleAt(source, place)))
  }

  function readAnew(place: LinkPlace): { all: Promise<unknown>; until: EpochMs } | null {
    const now = clock.now()
    const reads = sourcesOf(place)
      .filter((source) => staleAt(source, place) <= now && !isRemembered(source, now))
      .flatMap(({ id }) => waitFor(id, now) ?? [])
    if (reads.length === 0) return null
    const untils = place.sourceIds.flatMap((id) => waits.get(id)?.until ?? [])
    return { all: Promise.all(reads), until: Math.max(now, ...untils) }
  }

  const remake = (linkId: number) =>
    linkFeeds.refresh(linkId).catch((thrown: unknown) => {
      log.error('The feed of a link could not be made; the last good one stays', {
        link: linkId,
        reason: String(thrown),
      })
    })

  return {
    freshen(place) {
      const { linkId } = place
      const reading = waitMs > 0 ? readAnew(place) : null
      const isDue = place.hasOwnFeed && linkId !== null && linkFeeds.isDue(linkId)
      if (reading === null) return isDue ? remake(linkId) : null
      return withinTime(reading.all, reading.until - clock.now(), timers).then(async () => {
        if (place.hasOwnFeed && linkId !== null && linkFeeds.isDue(linkId)) await remake(linkId)
      })
    },
    freshUntil,
    freshForSecs(place) {
      const left = freshUntil(place) - clock.now()
      return Number.isFinite(left) ? Math.max(0, Math.floor(left / 1000)) : 0
    },
  }
}

/** Resolves with the work, or when the time is over. */
function withinTime(work: Promise<unknown>, ms: number, timers: Timers): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = timers.set(() => resolve(), Math.max(0, ms))
  const finish = () => {
    timers.clear(timer)
    resolve()
  }
  work.then(finish, finish)
  return promise
}
