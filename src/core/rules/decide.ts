/** What a list of rules makes of one event or instance. */
import type { Component } from '../ical/model.ts'
import { type Clocks, readTimes } from '../recurrence/read-series.ts'
import { bareEvent, keepsBusy } from './busy.ts'
import type { CompiledRules } from './compile.ts'
import type { Instance, RuleContext, Times } from './conditions.ts'

export interface ApplyContext extends RuleContext {
  /** IANA zone of floating times and all-day events. */
  readonly defaultZone: string
  /** Makes the UIDs of busy events those of one link alone. */
  readonly salt: string
}

export interface Verdict {
  /** Null: it is left out. */
  readonly event: Component | null
  readonly isBusy: boolean
  /** IANA zone its times are to be written in; null: as they are. */
  readonly zone: string | null
  /** Equal for instances of one series that fare alike. */
  readonly key: string
}

/** An event of its own, or an override, with what was decided of it. */
export interface JudgedEvent {
  /** As it was. */
  readonly event: Component
  readonly verdict: Verdict
}

export function decide(instance: Instance, { rules }: CompiledRules, context: ApplyContext): Verdict {
  let { event } = instance
  const { times } = instance
  let isBusy = false
  let zone: string | null = null
  let key = ''
  for (const [index, rule] of rules.entries()) {
    const holds = rule.holds({ event, times }, context)
    if (holds ? rule.verdict === 'drop' : rule.verdict === 'keep') return dropped
    if (!holds) continue
    key += `${index} `
    for (const change of rule.changes) event = change(event, context.calendar)
    if (rule.zone !== null) zone = rule.zone
    if (rule.busy === null) continue
    if (!keepsBusy(event, context.me)) return dropped
    event = bareEvent(event, rule.busy)
    isBusy = true
  }
  return { event, isBusy, zone, key }
}

const dropped: Verdict = { event: null, isBusy: false, zone: null, key: 'dropped' }

/** The first instance of an event. */
export function firstInstance(event: Component, clocks: Clocks): Instance {
  let known: Times | null | undefined
  return {
    event,
    times: () => {
      if (known === undefined) known = firstTimes(event, clocks)
      return known
    },
  }
}

function firstTimes(event: Component, clocks: Clocks): Times | null {
  const times = readTimes(event, clocks)
  if (times === null) return null
  const { start, isDate } = times
  return { startsAt: times.instantOf(start), endsAt: times.endOf(start), wall: start.wall, isDate }
}
