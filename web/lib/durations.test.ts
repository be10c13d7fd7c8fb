import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinSeconds, readDuration, splitSeconds, writeDuration } from './durations.ts'

test('a duration of one unit is a number and a unit, and comes back letter by letter', () => {
  const all = ['P90D', 'PT30M', 'PT2H', 'P1W', '-P7D', '-PT15M', 'P0D', '-PT0H', 'P007D']
  for (const text of all) {
    const parts = readDuration(text)
    assert.ok(parts !== null, text)
    assert.equal(writeDuration(parts), text)
  }
  assert.deepEqual(readDuration('-P7D'), { amount: '7', unit: 'days', negative: true })
  assert.deepEqual(readDuration('PT30M'), { amount: '30', unit: 'minutes', negative: false })
})

test('what number and unit cannot show is left as it stands', () => {
  for (const text of [
    'P1DT2H',
    'PT30S',
    'PT1H30M',
    '+P1D',
    'p1d',
    'P1M',
    'PT1D',
    'PT1W',
    '9 days',
    '',
    ' P1D',
    'P1.5D',
  ]) {
    assert.equal(readDuration(text), null, text)
  }
})

test('now is no days from now', () => {
  assert.deepEqual(readDuration('PT0S'), { amount: '0', unit: 'days', negative: false })
})

test('the unit stays while the number is being typed anew', () => {
  const parts = { amount: '', unit: 'weeks', negative: true } as const
  assert.deepEqual(readDuration(writeDuration(parts)), parts)
})

test('seconds are shown in the largest unit that leaves no rest', () => {
  assert.deepEqual(splitSeconds(7200), { amount: '2', unit: 'hours' })
  assert.deepEqual(splitSeconds(5400), { amount: '90', unit: 'minutes' })
  assert.deepEqual(splitSeconds(61), { amount: '61', unit: 'seconds' })
  for (const total of [60, 61, 3600, 5400, 86_400, 90_000]) {
    const { amount, unit } = splitSeconds(total)
    assert.equal(joinSeconds(amount, unit), total)
  }
})
