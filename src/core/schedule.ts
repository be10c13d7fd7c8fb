import { isTransient, type SyncError } from './errors.ts'
import type { EpochMs } from './types.ts'

const FIRST_RETRY_MS = 30_000
const LONGEST_RETRY_MS = 30 * 60_000
/** A retry comes between 80 % and 120 % of its delay, so that items that failed together do not come back together. */
const JITTER = 0.2
/** Two items that are due at a start are at least about this far apart. */
const START_SPACING_MS = 2_000
const LONGEST_START_SPREAD_MS = 5 * 60_000

export interface NextRunInput {
  /** 0 = manual only. */
  readonly intervalSecs: number
  /** The run's failure; null after a success. */
  readonly failure: SyncError | null
  /** Failed runs since the last success, this one included. */
  readonly failures: number
  readonly now: EpochMs
  /** In [0, 1). */
  readonly random: number
}

/**
 * When an item runs again, counted from the end of its run; null for manual-only items. A transient failure is tried
 * again sooner than the interval, by exponential back-off with jitter; a refused login or a missing calendar is not.
 * What the server asked for by Retry-After is a lower bound.
 */
export function nextRunAt(input: NextRunInput): EpochMs | null {
  const { intervalSecs, failure, now } = input
  if (intervalSecs <= 0) return null
  const interval = Math.min(intervalSecs * 1000, Number.MAX_SAFE_INTEGER - now)
  if (failure === null) return now + interval
  const asked = failure.details.retryAt ?? 0
  if (!isTransient(failure)) return Math.max(now + interval, asked)
  const exponential = FIRST_RETRY_MS * 2 ** Math.min(Math.max(input.failures - 1, 0), 16)
  const delay = Math.min(exponential, LONGEST_RETRY_MS) * (1 - JITTER + 2 * JITTER * input.random)
  return Math.max(now + Math.min(Math.round(delay), interval), asked)
}

/**
 * Due times for the items that are due when the service starts, in the order given: spread, so that they do not all
 * run in the same second. The first one runs at once. `random` gives numbers in [0, 1).
 */
export function spreadStarts(count: number, now: EpochMs, random: () => number): EpochMs[] {
  const spacing = Math.min(START_SPACING_MS, LONGEST_START_SPREAD_MS / Math.max(count, 1))
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? now : Math.round(now + spacing * (index + (random() - 0.5) / 2)),
  )
}
