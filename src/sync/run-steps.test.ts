import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOON, stillClock } from '../../test/clock-and-log.ts'
import { createRunSteps } from './run-steps.ts'

test('each phase is put down once, with how long it took and how far it came', () => {
  const clock = stillClock()
  const steps = createRunSteps(clock)
  steps.note('discover', 0, 1)
  clock.advance(40)
  for (const done of [0, 50, 100]) {
    steps.note('fetch', done, 100)
    clock.advance(10)
  }
  steps.note('publish', 0, 1)
  clock.advance(5)
  assert.deepEqual(steps.list(), [
    { phase: 'discover', at: NOON, ms: 40, done: 0, total: 1 },
    { phase: 'fetch', at: NOON + 40, ms: 30, done: 100, total: 100 },
    { phase: 'publish', at: NOON + 70, ms: 5, done: 0, total: 1 },
  ])
})

test('of very many steps the first are kept', () => {
  const steps = createRunSteps(stillClock())
  for (let turn = 0; turn < 500; turn++) steps.note(turn % 2 === 0 ? 'list' : 'fetch', 0, 1)
  assert.equal(steps.list().length, 200)
})
