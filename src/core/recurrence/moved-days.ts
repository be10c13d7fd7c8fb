/** SKIP=FORWARD and SKIP=BACKWARD (RFC 7529 section 4.1) for the Gregorian calendar. */
import { dayNumber, daysInMonth, weekdayOf, yearStart } from './days.ts'
import type { Rule } from './rule.ts'

/** Adds the days that month days and year days move to where they do not exist; the list stays rising. */
export function addMovedDays(rule: Rule, year: number, month: number | null, days: number[]): void {
  const known = new Set(days)
  for (const [from, to, positions] of ranges(rule, year, month)) {
    for (const position of positions) {
      if (Math.abs(position) <= to - from) continue
      const edge = position > 0 ? to : from
      const day = rule.skip === 'forward' ? edge : edge - 1
      const fits = rule.byDay.length === 0 || rule.byDay.some(({ weekday }) => weekday === weekdayOf(day))
      if (fits) known.add(day)
    }
  }
  if (known.size === days.length) return
  days.length = 0
  for (const day of [...known].sort((a, b) => a - b)) days.push(day)
}

/** The stretches of days the positions of the rule count in: first day, day after the last, positions. */
function ranges(rule: Rule, year: number, month: number | null): [number, number, readonly number[]][] {
  if (rule.byYearDay.length > 0) {
    return month === null ? [[yearStart(year), yearStart(year + 1), rule.byYearDay]] : []
  }
  const months = rule.byMonth.filter((allowed) => month === null || allowed === month)
  const wanted = month !== null && rule.byMonth.length === 0 ? [month] : months
  return wanted.map((each) => {
    const first = dayNumber(year, each, 1)
    return [first, first + daysInMonth(year, each), rule.byMonthDay]
  })
}
