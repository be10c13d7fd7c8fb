import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { memoryLog, stillClock } from '../../test/clock-and-log.ts'
import { tempFolder } from '../../test/temp-folder.ts'
import type { RunReport } from '../core/runs.ts'
import { Secret } from '../core/types.ts'
import { openStore } from '../store/store.ts'
import { createFetchFresh } from './fetch-fresh.ts'

const OK: RunReport = { status: 'ok', message: 'done', counts: {}, problems: [], failure: null }

/** A source, timers that only fire by hand, and runs that end by hand. */
function setUp(t: TestContext, { interval = 3600, waitMs = 8000 } = {}) {
  const clock = stillClock()
  const log = memoryLog()
  const store = openStore({ path: join(tempFolder(t), 'caldav-sync.db'), clock, log })
  t.after(() => store.close())
  const { id } = store.sources.create({
    name: 'n',
    caldav_url: 'u',
    username: 'u',
    password: new Secret('p'),
    sync_interval_secs: interval,
    ics_path: 'a',
    public_ics: false,
    public_ics_path: null,
  })
  const timers: { work: () => void; delay: number }[] = []
  const runs: PromiseWithResolvers<RunReport>[] = []
  const fetchFresh = createFetchFresh({
    deps: { store, clock, log },
    runner: {
      run: (kind, item, trigger) => {
        assert.deepEqual([kind, item, trigger], ['source', id, 'reader'])
        const run = Promise.withResolvers<RunReport>()
        runs.push(run)
        return run.promise
      },
    },
    linkFeeds: { isDue: () => false, refresh: async () => undefined },
    timers: {
      set: (work, delay) => timers.push({ work, delay }) - 1,
      clear: (timer) => {
        if (typeof timer === 'number') timers[timer] = { work: () => undefined, delay: 0 }
      },
    },
    waitMs,
  })
  const place = () => store.links.at('a', false) ?? assert.fail()
  const succeed = () => store.schedule.recordSuccess('source', id, clock.now())
  const fail = () => store.schedule.recordFailure('source', id, 'down', clock.now())
  return { clock, store, id, timers, runs, place, succeed, fail, ...fetchFresh }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('F7: a fresh feed is answered at once, an old one after one read, however many ask', async (t) => {
  const { clock, runs, place, succeed, freshen } = setUp(t)
  succeed()
  assert.equal(freshen(place()), null)
  clock.advance(3_600_001)
  const waits = Array.from({ length: 20 }, () => freshen(place()))
  assert.equal(runs.length, 1)
  succeed()
  runs[0]?.resolve(OK)
  await Promise.all(waits)
  assert.equal(freshen(place()), null)
})

test('F7: nobody waits longer than the wait, and whoever comes later waits only for the rest of it', async (t) => {
  const { clock, runs, timers, place, freshen } = setUp(t)
  const first = freshen(place())
  clock.advance(5_000)
  const second = freshen(place())
  assert.deepEqual([runs.length, timers.map(({ delay }) => delay)], [1, [8000, 3000]])
  clock.advance(3_000)
  for (const { work } of timers) work()
  await Promise.all([first, second])
  assert.equal(freshen(place()), null, 'the read is under way, and has had its wait')
  runs[0]?.resolve(OK)
  await settled()
})

test('F7: a server that failed costs one wait, and is then left alone until it is due again', async (t) => {
  const { clock, store, id, runs, place, fail, freshen } = setUp(t)
  const wait = freshen(place())
  fail()
  store.schedule.setNext('source', id, clock.now() + 600_000)
  runs[0]?.resolve({ ...OK, status: 'error' })
  await wait
  clock.advance(599_999)
  assert.equal(freshen(place()), null)
  clock.advance(1)
  assert.notEqual(freshen(place()), null)
  runs[1]?.reject(new Error('stopping'))
  await settled()
})

test('a source that is read by hand alone is never read for readers, unless the link has a freshness', async (t) => {
  const { clock, store, runs, place, succeed, freshen } = setUp(t, { interval: 0 })
  succeed()
  clock.advance(1e9)
  assert.equal(freshen(place()), null)
  const [link] = store.links.list()
  store.links.update(link?.id ?? 0, { freshness_secs: 60 })
  const wait = freshen(place())
  runs[0]?.resolve(OK)
  await wait
  assert.equal(runs.length, 1)
})

test('with FETCH_WAIT at 0 nobody waits', (t) => {
  const { place, freshen } = setUp(t, { waitMs: 0 })
  assert.equal(freshen(place()), null)
})

test('readers are told for how long the feed is fresh', (t) => {
  const { clock, place, succeed, freshForSecs } = setUp(t)
  assert.equal(freshForSecs(place()), 0)
  succeed()
  assert.equal(freshForSecs(place()), 3600)
  clock.advance(3_000_000)
  assert.equal(freshForSecs(place()), 600)
  clock.advance(3_000_000)
  assert.equal(freshForSecs(place()), 0)
})
