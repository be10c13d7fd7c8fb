/** Offsets as a VTIMEZONE defines them (RFC 5545 section 3.6.5). */
import { lastRuleTime, ruleTimes, untilWall } from '../recurrence/expand.ts'
import { readRule } from '../recurrence/read-rule.ts'
import type { Rule } from '../recurrence/rule.ts'
import type { EpochMs } from '../types.ts'
import { readDate, wallSeconds } from './dates.ts'
import type { Component } from './model.ts'
import { find, findAll, rawValue } from './property.ts'
import type { Segment } from './zones-segments.ts'

/** One STANDARD or DAYLIGHT: times are wall seconds in the offset before it, offsets seconds east of UTC. */
interface Observance {
  readonly start: number
  readonly offsetFrom: number
  readonly offsetTo: number
  /** DTSTART and RDATEs, rising. */
  readonly dates: readonly number[]
  readonly rules: readonly { readonly rule: Rule; readonly until: number }[]
}

export interface ZoneRules {
  /** When the definition begins to say something. */
  readonly from: EpochMs
  /** When it stops: Infinity where a rule goes on for ever or its last change is meant to stay. */
  readonly lastChange: EpochMs
  segmentAt(epoch: EpochMs): Segment
}

/** No zone of the world comes near these; beyond them a definition is hostile, and the rest of it is not read. */
const MOST_OBSERVANCES = 500
const MOST_DATES = 2000

/** Null where no observance can be used. */
export function readZoneRules(zone: Component): ZoneRules | null {
  const observances = zone.components.slice(0, MOST_OBSERVANCES).flatMap((part) => {
    const read = part.name === 'STANDARD' || part.name === 'DAYLIGHT' ? readObservance(part) : null
    return read === null ? [] : [read]
  })
  let first = observances[0]
  if (first === undefined) return null
  for (const each of observances) if (onset(each, firstDate(each)) < onset(first, firstDate(first))) first = each
  const before = first.offsetFrom
  return {
    from: onset(first, firstDate(first)),
    lastChange: Math.max(...observances.map(lastChangeOf)),
    segmentAt: (epoch) => segmentAt(observances, before, epoch),
  }
}

function readObservance(part: Component): Observance | null {
  const start = find(part, 'DTSTART')
  const to = find(part, 'TZOFFSETTO')
  const date = start === undefined ? null : readDate(rawValue(start))
  const offsetTo = to === undefined ? null : readOffset(rawValue(to))
  if (date === null || offsetTo === null) return null
  const from = find(part, 'TZOFFSETFROM')
  const offsetFrom = (from === undefined ? null : readOffset(rawValue(from))) ?? offsetTo
  const rules = findAll(part, 'RRULE')
    .slice(0, 2)
    .flatMap((property) => {
      const { rule } = readRule(rawValue(property))
      // Clocks do not change weekly or oftener.
      if (rule?.frequency !== 'YEARLY' && rule?.frequency !== 'MONTHLY') return []
      return [{ rule, until: untilWall(rule.until, false, (utc) => utc + offsetFrom) }]
    })
  const dates = findAll(part, 'RDATE')
    .flatMap((property) => rawValue(property).split(','))
    .slice(0, MOST_DATES)
    .flatMap((value) => readDate(value.split('/')[0] ?? '') ?? [])
    .map((value) => wallSeconds(value) + (value.utc ? offsetFrom : 0))
  return {
    start: wallSeconds(date),
    offsetFrom,
    offsetTo,
    dates: [...new Set([wallSeconds(date), ...dates])].sort((a, b) => a - b),
    rules,
  }
}

/** UTC-OFFSET (RFC 5545 section 3.3.14) in seconds; null where it cannot be read. */
function readOffset(value: string): number | null {
  const [, sign, hours, minutes, seconds] = /^([+-])?(\d{2}):?(\d{2}):?(\d{2})?$/.exec(value.trim()) ?? []
  if (hours === undefined) return null
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)
  return total >= 86_400 ? null : sign === '-' ? -total : total
}

function onset(observance: Observance, wall: number): EpochMs {
  return (wall - observance.offsetFrom) * 1000
}

function firstDate(observance: Observance): number {
  return observance.dates[0] ?? observance.start
}

function lastChangeOf(observance: Observance): EpochMs {
  let last = observance.dates.at(-1) ?? observance.start
  for (const { rule, until } of observance.rules) {
    const found = lastRuleTime(rule, observance.start, until, () => true)
    if (typeof found === 'string') return Number.POSITIVE_INFINITY
    if (found.wall !== null && found.wall > last) last = found.wall
  }
  return onset(observance, last)
}

function segmentAt(observances: readonly Observance[], before: number, epoch: EpochMs): Segment {
  let from = Number.NEGATIVE_INFINITY
  let to = Number.POSITIVE_INFINITY
  let offset = before
  for (const observance of observances) {
    const wall = Math.floor(epoch / 1000) + observance.offsetFrom
    const last = lastAtOrBefore(observance, wall)
    if (last !== null && onset(observance, last) >= from) {
      from = onset(observance, last)
      offset = observance.offsetTo
    }
    const next = firstAfter(observance, wall)
    if (next !== null) to = Math.min(to, onset(observance, next))
  }
  return { from, to, offset: offset * 1000 }
}

function lastAtOrBefore(observance: Observance, wall: number): number | null {
  let last: number | null = observance.dates.findLast((date) => date <= wall) ?? null
  for (const { rule, until } of observance.rules) {
    const found = lastRuleTime(rule, observance.start, Math.min(until, wall), () => true)
    if (typeof found !== 'string' && found.wall !== null) last = Math.max(last ?? found.wall, found.wall)
  }
  return last
}

function firstAfter(observance: Observance, wall: number): number | null {
  let first: number | null = observance.dates.find((date) => date > wall) ?? null
  for (const { rule, until } of observance.rules) {
    const step = ruleTimes(rule, observance.start, wall + 1, until).next()
    if (step.done !== true) first = Math.min(first ?? step.value, step.value)
  }
  return first
}
