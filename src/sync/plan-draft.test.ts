import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MemoryCalendar } from '../../test/fakes/memory-calendar.ts'
import { calendarText, destinationSettings, freshFeed, TestWorld } from '../../test/fakes/world.ts'
import { collectionKey } from '../protocol/href.ts'
import { createLocks } from './locks.ts'
import { planDraft } from './plan-draft.ts'

test('the first run of a destination that is not stored is planned for each choice, and nothing is written anywhere', async (t) => {
  const world = new TestWorld(t)
  const target = new MemoryCalendar({})
  world.calendars.set(target.url, { calendar: target, displayName: 'Target' })
  target.putByOther('own.ics', calendarText(['own', 'Their own', '20990101T090000Z']))
  world.feed = freshFeed(calendarText(['a', 'One'], ['b', 'Two']))
  const draft = (keep_local: boolean) =>
    planDraft({ ...destinationSettings, keep_local }, world.deps, createLocks(), AbortSignal.timeout(5000))
  const keeping = await draft(true)
  assert.deepEqual([keeping.counts.create, keeping.counts.delete], [2, 0])
  const mirroring = await draft(false)
  assert.deepEqual([mirroring.counts.create, mirroring.counts.delete], [2, 1])
  assert.deepEqual(
    mirroring.operations?.map(({ kind, uid }) => `${kind} ${uid}`),
    ['create a', 'create b', 'delete own'],
  )
  assert.equal(target.writes, 0)
  assert.deepEqual([world.store.destinations.list(), world.store.runs.list({ limit: 5 })], [[], []])
})

test('a draft may name a calendar that is still to be made', async (t) => {
  const world = new TestWorld(t)
  world.feed = freshFeed(calendarText(['a', 'One']))
  const settings = { ...destinationSettings, create_calendar: true }
  const report = await planDraft(settings, world.deps, createLocks(), AbortSignal.timeout(5000))
  assert.equal(report.counts.create, 1)
  assert.equal(world.calendars.size, 0)
})

test('a draft whose calendar stays in use for too long says so', async (t) => {
  const world = new TestWorld(t)
  const target = new MemoryCalendar({})
  world.calendars.set(target.url, { calendar: target, displayName: 'Target' })
  world.feed = freshFeed(calendarText(['a', 'One']))
  const locks = createLocks()
  const { promise, resolve } = Promise.withResolvers<void>()
  const holder = locks.hold(collectionKey(target.url), AbortSignal.timeout(5000), () => promise)
  await assert.rejects(planDraft(destinationSettings, world.deps, locks, AbortSignal.timeout(20)), {
    kind: 'aborted',
    message: /took too long to be read/,
  })
  resolve()
  await holder
})
