import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  actionAs,
  conditionAs,
  draftOf,
  isSameRules,
  moved,
  placeProblem,
  problemOf,
  replaced,
  rulesOf,
  without,
} from './rule-edit.ts'
import type { Rule } from './types.ts'

const full: Rule = {
  name: 'Work hours',
  match: 'any',
  when: [
    { if: 'hours', from: '9:00', to: '24:00', not: true },
    { if: 'window', from: 'P1DT2H' },
  ],
  actions: [{ do: 'busy', text: 'Away' }],
}

test('a list of rules comes out of the editor as it went in', () => {
  assert.deepEqual(rulesOf(draftOf([full, { when: [], actions: [{ do: 'drop' }] }])), [
    full,
    { when: [], actions: [{ do: 'drop' }] },
  ])
})

test('what says the same is no change', () => {
  const spelled: Rule = { name: ' ', match: 'all', when: [{ not: false, if: 'all-day' }], actions: [{ do: 'drop' }] }
  assert.ok(isSameRules([spelled], [{ when: [{ if: 'all-day' }], actions: [{ do: 'drop' }] }]))
  assert.ok(!isSameRules([spelled], [{ when: [{ if: 'all-day', not: true }], actions: [{ do: 'drop' }] }]))
  assert.ok(!isSameRules([full], [full, full]))
})

test('another kind of condition stays turned round', () => {
  assert.deepEqual(conditionAs('all-day', { if: 'category', value: 'x', not: true }), { if: 'all-day', not: true })
  assert.deepEqual(conditionAs('all-day', { if: 'category', value: 'x' }), { if: 'all-day' })
  assert.deepEqual(actionAs('keep'), { do: 'keep' })
})

test('rules move up and down, keep their keys, and stay in the list', () => {
  const draft = draftOf(['a', 'b', 'c'].map((name) => ({ name, when: [], actions: [] })))
  const [a, b, c] = draft.map(({ key }) => key)
  assert.ok(a !== undefined && b !== undefined && c !== undefined)
  const keys = (list: typeof draft) => list.map(({ key }) => key)
  assert.deepEqual(keys(moved(draft, b, -1)), [b, a, c])
  assert.deepEqual(keys(moved(draft, b, 1)), [a, c, b])
  assert.deepEqual(keys(moved(draft, a, -1)), [a, b, c])
  assert.deepEqual(keys(moved(draft, c, 1)), [a, b, c])
  assert.deepEqual(keys(without(draft, b)), [a, c])
  const renamed = replaced(draft, b, { name: 'B', match: 'all', when: [], actions: [] })
  assert.deepEqual(
    rulesOf(renamed).map(({ name }) => name),
    ['a', 'B', 'c'],
  )
})

test('a refusal is found its place', () => {
  assert.deepEqual(problemOf('rules[2].when[1].value is empty; write the name to look for.'), {
    rule: 2,
    list: 'when',
    entry: 1,
    field: 'value',
    says: 'is empty; write the name to look for.',
  })
  assert.deepEqual(problemOf('rules[0].actions is empty; say what is to be done.'), {
    rule: 0,
    list: 'actions',
    entry: null,
    field: null,
    says: 'is empty; say what is to be done.',
  })
  assert.deepEqual(problemOf('rules[0].when[0] ends before it begins; exchange from and to.'), {
    rule: 0,
    list: 'when',
    entry: 0,
    field: null,
    says: 'ends before it begins; exchange from and to.',
  })
  assert.equal(problemOf('rules has more than 50 entries; join some of them.')?.rule, null)
  assert.equal(problemOf('Link not found'), null)
})

test('a refusal is shown at the part it names, by whatever keys the draft has', () => {
  const draft = draftOf([{ when: [], actions: [{ do: 'drop' }] }, full])
  const second = draft[1]
  assert.ok(second)
  assert.deepEqual(placeProblem('rules[1].when[1].from is no duration.', draft), {
    ruleKey: second.key,
    partKey: second.part.when[1]?.key,
    field: 'from',
    list: 'when',
    says: 'is no duration.',
  })
  const whole = placeProblem('rules[1].when has more than 20 conditions.', draft)
  assert.deepEqual([whole?.ruleKey, whole?.partKey], [second.key, null])
  assert.equal(placeProblem('rules has more than 50 entries.', draft)?.ruleKey, null)
  assert.equal(placeProblem('Link not found', draft), null)
})
