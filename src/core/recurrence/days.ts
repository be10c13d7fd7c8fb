/** Dates as integers: days since 1970-01-01 in the proleptic Gregorian calendar, months 1 to 12, weekdays 0 = Monday. */

export const DAY_SECONDS = 86_400

/** Day number of January 1st of a year. */
export function yearStart(year: number): number {
  const before = year - 1
  return before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 719_162
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Year of a day number. */
export function yearOf(day: number): number {
  let year = Math.floor((day + 719_162) / 365.2425) + 1
  if (yearStart(year) > day) year -= 1
  else if (yearStart(year + 1) <= day) year += 1
  return year
}

export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

const plain = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]
const leap = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366]

/** Days of the year before each month, index 0 for January, and the length of the year at index 12. */
export function monthStarts(leapYear: boolean): readonly number[] {
  return leapYear ? leap : plain
}

/** Month (1 to 12) that holds a day of the year (0 = January 1st). */
export function monthOf(dayOfYear: number, leapYear: boolean): number {
  const starts = monthStarts(leapYear)
  let month = 1
  while (month < 12 && (starts[month] ?? 366) <= dayOfYear) month += 1
  return month
}

export function daysInMonth(year: number, month: number): number {
  const starts = monthStarts(isLeap(year))
  return (starts[month] ?? 0) - (starts[month - 1] ?? 0)
}

/** Day number of a date; `month` 1 to 12. */
export function dayNumber(year: number, month: number, day: number): number {
  return yearStart(year) + (monthStarts(isLeap(year))[month - 1] ?? 0) + day - 1
}

/** DATE values have four digits for the year (RFC 5545 section 3.3.4). */
export const LAST_YEAR = 9999
export const LAST_DAY = yearStart(LAST_YEAR + 1) - 1
