/** Occurrences of one rule with its COUNT and UNTIL, on the wall clock of DTSTART (seconds since 1970-01-01T00:00:00). */
import { type DateValue, wallSeconds } from '../ical/dates.ts'
import { DAY_SECONDS } from './days.ts'
import type { Ending, Frequency, Rule } from './rule.ts'
import { wallTimes } from './walls.ts'

/** Occurrences passed over for one answer; a rule that needs more is given up. */
const MOST_OCCURRENCES = 30_000

/** Nominal seconds of one period. */
const periods: Readonly<Record<Frequency, number>> = {
  SECONDLY: 1,
  MINUTELY: 60,
  HOURLY: 3600,
  DAILY: DAY_SECONDS,
  WEEKLY: 7 * DAY_SECONDS,
  MONTHLY: 31 * DAY_SECONDS,
  YEARLY: 366 * DAY_SECONDS,
}

/** The rule as it applies to a DATE: RFC 5545 forbids parts below the day there, and they are left out. */
export function ruleForDates(rule: Rule): Rule {
  const days = { ...rule, byHour: [], byMinute: [], bySecond: [] }
  const seconds = periods[rule.frequency] * rule.interval
  if (periods[rule.frequency] >= DAY_SECONDS) return days
  return { ...days, frequency: 'DAILY', interval: Math.max(1, Math.round(seconds / DAY_SECONDS)), bySetPos: [] }
}

/**
 * The last wall time UNTIL allows; Infinity without UNTIL. RFC 5545 asks for the type of DTSTART; others are read as
 * they are meant: a DATE includes its whole day, a time beside an all-day start counts by its date, UTC beside a
 * floating start is read as local time. `toWall` turns UTC seconds into the wall clock of a start in a zone.
 */
export function untilWall(until: DateValue | null, isDate: boolean, toWall: ((utc: number) => number) | null): number {
  if (until === null) return Number.POSITIVE_INFINITY
  if (isDate) return wallSeconds({ ...until, seconds: null })
  if (until.seconds === null) return wallSeconds(until) + DAY_SECONDS - 1
  return until.utc && toWall !== null ? toWall(wallSeconds(until)) : wallSeconds(until)
}

/** Strictly rising occurrences from `from` to `until`, both included. COUNT counts what the rule itself generates. */
export function* ruleTimes(rule: Rule, start: number, from: number, until: number): Generator<number, Ending> {
  const even = lastOfEven(rule, start, until)
  const counted = rule.count !== null && even === null
  const times = wallTimes(rule, start, counted ? start : from)
  const last = even ?? until
  let left = counted ? (rule.count ?? 0) : Number.POSITIVE_INFINITY
  let passed = 0
  while (left > 0) {
    const step = times.next()
    if (step.done === true) return step.value
    if (step.value > last) return 'complete'
    left -= 1
    if (step.value >= from) yield step.value
    else {
      passed += 1
      if (passed > MOST_OCCURRENCES) return 'gave-up'
    }
  }
  return 'complete'
}

export type LastTime = { readonly wall: number | null } | 'endless' | 'gave-up'

/**
 * The last occurrence up to `until` that `keep` accepts; null where there is none. A rule with neither COUNT nor an end
 * is `endless` as soon as it happens twice. Searches backwards from the end where it can.
 */
export function lastRuleTime(rule: Rule, start: number, until: number, keep: (wall: number) => boolean): LastTime {
  if (rule.count === null && until === Number.POSITIVE_INFINITY) return lastOfOpen(rule, start, keep)
  const counted = rule.count === null ? null : lastOfEven(rule, start, until)
  if (rule.count !== null && counted === null) return lastBetween(rule, start, start, until, keep)
  let end = counted ?? until
  let width = periods[rule.frequency] * rule.interval * 8
  const open = rule.count === null ? rule : { ...rule, count: null }
  while (end >= start) {
    const from = Math.max(start, end - width)
    const found = lastBetween(open, start, from, end, keep)
    if (typeof found === 'string' || found.wall !== null) return found
    end = from - 1
    width *= 2
  }
  return { wall: null }
}

function lastOfOpen(rule: Rule, start: number, keep: (wall: number) => boolean): LastTime {
  const times = wallTimes(rule, start, start)
  let last: number | null = null
  for (let happened = 0; happened < 2; happened += 1) {
    const step = times.next()
    if (step.done === true) return step.value === 'gave-up' ? 'gave-up' : { wall: last }
    if (keep(step.value)) last = step.value
  }
  return 'endless'
}

/** The last of COUNT occurrences where all are the same time apart, so that nothing need be counted; else null. */
function lastOfEven(rule: Rule, start: number, until: number): number | null {
  if (rule.count === null || rule.frequency === 'MONTHLY' || rule.frequency === 'YEARLY') return null
  const parts = [rule.bySecond, rule.byMinute, rule.byHour, rule.byDay, rule.byMonthDay, rule.byYearDay]
  if ([...parts, rule.byWeekNo, rule.byMonth].some((list) => list.length > 0)) return null
  return Math.min(until, start + (rule.count - 1) * rule.interval * periods[rule.frequency])
}

/** Latest occurrences kept while walking, so that `keep` is asked for these only; few series exclude so many at their end. */
const MOST_RECENT = 64

function lastBetween(
  rule: Rule,
  start: number,
  from: number,
  until: number,
  keep: (wall: number) => boolean,
): LastTime {
  const times = ruleTimes(rule, start, from, until)
  const recent: number[] = []
  let earlier: number | null = null
  for (let seen = 0; seen <= MOST_OCCURRENCES; seen += 1) {
    const step = times.next()
    if (step.done === true) {
      return step.value === 'gave-up' ? 'gave-up' : { wall: recent.findLast(keep) ?? earlier }
    }
    recent.push(step.value)
    if (recent.length >= 2 * MOST_RECENT) earlier = recent.splice(0, MOST_RECENT).findLast(keep) ?? earlier
  }
  return 'gave-up'
}
