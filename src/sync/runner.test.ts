import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { memoryLog, stillClock } from '../../test/clock-and-log.ts'
import { sourceSettings, testStore } from '../../test/fakes/world.ts'
import { SyncError } from '../core/errors.ts'
import type { RunReport } from '../core/runs.ts'
import { createEventBus, type ServiceEvent } from './events.ts'
import { createProfiles } from './profiles.ts'
import { reportOf } from './report.ts'
import type { RunControl } from './run-control.ts'
import { createRunner } from './runner.ts'
import { createScheduler } from './scheduler.ts'

const ok = () => reportOf({ status: 'ok', message: 'done', counts: {}, problems: [] })

/** A runner whose runs end when told: `runs[n].finish(report)` or `.fail(error)`. */
function setUp(t: TestContext, interval = 3600) {
  const clock = stillClock()
  const store = testStore(t, clock)
  const source = store.sources.create({ ...sourceSettings, sync_interval_secs: interval })
  const events: ServiceEvent[] = []
  const bus = createEventBus(clock)
  bus.subscribe(
    null,
    ({ event }) => events.push(event),
    () => undefined,
  )
  const runs: { control: RunControl; finish: (report?: RunReport) => void; fail: (error: unknown) => void }[] = []
  const runner = createRunner({
    deps: { store, clock, log: memoryLog(), profiles: createProfiles(store, clock) },
    execute: (_kind, _id, control) => {
      const { promise, resolve, reject } = Promise.withResolvers<RunReport>()
      control.soft.addEventListener('abort', () => reject(control.soft.reason))
      runs.push({ control, finish: (report = ok()) => resolve(report), fail: reject })
      return promise
    },
    limits: { atOnce: 8, atOncePerHost: 2 },
    events: bus,
    random: () => 0.5,
    journalDays: 30,
    onScheduleChanged: () => undefined,
  })
  const item = () => {
    const found = store.sources.get(source.id)
    assert.ok(found)
    return found
  }
  return { clock, store, source, runner, runs, item, events }
}

const settle = () => new Promise(setImmediate)

test('H12: a timer, a click and ten parallel requests are one run', async (t) => {
  const { runner, runs, source } = setUp(t)
  const asked = Array.from({ length: 12 }, () => runner.run('source', source.id, 'manual'))
  runs[0]?.finish()
  const reports = await Promise.all(asked)
  assert.equal(runs.length, 1)
  assert.ok(reports.every((report) => report.message === 'done'))
})

test('records a success and the next due time, counted from the end', async (t) => {
  const { clock, runner, runs, source, item, store } = setUp(t)
  const run = runner.run('source', source.id, 'timer')
  clock.advance(5_000)
  runs[0]?.finish()
  await run
  assert.equal(item().last_sync_status, 'ok')
  assert.equal(item().next_run_at, clock.now() + 3_600_000)
  const [recorded] = store.runs.list({ limit: 1 })
  assert.equal(recorded?.status, 'ok')
  assert.equal((recorded?.finished_at ?? 0) - (recorded?.started_at ?? 0), 5_000)
})

test('S1: records the first failure at once, with its cause in words', async (t) => {
  const { clock, runner, runs, source, item } = setUp(t)
  const run = runner.run('source', source.id, 'timer')
  runs[0]?.fail(new SyncError('unreachable', 'The server did not answer.'))
  const report = await run
  assert.equal(report.status, 'error')
  assert.deepEqual([item().last_sync_status, item().last_sync_error], ['error', 'The server did not answer.'])
  assert.equal(item().next_run_at, clock.now() + 30_000)
})

test('G2: a Retry-After is honoured', async (t) => {
  const { clock, runner, runs, source, item } = setUp(t)
  const run = runner.run('source', source.id, 'timer')
  runs[0]?.fail(new SyncError('busy', 'Too many requests.', { retryAt: clock.now() + 600_000 }))
  await run
  assert.equal(item().next_run_at, clock.now() + 600_000)
})

test('I14: a defect in a run fails the run, not the service', async (t) => {
  const { runner, runs, source, item } = setUp(t)
  const run = runner.run('source', source.id, 'timer')
  runs[0]?.fail(new TypeError('x is not a function'))
  assert.equal((await run).failure?.kind, 'internal')
  assert.equal(item().last_sync_status, 'error')
  const again = runner.run('source', source.id, 'manual')
  runs[1]?.finish()
  assert.equal((await again).status, 'ok')
})

test('an interval of 0 runs only on request, and not when created or changed', async (t) => {
  const { runner, runs, source, item } = setUp(t, 0)
  runner.changed('source', source.id)
  await settle()
  assert.equal(runs.length, 0)
  const run = runner.run('source', source.id, 'manual')
  runs[0]?.finish()
  await run
  assert.equal(item().next_run_at, null)
})

test('S2: a change that matters ends the run under way and begins one anew', async (t) => {
  const { runner, runs, source } = setUp(t)
  const first = runner.run('source', source.id, 'timer')
  runner.changed('source', source.id)
  assert.equal((await first).status, 'interrupted')
  await settle()
  assert.equal(runs.length, 2)
  runs[1]?.finish()
})

test('S2: a new interval leaves the run under way alone', async (t) => {
  const { runner, runs, source, store, item, clock } = setUp(t)
  const first = runner.run('source', source.id, 'timer')
  store.sources.update(source.id, { sync_interval_secs: 60 })
  runner.rescheduled('source', source.id)
  runs[0]?.finish()
  assert.equal((await first).status, 'ok')
  assert.equal(item().next_run_at, clock.now() + 60_000)
})

test('deleting an item ends its run and leaves nothing behind', async (t) => {
  const { runner, source, store } = setUp(t)
  const run = runner.run('source', source.id, 'timer')
  store.sources.remove(source.id)
  runner.removed('source', source.id)
  assert.equal((await run).status, 'interrupted')
})

test('stopping takes no new runs, ends those under way and marks them interrupted', async (t) => {
  const { runner, source, store } = setUp(t)
  const run = runner.run('source', source.id, 'timer')
  await runner.stop(1_000)
  assert.equal((await run).status, 'interrupted')
  assert.equal(store.runs.list({ limit: 1 })[0]?.status, 'interrupted')
  await assert.rejects(runner.run('source', source.id, 'manual'), { kind: 'aborted' })
})

test('I3: a run that could not be recorded is tried again in a minute', async (t) => {
  const { runner, runs, source, store, item, clock } = setUp(t)
  const { finish } = store.runs
  store.runs.finish = () => {
    throw new SyncError('internal', 'The disk is full.')
  }
  const run = runner.run('source', source.id, 'timer')
  runs[0]?.finish()
  assert.equal((await run).status, 'error')
  assert.equal(item().next_run_at, clock.now() + 60_000)
  store.runs.finish = finish
})

test('stopping tells those who wait for a run that has not begun', async (t) => {
  const { runner, source, store } = setUp(t)
  const waiting = ['b', 'c', 'd'].map((ics_path) => store.sources.create({ ...sourceSettings, ics_path }).id)
  const all = [source.id, ...waiting].map((id) => runner.run('source', id, 'manual'))
  const settled = Promise.allSettled(all)
  await runner.stop(1_000)
  const results = await settled
  assert.deepEqual(
    results.map((result) => result.status),
    ['fulfilled', 'fulfilled', 'rejected', 'rejected'],
  )
})

test('what was due and did not get its turn before the stop is due at the next start', async (t) => {
  const { runner, source, store, clock } = setUp(t)
  const waiting = ['b', 'c', 'd'].map((ics_path) => store.sources.create({ ...sourceSettings, ics_path }).id)
  const all = [source.id, ...waiting]
  const later = clock.now() + 7_200_000
  for (const id of all) store.schedule.setNext('source', id, later)
  const settled = Promise.allSettled(all.map((id) => runner.run('source', id, 'timer')))
  await runner.stop(1_000)
  await settled
  assert.deepEqual(
    all.map((id) => store.sources.get(id)?.next_run_at),
    all.map(() => clock.now()),
  )
})

/** A scheduler over the same store, with a timer that is fired by hand. */
function withScheduler(t: TestContext, sources: number) {
  const parts = setUp(t)
  for (let n = 1; n < sources; n += 1) parts.store.sources.create({ ...sourceSettings, ics_path: `path-${n}` })
  const begun: number[] = []
  let delay = 0
  const scheduler = createScheduler({
    deps: { store: parts.store, clock: parts.clock, log: memoryLog() },
    runner: {
      run: async (_kind, id) => {
        begun.push(id)
        return ok()
      },
    },
    random: () => 0.5,
    timers: {
      set: (_work, delayMs) => {
        delay = delayMs
        return null
      },
      clear: () => undefined,
    },
  })
  return { ...parts, scheduler, begun, sleep: () => delay }
}

test('S3: what is due at a start is spread, the first at once', async (t) => {
  const { scheduler, begun, clock, sleep } = withScheduler(t, 10)
  scheduler.start()
  assert.equal(begun.length, 1)
  assert.equal(sleep(), 2_000)
  clock.advance(60_000)
  scheduler.tick()
  assert.equal(begun.length, 10)
})

test('I7: an interval of a year is slept through in short naps, without an early run', async (t) => {
  const { scheduler, begun, clock, store, source, sleep } = withScheduler(t, 1)
  const year = 365 * 24 * 3_600_000
  store.schedule.setNext('source', source.id, clock.now() + year)
  scheduler.start()
  assert.equal(sleep(), 30_000)
  clock.advance(year - 1)
  scheduler.tick()
  assert.equal(begun.length, 0)
  clock.advance(1)
  scheduler.tick()
  assert.equal(begun.length, 1)
})

test('I6: after a jump of the clock each item runs once', async (t) => {
  const { scheduler, begun, clock } = withScheduler(t, 1)
  scheduler.start()
  clock.advance(365 * 24 * 3_600_000)
  scheduler.tick()
  scheduler.tick()
  assert.equal(begun.length, 2)
})

test('I6: after the clock went back a day an item still runs within its interval', async (t) => {
  const { scheduler, clock, store, source } = withScheduler(t, 1)
  scheduler.start()
  store.schedule.setNext('source', source.id, clock.now() + 300_000)
  clock.advance(-24 * 3_600_000)
  scheduler.tick()
  assert.equal(store.schedule.nextDue(), clock.now() + 3_600_000)
})

test('I3: a database that fails for a moment ends neither the schedule nor an item', async (t) => {
  const { scheduler, begun, clock, store, sleep } = withScheduler(t, 1)
  scheduler.start()
  const { due, nextDue } = store.schedule
  const broken = () => {
    throw new SyncError('internal', 'The disk is full.')
  }
  Object.assign(store.schedule, { due: broken, nextDue: broken })
  clock.advance(3 * 3_600_000)
  scheduler.tick()
  scheduler.wake()
  assert.equal(sleep(), 30_000)
  Object.assign(store.schedule, { due, nextDue })
  scheduler.tick()
  assert.equal(begun.length, 2)
})

test('tells what it is at, while it is at it and when it has ended', async (t) => {
  const { runner, runs, source, events } = setUp(t)
  const asked = runner.run('source', source.id, 'manual')
  runs[0]?.control.progress('list', 0, 1)
  assert.deepEqual(
    events.map(({ type }) => type),
    ['run-started', 'run-progress'],
  )
  runs[0]?.finish(reportOf({ status: 'held', message: 'waits', counts: { held: 6 }, problems: [] }))
  await asked
  const run = { run_id: 1, kind: 'source', item_id: source.id }
  assert.deepEqual(events, [
    { type: 'run-started', ...run, trigger: 'manual' },
    { type: 'run-progress', ...run, phase: 'list', done: 0, total: 1 },
    { type: 'run-finished', ...run, status: 'held', message: 'waits', counts: { held: 6, problems: 0 } },
    { type: 'run-held', ...run, message: 'waits', held: 6 },
  ])
})
