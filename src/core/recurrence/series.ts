/** A recurrence set (RFC 5545 section 3.8.5): DTSTART, rules and RDATEs, less EXDATEs and EXRULEs. */
import type { EpochMs } from '../types.ts'
import { DAY_SECONDS } from './days.ts'
import { lastRuleTime, ruleTimes } from './expand.ts'
import type { Ending, Rule } from './rule.ts'

/** What a series needs of a zone; wall times are seconds since 1970-01-01T00:00:00 on its clock. */
export interface Clock {
  offsetAt(epoch: EpochMs): number
  toEpoch(wallSeconds: number): EpochMs
}

/** One member of a set: its time on the wall clock of DTSTART, and the instant. */
export interface Start {
  readonly wall: number
  readonly epoch: EpochMs
}

export interface BoundRule {
  readonly rule: Rule
  /** Last wall time UNTIL allows, and the instant; both Infinity without UNTIL. */
  readonly untilWall: number
  readonly untilEpoch: EpochMs
}

export interface Series {
  readonly start: Start
  /** Clock of DTSTART. All-day series run on a clock without offset. */
  readonly clock: Clock
  readonly rules: readonly BoundRule[]
  readonly exceptionRules: readonly BoundRule[]
  /** RDATEs, rising. */
  readonly dates: readonly Start[]
  /** Instants that are left out: EXDATEs, and instances that an override replaces. */
  readonly excluded: ReadonlySet<EpochMs>
  /** Whole days (day numbers of the wall clock) that are left out: EXDATEs given as DATE beside a timed start. */
  readonly excludedDays: ReadonlySet<number>
}

/** Instances of the set whose wall time is at least `fromWall`, by rising instant, each instant once. Lazy. */
export function* seriesStarts(series: Series, fromWall = Number.NEGATIVE_INFINITY): Generator<Start, Ending> {
  const fixed = [series.start, ...series.dates].filter(({ wall }) => wall >= fromWall)
  fixed.sort((a, b) => a.epoch - b.epoch)
  const streams = [fixed.values(), ...series.rules.map((bound) => ruleStarts(series, bound, fromWall))]
  const isExcepted = exceptionTest(series, fromWall)
  let last = Number.NEGATIVE_INFINITY
  let ending: Ending = 'complete'
  for (const next of merged(streams)) {
    if (next === 'gave-up') {
      // Nothing after this is known to be in order.
      ending = 'gave-up'
      break
    }
    if (next.epoch <= last) continue
    last = next.epoch
    if (isLeftOut(series, next) || isExcepted?.(next.epoch)) continue
    yield next
  }
  return ending
}

export function isLeftOut(series: Series, { wall, epoch }: Start): boolean {
  if (series.excluded.size > 0 && series.excluded.has(epoch)) return true
  return series.excludedDays.size > 0 && series.excludedDays.has(Math.floor(wall / DAY_SECONDS))
}

/** Merges rising streams; a stream that gave up ends the merge with 'gave-up'. */
export function* merged<T extends Start>(streams: readonly Iterator<T, unknown>[]): Generator<T | 'gave-up'> {
  const heads: { stream: Iterator<T, unknown>; value: T }[] = []
  for (const stream of streams) {
    const step = stream.next()
    if (step.done !== true) heads.push({ stream, value: step.value })
    else if (step.value === 'gave-up') {
      yield 'gave-up'
      return
    }
  }
  for (;;) {
    let first = heads[0]
    if (first === undefined) return
    for (const head of heads) if (head.value.epoch < first.value.epoch) first = head
    yield first.value
    const step = first.stream.next()
    if (step.done !== true) first.value = step.value
    else if (step.value === 'gave-up') {
      yield 'gave-up'
      return
    } else heads.splice(heads.indexOf(first), 1)
  }
}

/**
 * One rule as instants. A wall time in a gap is read with the offset before it (RFC 5545 section 3.3.5) and may pass
 * the ones after the gap, so that it waits until its turn.
 */
function* ruleStarts(series: Series, bound: BoundRule, fromWall: number): Generator<Start, Ending> {
  const { clock, start } = series
  const waiting: Start[] = []
  const times = ruleTimes(bound.rule, start.wall, Math.max(fromWall, start.wall), bound.untilWall)
  for (;;) {
    const step = times.next()
    if (step.done === true) {
      yield* waiting
      return step.value
    }
    const wall = step.value
    const epoch = clock.toEpoch(wall)
    if (epoch > bound.untilEpoch) continue
    if (epoch + clock.offsetAt(epoch) !== wall * 1000) {
      waiting.push({ wall, epoch })
      continue
    }
    while (waiting[0] !== undefined && waiting[0].epoch <= epoch) {
      const turn = waiting.shift()
      if (turn !== undefined && turn.epoch < epoch) yield turn
    }
    yield { wall, epoch }
  }
}

/** Whether an EXRULE (RFC 2445) leaves an instant out; to be asked by rising instants. */
function exceptionTest(series: Series, fromWall: number): ((epoch: EpochMs) => boolean) | null {
  if (series.exceptionRules.length === 0) return null
  const heads = series.exceptionRules.map((bound) => {
    const stream = ruleStarts(series, bound, fromWall)
    return { stream, step: stream.next() }
  })
  return (epoch) => {
    let hit = false
    for (const head of heads) {
      while (head.step.done !== true && head.step.value.epoch < epoch) head.step = head.stream.next()
      if (head.step.done !== true && head.step.value.epoch === epoch) hit = true
    }
    return hit
  }
}

export type LastStart = { readonly start: Start | null } | 'endless' | 'gave-up'

/** The last instance of the set whose instant lies before `before`; searches rules from their end. */
export function lastStart(series: Series, before: EpochMs): LastStart {
  if (series.exceptionRules.length > 0) return lastByWalking(series, before)
  let last: Start | null = null
  for (const fixed of [series.start, ...series.dates]) {
    if (fixed.epoch < before && (last === null || fixed.epoch > last.epoch) && !isLeftOut(series, fixed)) last = fixed
  }
  for (const { rule, untilWall, untilEpoch } of series.rules) {
    // One day more than the wall clock can differ, because `keep` decides by the instant.
    const until = before === Number.POSITIVE_INFINITY ? untilWall : Math.min(untilWall, before / 1000 + 3 * DAY_SECONDS)
    const found = lastRuleTime(rule, series.start.wall, until, (wall) => {
      const epoch = series.clock.toEpoch(wall)
      return epoch <= untilEpoch && epoch < before && !isLeftOut(series, { wall, epoch })
    })
    if (typeof found === 'string') return found
    if (found.wall === null) continue
    const epoch = series.clock.toEpoch(found.wall)
    if (last === null || epoch > last.epoch) last = { wall: found.wall, epoch }
  }
  return { start: last }
}

/** EXRULEs are rare and old; their sets are walked from the start, within limits. */
const MOST_WALKED = 20_000

function lastByWalking(series: Series, before: EpochMs): LastStart {
  const starts = seriesStarts(series)
  let last: Start | null = null
  for (let walked = 0; walked < MOST_WALKED; walked += 1) {
    const step = starts.next()
    if (step.done === true) return step.value === 'gave-up' ? 'gave-up' : { start: last }
    if (step.value.epoch >= before) return { start: last }
    last = step.value
  }
  return before === Number.POSITIVE_INFINITY ? 'endless' : 'gave-up'
}
