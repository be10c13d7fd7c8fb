import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOON } from '../../test/clock-and-log.ts'
import { openTestStore } from './test-store.ts'

const QUARTER = 15 * 60_000

test('runs are counted by the quarter of an hour and by how they ended, also after the runs themselves are gone', (t) => {
  const { store } = openTestStore(t)
  store.activity.note('ok', 3, NOON)
  store.activity.note('ok', 4, NOON + QUARTER - 1)
  store.activity.note('error', 0, NOON + 1)
  store.activity.note('ok', 1, NOON + QUARTER)
  assert.deepEqual(store.activity.since(NOON), [
    { at: NOON, status: 'error', runs: 1, changes: 0 },
    { at: NOON, status: 'ok', runs: 2, changes: 7 },
    { at: NOON + QUARTER, status: 'ok', runs: 1, changes: 1 },
  ])
  assert.equal(store.activity.since(NOON + QUARTER).length, 1)
  store.activity.note('ok', 0, NOON + 63 * 24 * 60 * 60_000)
  assert.equal(store.activity.since(0).length, 1)
})

test('the strip of an item has its newest runs, oldest first, however many others have run', (t) => {
  const { store } = openTestStore(t)
  const ids = Array.from({ length: 5 }, () => store.runs.start('source', 1, 'timer', NOON))
  const other = store.runs.start('destination', 1, 'manual', NOON)
  const counts = { uploaded: 2, deleted: 1 }
  store.runs.finish(other, { status: 'ok', message: 'Done', counts, problems: [], failure: null }, NOON + 5)
  const recent = store.activity.recent(3, 99)
  assert.deepEqual(
    recent.map(({ id }) => id),
    [...ids.slice(2), other],
  )
  const idsWithin = (most: number) => store.activity.recent(3, most).map(({ id }) => id)
  assert.deepEqual(idsWithin(6), [...ids.slice(3), other], 'three items, so two of each')
  assert.deepEqual(idsWithin(1), [ids[4], other], 'one of each at least')
  assert.deepEqual(recent.at(-1), {
    id: other,
    kind: 'destination',
    item_id: 1,
    started_at: NOON,
    finished_at: NOON + 5,
    status: 'ok',
    message: 'Done',
    failure_kind: null,
    changes: 3,
  })
})
