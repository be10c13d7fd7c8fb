/** Rules while they are being edited. Each part has a key of its own, by which its boxes keep their focus. */
import type { Action, Condition, Rule } from './types.ts'

export type ConditionKind = Condition['if']
export type ActionKind = Action['do']
export type ConditionOf<Kind extends ConditionKind> = Extract<Condition, { if: Kind }>
export type ActionOf<Kind extends ActionKind> = Extract<Action, { do: Kind }>

export interface Keyed<Part> {
  readonly key: number
  readonly part: Part
}

export interface DraftRule {
  readonly name: string
  readonly match: 'all' | 'any'
  readonly when: readonly Keyed<Condition>[]
  readonly actions: readonly Keyed<Action>[]
}

export type Draft = readonly Keyed<DraftRule>[]

let lastKey = 0

function keyed<Part>(part: Part): Keyed<Part> {
  lastKey += 1
  return { key: lastKey, part }
}

const blankConditions: { readonly [Kind in ConditionKind]: ConditionOf<Kind> } = {
  text: { if: 'text', property: 'SUMMARY', is: 'contains', value: '' },
  category: { if: 'category', value: '' },
  calendar: { if: 'calendar', value: '' },
  window: { if: 'window', from: 'PT0S', to: 'P90D' },
  weekday: { if: 'weekday', days: ['SA', 'SU'] },
  hours: { if: 'hours', from: '09:00', to: '17:00' },
  duration: { if: 'duration', at_least: 'PT1H' },
  'all-day': { if: 'all-day' },
  status: { if: 'status', value: 'CANCELLED' },
  participation: { if: 'participation', value: 'declined' },
  transparency: { if: 'transparency', value: 'TRANSPARENT' },
  class: { if: 'class', value: 'PRIVATE' },
}

const blankActions: { readonly [Kind in ActionKind]: ActionOf<Kind> } = {
  drop: { do: 'drop' },
  keep: { do: 'keep' },
  busy: { do: 'busy' },
  'strip-alarms': { do: 'strip-alarms' },
  'add-alarm': { do: 'add-alarm', before: 'PT30M' },
  set: { do: 'set', property: 'LOCATION', value: '' },
  prefix: { do: 'prefix', property: 'SUMMARY', value: '' },
  template: { do: 'template', property: 'SUMMARY', value: '{SUMMARY} ({LOCATION})' },
  remove: { do: 'remove', property: 'DESCRIPTION' },
  'shift-zone': { do: 'shift-zone', zone: 'Europe/Berlin' },
}

/** In the order in which they are offered. */
export const conditionKinds = Object.keys(blankConditions) as ConditionKind[]
export const actionKinds = Object.keys(blankActions) as ActionKind[]

export const newCondition = (kind: ConditionKind): Keyed<Condition> => keyed(blankConditions[kind])
export const newAction = (kind: ActionKind): Keyed<Action> => keyed(blankActions[kind])

/** Another kind of condition in the same place; whether it is turned round stays. */
export function conditionAs(kind: ConditionKind, before: Condition): Condition {
  const blank = blankConditions[kind]
  return before.not === true ? { ...blank, not: true } : blank
}

export const actionAs = (kind: ActionKind): Action => blankActions[kind]

/** A rule that can be used once the text to look for is written. */
export function newRule(): Keyed<DraftRule> {
  return keyed({ name: '', match: 'all', when: [newCondition('text')], actions: [newAction('drop')] })
}

export function draftOf(rules: readonly Rule[]): Draft {
  return rules.map(({ name = '', match = 'all', when, actions }) =>
    keyed({ name, match, when: when.map(keyed), actions: actions.map(keyed) }),
  )
}

export function rulesOf(draft: Draft): Rule[] {
  return draft.map(({ part: { name, match, when, actions } }) => ({
    ...(name.trim() !== '' && { name: name.trim() }),
    ...(match === 'any' && { match }),
    when: when.map(({ part }) => part),
    actions: actions.map(({ part }) => part),
  }))
}

/** True where both lists say the same. */
export function isSameRules(a: readonly Rule[], b: readonly Rule[]): boolean {
  const written = (rules: readonly Rule[]) => JSON.stringify(rulesOf(draftOf(rules)).map(plain))
  return written(a) === written(b)
}

/** In one order of fields and without what says nothing. */
function plain({ when, actions, ...rest }: Rule) {
  const sorted = (part: object) =>
    Object.entries(part)
      .filter(([name, value]) => value !== undefined && !(name === 'not' && value === false))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { ...rest, when: when.map(sorted), actions: actions.map(sorted) }
}

/** Puts the part with this key one place up or down; at the end of the list nothing moves. */
export function moved<Part>(list: readonly Keyed<Part>[], key: number, by: -1 | 1): readonly Keyed<Part>[] {
  const from = list.findIndex((each) => each.key === key)
  const to = from + by
  const [one, other] = [list[from], list[to]]
  if (one === undefined || other === undefined) return list
  return list.with(from, other).with(to, one)
}

export function replaced<Part>(list: readonly Keyed<Part>[], key: number, part: Part): readonly Keyed<Part>[] {
  return list.map((each) => (each.key === key ? { key, part } : each))
}

export function without<Part>(list: readonly Keyed<Part>[], key: number): readonly Keyed<Part>[] {
  return list.filter((each) => each.key !== key)
}

/** What the API finds wrong, and where in the list. */
interface RuleProblem {
  /** Null: in the list as a whole. */
  readonly rule: number | null
  readonly list: 'when' | 'actions' | null
  readonly entry: number | null
  readonly field: string | null
  /** What is to be said of that place: `is empty; say what is to be done.` */
  readonly says: string
}

const pathForm = /^rules(?:\[(\d+)\])?(?:\.(when|actions))?(?:\[(\d+)\])?(?:\.(\w+))?(?:\[\d+\])? (.+)$/s

/** Finds the place that a refusal names (`rules[0].when[1].value is empty`); null where it names none. */
export function problemOf(message: string): RuleProblem | null {
  const found = pathForm.exec(message)
  if (found === null) return null
  const [, rule, list, entry, field, says = ''] = found
  return {
    rule: rule === undefined ? null : Number(rule),
    list: list === 'when' || list === 'actions' ? list : null,
    entry: entry === undefined ? null : Number(entry),
    field: field ?? null,
    says,
  }
}

/** The same by the keys of what it is shown at. */
export interface PlacedProblem {
  readonly ruleKey: number | null
  /** Of a condition or an action. */
  readonly partKey: number | null
  readonly field: string | null
  readonly list: RuleProblem['list']
  readonly says: string
}

/** Where in this draft, as it was sent, a refusal belongs; null where it names no place. */
export function placeProblem(message: string, draft: Draft): PlacedProblem | null {
  const problem = problemOf(message)
  if (problem === null) return null
  const { rule, list, entry, field, says } = problem
  const found = rule === null ? undefined : draft[rule]
  const parts: readonly Keyed<unknown>[] = list === null ? [] : (found?.part[list] ?? [])
  const part = entry === null ? undefined : parts[entry]
  return { ruleKey: found?.key ?? null, partKey: part?.key ?? null, field, list, says }
}
