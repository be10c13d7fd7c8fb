/** Which days of a year the BY parts of a rule allow (RFC 5545 section 3.3.10, the table of limits and expansions). */
import { isLeap, monthStarts, weekdayOf, yearOf, yearStart } from './days.ts'
import type { Rule, WeekdayNumber } from './rule.ts'

export interface YearDays {
  /** 1 at each day of the year (0 = January 1st) the rule allows. */
  readonly mask: Uint8Array
  /** The same days as a rising list. */
  readonly list: readonly number[]
}

/** The day on which a series starts, from which a rule takes what it does not say. */
interface StartDay {
  readonly weekday: number
  readonly month: number
  readonly dayOfMonth: number
}

/**
 * Returns a function from a year to its days. Years of the same shape (length of it and its neighbours, weekday of
 * January 1st) share one answer, so that at most 28 are ever worked out. `numbered`: what "2nd Monday" counts in.
 */
export function dayFilter(rule: Rule, numbered: 'in-month' | 'in-year'): (year: number) => YearDays {
  const shapes = new Map<number, YearDays>()
  return (year) => {
    const neighbours = (isLeap(year - 1) ? 1 : 0) + (isLeap(year) ? 2 : 0) + (isLeap(year + 1) ? 4 : 0)
    const shape = weekdayOf(yearStart(year)) * 8 + neighbours
    let days = shapes.get(shape)
    if (days === undefined) {
      days = daysOfYear(rule, year, numbered)
      shapes.set(shape, days)
    }
    return days
  }
}

/** Answers "is this day allowed?" and keeps the year at hand, because days are asked for in order. */
export function dayTest(filter: (year: number) => YearDays): (day: number) => boolean {
  let year = 0
  let begin = 0
  let end = 0
  let mask: Uint8Array = new Uint8Array()
  return (day) => {
    if (day < begin || day >= end) {
      year = yearOf(day)
      begin = yearStart(year)
      end = yearStart(year + 1)
      mask = filter(year).mask
    }
    return mask[day - begin] === 1
  }
}

/** True where the BY parts allow every day, so that nobody need ask. */
export function allowsEveryDay(rule: Rule): boolean {
  return [rule.byMonth, rule.byWeekNo, rule.byYearDay, rule.byMonthDay, rule.byDay].every((list) => list.length === 0)
}

/**
 * The rule with what it does not say taken from DTSTART. RFC 5545 leaves open in which months BYMONTHDAY of a yearly
 * rule falls; RFC 8984 section 4.3.3.1 settles it: in the month of the start.
 */
export function withStartDay(rule: Rule, start: StartDay): Rule {
  const { frequency } = rule
  const named = rule.byYearDay.length > 0 || rule.byMonthDay.length > 0 || rule.byDay.length > 0
  const inWeeks = rule.byWeekNo.length > 0
  if ((frequency === 'WEEKLY' && !named) || (frequency === 'YEARLY' && inWeeks && !named)) {
    return { ...rule, byDay: [{ weekday: start.weekday, ordinal: 0 }] }
  }
  if (inWeeks || rule.byYearDay.length > 0) return rule
  if (frequency === 'MONTHLY' && !named) return { ...rule, byMonthDay: [start.dayOfMonth] }
  if (frequency !== 'YEARLY' || (rule.byMonthDay.length === 0 && rule.byDay.length > 0)) return rule
  return {
    ...rule,
    byMonth: rule.byMonth.length > 0 ? rule.byMonth : [start.month],
    byMonthDay: rule.byMonthDay.length > 0 ? rule.byMonthDay : [start.dayOfMonth],
  }
}

function daysOfYear(rule: Rule, year: number, numbered: 'in-month' | 'in-year'): YearDays {
  const leap = isLeap(year)
  const length = leap ? 366 : 365
  const starts = monthStarts(leap)
  const firstWeekday = weekdayOf(yearStart(year))
  const weeks = rule.byWeekNo.length > 0 ? weekMask(rule, year) : null
  const mask = new Uint8Array(length)
  const list: number[] = []
  for (let month = 1; month <= 12; month += 1) {
    if (rule.byMonth.length > 0 && !rule.byMonth.includes(month)) continue
    const monthStart = starts[month - 1] ?? 0
    const monthEnd = starts[month] ?? length
    const [from, to] = numbered === 'in-month' ? [monthStart, monthEnd] : [0, length]
    for (let day = monthStart; day < monthEnd; day += 1) {
      if (weeks !== null && weeks[day] !== 1) continue
      if (rule.byYearDay.length > 0 && !holds(rule.byYearDay, day, length)) continue
      if (rule.byMonthDay.length > 0 && !holds(rule.byMonthDay, day - monthStart, monthEnd - monthStart)) continue
      if (rule.byDay.length > 0) {
        const weekday = (firstWeekday + day) % 7
        if (!rule.byDay.some((wanted) => isDay(wanted, weekday, day - from, to - from))) continue
      }
      mask[day] = 1
      list.push(day)
    }
  }
  return { mask, list }
}

/** Whether a list of positions (1 = first, -1 = last) names an index of a range. */
function holds(list: readonly number[], index: number, length: number): boolean {
  return list.includes(index + 1) || list.includes(index - length)
}

function isDay(wanted: WeekdayNumber, weekday: number, index: number, length: number): boolean {
  if (wanted.weekday !== weekday) return false
  if (wanted.ordinal === 0) return true
  if (wanted.ordinal > 0) return Math.floor(index / 7) + 1 === wanted.ordinal
  return -(Math.floor((length - 1 - index) / 7) + 1) === wanted.ordinal
}

/** Day number on which week 1 of a year begins: the first week with at least four days in that year. */
function firstWeek(year: number, weekStart: number): number {
  const january1 = yearStart(year)
  const into = (weekdayOf(january1) - weekStart + 7) % 7
  return january1 - into + (into <= 3 ? 0 : 7)
}

function weekMask(rule: Rule, year: number): Uint8Array {
  const first = yearStart(year)
  const mask = new Uint8Array(yearStart(year + 1) - first)
  // The first days of a year may lie in the last week of the year before, the last ones in week 1 of the next.
  for (let weekYear = year - 1; weekYear <= year + 1; weekYear += 1) {
    const begin = firstWeek(weekYear, rule.weekStart)
    const weeks = (firstWeek(weekYear + 1, rule.weekStart) - begin) / 7
    for (let week = 0; week < weeks; week += 1) {
      if (!holds(rule.byWeekNo, week, weeks)) continue
      for (let day = begin + week * 7; day < begin + week * 7 + 7; day += 1) {
        if (day >= first && day - first < mask.length) mask[day - first] = 1
      }
    }
  }
  return mask
}
