import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arrange, everything } from './arrange.ts'
import type { Item } from './types.ts'

const item = (id: number, changes: Partial<Item> = {}): Item => ({
  id,
  name: `Item ${id}`,
  sync_interval_secs: 60,
  paused: false,
  created_at: '2026-03-01 00:00:00',
  last_synced: null,
  last_sync_status: 'ok',
  last_sync_error: null,
  last_attempt_at: null,
  next_run_at: null,
  failures: 0,
  ...changes,
})

const ids = (items: readonly Item[], arrangement: Partial<typeof everything>) =>
  arrange(items, { ...everything, ...arrangement }, ({ name }) => name).map(({ id }) => id)

test('a search finds what holds every word typed, in any case and order', () => {
  const items = [item(1, { name: 'Work calendar' }), item(2, { name: 'Family' }), item(3, { name: 'Calendar of work' })]
  assert.deepEqual(ids(items, { search: '  WORK cal' }), [1, 3])
  assert.deepEqual(ids(items, { search: '' }), [1, 2, 3])
})

test('a filter leaves the items of one state, and waiting comes before failed', () => {
  const items = [
    item(1, { last_sync_status: 'error' }),
    item(2, { last_sync_status: 'error', held: 3 }),
    item(3, { paused: true }),
  ]
  assert.deepEqual(ids(items, { filter: 'error' }), [1])
  assert.deepEqual(ids(items, { filter: 'held' }), [2])
  assert.deepEqual(ids(items, { filter: 'paused' }), [3])
  assert.deepEqual(ids(items, { order: 'state' }), [2, 1, 3])
})

test('items are ordered by name, by the last run, or by the next; what is not scheduled comes last', () => {
  const items = [
    item(1, { name: 'b', last_attempt_at: '2026-03-01T10:00:00.000Z', next_run_at: '2026-03-01T12:00:00.000Z' }),
    item(2, { name: 'a', last_synced: '2026-03-01 11:00:00' }),
    item(3, { name: 'c', next_run_at: '2026-03-01T11:30:00.000Z' }),
  ]
  assert.deepEqual(ids(items, { order: 'name' }), [2, 1, 3])
  assert.deepEqual(ids(items, { order: 'last' }), [2, 1, 3])
  assert.deepEqual(ids(items, { order: 'next' }), [3, 1, 2])
})
