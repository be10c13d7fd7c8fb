import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SyncError } from './errors.ts'
import { nextRunAt, spreadStarts } from './schedule.ts'

const failure = (kind: ConstructorParameters<typeof SyncError>[0], retryAt?: number) =>
  new SyncError(kind, 'x', retryAt === undefined ? {} : { retryAt })
const next = (input: Partial<Parameters<typeof nextRunAt>[0]>) =>
  nextRunAt({ intervalSecs: 3600, failure: null, failures: 0, now: 1_000_000, random: 0.5, ...input })

test('counts the interval from the end of the run', () => {
  assert.equal(next({}), 1_000_000 + 3_600_000)
})

test('an interval of 0 is manual only', () => {
  assert.equal(next({ intervalSecs: 0 }), null)
  assert.equal(next({ intervalSecs: 0, failure: failure('unreachable'), failures: 1 }), null)
})

test('backs off exponentially after transient failures, at most half an hour', () => {
  const delays = [1, 2, 3, 7, 50].map(
    (failures) => (next({ failure: failure('unreachable'), failures }) ?? 0) - 1_000_000,
  )
  assert.deepEqual(delays, [30_000, 60_000, 120_000, 1_800_000, 1_800_000])
})

test('jitter stays within a fifth', () => {
  const at = (random: number) => (next({ failure: failure('busy'), failures: 1, random }) ?? 0) - 1_000_000
  assert.equal(at(0), 24_000)
  assert.ok(at(0.999) < 36_000)
})

test('a retry never comes later than the interval', () => {
  assert.equal(next({ intervalSecs: 10, failure: failure('unreachable'), failures: 5 }), 1_010_000)
})

test('R11: a refused login or a missing calendar is not tried again before the interval', () => {
  for (const kind of ['login', 'not-found', 'refused'] as const) {
    assert.equal(next({ failure: failure(kind), failures: 1 }), 1_000_000 + 3_600_000)
  }
})

test('G2: waits at least as long as the server asked', () => {
  assert.equal(next({ failure: failure('busy', 9_000_000), failures: 1 }), 9_000_000)
})

test('I7: the longest interval a database can hold gives a safe number', () => {
  assert.ok(Number.isSafeInteger(next({ intervalSecs: Number.MAX_SAFE_INTEGER })))
})

test('S3: starts are spread, the first at once, none earlier than the one before', () => {
  const times = spreadStarts(500, 1000, Math.random)
  assert.equal(times[0], 1000)
  assert.ok(times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0)))
  assert.ok((times.at(-1) ?? 0) <= 1000 + 5 * 60_000 + 1000)
})
