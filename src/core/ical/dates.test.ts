import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isDateOrPeriod, readDate, readDuration, wallSeconds, writeShifted } from './dates.ts'

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
console.log(`dates.test.ts: fast-check seed ${seed}`)

test('only dates that exist are read', () => {
  for (const value of [
    '20260301',
    ' 20260301T235959 ',
    '20260301t100000z',
    '20280229',
    '20000229',
    '99991231T000000Z',
    '20161231T235960Z',
  ]) {
    assert.notEqual(readDate(value), null, value)
  }
  for (const value of [
    '',
    '2026-03-01',
    '20260229',
    '21000229',
    '20260431',
    '20261301',
    '20260301T',
    '20260301T1000',
    '20260301T240000',
    '20260301T106000',
    '20260301Z',
  ]) {
    assert.equal(readDate(value), null, value)
  }
  assert.deepEqual(readDate('20260301T010203Z'), { year: 2026, month: 3, day: 1, seconds: 3723, utc: true })
  assert.equal(readDate('20161231T235960Z')?.seconds, 86_399)
})

test('durations are nominal seconds', () => {
  const read = ['P1W', 'P1DT2H3M4S', '-PT15M', '+pt1h', ' PT0S ', 'P1W2D'].map(readDuration)
  assert.deepEqual(read, [604_800, 93_784, -900, 3600, 0, 777_600])
  for (const value of ['', 'P', 'PT', '1H', 'PT1', 'P1H', 'PT1H1H', 'P-1D', 'PT1.5H'])
    assert.equal(readDuration(value), null, value)
})

test('lists hold dates and periods', () => {
  for (const value of ['20260301', '20260301T100000Z/PT1H', '20260301T100000/20260301T110000'])
    assert.ok(isDateOrPeriod(value), value)
  for (const value of ['', '/', '20260301/', 'x/PT1H', '20260301T100000Z/x']) assert.ok(!isDateOrPeriod(value), value)
})

test('a shifted value lies as many seconds later on its own wall clock', () => {
  const part = (length: number, min: number, max: number) =>
    fc.integer({ min, max }).map((number) => String(number).padStart(length, '0'))
  const value = fc
    .tuple(
      part(4, 1, 9997),
      part(2, 1, 12),
      part(2, 1, 28),
      part(2, 0, 23),
      part(2, 0, 59),
      part(2, 0, 59),
      fc.constantFrom('', 'Z'),
    )
    .map(([year, month, day, hour, minute, second, zulu]) => `${year}${month}${day}T${hour}${minute}${second}${zulu}`)
  fc.assert(
    fc.property(value, fc.integer({ min: 0, max: 400 * 86_400 }), (text, seconds) => {
      const date = readDate(text) ?? assert.fail(text)
      assert.equal(writeShifted(date, 0), text)
      const moved = readDate(writeShifted(date, seconds)) ?? assert.fail()
      assert.equal(wallSeconds(moved) - wallSeconds(date), seconds)
      assert.equal(moved.utc, date.utc)
    }),
    { seed, numRuns: 300 },
  )
})
