/** A list of rules, checked and made ready. */
import { namedZone } from '../ical/zones.ts'
import { compileAction, type EventChange } from './actions.ts'
import { type CompiledCondition, compileCondition, type Instance, type RuleContext } from './conditions.ts'
import { type Action, type Rule, RuleError } from './rule.ts'

/** More would be slow for nothing. */
const MOST_RULES = 50
const MOST_CONDITIONS = 20

export interface CompiledRule {
  readonly holds: (instance: Instance, context: RuleContext) => boolean
  readonly isTimed: boolean
  readonly verdict: 'drop' | 'keep' | null
  readonly changes: readonly EventChange[]
  /** Text of busy events; null: not made busy. */
  readonly busy: string | null
  /** IANA zone that times are to be written in; null: as they are. */
  readonly zone: string | null
}

export interface CompiledRules {
  readonly rules: readonly CompiledRule[]
  /** True where instances of one series may fare differently, or the answer changes with the clock. */
  readonly isTimed: boolean
  /** True where the instances of an endless series go on faring differently. */
  readonly isPeriodic: boolean
  /** How far ahead of now it looks, in milliseconds. */
  readonly reach: number
  /** True where an event that cannot be judged must not be shown. */
  readonly hides: boolean
}

/** Throws RuleError, which names the place in the list, for anything that cannot be applied. */
export function compileRules(rules: readonly Rule[]): CompiledRules {
  if (rules.length > MOST_RULES) throw new RuleError('rules', `has more than ${MOST_RULES} entries; join some of them.`)
  const conditions: CompiledCondition[] = []
  const compiled = rules.map((rule, index) => compileRule(rule, `rules[${index}]`, conditions))
  return {
    rules: compiled,
    isTimed: conditions.some(({ isTimed }) => isTimed),
    isPeriodic: conditions.some(({ isPeriodic }) => isPeriodic),
    reach: Math.max(0, ...conditions.map(({ reach }) => reach)),
    hides: rules.some(({ actions }) =>
      actions.some((action) => ['drop', 'keep', 'busy', 'remove'].includes(action.do)),
    ),
  }
}

function compileRule(rule: Rule, path: string, all: CompiledCondition[]): CompiledRule {
  if (rule.when.length > MOST_CONDITIONS) {
    throw new RuleError(`${path}.when`, `has more than ${MOST_CONDITIONS} conditions; divide the rule.`)
  }
  if (rule.actions.length === 0) throw new RuleError(`${path}.actions`, 'is empty; say what is to be done.')
  const conditions = rule.when.map((condition, index) => compileCondition(condition, `${path}.when[${index}]`))
  all.push(...conditions)
  refuseContradictions(rule.actions, path)
  const isAny = rule.match === 'any' && conditions.length > 0
  const changes = rule.actions.flatMap((action, index) => compileAction(action, `${path}.actions[${index}]`) ?? [])
  return {
    holds: isAny
      ? (instance, context) => conditions.some(({ holds }) => holds(instance, context))
      : (instance, context) => conditions.every(({ holds }) => holds(instance, context)),
    isTimed: conditions.some(({ isTimed }) => isTimed),
    verdict: verdictOf(rule.actions),
    changes,
    busy: busyText(rule.actions),
    zone: zoneOf(rule.actions, path),
  }
}

function refuseContradictions(actions: readonly Action[], path: string): void {
  const kinds = actions.map((action) => action.do)
  if (kinds.includes('drop') && kinds.length > 1) {
    throw new RuleError(`${path}.actions`, 'drops the event and does something else with it; leave one of them out.')
  }
}

function verdictOf(actions: readonly Action[]): CompiledRule['verdict'] {
  if (actions.some((action) => action.do === 'drop')) return 'drop'
  return actions.some((action) => action.do === 'keep') ? 'keep' : null
}

function busyText(actions: readonly Action[]): string | null {
  const busy = actions.find((action) => action.do === 'busy')
  return busy === undefined ? null : busy.text?.trim() || 'Busy'
}

function zoneOf(actions: readonly Action[], path: string): string | null {
  const index = actions.findIndex((action) => action.do === 'shift-zone')
  const action = actions[index]
  if (action?.do !== 'shift-zone') return null
  const zone = namedZone(action.zone)
  if (zone !== null) return zone.id
  throw new RuleError(`${path}.actions[${index}].zone`, 'is no time zone; write one like Europe/Berlin.')
}
