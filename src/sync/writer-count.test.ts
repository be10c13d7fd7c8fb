import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newProfile } from '../core/server-profile.ts'
import { createWriterCount } from './writer-count.ts'

/** Lets a server take as long for a write as `msPerWrite` says for each number of writers; 1,000 writes. */
function settle(msPerWrite: (writers: number) => number, first = 2) {
  let now = 0
  const profile = { ...newProfile(), writers: first }
  const count = createWriterCount(profile, { now: () => now })
  const seen = new Set<number>()
  for (let done = 0; done < 1000; done += 1) {
    seen.add(count.now)
    now += msPerWrite(count.now)
    count.ended()
  }
  return { now: count.now, learnt: profile.writers, seen: [...seen].sort((a, b) => a - b) }
}

test('W14: a server that does more at once gets up to four writers', () => {
  assert.deepEqual(
    settle((writers) => 40 / writers),
    { now: 4, learnt: 4, seen: [2, 3, 4] },
  )
})

test('W14: a server that gets slower with more is left with one', () => {
  assert.deepEqual(
    settle((writers) => 20 * writers),
    { now: 1, learnt: 1, seen: [1, 2, 3] },
  )
  assert.deepEqual(
    settle(() => 25),
    { now: 1, learnt: 1, seen: [1, 2, 3] },
  )
})

test('W14: where two are best, two they stay, and the next run begins with them', () => {
  const cost = (writers: number) => (writers === 1 ? 40 : 20)
  assert.deepEqual(settle(cost), { now: 2, learnt: 2, seen: [1, 2, 3] })
  assert.equal(settle((writers) => [0, 40, 20, 15, 14][writers] ?? 0).learnt, 3)
})

test('W14: a clock that stands still says nothing', () => {
  assert.deepEqual(
    settle(() => 0),
    { now: 2, learnt: 2, seen: [2] },
  )
})
