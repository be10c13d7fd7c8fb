/** A series of which rules hit some instances and not others. */

import type { CalendarObject, Component } from '../ical/model.ts'
import { find, findAll, parameterOf } from '../ical/property.ts'
import { type Occurrence, occurrences } from '../recurrence/occurrences.ts'
import type { Clocks } from '../recurrence/read-series.ts'
import type { CompiledRules } from './compile.ts'
import { type ApplyContext, decide, type Verdict } from './decide.ts'
import { between, instanceOf, withoutInstances } from './instances.ts'

const DAY_MS = 86_400_000
/** A feed is made anew every hour, so that nobody comes near the end of what was looked at. */
const LOOK_AHEAD_MS = 3 * 366 * DAY_MS
const MOST_INSTANCES = 10_000
const MOST_SINGLES = 500

/** One instance as it is to be shown. */
export interface MadeEvent {
  readonly shown: Component
  readonly verdict: Verdict
}

interface Judged {
  readonly occurrence: Occurrence
  readonly verdict: Verdict
}

export interface SplitSeries {
  /** The master as it is now and overrides for instances that fare otherwise; null: no series is left. */
  readonly series: {
    readonly master: Component
    readonly verdict: Verdict
    readonly overrides: readonly MadeEvent[]
  } | null
  /** Instances that no series could hold. */
  readonly singles: readonly MadeEvent[]
  /** The first and last instant the series reaches; overrides outside are events of their own. */
  readonly from: number
  readonly to: number
}

/**
 * The series after the rules. Null where it has too many instances, or of a kind that cannot be divided, so that nobody
 * can say what the rules do to it.
 */
export function splitSeries(
  object: CalendarObject,
  master: Component,
  overrides: readonly Component[],
  clocks: Clocks,
  rules: CompiledRules,
  context: ApplyContext,
): SplitSeries | null {
  if (overrides.some(hasRange)) return null
  const alone: CalendarObject = { ...object, events: [withoutInstances(master, overrides)] }
  const isCounted = findAll(master, 'RRULE').some((rule) => /COUNT=/i.test(rule.line))
  const lookAhead = rules.isPeriodic || isCounted ? LOOK_AHEAD_MS : 0
  const horizon = context.now + Math.max(lookAhead, rules.reach + 31 * DAY_MS)
  const walked = walk(alone, horizon, context.defaultZone)
  if (walked === null) return null
  const all = walked.found.map((occurrence): Judged => {
    const { epoch, endsAt, wall, isDate } = occurrence
    const times = { startsAt: epoch, endsAt, wall, isDate }
    const instance = { event: master, times: () => times }
    return { occurrence, verdict: decide(instance, rules, context) }
  })
  const kept = all.filter(({ verdict }) => verdict.event !== null)
  const main = mostCommon(kept)
  if (main?.verdict.event == null) return { series: null, singles: [], from: 0, to: 0 }
  if (all.every(({ verdict }) => verdict.key === main.verdict.key)) {
    const series = { master: main.verdict.event, verdict: main.verdict, overrides: [] }
    return { series, singles: [], from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
  }
  return divided(
    alone,
    overrides,
    all,
    kept,
    main,
    { ...walked, horizon, isCounted, isPeriodic: rules.isPeriodic },
    clocks,
    context,
  )
}

function hasRange(override: Component): boolean {
  const named = find(override, 'RECURRENCE-ID')
  return named !== undefined && parameterOf(named, 'RANGE') !== undefined
}

/** The instances up to the horizon and the first one after it, which fares as all that follow it. */
function walk(object: CalendarObject, horizon: number, zone: string): { found: Occurrence[]; isOpen: boolean } | null {
  const found: Occurrence[] = []
  const stream = occurrences(object, zone)
  for (;;) {
    const step = stream.next()
    if (step.done === true) return step.value === 'gave-up' ? null : { found, isOpen: false }
    if (found.length >= MOST_INSTANCES) return null
    found.push(step.value)
    if (step.value.epoch > horizon) return { found, isOpen: true }
  }
}

function mostCommon(kept: readonly Judged[]): Judged | undefined {
  const counts = new Map<string, number>()
  for (const { verdict } of kept) counts.set(verdict.key, (counts.get(verdict.key) ?? 0) + 1)
  const [key] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? []
  return kept.find(({ verdict }) => verdict.key === key)
}

/** What is known of the time after which nothing was looked at. */
interface Outlook {
  /** The series goes on after the horizon. */
  readonly isOpen: boolean
  readonly horizon: number
  readonly isCounted: boolean
  readonly isPeriodic: boolean
}

function divided(
  alone: CalendarObject,
  overrides: readonly Component[],
  all: readonly Judged[],
  kept: readonly Judged[],
  main: Judged,
  { isOpen, horizon, isCounted, isPeriodic }: Outlook,
  clocks: Clocks,
  context: ApplyContext,
): SplitSeries | null {
  const [first, last] = [kept[0], kept.at(-1)]
  const [original] = alone.events
  if (first === undefined || last === undefined || main.verdict.event === null || original === undefined) return null
  const others = all.filter(({ verdict }) => verdict.key !== main.verdict.key)
  // An endless series with exceptions up to the end of what was looked at would be whole again after it, and a COUNT
  // counted from a later beginning would go on for longer.
  const isUncertain =
    (isPeriodic && others.some(({ occurrence }) => occurrence.epoch > horizon - 366 * DAY_MS)) ||
    (isCounted && first !== all[0])
  const isCut = all.at(-1) !== last || (isOpen && isUncertain)
  const isShort = first !== all[0] || isCut
  const goesOn = isOpen && !isCut
  const until = isShort && !goesOn ? last.occurrence : null
  const inside = others.filter(
    ({ occurrence: { epoch } }) => epoch >= first.occurrence.epoch && epoch <= last.occurrence.epoch,
  )
  const gaps = inside.flatMap(({ verdict, occurrence }) =>
    verdict.event === null ? [instanceOf(original, occurrence, clocks)] : [],
  )
  const changed = shownAlone(inside, clocks)
  const bounded = isShort ? between(main.verdict.event, first.occurrence, until, clocks) : main.verdict.event
  const master = withoutInstances(bounded, gaps)
  const made: CalendarObject = {
    ...alone,
    events: [withoutInstances(master, overrides), ...changed.map(({ shown }) => shown)],
  }
  if (isRight(made, kept, horizon, goesOn, context)) {
    const series = { master, verdict: main.verdict, overrides: changed }
    const [from, to] = [first.occurrence.epoch, until === null ? Number.POSITIVE_INFINITY : last.occurrence.epoch]
    return { series, singles: [], from: isShort ? from : Number.NEGATIVE_INFINITY, to }
  }
  if (kept.length > MOST_SINGLES) return null
  return { series: null, singles: shownAlone(kept, clocks), from: 0, to: 0 }
}

function shownAlone(instances: readonly Judged[], clocks: Clocks): MadeEvent[] {
  return instances.flatMap(({ verdict, occurrence }) =>
    verdict.event === null ? [] : [{ shown: instanceOf(verdict.event, occurrence, clocks), verdict }],
  )
}

/** The made series has just the instances that were kept, each as long as before. */
function isRight(
  made: CalendarObject,
  kept: readonly Judged[],
  horizon: number,
  goesOn: boolean,
  { defaultZone }: ApplyContext,
): boolean {
  const again = walk(made, horizon, defaultZone)
  if (again === null || again.isOpen !== goesOn || again.found.length !== kept.length) return false
  return again.found.every(({ epoch, endsAt }, index) => {
    const meant = kept[index]?.occurrence
    return meant !== undefined && meant.epoch === epoch && meant.endsAt === endsAt
  })
}
