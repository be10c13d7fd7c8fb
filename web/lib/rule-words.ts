import { language, repeat as texts } from '../texts.ts'

const understood = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'COUNT', 'UNTIL', 'WKST'])
const dayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const workdays = 'MO,TU,WE,TH,FR'
const list = new Intl.ListFormat(language, { type: 'conjunction' })
const named = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
const weekdayName = named({ weekday: 'long' })
const monthName = named({ month: 'long' })
const dayOfYear = named({ month: 'long', day: 'numeric' })
const untilDay = (zone: string | undefined) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: zone })

type Parts = ReadonlyMap<string, string>
type Frequency = keyof typeof texts.every

/** What an RRULE says, in plain words; null for one that needs more than those, which is shown as it stands. */
export function ruleWords(rule: string): string | null {
  const parts: Parts = new Map(
    rule
      .trim()
      .toUpperCase()
      .split(';')
      .filter((part) => part !== '')
      .map((part) => {
        const [name = '', value = ''] = part.split('=')
        return [name, value]
      }),
  )
  if ([...parts.keys()].some((name) => !understood.has(name))) return null
  const frequency = parts.get('FREQ') ?? ''
  if (!isFrequency(frequency)) return null
  const interval = Number(parts.get('INTERVAL') ?? '1')
  if (!Number.isSafeInteger(interval) || interval < 1) return null
  const days = daysWords(frequency, interval, parts)
  const end = endWords(parts)
  if (days === null || end === null) return null
  const begin =
    days === texts.weekdays ? days : [texts.every[frequency](interval), days].filter((words) => words !== '').join(' ')
  return end === '' ? begin : `${begin}, ${end}`
}

function isFrequency(text: string): text is Frequency {
  return Object.hasOwn(texts.every, text)
}

/** Which days of the day, week, month or year; empty: that of the first one. Null: not to be said in few words. */
function daysWords(frequency: Frequency, interval: number, parts: Parts): string | null {
  const byDay = parts.get('BYDAY')
  const byMonthDay = parts.get('BYMONTHDAY')
  const byMonth = parts.get('BYMONTH')
  const bySetPos = parts.get('BYSETPOS')
  if (frequency === 'DAILY' || frequency === 'WEEKLY') {
    if ([byMonthDay, byMonth, bySetPos].some((value) => value !== undefined)) return null
    if (byDay === undefined) return ''
    if (interval === 1 && sortedDays(byDay) === workdays) return texts.weekdays
    // Every other day, but only on Mondays: no words make that clear.
    return frequency === 'DAILY' && interval !== 1 ? null : mapOf(byDay, plainDay, texts.on)
  }
  if (frequency === 'MONTHLY') {
    if (byMonth !== undefined) return null
    if (byDay !== undefined) return byMonthDay === undefined ? placedDays(byDay, bySetPos) : null
    if (bySetPos !== undefined) return null
    if (byMonthDay === undefined) return ''
    return byMonthDay === '-1' ? texts.lastDay : mapOf(byMonthDay, monthDay, texts.onDay)
  }
  return yearWords({ byDay, byMonthDay, byMonth, bySetPos })
}

type YearParts = Readonly<Record<'byDay' | 'byMonthDay' | 'byMonth' | 'bySetPos', string | undefined>>

function yearWords({ byDay, byMonthDay, byMonth, bySetPos }: YearParts): string | null {
  if (byMonth === undefined) return [byDay, byMonthDay, bySetPos].every((value) => value === undefined) ? '' : null
  const months = mapOf(byMonth, month, texts.in)
  if (byDay !== undefined) {
    const days = byMonthDay === undefined ? placedDays(byDay, bySetPos) : null
    return days === null || months === null ? null : `${days} ${months}`
  }
  if (bySetPos !== undefined) return null
  if (byMonthDay === undefined) return months
  const [day, place] = [Number(byMonthDay), Number(byMonth)]
  if (monthDay(byMonthDay) === null || month(byMonth) === null) return null
  // 2024 is a leap year, so that the 29th of February has its name as well.
  return texts.on(dayOfYear.format(Date.UTC(2024, place - 1, day)))
}

/** `1MO`, `-1FR`, or days of which BYSETPOS takes one: the first Monday, the last weekday. */
function placedDays(byDay: string, bySetPos: string | undefined): string | null {
  if (bySetPos === undefined) {
    return mapOf(
      byDay,
      (text) => {
        const [, place = '', day = ''] = /^([+-]?\d+)([A-Z]{2})$/.exec(text) ?? []
        return placed(place, plainDay(day))
      },
      texts.the,
    )
  }
  const day = sortedDays(byDay) === workdays ? texts.weekday : plainDay(byDay)
  const words = placed(bySetPos, day)
  return words === null ? null : texts.the(words)
}

function placed(place: string, day: string | null): string | null {
  const word = new Map<string, string>(Object.entries(texts.places)).get(place.replace('+', ''))
  return word === undefined || day === null ? null : texts.placed(word, day)
}

/** Each part of a list in words, and those in a sentence; null where one of them has none. */
function mapOf(value: string, word: (part: string) => string | null, say: (words: string) => string): string | null {
  const words = value.split(',').map(word)
  return words.every((each) => each !== null) ? say(list.format(words)) : null
}

function plainDay(code: string): string | null {
  const place = dayCodes.indexOf(code)
  // The first of January 2024 was a Monday.
  return place < 0 ? null : weekdayName.format(Date.UTC(2024, 0, 1 + place))
}

function month(text: string): string | null {
  return /^([1-9]|1[0-2])$/.test(text) ? monthName.format(Date.UTC(2024, Number(text) - 1, 1)) : null
}

function monthDay(text: string): string | null {
  return /^([1-9]|[12]\d|3[01])$/.test(text) ? text : null
}

function sortedDays(byDay: string): string {
  return byDay
    .split(',')
    .toSorted((a, b) => dayCodes.indexOf(a) - dayCodes.indexOf(b))
    .join(',')
}

function endWords(parts: Parts): string | null {
  const count = parts.get('COUNT')
  if (count !== undefined) return /^[1-9]\d*$/.test(count) ? texts.times(Number(count)) : null
  const until = parts.get('UNTIL')
  if (until === undefined) return ''
  const [, year, monthOfYear, day, hour = '0', minute = '0', utc] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}(Z)?)?$/.exec(until) ?? []
  if (year === undefined) return null
  const at = Date.UTC(Number(year), Number(monthOfYear) - 1, Number(day), Number(hour), Number(minute))
  // A moment falls on the reader's day; a date, or a time without a zone, stands for itself.
  return texts.until(untilDay(utc === undefined ? 'UTC' : undefined).format(at))
}
