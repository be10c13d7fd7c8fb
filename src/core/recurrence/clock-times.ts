/** HOURLY, MINUTELY and SECONDLY rules: periods of a few seconds, reached by skipping whatever cannot match. */
import { DAY_SECONDS, LAST_DAY, yearOf, yearStart } from './days.ts'
import { type Ending, type Frequency, type Rule, setPositions } from './rule.ts'
import { allowsEveryDay, dayFilter, dayTest } from './year-days.ts'

const units: Partial<Record<Frequency, number>> = { HOURLY: 3600, MINUTELY: 60, SECONDLY: 1 }

/** Skips in a row without an occurrence before the rule is looked at more closely, and before it is given up. */
const SUSPICIOUS = 1000
const FRUITLESS_LIMIT = 40_000

/** Which hours, minutes and seconds the rule allows; null where it allows all. */
interface ClockMasks {
  readonly hours: Uint8Array | null
  readonly minutes: Uint8Array | null
  readonly seconds: Uint8Array | null
}

/** Strictly rising wall times from `from` on; `from` is not before `start`. */
export function* byClock(rule: Rule, start: number, from: number): Generator<number, Ending> {
  const unit = units[rule.frequency] ?? 1
  const step = rule.interval * unit
  const first = Math.floor(start / unit) * unit
  const offsets = clockOffsets(rule, start, unit)
  const masks = clockMasks(rule, unit)
  const { hours, minutes, seconds } = masks
  const everyDay = allowsEveryDay(rule)
  const filter = dayFilter(rule, 'in-year')
  const allowed = dayTest(filter)
  /** The first period at or after a wall time. */
  const align = (wall: number) => first + Math.ceil((wall - first) / step) * step
  let period = align(Math.max(first, from - step))
  let fruitless = 0
  while (period < (LAST_DAY + 1) * DAY_SECONDS) {
    fruitless += 1
    if (fruitless === SUSPICIOUS && !canMatchClock(masks, first, step)) return 'complete'
    if (fruitless > FRUITLESS_LIMIT) return 'gave-up'
    const day = Math.floor(period / DAY_SECONDS)
    if (!everyDay && !allowed(day)) {
      const begin = yearStart(yearOf(day))
      const next = filter(yearOf(day)).list.find((candidate) => candidate > day - begin)
      period = align((next === undefined ? yearStart(yearOf(day) + 1) : begin + next) * DAY_SECONDS)
      continue
    }
    const clock = period - day * DAY_SECONDS
    const hour = Math.floor(clock / 3600)
    const minute = Math.floor(clock / 60) % 60
    if (hours !== null && hours[hour] !== 1) {
      period = align(period - (clock % 3600) + 3600 * gap(hours, hour))
    } else if (minutes !== null && minutes[minute] !== 1) {
      period = align(period - (clock % 60) + 60 * gap(minutes, minute))
    } else if (seconds !== null && seconds[clock % 60] !== 1) {
      period = align(period + gap(seconds, clock % 60))
    } else {
      for (const offset of offsets) {
        if (period + offset < from) continue
        fruitless = 0
        yield period + offset
      }
      period += step
    }
  }
  return 'complete'
}

/** What a period expands to, after BYSETPOS; the same for every period. */
function clockOffsets(rule: Rule, start: number, unit: number): number[] {
  const within = ((start % unit) + unit) % unit
  const minutes = unit < 3600 ? [0] : rule.byMinute.length > 0 ? rule.byMinute : [Math.floor(within / 60)]
  const seconds = unit < 60 ? [0] : rule.bySecond.length > 0 ? rule.bySecond : [within % 60]
  const all = minutes.flatMap((minute) => seconds.map((second) => minute * 60 + second)).sort((a, b) => a - b)
  return rule.bySetPos.length === 0 ? all : setPositions(rule.bySetPos, all.length).map((index) => all[index] ?? 0)
}

function clockMasks(rule: Rule, unit: number): ClockMasks {
  return {
    hours: maskOf(rule.byHour, 24),
    minutes: unit <= 60 ? maskOf(rule.byMinute, 60) : null,
    seconds: unit === 1 ? maskOf(rule.bySecond, 60) : null,
  }
}

function maskOf(list: readonly number[], size: number): Uint8Array | null {
  if (list.length === 0) return null
  const mask = new Uint8Array(size)
  for (const value of list) mask[value] = 1
  return mask
}

/** How far the next allowed value lies; to the end of the mask where there is none left. */
function gap(mask: Uint8Array, from: number): number {
  const next = mask.indexOf(1, from)
  return (next === -1 ? mask.length : next) - from
}

/** Whether the times of day the interval ever reaches include one the masks allow. */
function canMatchClock({ hours, minutes, seconds }: ClockMasks, first: number, step: number): boolean {
  const common = greatestCommonDivisor(step, DAY_SECONDS)
  for (let clock = ((first % common) + common) % common; clock < DAY_SECONDS; clock += common) {
    if (
      (hours === null || hours[Math.floor(clock / 3600)] === 1) &&
      (minutes === null || minutes[Math.floor(clock / 60) % 60] === 1) &&
      (seconds === null || seconds[clock % 60] === 1)
    ) {
      return true
    }
  }
  return false
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
