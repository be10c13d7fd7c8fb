import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { objectOf } from '../../../test/recurrence-samples.ts'
import { isFuture, lastEnd } from '../ical/window.ts'
import { lastRuleTime, ruleTimes } from './expand.ts'
import { occurrences } from './occurrences.ts'
import { readRule } from './read-rule.ts'
import { FREQUENCIES } from './rule.ts'

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
console.log(`properties.test.ts: fast-check seed ${seed}`)

const listOf = (name: string, from: number, to: number, signed: boolean) =>
  fc
    .uniqueArray(fc.integer({ min: signed ? -to : from, max: to }), { minLength: 1, maxLength: 4 })
    .map((values) => `;${name}=${values.filter((value) => value !== 0 || from === 0).join(',') || from}`)

const part = (piece: fc.Arbitrary<string>) => fc.option(piece, { nil: '', freq: 3 }).map((text) => text)
const day = fc
  .tuple(fc.constantFrom('', '', '1', '-1', '2', '5', '-53'), fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'))
  .map((pair) => pair.join(''))

/** Rules with any of the BY parts together, most of them sensible, some that never match. */
const rules = fc
  .tuple(
    fc.constantFrom(...FREQUENCIES).map((frequency) => `FREQ=${frequency}`),
    part(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2 ** 31 })).map((n) => `;INTERVAL=${n}`)),
    part(listOf('BYMONTH', 1, 12, false)),
    part(listOf('BYWEEKNO', 1, 53, true)),
    part(listOf('BYYEARDAY', 1, 366, true)),
    part(listOf('BYMONTHDAY', 1, 31, true)),
    part(fc.uniqueArray(day, { minLength: 1, maxLength: 3 }).map((days) => `;BYDAY=${days.join(',')}`)),
    part(listOf('BYHOUR', 0, 23, false)),
    part(listOf('BYMINUTE', 0, 59, false)),
    part(listOf('BYSECOND', 0, 60, false)),
    part(listOf('BYSETPOS', 1, 366, true)),
    part(fc.constantFrom(';WKST=SU', ';WKST=TH')),
  )
  .map((parts) => parts.join(''))

const start = fc.integer({ min: -2_000_000_000, max: 4_000_000_000 })

function read(text: string) {
  const { rule } = readRule(text)
  assert.ok(rule, text)
  return rule
}

/** At most `most` occurrences. */
function take(times: Iterator<number, unknown>, most: number): { values: number[]; ended: boolean } {
  const values: number[] = []
  for (;;) {
    if (values.length === most) return { values, ended: false }
    const step = times.next()
    if (step.done === true) return { values, ended: true }
    values.push(step.value)
  }
}

test('E7: any rule gives strictly rising occurrences, never before DTSTART', () => {
  fc.assert(
    fc.property(rules, start, (text, from) => {
      const { values } = take(ruleTimes(read(text), from, from, Number.POSITIVE_INFINITY), 40)
      let last = from - 1
      for (const value of values) {
        assert.ok(Number.isSafeInteger(value) && value > last)
        last = value
      }
    }),
    { seed, numRuns: 600 },
  )
})

test('COUNT and UNTIL cut the same series short', () => {
  fc.assert(
    fc.property(rules, start, fc.integer({ min: 1, max: 30 }), (text, from, count) => {
      const all = take(ruleTimes(read(text), from, from, Number.POSITIVE_INFINITY), 40).values
      const counted = take(ruleTimes(read(`${text};COUNT=${count}`), from, from, Number.POSITIVE_INFINITY), 40)
      assert.deepEqual(counted.values, all.slice(0, count))
      const until = all[count - 1]
      if (until === undefined) return
      assert.deepEqual(take(ruleTimes(read(text), from, from, until), 40).values, all.slice(0, count))
    }),
    { seed, numRuns: 400 },
  )
})

test('a series entered in the middle goes on as from its start', () => {
  fc.assert(
    fc.property(rules, start, fc.nat(29), (text, from, index) => {
      const rule = read(text)
      const all = take(ruleTimes(rule, from, from, Number.POSITIVE_INFINITY), 30).values
      const middle = all[index]
      if (middle === undefined) return
      const rest = take(ruleTimes(rule, from, middle, Number.POSITIVE_INFINITY), all.length - index).values
      assert.deepEqual(rest, all.slice(index))
      const after = take(ruleTimes(rule, from, middle + 1, Number.POSITIVE_INFINITY), 1).values[0]
      if (all[index + 1] !== undefined) assert.equal(after, all[index + 1])
    }),
    { seed, numRuns: 400 },
  )
})

test('the last occurrence found from the end is the last one of the series', () => {
  fc.assert(
    fc.property(rules, start, fc.integer({ min: 1, max: 25 }), fc.nat(3), (text, from, count, excluded) => {
      const rule = read(text)
      const all = take(ruleTimes(rule, from, from, Number.POSITIVE_INFINITY), count).values
      const left = all.slice(0, Math.max(0, all.length - excluded))
      const out = new Set(all.slice(left.length))
      const keep = (wall: number) => !out.has(wall)
      const expected = { wall: left.at(-1) ?? null }
      const until = all.at(-1)
      if (until !== undefined) assert.deepEqual(lastRuleTime(rule, from, until, keep), expected)
      const counted = lastRuleTime({ ...rule, count }, from, Number.POSITIVE_INFINITY, keep)
      if (all.length === count) assert.deepEqual(counted, expected)
    }),
    { seed, numRuns: 400 },
  )
})

const zones = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
)

test('E8: an object is future exactly while one of its instances ends later', () => {
  fc.assert(
    fc.property(rules, zones, fc.integer({ min: 1, max: 20 }), fc.boolean(), (text, zone, count, allDay) => {
      const begin = allDay ? 'DTSTART;VALUE=DATE:20111225' : `DTSTART;TZID=${zone}:20111225T013000`
      const object = objectOf([[begin, 'DURATION:P1D', `RRULE:${text};COUNT=${count}`]])
      const generator = occurrences(object, zone)
      let latest = Number.NEGATIVE_INFINITY
      let step = generator.next()
      for (; step.done !== true; step = generator.next()) latest = Math.max(latest, step.value.endsAt)
      if (step.value === 'gave-up') {
        assert.ok(isFuture(object, latest, { defaultZone: zone }))
        return
      }
      assert.deepEqual(lastEnd(object, { defaultZone: zone }), { endsAt: latest, why: 'ends' })
      assert.equal(isFuture(object, latest - 1, { defaultZone: zone }), true)
      assert.equal(isFuture(object, latest, { defaultZone: zone }), false)
    }),
    { seed, numRuns: 300 },
  )
})

test('E7: instances in a zone come in strictly rising order', () => {
  fc.assert(
    fc.property(rules, zones, (text, zone) => {
      const object = objectOf([[`DTSTART;TZID=${zone}:20260325T003000`, `RRULE:${text}`]])
      let last = Number.NEGATIVE_INFINITY
      let left = 60
      for (const { epoch } of occurrences(object, 'UTC')) {
        assert.ok(epoch > last)
        last = epoch
        left -= 1
        if (left === 0) break
      }
    }),
    { seed, numRuns: 300 },
  )
})
