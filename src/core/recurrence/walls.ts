/**
 * What a rule generates, on the wall clock of its DTSTART: seconds since 1970-01-01T00:00:00 on that clock, without
 * zones, UNTIL and COUNT (RFC 5545 section 3.3.10).
 */
import { byClock } from './clock-times.ts'
import {
  DAY_SECONDS,
  daysInMonth,
  isLeap,
  LAST_DAY,
  LAST_YEAR,
  monthOf,
  monthStarts,
  weekdayOf,
  yearOf,
  yearStart,
} from './days.ts'
import { addMovedDays } from './moved-days.ts'
import { type Ending, type Frequency, type Rule, setPositions } from './rule.ts'
import { allowsEveryDay, dayFilter, dayTest, withStartDay, type YearDays } from './year-days.ts'

/**
 * The calendar repeats after 400 years, which are a whole number of weeks. A rule that gave nothing in so many of its
 * periods in a row will never give anything again.
 */
const cycles: Partial<Record<Frequency, number>> = { YEARLY: 400, MONTHLY: 4800, WEEKLY: 20_871, DAILY: 146_097 }

/** Strictly rising wall times of a rule, from `from` on and never before `start`; the pattern hangs on `start`. */
export function wallTimes(rule: Rule, start: number, from: number): Generator<number, Ending> {
  const begin = Math.max(from, start)
  const cycle = cycles[rule.frequency]
  return cycle === undefined ? byClock(rule, start, begin) : byDays(rule, start, begin, cycle)
}

/** Seconds of the day at which each allowed day has an occurrence, rising. */
function timesOfDay(rule: Rule, start: number): number[] {
  const second = ((start % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS
  const hours = rule.byHour.length > 0 ? rule.byHour : [Math.floor(second / 3600)]
  const minutes = rule.byMinute.length > 0 ? rule.byMinute : [Math.floor(second / 60) % 60]
  const seconds = rule.bySecond.length > 0 ? rule.bySecond : [second % 60]
  return hours.flatMap((h) => minutes.flatMap((m) => seconds.map((s) => h * 3600 + m * 60 + s))).sort((a, b) => a - b)
}

/** YEARLY, MONTHLY, WEEKLY and DAILY: a set of days for each period, each with the same times. */
function* byDays(rule: Rule, start: number, from: number, cycle: number): Generator<number, Ending> {
  const times = timesOfDay(rule, start)
  const setPos = rule.bySetPos
  const periods = dayPeriods(rule, Math.floor(start / DAY_SECONDS), Math.floor(from / DAY_SECONDS))
  const days: number[] = []
  let fruitless = 0
  let last = from - 1
  while (periods.next(days)) {
    fruitless += 1
    // The first period may lie partly before `from`.
    if (fruitless > cycle + 1) return 'complete'
    if (days.length === 0) continue
    if (setPos.length === 0) {
      for (const day of days) {
        const midnight = day * DAY_SECONDS
        for (const time of times) {
          if (midnight + time <= last) continue
          fruitless = 0
          last = midnight + time
          yield last
        }
      }
      continue
    }
    for (const index of setPositions(setPos, days.length * times.length)) {
      const wall = (days[Math.floor(index / times.length)] ?? 0) * DAY_SECONDS + (times[index % times.length] ?? 0)
      if (wall <= last) continue
      fruitless = 0
      last = wall
      yield wall
    }
  }
  return 'complete'
}

interface DayPeriods {
  /** Fills in the days of the next period, possibly none; false when the years have run out. */
  next(days: number[]): boolean
}

/** A rule completed from its start, with the days it allows. */
interface CompletedRule {
  readonly startDay: number
  readonly rule: Rule
  readonly filter: Filter
}

/** The same rule is asked about again and again, above all those of a VTIMEZONE. */
const completedRules = new WeakMap<Rule, CompletedRule>()

function completed(rule: Rule, startDay: number): CompletedRule {
  const known = completedRules.get(rule)
  if (known?.startDay === startDay) return known
  const year = yearOf(startDay)
  const leap = isLeap(year)
  const month = monthOf(startDay - yearStart(year), leap)
  const dayOfMonth = startDay - yearStart(year) - (monthStarts(leap)[month - 1] ?? 0) + 1
  const filled = withStartDay(rule, { weekday: weekdayOf(startDay), month, dayOfMonth })
  const inMonth = rule.frequency === 'MONTHLY' || rule.byMonth.length > 0
  const result = { startDay, rule: filled, filter: dayFilter(filled, inMonth ? 'in-month' : 'in-year') }
  completedRules.set(rule, result)
  return result
}

function dayPeriods(rule: Rule, startDay: number, fromDay: number): DayPeriods {
  const { rule: filled, filter } = completed(rule, startDay)
  const { interval } = rule
  // One period more, because SKIP=FORWARD moves days out of the period they belong to.
  const skipped = (distance: number) => Math.max(0, Math.floor(distance / interval) - 1) * interval
  const startYear = yearOf(startDay)
  const fromYear = yearOf(fromDay)
  if (rule.frequency === 'YEARLY') {
    return yearPeriods(filled, filter, startYear + skipped(fromYear - startYear))
  }
  if (rule.frequency === 'MONTHLY') {
    const first = startYear * 12 + monthOf(startDay - yearStart(startYear), isLeap(startYear)) - 1
    const wanted = fromYear * 12 + monthOf(fromDay - yearStart(fromYear), isLeap(fromYear)) - 1
    return monthPeriods(filled, filter, first + skipped(wanted - first))
  }
  if (rule.frequency === 'WEEKLY') {
    const first = startDay - ((weekdayOf(startDay) - rule.weekStart + 7) % 7)
    return weekPeriods(filter, interval, first + 7 * skipped(Math.floor((fromDay - first) / 7)))
  }
  const first = startDay + skipped(fromDay - startDay)
  return allowsEveryDay(rule) ? everyDay(interval, first) : filteredDays(filter, interval, first)
}

type Filter = (year: number) => YearDays

function yearPeriods(rule: Rule, filter: Filter, first: number): DayPeriods {
  let year = first
  return {
    next(days) {
      days.length = 0
      if (year > LAST_YEAR) return false
      const begin = yearStart(year)
      for (const day of filter(year).list) days.push(begin + day)
      if (rule.skip !== null) addMovedDays(rule, year, null, days)
      year += rule.interval
      return true
    },
  }
}

function monthPeriods(rule: Rule, filter: Filter, first: number): DayPeriods {
  let index = first
  return {
    next(days) {
      days.length = 0
      const year = Math.floor(index / 12)
      if (year > LAST_YEAR) return false
      const month = (index % 12) + 1
      const from = monthStarts(isLeap(year))[month - 1] ?? 0
      const to = from + daysInMonth(year, month)
      const { mask } = filter(year)
      const begin = yearStart(year)
      for (let day = from; day < to; day += 1) if (mask[day] === 1) days.push(begin + day)
      if (rule.skip !== null) addMovedDays(rule, year, month, days)
      index += rule.interval
      return true
    },
  }
}

function weekPeriods(filter: Filter, interval: number, first: number): DayPeriods {
  let week = first
  const allowed = dayTest(filter)
  return {
    next(days) {
      days.length = 0
      if (week > LAST_DAY) return false
      for (let day = week; day < week + 7; day += 1) if (day <= LAST_DAY && allowed(day)) days.push(day)
      week += 7 * interval
      return true
    },
  }
}

function everyDay(interval: number, first: number): DayPeriods {
  let day = first
  return {
    next(days) {
      if (day > LAST_DAY) return false
      days[0] = day
      days.length = 1
      day += interval
      return true
    },
  }
}

function filteredDays(filter: Filter, interval: number, first: number): DayPeriods {
  let day = first
  const allowed = dayTest(filter)
  return {
    next(days) {
      days.length = 0
      if (day > LAST_DAY) return false
      if (allowed(day)) {
        days[0] = day
        day += interval
        return true
      }
      const year = yearOf(day)
      // A year without any allowed day is passed over at once, in step with the interval.
      const next = filter(year).list.length === 0 ? yearStart(year + 1) : day + 1
      day += Math.ceil((next - day) / interval) * interval
      return true
    },
  }
}
