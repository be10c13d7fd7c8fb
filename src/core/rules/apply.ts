/** Rules on calendar objects: what a reader of a link, or a destination, gets to see of them. */
import { describeObject } from '../ical/describe.ts'
import { sortEvents } from '../ical/group.ts'
import type { CalendarObject, Component } from '../ical/model.ts'
import { find } from '../ical/property.ts'
import { type Clocks, clocksOf } from '../recurrence/read-series.ts'
import type { Problem } from '../types.ts'
import { saltedUid } from './busy.ts'
import type { CompiledRules } from './compile.ts'
import { type ApplyContext, decide, firstInstance, type JudgedEvent, type Verdict } from './decide.ts'
import { detached, instanceUid, isSeries, withEvents, withoutInstances, withUid } from './instances.ts'
import { shiftEvent } from './shift-zone.ts'
import { type SplitSeries, splitSeries } from './timed-series.ts'

export interface Ruled {
  /** What is left of one object: itself, changed, or divided; none where it was dropped. */
  readonly objects: readonly CalendarObject[]
  readonly findings: readonly Problem[]
}

/**
 * One object after the rules. A rule that hits some instances changes these, not the series: they become overrides, or
 * are excluded. Where that cannot be told, and the rules hide something, the object is left out, and it is said.
 */
export function applyRules(object: CalendarObject, rules: CompiledRules, context: ApplyContext): Ruled {
  if (rules.rules.length === 0) return { objects: [object], findings: [] }
  const findings: Problem[] = []
  const clocks = clocksOf(object, context.defaultZone)
  const isMaster = (event: Component) => find(event, 'RECURRENCE-ID') === undefined
  const masters = object.events.filter(isMaster)
  const overrides = object.events
    .filter((event) => !isMaster(event))
    .map((event) => ({ event, verdict: decide(firstInstance(event, clocks), rules, context) }))
  const pieces: CalendarObject[] = []
  const finish = (event: Component, zone: string | null) =>
    zone === null ? event : shiftEvent(event, object, zone, context.defaultZone, findings)

  const [master] = masters
  const attached: Attached = { object, clocks, context, overrides, finish }
  if (master === undefined) pieces.push(...orphans(attached))
  else if (!rules.isTimed || !isSeries(master)) {
    const verdict = decide(firstInstance(master, clocks), rules, context)
    pieces.push(...joined(attached, verdict.event === null ? null : { master: verdict.event, verdict, overrides: [] }))
  } else {
    const split = splitSeries(
      object,
      master,
      overrides.map(({ event }) => event),
      clocks,
      rules,
      context,
    )
    if (split === null) return unsure(object, rules)
    pieces.push(...joined(attached, split.series, split))
    for (const { shown, verdict } of split.singles) pieces.push(onItsOwn(attached, shown, shown, verdict))
  }
  return { objects: pieces, findings }
}

interface Attached {
  readonly object: CalendarObject
  readonly clocks: Clocks
  readonly context: ApplyContext
  readonly overrides: readonly JudgedEvent[]
  readonly finish: (event: Component, zone: string | null) => Component
}

type Series = NonNullable<SplitSeries['series']>

/** Overrides whose master is not known stay what they are; of busy ones nobody is to learn what they belong to. */
function orphans(attached: Attached): CalendarObject[] {
  const { object, overrides, finish } = attached
  const open: Component[] = []
  const busy: CalendarObject[] = []
  for (const { event, verdict } of overrides) {
    if (verdict.event === null) continue
    if (verdict.isBusy) busy.push(onItsOwn(attached, event, verdict.event, verdict))
    else open.push(finish(verdict.event, verdict.zone))
  }
  return open.length === 0 ? busy : [withEvents(object, object.uid, open), ...busy]
}

/** An instance as an event of its own; `event` tells which instance it was. */
function onItsOwn(
  { object, context, finish }: Attached,
  event: Component,
  shown: Component,
  { isBusy, zone }: Verdict,
): CalendarObject {
  const uid = isBusy ? saltedUid(object.uid, event, context.salt) : instanceUid(object.uid, event)
  return withEvents(object, uid, [finish(detached(shown, uid), zone)])
}

/** The series with those of its overrides that belong to it still; the others are events of their own. */
function joined(
  attached: Attached,
  series: Series | null,
  { from, to }: { readonly from: number; readonly to: number } = {
    from: Number.NEGATIVE_INFINITY,
    to: Number.POSITIVE_INFINITY,
  },
): CalendarObject[] {
  const { object, clocks, context, overrides, finish } = attached
  const isBusy = series?.verdict.isBusy === true
  const stay: Component[] = []
  const leave: Component[] = []
  const alone: CalendarObject[] = []
  for (const { event, verdict } of overrides) {
    const belongs = series !== null && isWithin(event, clocks, from, to)
    if (verdict.event === null) leave.push(event)
    else if (belongs && !(verdict.isBusy && isBusy)) stay.push(finish(verdict.event, verdict.zone))
    else if (!belongs || !isUnmoved(event, object, clocks)) {
      leave.push(event)
      alone.push(onItsOwn(attached, event, verdict.event, verdict))
    }
  }
  if (series === null) return alone
  const uid = isBusy ? saltedUid(object.uid, null, context.salt) : object.uid
  const master = finish(withoutInstances(series.master, leave), series.verdict.zone)
  const changed = series.overrides.map(({ shown, verdict }) => finish(shown, verdict.zone))
  const events = [master, ...changed, ...stay].map((event) => (uid === object.uid ? event : withUid(event, uid)))
  return [withEvents(object, uid, sortEvents(events)), ...alone]
}

function isWithin(override: Component, clocks: Clocks, from: number, to: number): boolean {
  const instant = replacedInstant(override, clocks)
  return instant === null || (instant >= from && instant <= to)
}

/** The instant of the instance that an override replaces. */
function replacedInstant(override: Component, clocks: Clocks): number | null {
  const named = find(override, 'RECURRENCE-ID')
  if (named === undefined) return null
  const start = { name: 'DTSTART', line: `DTSTART${named.line.slice(named.name.length)}` }
  return firstInstance({ name: 'VEVENT', properties: [start], components: [] }, clocks).times()?.startsAt ?? null
}

/** True where an override keeps the time of its instance, so that a busy series shows it already. */
function isUnmoved(override: Component, object: CalendarObject, clocks: Clocks): boolean {
  const master = object.events.find((event) => find(event, 'RECURRENCE-ID') === undefined)
  const [own, first] = [firstInstance(override, clocks).times(), master ? firstInstance(master, clocks).times() : null]
  if (own === null || first === null) return false
  return (
    own.startsAt === replacedInstant(override, clocks) && own.endsAt - own.startsAt === first.endsAt - first.startsAt
  )
}

function unsure(object: CalendarObject, { hides }: CompiledRules): Ruled {
  const subject = describeObject(object)
  const done = hides ? 'it was left out, because the rules hide something' : 'it is shown unchanged'
  const message = `${subject}: the rules could not be worked out for this series; ${done}. Divide the series where it is edited.`
  return {
    objects: hides ? [] : [object],
    findings: [{ code: 'rule-unsure', subject, uid: object.uid, message }],
  }
}
