import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRule } from './read-rule.ts'

const codes = (text: string) => readRule(text).findings.map(({ code, part }) => `${code} ${part}`)

test('a rule that keeps to RFC 5545 has no findings', () => {
  const { rule, findings } = readRule('FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU;WKST=SU')
  assert.deepEqual(findings, [])
  assert.equal(rule?.interval, 2)
  assert.equal(rule?.weekStart, 6)
  assert.deepEqual(rule?.byDay, [
    { weekday: 6, ordinal: 1 },
    { weekday: 6, ordinal: -1 },
  ])
})

test('rules of other calendar systems are refused by name', () => {
  for (const text of ['RSCALE=CHINESE;FREQ=YEARLY', 'FREQ=MONTHLY;BYMONTH=13;RSCALE=ETHIOPIC']) {
    assert.equal(readRule(text).rule, null)
    assert.match(codes(text).join(), /other-calendar RSCALE=/)
  }
  assert.deepEqual(codes('RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD'), [])
})

test('E6: COUNT and INTERVAL that are no positive numbers, or enormous ones, are named and never become NaN', () => {
  for (const value of ['0', '-1', 'x', '', '1.5', '9007199254740993', `1${'0'.repeat(400)}`]) {
    for (const key of ['COUNT', 'INTERVAL']) {
      const { rule, findings } = readRule(`FREQ=DAILY;${key}=${value}`)
      assert.equal(findings.length, 1, `${key}=${value}`)
      assert.ok(rule !== null && Number.isSafeInteger(rule.interval) && rule.interval >= 1)
      assert.ok(rule.count === null || (Number.isSafeInteger(rule.count) && rule.count >= 1))
    }
  }
})

test('a leap second is read as the second before it', () => {
  assert.deepEqual(readRule('FREQ=DAILY;BYSECOND=59,60').rule?.bySecond, [59])
  assert.deepEqual(codes('FREQ=DAILY;BYSECOND=60'), [])
})

test('E5: names of object prototypes are unknown parts like any other', () => {
  assert.deepEqual(codes('FREQ=DAILY;__PROTO__=1;CONSTRUCTOR=2'), [
    'unknown-part __PROTO__=1',
    'unknown-part CONSTRUCTOR=2',
  ])
})

test('what can be said about a rule is short however long the rule is', () => {
  for (const { part, message } of readRule(`FREQ=DAILY;X=${'y'.repeat(100_000)}`).findings) {
    assert.ok(part.length <= 80 && message.length < 200)
  }
})
