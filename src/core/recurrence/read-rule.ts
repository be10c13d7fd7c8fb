/** Reads RRULE and EXRULE values leniently and says what it had to leave out (RFC 5545 section 3.3.10). */
import { type DateValue, readDate } from '../ical/dates.ts'
import { FREQUENCIES, type Frequency, type Rule, type WeekdayNumber } from './rule.ts'

export interface RuleFinding {
  readonly code:
    | 'no-frequency'
    | 'other-calendar'
    | 'unknown-part'
    | 'duplicate-part'
    | 'empty-part'
    | 'bad-value'
    | 'out-of-range'
    | 'not-allowed'
  /** The part concerned, as written. */
  readonly part: string
  /** What is wrong and what is done about it. */
  readonly message: string
}

export interface RuleReading {
  /** Null where the rule cannot be used at all. */
  readonly rule: Rule | null
  /** Empty for a rule that keeps to RFC 5545. */
  readonly findings: readonly RuleFinding[]
}

type ListName = 'bySecond' | 'byMinute' | 'byHour' | 'byMonthDay' | 'byYearDay' | 'byWeekNo' | 'byMonth' | 'bySetPos'

/** Name in the rule, smallest and largest absolute value, whether it may be negative. */
const lists: ReadonlyMap<string, { name: ListName; from: number; to: number; signed: boolean }> = new Map([
  // 60 is a leap second; it is read as 59 (RFC 5545 section 3.3.12).
  ['BYSECOND', { name: 'bySecond', from: 0, to: 60, signed: false }],
  ['BYMINUTE', { name: 'byMinute', from: 0, to: 59, signed: false }],
  ['BYHOUR', { name: 'byHour', from: 0, to: 23, signed: false }],
  ['BYMONTHDAY', { name: 'byMonthDay', from: 1, to: 31, signed: true }],
  ['BYYEARDAY', { name: 'byYearDay', from: 1, to: 366, signed: true }],
  ['BYWEEKNO', { name: 'byWeekNo', from: 1, to: 53, signed: true }],
  ['BYMONTH', { name: 'byMonth', from: 1, to: 12, signed: false }],
  ['BYSETPOS', { name: 'bySetPos', from: 1, to: 366, signed: true }],
])

const weekdays: ReadonlyMap<string, number> = new Map(
  ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'].map((name, index) => [name, index]),
)

/** Intervals past these leave the years a DATE-TIME can be written in; larger ones are cut to them. */
const longestInterval: Readonly<Record<Frequency, number>> = {
  YEARLY: 10_000,
  MONTHLY: 120_000,
  WEEKLY: 530_000,
  DAILY: 3_700_000,
  HOURLY: 88_000_000,
  MINUTELY: 5_300_000_000,
  SECONDLY: 320_000_000_000,
}

const LARGEST_COUNT = 1_000_000_000

/**
 * Reads a RECUR value leniently: what cannot be used is left out and named in a finding. Without a usable FREQ, or
 * with an RSCALE (RFC 7529) other than GREGORIAN, there is no rule.
 */
export function readRule(text: string): RuleReading {
  const findings: RuleFinding[] = []
  const find = (code: RuleFinding['code'], part: string, message: string) => {
    findings.push({ code, part: part.slice(0, 80), message })
  }
  const parts = splitParts(text, find)

  const scale = parts.get('RSCALE')
  if (scale !== undefined && scale !== 'GREGORIAN') {
    find(
      'other-calendar',
      `RSCALE=${scale}`,
      'Rules of other calendar systems are not supported; the rule is left out.',
    )
    return { rule: null, findings }
  }
  const frequency = FREQUENCIES.find((name) => name === parts.get('FREQ'))
  if (frequency === undefined) {
    find(
      'no-frequency',
      `FREQ=${parts.get('FREQ') ?? ''}`,
      'The rule does not say how often it repeats; it is left out.',
    )
    return { rule: null, findings }
  }
  const read: Record<ListName, number[]> = {
    bySecond: [],
    byMinute: [],
    byHour: [],
    byMonthDay: [],
    byYearDay: [],
    byWeekNo: [],
    byMonth: [],
    bySetPos: [],
  }
  let byDay: WeekdayNumber[] = []
  let until: DateValue | null = null
  let count: number | null = null
  let interval = 1
  let weekStart = 0
  let skip: Rule['skip'] = null
  for (const [key, value] of parts) {
    const list = lists.get(key)
    if (list !== undefined) {
      read[list.name] = readList(key, value, list, find)
    } else if (key === 'BYDAY') {
      byDay = readDays(value, find)
    } else if (key === 'UNTIL') {
      until = readUntil(value, find)
    } else if (key === 'COUNT') {
      count = readCount(key, value, LARGEST_COUNT, find)
    } else if (key === 'INTERVAL') {
      interval = readCount(key, value, longestInterval[frequency], find) ?? 1
    } else if (key === 'WKST') {
      const day = weekdays.get(value)
      if (day === undefined) find('bad-value', `WKST=${value}`, 'No weekday; weeks begin on Monday.')
      weekStart = day ?? 0
    } else if (key === 'SKIP') {
      const usable = scale !== undefined && /^(?:OMIT|FORWARD|BACKWARD)$/.test(value)
      if (!usable) find('not-allowed', `SKIP=${value}`, 'SKIP without RSCALE or with another value; it is ignored.')
      else skip = value === 'FORWARD' ? 'forward' : value === 'BACKWARD' ? 'backward' : null
    } else if (key !== 'FREQ' && key !== 'RSCALE') {
      find('unknown-part', `${key}=${value}`, 'No part of a recurrence rule; it is ignored.')
    }
  }
  read.bySecond = [...new Set(read.bySecond.map((second) => Math.min(second, 59)))]
  const rule = { frequency, interval, count, until, ...read, byDay, weekStart, skip }
  return { rule: withAllowedParts(rule, find), findings }
}

type Find = (code: RuleFinding['code'], part: string, message: string) => void

function splitParts(text: string, find: Find): Map<string, string> {
  const parts = new Map<string, string>()
  const pieces = text.trim().toUpperCase().split(';')
  for (const piece of pieces) {
    const equals = piece.indexOf('=')
    let key = (equals === -1 ? piece : piece.slice(0, equals)).trim()
    const value = equals === -1 ? '' : piece.slice(equals + 1).trim()
    if (key === '' || value === '') {
      find('empty-part', piece, 'A part without a name or a value; it is ignored.')
      continue
    }
    if (key === 'BYWEEKDAY') {
      find('unknown-part', piece, 'No part of a recurrence rule; it is read as BYDAY.')
      key = 'BYDAY'
    }
    if (parts.has(key)) find('duplicate-part', piece, 'The part is given more than once; the last one counts.')
    parts.set(key, value)
  }
  return parts
}

function readList(
  key: string,
  value: string,
  { from, to, signed }: { from: number; to: number; signed: boolean },
  find: Find,
): number[] {
  const found = new Set<number>()
  for (const item of value.split(',')) {
    const number = /^[+-]?\d{1,3}$/.test(item.trim()) ? Number(item) : Number.NaN
    const size = Math.abs(number)
    if (size >= from && size <= to && (signed || number >= 0)) found.add(number)
    else find('bad-value', `${key}=${item}`, 'No value this part can have; it is ignored.')
  }
  return [...found].sort((a, b) => a - b)
}

function readDays(value: string, find: Find): WeekdayNumber[] {
  const days: WeekdayNumber[] = []
  for (const item of value.split(',')) {
    const [, number, name] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(item.replace(/\s/g, '')) ?? []
    const weekday = name === undefined ? undefined : weekdays.get(name)
    const ordinal = Number(number ?? 0)
    if (weekday === undefined || Math.abs(ordinal) > 53 || (number !== undefined && ordinal === 0)) {
      find('bad-value', `BYDAY=${item}`, 'No weekday, or a week that does not exist; it is ignored.')
    } else if (!days.some((day) => day.weekday === weekday && day.ordinal === ordinal)) {
      days.push({ weekday, ordinal })
    }
  }
  return days
}

function readUntil(value: string, find: Find): DateValue | null {
  const mended = value.replace(/Z+$/, 'Z')
  const date = readDate(mended)
  if (date === null) find('bad-value', `UNTIL=${value}`, 'No date; the rule is read as one without an end.')
  else if (mended !== value) find('bad-value', `UNTIL=${value}`, `Read as ${mended}.`)
  return date
}

function readCount(key: string, value: string, largest: number, find: Find): number | null {
  const number = /^\+?\d+$/.test(value) ? Number(value) : 0
  if (number < 1) {
    find('bad-value', `${key}=${value}`, 'Not a positive whole number; it is ignored.')
    return null
  }
  if (number <= largest) return number
  find('out-of-range', `${key}=${value}`, `More than can ever happen; read as ${largest}.`)
  return largest
}

/** Parts RFC 5545 forbids beside this FREQ limit the set where that has a meaning, as most programs do it. */
function withAllowedParts(rule: Rule, find: Find): Rule {
  const { frequency } = rule
  const limits = 'not allowed with this FREQ; it limits the dates the rule gives.'
  if (rule.count !== null && rule.until !== null) find('not-allowed', 'COUNT', 'COUNT beside UNTIL; both apply.')
  if (rule.byWeekNo.length > 0 && frequency !== 'YEARLY') find('not-allowed', 'BYWEEKNO', `BYWEEKNO is ${limits}`)
  if (rule.byMonthDay.length > 0 && frequency === 'WEEKLY') find('not-allowed', 'BYMONTHDAY', `BYMONTHDAY is ${limits}`)
  if (rule.byYearDay.length > 0 && (frequency === 'DAILY' || frequency === 'WEEKLY' || frequency === 'MONTHLY')) {
    find('not-allowed', 'BYYEARDAY', `BYYEARDAY is ${limits}`)
  }
  let { byDay, bySetPos } = rule
  const ordinals = (frequency === 'YEARLY' && rule.byWeekNo.length === 0) || frequency === 'MONTHLY'
  if (!ordinals && byDay.some((day) => day.ordinal !== 0)) {
    find('not-allowed', 'BYDAY', 'A numbered weekday has no meaning here; the number is ignored.')
    byDay = [...new Set(byDay.map((day) => day.weekday))].map((weekday) => ({ weekday, ordinal: 0 }))
  }
  const others = [rule.bySecond, rule.byMinute, rule.byHour, byDay, rule.byMonthDay, rule.byYearDay]
  if (bySetPos.length > 0 && [...others, rule.byWeekNo, rule.byMonth].every((list) => list.length === 0)) {
    find('not-allowed', 'BYSETPOS', 'BYSETPOS without another BY part; it is ignored.')
    bySetPos = []
  }
  return { ...rule, byDay, bySetPos }
}
