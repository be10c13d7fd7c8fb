/** DATE, DATE-TIME and DURATION values as written (RFC 5545 sections 3.3.4 to 3.3.6); zones are not resolved here. */

export interface DateValue {
  readonly year: number
  readonly month: number
  readonly day: number
  /** Seconds since midnight; null for a DATE. */
  readonly seconds: number | null
  readonly utc: boolean
}

const dateForm = /^(\d{4})(\d{2})(\d{2})(?:[Tt](\d{2})(\d{2})(\d{2})([Zz]?))?$/

/** Reads a DATE or DATE-TIME that exists in the calendar, blanks around it allowed; null for anything else. */
export function readDate(value: string): DateValue | null {
  const found = dateForm.exec(value.trim())
  if (found === null) return null
  const [, year, month, day, hour, minute, second, zulu] = found
  const date = { year: Number(year), month: Number(month), day: Number(day) }
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > daysIn(date.year, date.month)) return null
  if (hour === undefined) return { ...date, seconds: null, utc: false }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null
  // A leap second is read as the last ordinary one (RFC 5545 section 3.3.12).
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Math.min(Number(second), 59)
  return { ...date, seconds, utc: zulu !== '' }
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
function dayNumber(date: DateValue): number {
  // Date.UTC reads years below 100 as 19xx; 400 years are always 146,097 days.
  return Date.UTC(date.year + 400, date.month - 1, date.day) / 86_400_000 - 146_097
}

/** Seconds since 1970-01-01T00:00:00 on the wall clock of the value itself. */
export function wallSeconds(date: DateValue): number {
  return dayNumber(date) * 86_400 + (date.seconds ?? 0)
}

/** The value moved on its own wall clock, in the form it had (DATE, floating or UTC). */
export function writeShifted(date: DateValue, seconds: number): string {
  const total = wallSeconds(date) + seconds
  const days = Math.floor(total / 86_400)
  const moved = new Date((days + 146_097) * 86_400_000)
  const rest = total - days * 86_400
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${String(moved.getUTCFullYear() - 400).padStart(4, '0')}${two(moved.getUTCMonth() + 1)}${two(moved.getUTCDate())}`
  if (date.seconds === null) return day
  const time = `${two(Math.floor(rest / 3600))}${two(Math.floor(rest / 60) % 60)}${two(rest % 60)}`
  return `${day}T${time}${date.utc ? 'Z' : ''}`
}

const durationForm = /^([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i

/** A DURATION in nominal seconds (a day counts 86,400), blanks around it allowed; null where it cannot be read. */
export function readDuration(value: string): number | null {
  const text = value.trim()
  const found = durationForm.exec(text)
  if (found === null || !/\d/.test(text)) return null
  const [, sign, weeks, days, hours, minutes, seconds] = found
  const total =
    Number(weeks ?? 0) * 604_800 +
    Number(days ?? 0) * 86_400 +
    Number(hours ?? 0) * 3600 +
    Number(minutes ?? 0) * 60 +
    Number(seconds ?? 0)
  return sign === '-' ? -total : total
}

/** The start or end of a PERIOD or a plain date in an RDATE list; null where any part cannot be read. */
export function isDateOrPeriod(value: string): boolean {
  const slash = value.indexOf('/')
  if (slash === -1) return readDate(value) !== null
  const end = value.slice(slash + 1)
  return readDate(value.slice(0, slash)) !== null && (readDate(end) !== null || readDuration(end) !== null)
}
