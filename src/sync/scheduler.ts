import { toSyncError } from '../core/errors.ts'
import { spreadStarts } from '../core/schedule.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { Runner } from './types.ts'

/** Timers are never longer than this: a clock that jumps is noticed, and no interval overflows a 32-bit timer. */
const LONGEST_SLEEP_MS = 30_000
/** Corrections of this size are everyday business of a clock. */
const BACKWARD_TOLERANCE_MS = 60_000
/** A run under way is looked after again this much later; asking for it then joins it. */
const RUN_TAKES_AT_MOST_MS = 2 * 60 * 60_000
/** Items begun in one tick; the rest is due again at once. */
const BATCH = 100

export interface Timers {
  set(work: () => void, delayMs: number): unknown
  clear(timer: unknown): void
}

export interface SchedulerOptions {
  readonly deps: Pick<EngineDeps, 'store' | 'clock' | 'log'>
  readonly runner: Pick<Runner, 'run'>
  readonly random: () => number
  readonly timers: Timers
}

export interface Scheduler {
  /** Spreads what is due already, then begins. */
  start(): void
  /** Begins what is due and sleeps until the next. */
  tick(): void
  /** A due time changed: sleep until the earliest one. */
  wake(): void
  stop(): void
}

/** Due times live in the database; this asks for them and starts runs (design rule 12). */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { store, clock, log } = options.deps
  let timer: unknown = null
  let running = false
  let lastTick = Number.NEGATIVE_INFINITY

  const sleep = () => {
    if (!running) return
    const wait = untilNext()
    options.timers.clear(timer)
    timer = options.timers.set(tick, wait)
  }

  /** Never throws: a database that does not answer now is asked again soon. */
  const untilNext = (): number => {
    try {
      const next = store.schedule.nextDue()
      return next === null ? LONGEST_SLEEP_MS : Math.min(Math.max(next - clock.now(), 0), LONGEST_SLEEP_MS)
    } catch (thrown) {
      log.error('The schedule could not be read; trying again', { reason: toSyncError(thrown).message })
      return LONGEST_SLEEP_MS
    }
  }

  /** After the clock was set back, due times lie too far ahead: none may be further off than its interval. */
  const pullForward = () => {
    const now = clock.now()
    if (now >= lastTick - BACKWARD_TOLERANCE_MS) return
    log.warn('The clock went back; due times are corrected')
    const all = [
      ...store.sources.list().map((item) => ({ kind: 'source' as const, item })),
      ...store.destinations.list().map((item) => ({ kind: 'destination' as const, item })),
    ]
    for (const { kind, item } of all) {
      const latest = now + item.sync_interval_secs * 1000
      if (item.next_run_at !== null && item.next_run_at > latest) store.schedule.setNext(kind, item.id, latest)
    }
  }

  const tick = () => {
    if (!running) return
    try {
      pullForward()
      lastTick = clock.now()
      const due = store.schedule.due(lastTick, BATCH)
      // The run sets the true time at its end; until then this keeps it from being due again, and where its end
      // cannot be recorded the item is not forgotten.
      store.lightly(() => {
        for (const { kind, id } of due) store.schedule.setNext(kind, id, lastTick + RUN_TAKES_AT_MOST_MS)
      })
      for (const { kind, id } of due) {
        options.runner.run(kind, id, 'timer').catch((thrown: unknown) => {
          log.warn('A scheduled run could not begin', { kind, id, reason: toSyncError(thrown).message })
        })
      }
    } catch (thrown) {
      log.error('Due runs could not be begun; trying again', { reason: toSyncError(thrown).message })
    }
    sleep()
  }

  return {
    start() {
      running = true
      const now = clock.now()
      const due = store.schedule.due(now, Number.MAX_SAFE_INTEGER)
      const times = spreadStarts(due.length, now, options.random)
      store.lightly(() => {
        due.forEach(({ kind, id }, index) => {
          store.schedule.setNext(kind, id, times[index] ?? now)
        })
      })
      tick()
    },
    tick,
    wake: sleep,
    stop() {
      running = false
      options.timers.clear(timer)
    },
  }
}
