import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileRules } from './compile.ts'
import { PRESETS } from './presets.ts'
import { type Action, type Condition, type Rule, RuleError } from './rule.ts'

function refusal(rules: readonly Rule[]): [path: string, message: string] {
  try {
    compileRules(rules)
  } catch (thrown) {
    assert.ok(thrown instanceof RuleError)
    return [thrown.path, thrown.message]
  }
  return assert.fail('the rules were taken')
}
const drop: Action = { do: 'drop' }
const when = (condition: Condition) => refusal([{ when: [condition], actions: [drop] }])
const act = (...actions: readonly Action[]) => refusal([{ when: [], actions }])

const conditions: readonly (readonly [name: string, condition: Condition, path: string, message: RegExp])[] = [
  ['a pattern that is none', { if: 'text', property: 'SUMMARY', is: 'matches', value: '(' }, 'value', /no pattern/],
  ['a look-ahead', { if: 'text', property: 'SUMMARY', is: 'matches', value: '(?=a)b' }, 'value', /look-arounds/],
  ['a reference back', { if: 'text', property: 'SUMMARY', is: 'matches', value: '(a)\\1' }, 'value', /RE2/],
  ['a text that is empty', { if: 'text', property: 'SUMMARY', is: 'contains', value: '' }, 'value', /every text/],
  ['a strange property', { if: 'text', property: 'A:B', is: 'equals', value: 'x' }, 'property', /no property name/],
  ['no category', { if: 'category', value: ' ' }, 'value', /empty/],
  ['a window turned round', { if: 'window', from: 'P9D', to: 'P1D' }, '', /exchange/],
  ['a window that is no duration', { if: 'window', from: '9 days' }, 'from', /no duration/],
  ['a window of a thousand years', { if: 'window', to: 'P365000D' }, 'to', /no duration/],
  ['no weekday', { if: 'weekday', days: [] }, 'days', /at least one/],
  ['no time of day', { if: 'hours', from: '9', to: '17:00' }, 'from', /09:00/],
  ['25 hours', { if: 'hours', from: '09:00', to: '25:00' }, 'to', /time of day/],
  ['a duration nothing has', { if: 'duration', at_least: 'PT2H', at_most: 'PT1H' }, '', /no event does/],
]
for (const [name, condition, path, message] of conditions) {
  test(`a condition with ${name} is refused, and where it stands is said`, () => {
    const [where, why] = when(condition)
    assert.equal(where, `rules[0].when[0]${path === '' ? '' : `.${path}`}`)
    assert.match(why, message)
  })
}

const actions: readonly (readonly [name: string, actions: readonly Action[], path: string, message: RegExp])[] = [
  ['nothing to do', [], 'rules[0].actions', /what is to be done/],
  ['a UID to set', [{ do: 'set', property: 'UID', value: 'x' }], 'rules[0].actions[0].property', /which event/],
  ['a start to remove', [{ do: 'remove', property: 'dtstart' }], 'rules[0].actions[0].property', /DTSTART/],
  ['guests to set', [{ do: 'set', property: 'ATTENDEE', value: 'x' }], 'rules[0].actions[0].property', /cannot write/],
  [
    'a status that is none',
    [{ do: 'set', property: 'STATUS', value: 'X' }],
    'rules[0].actions[0].property',
    /TENTATIVE/,
  ],
  [
    'an unknown field',
    [{ do: 'template', property: 'SUMMARY', value: '{WHERE}' }],
    'rules[0].actions[0].value',
    /\{WHERE\}/,
  ],
  ['an alarm at no time', [{ do: 'add-alarm', before: 'soon' }], 'rules[0].actions[0].before', /PT30M/],
  ['a zone that is none', [{ do: 'shift-zone', zone: 'Mars/Base' }], 'rules[0].actions[0].zone', /no time zone/],
  ['dropping and more', [drop, { do: 'busy' }], 'rules[0].actions', /leave one/],
]
for (const [name, given, path, message] of actions) {
  test(`a rule with ${name} is refused, and where it stands is said`, () => {
    const [where, why] = act(...given)
    assert.equal(where, path)
    assert.match(why, message)
  })
}

test('lists without measure are refused', () => {
  assert.match(refusal(Array.from({ length: 51 }, () => ({ when: [], actions: [drop] })))[1], /50/)
  const many = Array.from({ length: 21 }, (): Condition => ({ if: 'all-day' }))
  assert.match(refusal([{ when: many, actions: [drop] }])[1], /20/)
  const long = { if: 'text', property: 'SUMMARY', is: 'matches', value: 'a'.repeat(1001) } as const
  assert.match(when(long)[1], /1000/)
})

test('patterns run in linear time: one that stops other engines answers at once', () => {
  const evil: Rule = {
    when: [{ if: 'text', property: 'SUMMARY', is: 'matches', value: '(a+)+$' }],
    actions: [drop],
  }
  const { rules } = compileRules([evil])
  const event = {
    name: 'VEVENT',
    properties: [{ name: 'SUMMARY', line: `SUMMARY:${'a'.repeat(50_000)}!` }],
    components: [],
  }
  const instance = { event, times: () => null }
  assert.equal(rules[0]?.holds(instance, { now: 0, calendar: '', me: [] }), false)
})

test('every preset can be used', () => {
  assert.deepEqual(
    PRESETS.map(({ id }) => id),
    ['busy-only', 'no-private', 'next-90-days', 'without-alarms', 'only-category'],
  )
  for (const { rules } of PRESETS) compileRules(rules)
})
