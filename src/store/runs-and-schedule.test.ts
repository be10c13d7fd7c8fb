import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOON } from '../../test/clock-and-log.ts'
import { SyncError } from '../core/errors.ts'
import type { RunReport } from '../core/runs.ts'
import { openTestStore } from './test-store.ts'

const REPORT: RunReport = {
  status: 'partial',
  message: 'Synchronized 3 events from 1 calendars',
  counts: { events: 3, calendars: 1 },
  problems: [{ code: 'zone-unknown', subject: 'Lunch', message: 'The zone is unknown.' }],
  failure: null,
}

test('a run is recorded from its start to its report', (t) => {
  const { store } = openTestStore(t)
  const id = store.runs.start('source', 2, 'manual', NOON)
  const started = { id, kind: 'source', item_id: 2, trigger: 'manual', started_at: NOON } as const
  assert.deepEqual(store.runs.get(id), {
    ...started,
    finished_at: null,
    status: 'running',
    message: null,
    counts: {},
    problems: [],
    failure: null,
    operations: [],
    steps: [],
    undo_of: null,
  })
  const steps = [{ phase: 'fetch', at: NOON, ms: 3, done: 2, total: 2 }] as const
  store.runs.finish(id, REPORT, NOON + 5, steps)
  assert.deepEqual(store.runs.get(id), {
    ...started,
    finished_at: NOON + 5,
    ...REPORT,
    operations: [],
    steps,
    undo_of: null,
  })
  const failure = { kind: 'login', message: 'The server refused the login.' } as const
  store.runs.finish(id, { ...REPORT, status: 'error', failure }, NOON + 6)
  assert.deepEqual(store.runs.get(id)?.failure, failure)
  assert.equal(store.runs.get(id + 1), undefined)
})

test('runs are listed newest first, of one item, of one kind, or of all', (t) => {
  const { store } = openTestStore(t)
  const start = (kind: 'source' | 'destination', item: number) => store.runs.start(kind, item, 'timer', NOON)
  start('source', 1)
  start('destination', 1)
  start('source', 2)
  start('source', 1)
  const ids = (filter: Parameters<typeof store.runs.list>[0]) => store.runs.list(filter).map((run) => run.id)
  assert.deepEqual(ids({ limit: 10 }), [4, 3, 2, 1])
  assert.deepEqual(ids({ limit: 2 }), [4, 3])
  assert.deepEqual(ids({ kind: 'source', limit: 10 }), [4, 3, 1])
  assert.deepEqual(ids({ kind: 'source', itemId: 1, limit: 10 }), [4, 1])
  assert.deepEqual(ids({ kind: 'destination', itemId: 1, limit: 10 }), [2])
  assert.deepEqual(ids({ itemId: 1, limit: 10 }), [4, 2, 1])
})

test('runs that a dead process left behind become interrupted', (t) => {
  const { store } = openTestStore(t)
  const done = store.runs.start('source', 1, 'timer', NOON)
  store.runs.finish(done, REPORT, NOON)
  const cut = store.runs.start('destination', 1, 'timer', NOON)
  assert.equal(store.runs.markInterrupted(NOON + 9), 1)
  assert.deepEqual([store.runs.get(cut)?.status, store.runs.get(cut)?.finished_at], ['interrupted', NOON + 9])
  assert.equal(store.runs.get(done)?.status, 'partial')
  assert.equal(store.runs.markInterrupted(NOON + 9), 0)
})

test('I17: pruning keeps the newest runs of each item, and never one under way', (t) => {
  const { store } = openTestStore(t)
  const running = store.runs.start('source', 1, 'timer', NOON)
  for (let count = 0; count < 5; count += 1) {
    for (const [kind, item] of [
      ['source', 1],
      ['source', 2],
      ['destination', 1],
    ] as const) {
      store.runs.finish(store.runs.start(kind, item, 'timer', NOON), REPORT, NOON)
    }
  }
  const prune = () =>
    store.runs.prune('source', 1, 2) + store.runs.prune('source', 2, 2) + store.runs.prune('destination', 1, 2)
  assert.equal(prune(), 9)
  assert.deepEqual(
    store.runs.list({ limit: 99 }).map((run) => run.id),
    [16, 15, 14, 13, 12, 11, running],
  )
  assert.equal(prune(), 0)
})

test('a run of an item that is gone says so, and its runs go with the item', (t) => {
  const { store } = openTestStore(t)
  const id = store.runs.start('source', 1, 'timer', NOON)
  store.sources.remove(1)
  assert.equal(store.runs.get(id), undefined)
  store.runs.finish(id, REPORT, NOON)
  const isAborted = (thrown: unknown) => thrown instanceof SyncError && thrown.kind === 'aborted'
  assert.throws(() => store.runs.start('source', 1, 'timer', NOON), isAborted)
  assert.throws(() => store.feeds.publish(1, Buffer.from('x'), { gzip: null, br: null, zstd: null }, NOON), isAborted)
})

test('due items come the longest due first, up to the limit', (t) => {
  const { store } = openTestStore(t)
  store.schedule.setNext('source', 1, NOON - 5)
  store.schedule.setNext('source', 2, NOON + 1)
  store.schedule.setNext('destination', 1, NOON - 7)
  const due = (now: number, limit = 9) => store.schedule.due(now, limit).map(({ kind, id }) => `${kind} ${id}`)
  assert.deepEqual(due(NOON), ['destination 1', 'source 1'])
  assert.deepEqual(due(NOON + 1), ['destination 1', 'source 1', 'source 2'])
  assert.deepEqual(due(NOON + 1, 1), ['destination 1'])
  assert.equal(store.schedule.nextDue(), NOON - 7)
  for (const id of [1, 2]) store.schedule.setNext('source', id, null)
  store.schedule.setNext('destination', 1, null)
  assert.equal(store.schedule.nextDue(), null)
  assert.deepEqual(due(Number.MAX_SAFE_INTEGER), [])
  store.schedule.setNext('source', 1, 2 ** 70)
  assert.equal(store.schedule.nextDue(), Number.MAX_SAFE_INTEGER)
})

test('a success clears the error and counts from anew', (t) => {
  const { store } = openTestStore(t)
  for (const kind of ['source', 'destination'] as const) {
    store.schedule.recordFailure(kind, 1, 'broken', NOON)
    store.schedule.recordFailure(kind, 1, 'broken again', NOON + 1000)
    const items = kind === 'source' ? store.sources : store.destinations
    const failed = items.get(1)
    assert.deepEqual(
      [
        failed?.last_sync_status,
        failed?.last_sync_error,
        failed?.failures,
        failed?.last_attempt_at,
        failed?.last_success_at,
      ],
      ['error', 'broken again', 2, NOON + 1000, null],
    )
    store.schedule.recordSuccess(kind, 1, NOON + 2000)
    const succeeded = items.get(1)
    assert.deepEqual(
      [succeeded?.last_sync_status, succeeded?.last_sync_error, succeeded?.failures, succeeded?.last_synced],
      ['ok', null, 0, '2026-03-01 12:00:02'],
    )
    assert.deepEqual([succeeded?.last_attempt_at, succeeded?.last_success_at], [NOON + 2000, NOON + 2000])
  }
})

test('a failure moves last_synced of a destination, and of a source only where it published', (t) => {
  const { store } = openTestStore(t)
  store.schedule.recordFailure('destination', 1, 'x', NOON)
  assert.equal(store.destinations.get(1)?.last_synced, '2026-03-01 12:00:00')
  store.schedule.recordFailure('source', 1, 'x', NOON)
  assert.equal(store.sources.get(1)?.last_synced, null)
  store.schedule.recordFailure('source', 1, 'x', NOON, { published: true })
  assert.equal(store.sources.get(1)?.last_synced, '2026-03-01 12:00:00')
  store.schedule.recordFailure('source', 1, 'x', NOON + 60_000)
  assert.equal(store.sources.get(1)?.last_synced, '2026-03-01 12:00:00')
})
