/** RRULE and EXRULE values as data (RFC 5545 section 3.3.10). */
import type { DateValue } from '../ical/dates.ts'

export const FREQUENCIES = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export type Frequency = (typeof FREQUENCIES)[number]

export interface WeekdayNumber {
  /** 0 = Monday. */
  readonly weekday: number
  /** 2 = second, -1 = last of the month or year; 0 = every. */
  readonly ordinal: number
}

/** An empty list means that the rule has no such part. */
export interface Rule {
  readonly frequency: Frequency
  readonly interval: number
  readonly count: number | null
  readonly until: DateValue | null
  readonly bySecond: readonly number[]
  readonly byMinute: readonly number[]
  readonly byHour: readonly number[]
  readonly byDay: readonly WeekdayNumber[]
  readonly byMonthDay: readonly number[]
  readonly byYearDay: readonly number[]
  readonly byWeekNo: readonly number[]
  readonly byMonth: readonly number[]
  readonly bySetPos: readonly number[]
  /** 0 = Monday. */
  readonly weekStart: number
  /** Where a month day or year day goes that does not exist (RFC 7529 section 4.1); null: nowhere, it is left out. */
  readonly skip: 'forward' | 'backward' | null
}

/**
 * `complete`: a rule has nothing more before the year 10000. `gave-up`: it gave nothing for so long that the question
 * stays without an answer.
 */
export type Ending = 'complete' | 'gave-up'

/** Indexes BYSETPOS picks out of a set of that size, rising. */
export function setPositions(setPos: readonly number[], size: number): number[] {
  const found = new Set<number>()
  for (const position of setPos) {
    const index = position > 0 ? position - 1 : size + position
    if (index >= 0 && index < size) found.add(index)
  }
  return [...found].sort((a, b) => a - b)
}
