/** Conditions of rules, made ready to be asked. */
import { readDuration } from '../ical/dates.ts'
import type { Component } from '../ical/model.ts'
import { find, findAll, parameterOf, rawValue } from '../ical/property.ts'
import type { EpochMs } from '../types.ts'
import { propertyName, valuesOf } from './fields.ts'
import { compilePattern } from './pattern.ts'
import { type Condition, RuleError, WEEKDAYS } from './rule.ts'

/** One instance as a rule sees it. */
export interface Instance {
  readonly event: Component
  /** Worked out when a rule asks; null where the event has no readable start, which then fits no condition on time. */
  readonly times: () => Times | null
}

export interface Times {
  readonly startsAt: EpochMs
  readonly endsAt: EpochMs
  /** Seconds since 1970-01-01T00:00:00 on the event's own clock. */
  readonly wall: number
  readonly isDate: boolean
}

/** What the rules of one list are asked about, beside the event. */
export interface RuleContext {
  readonly now: EpochMs
  readonly calendar: string
  /** My calendar user addresses, lower case, without `mailto:`. */
  readonly me: readonly string[]
}

export interface CompiledCondition {
  readonly holds: (instance: Instance, context: RuleContext) => boolean
  /** True where instances of one event may answer differently. */
  readonly isTimed: boolean
  /** True where the answer goes on changing for as long as a series goes on. */
  readonly isPeriodic: boolean
  /** How far from now it looks ahead, in milliseconds; 0 where it does not. */
  readonly reach: number
}

const MINUTES_A_DAY = 1440

/** Throws RuleError for a condition that can never be asked. */
export function compileCondition(condition: Condition, path: string): CompiledCondition {
  const { not = false } = condition
  const compiled = compileTest(condition, path)
  return not ? { ...compiled, holds: (instance, context) => !compiled.holds(instance, context) } : compiled
}

function compileTest(condition: Condition, path: string): CompiledCondition {
  switch (condition.if) {
    case 'text': {
      const name = propertyName(condition.property, `${path}.property`)
      const holds = textTest(condition.is, condition.value, `${path}.value`)
      return still(({ event }) => valuesOf(event, name).some(holds))
    }
    case 'category': {
      const wanted = folded(filled(condition.value, path))
      return still(({ event }) => valuesOf(event, 'CATEGORIES').some((category) => folded(category) === wanted))
    }
    case 'calendar': {
      const wanted = folded(filled(condition.value, path))
      return still((_instance, { calendar }) => folded(calendar) === wanted)
    }
    case 'window':
      return compileWindow(condition, path)
    case 'weekday': {
      if (condition.days.length === 0) throw new RuleError(`${path}.days`, 'is empty; name at least one day.')
      const days = new Set(condition.days.map((day) => WEEKDAYS.indexOf(day)))
      return periodic(({ wall }) => days.has((((Math.floor(wall / 86_400) + 3) % 7) + 7) % 7))
    }
    case 'hours': {
      const [from, to] = [minuteOf(condition.from, `${path}.from`), minuteOf(condition.to, `${path}.to`)]
      return periodic(({ wall, isDate }) => {
        const minute = ((Math.floor(wall / 60) % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY
        return !isDate && (from <= to ? minute >= from && minute < to : minute >= from || minute < to)
      })
    }
    case 'duration': {
      const least = secondsOf(condition.at_least, `${path}.at_least`) ?? 0
      const most = secondsOf(condition.at_most, `${path}.at_most`) ?? Number.POSITIVE_INFINITY
      if (least > most) throw new RuleError(path, 'asks for events that last longer than they may; no event does.')
      return byTimes(({ startsAt, endsAt }) => endsAt - startsAt >= least * 1000 && endsAt - startsAt <= most * 1000)
    }
    case 'all-day':
      return byTimes(({ isDate }) => isDate)
    case 'status':
      return still(({ event }) => wordOf(event, 'STATUS', 'CONFIRMED') === condition.value)
    case 'transparency':
      return still(({ event }) => wordOf(event, 'TRANSP', 'OPAQUE') === condition.value)
    case 'class':
      return still(({ event }) => wordOf(event, 'CLASS', 'PUBLIC') === condition.value)
    case 'participation': {
      const own = condition.me?.map(plainAddress)
      return still(({ event }, { me }) => participation(event, own ?? me) === condition.value)
    }
  }
}

const still = (holds: CompiledCondition['holds']): CompiledCondition => ({
  holds,
  isTimed: false,
  isPeriodic: false,
  reach: 0,
})
/** The same for every instance of an event. */
function byTimes(holds: (times: Times, context: RuleContext) => boolean): CompiledCondition {
  return still(({ times }, context) => {
    const known = times()
    return known !== null && holds(known, context)
  })
}
/** Other instances, other answers. */
const periodic = (holds: (times: Times) => boolean): CompiledCondition => ({
  ...byTimes(holds),
  isTimed: true,
  isPeriodic: true,
})

function compileWindow(given: Condition & { readonly if: 'window' }, path: string): CompiledCondition {
  const from = secondsOf(given.from, `${path}.from`) ?? Number.NEGATIVE_INFINITY
  const to = secondsOf(given.to, `${path}.to`) ?? Number.POSITIVE_INFINITY
  if (from >= to) throw new RuleError(path, 'ends before it begins; exchange from and to.')
  const reach = Math.max(0, ...[from, to].filter(Number.isFinite)) * 1000
  const condition = byTimes(({ startsAt, endsAt }, { now }) => {
    const last = Math.max(endsAt, startsAt + 1)
    return last > now + from * 1000 && startsAt < now + to * 1000
  })
  return { ...condition, isTimed: true, reach }
}

function textTest(is: 'contains' | 'equals' | 'matches', value: string, path: string): (text: string) => boolean {
  if (is === 'matches') return compilePattern(value, path)
  const wanted = folded(value)
  if (is === 'equals') return (text) => folded(text) === wanted
  if (value === '') throw new RuleError(path, 'is empty, and every text contains that; write the text to look for.')
  return (text) => folded(text).includes(wanted)
}

const folded = (text: string) => text.trim().toLowerCase()

function filled(value: string, path: string): string {
  if (value.trim() === '') throw new RuleError(`${path}.value`, 'is empty; write the name to look for.')
  return value
}

export function secondsOf(duration: string | undefined, path: string): number | undefined {
  if (duration === undefined) return undefined
  const seconds = readDuration(duration)
  if (seconds !== null && Math.abs(seconds) <= 100 * 366 * 86_400) return seconds
  throw new RuleError(path, 'is no duration; write one like PT30M, P90D or -P1W.')
}

function minuteOf(time: string, path: string): number {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(time.trim()) ?? []
  const total = Number(hour) * 60 + Number(minute)
  if (hour !== undefined && Number(minute) < 60 && total <= MINUTES_A_DAY) return total
  throw new RuleError(path, 'is no time of day; write it like 09:00.')
}

export function wordOf(event: Component, name: string, otherwise: string): string {
  const property = find(event, name)
  return property === undefined ? otherwise : rawValue(property).trim().toUpperCase()
}

function plainAddress(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^mailto:/, '')
}

/** My PARTSTAT in small letters; null where I am no guest. */
export function participation(event: Component, me: readonly string[]): string | null {
  for (const guest of findAll(event, 'ATTENDEE')) {
    if (!me.includes(plainAddress(rawValue(guest)))) continue
    return (parameterOf(guest, 'PARTSTAT') ?? 'NEEDS-ACTION').toLowerCase()
  }
  return null
}
