/** Which objects lie in the past: what `sync_all` = false leaves out. */
import { type LastEnd, lastOccurrenceEnd } from '../recurrence/occurrences.ts'
import type { EpochMs } from '../types.ts'
import type { CalendarObject } from './model.ts'

export interface WindowOptions {
  /** IANA zone in which floating times and all-day events are read. */
  readonly defaultZone: string
}

/** End of the last occurrence (rules, RDATE, EXDATE, overrides, DURATION, all-day), and how it was told. */
export function lastEnd(object: CalendarObject, options: WindowOptions): LastEnd {
  return lastOccurrenceEnd(object, options.defaultZone)
}

/**
 * Whether an instance ends after now. Where that cannot be told (`unreadable`, `gave-up`), the object counts as future,
 * because leaving it out would lose it.
 */
export function isFuture(object: CalendarObject, now: EpochMs, options: WindowOptions): boolean {
  return isAfter(lastEnd(object, options), now)
}

/** The same of an end that was worked out before. */
export function isAfter({ endsAt, why }: LastEnd, now: EpochMs): boolean {
  return endsAt === null ? why !== 'no-instance' : endsAt > now
}
