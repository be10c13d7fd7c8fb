/** What the dashboard begins a rule with is held against what the service takes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileRules } from '../src/core/rules/compile.ts'
import { actionKinds, conditionKinds, newAction, newCondition, newRule, rulesOf } from '../web/lib/rule-edit.ts'

test('every kind can be added; only a text that is still to be written keeps it from being used', () => {
  const { part } = newAction('drop')
  for (const kind of conditionKinds) {
    const condition = newCondition(kind).part
    const filled =
      'value' in condition && condition.value === '' ? ({ ...condition, value: 'x' } as typeof condition) : condition
    compileRules([{ when: [filled], actions: [part] }])
  }
  for (const kind of actionKinds) compileRules([{ when: [], actions: [newAction(kind).part] }])
})

test('a new rule leaves out what is still to be named', () => {
  assert.deepEqual(rulesOf([newRule()]), [
    { when: [{ if: 'text', property: 'SUMMARY', is: 'contains', value: '' }], actions: [{ do: 'drop' }] },
  ])
})
