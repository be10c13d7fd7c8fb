import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { MemoryCalendar } from '../../test/fakes/memory-calendar.ts'
import { calendarText, destinationSettings, type EventSketch, freshFeed, TestWorld } from '../../test/fakes/world.ts'
import { SyncError } from '../core/errors.ts'
import type { DestinationSettings } from '../core/items.ts'
import type { Href } from '../core/types.ts'
import { collectionKey } from '../protocol/href.ts'
import { createLocks } from './locks.ts'
import { createRunSwitch } from './run-control.ts'
import { runDestination } from './run-destination.ts'
import { createShown } from './shown.ts'

const EVENTS = 150
const ADDS: Partial<DestinationSettings> = { keep_local: true, sync_all: true }
const MIRRORS: Partial<DestinationSettings> = { keep_local: false, sync_all: true }

/** A destination whose calendar holds many events of its own before the first run. */
function setUp(t: TestContext, feed: readonly EventSketch[], settings: Partial<DestinationSettings> = {}) {
  const world = new TestWorld(t)
  const { store, clock, deps } = world
  const target = new MemoryCalendar()
  for (let number = 0; number < EVENTS; number += 1) {
    target.putByOther(`${number}.ics`, calendarText([`own-${number}`, `Own ${number}`]))
  }
  world.calendars.set(target.url, { calendar: target, displayName: 'Target' })
  const destination = store.destinations.create({ ...destinationSettings, ...settings })
  world.feed = freshFeed(calendarText(...feed))
  const run = (isDry = false) => {
    const id = isDry ? 0 : store.runs.start('destination', destination.id, 'timer', clock.now())
    const identity = isDry ? null : ({ id, trigger: 'timer' } as const)
    return runDestination(destination, deps, createLocks(), createRunSwitch().control, identity)
  }
  const calendars = () => store.remote.calendars('destination', destination.id)
  const stored = () => calendars().flatMap(({ id }) => store.remote.resources(id))
  return { world, target, run, calendars, stored }
}

/** The connection is cut after so many texts; what was asked for is remembered. */
function breakOffAfter(target: MemoryCalendar, count: number): { readonly repair: () => void } {
  const { fetch } = target
  target.fetch = async (hrefs, signal, options) => {
    await fetch.call(target, hrefs.slice(0, count), signal, options)
    throw new SyncError('unreachable', 'The connection was cut.')
  }
  return {
    repair: () => {
      target.fetch = fetch
    },
  }
}

test('what lies in the calendar is stored as it comes, and the events are written once all of it was read', async (t) => {
  const { target, run, stored } = setUp(
    t,
    [
      ['new', 'New'],
      ['own-7', 'Own 7 as the feed has it'],
    ],
    ADDS,
  )
  const fetch = target.fetch.bind(target)
  const most = { whileReading: 0 }
  target.fetch = async (hrefs, signal, options = {}) => {
    const { take } = options
    if (take === undefined) return await fetch(hrefs, signal, options)
    return await fetch(hrefs, signal, {
      ...options,
      take: (resource) => {
        take(resource)
        most.whileReading = stored().length
      },
    })
  }
  assert.equal((await run()).message, 'Uploaded 2 of 2 events (0 unchanged); deleted 0 orphans')
  assert.equal(most.whileReading, 128)
  assert.equal(stored().length, EVENTS + 1)
  assert.equal((await run()).message, 'Uploaded 0 of 2 events (2 unchanged); deleted 0 orphans')
})

test('a first read that breaks off writes nothing there, and the next one asks only for what is missing', async (t) => {
  const { target, run, calendars, stored } = setUp(t, [['new', 'New']], ADDS)
  const cut = breakOffAfter(target, 100)
  await assert.rejects(run(), { kind: 'unreachable' })
  assert.deepEqual([stored().length, calendars()[0]?.readAt, target.writes], [64, null, 0])
  cut.repair()
  const asked: number[] = []
  const fetch = target.fetch.bind(target)
  target.fetch = async (hrefs, signal, options) => {
    asked.push(hrefs.length)
    return await fetch(hrefs, signal, options)
  }
  target.editByOther('UID:own-3\r', (text) => text.replace('Own 3', 'Moved'))
  target.removeByOther('UID:own-5\r')
  assert.equal((await run()).message, 'Uploaded 1 of 1 events (0 unchanged); deleted 0 orphans')
  assert.equal(asked[0], EVENTS - 64 + 1, 'those not stored, and the one that has changed')
  assert.equal(stored().length, EVENTS)
  assert.ok(stored().some(({ text }) => text.includes('SUMMARY:Moved')))
})

test('what was updated and deleted in a calendar stored as it came is told with what was there before', async (t) => {
  const feed = Array.from({ length: EVENTS - 3 }, (_, index): EventSketch => {
    return [`own-${index}`, index === 7 ? 'Moved' : `Own ${index}`]
  })
  const { target, run, stored } = setUp(t, feed.slice(2), MIRRORS)
  const report = await run()
  assert.equal(report.message, `Uploaded 1 of ${EVENTS - 5} events (${EVENTS - 6} unchanged); deleted 5 orphans`)
  const told = report.operations?.map(({ kind, uid, subject, changes }) => {
    const summary = changes.find(({ property }) => property === 'SUMMARY')
    return [kind, uid, subject.includes('Own'), summary?.before, summary?.after]
  })
  assert.deepEqual(told?.[0], ['update', 'own-7', false, 'Own 7', 'Moved'])
  assert.deepEqual(told?.[1], ['delete', 'own-0', true, 'Own 0', null])
  assert.deepEqual([stored().length, target.texts().length], [EVENTS - 5, EVENTS - 5])
})

test('a plan reads the calendar and stores nothing of it, nor of one of which a read broke off', async (t) => {
  const { target, run, calendars, stored } = setUp(t, [['new', 'New']], ADDS)
  assert.match((await run(true)).message, /^Would add 1/)
  assert.deepEqual([calendars(), stored()], [[], []])
  const cut = breakOffAfter(target, 10)
  await assert.rejects(run(), { kind: 'unreachable' })
  cut.repair()
  assert.equal(calendars().length, 1)
  assert.match((await run(true)).message, /^Would add 1/)
  assert.deepEqual([calendars()[0]?.readAt, stored()], [null, []])
})

test('what a first read left that broke off is not shown as the calendar', async (t) => {
  const { world, target, run, calendars } = setUp(t, [['new', 'New']], ADDS)
  const cut = breakOffAfter(target, 100)
  await assert.rejects(run(), { kind: 'unreachable' })
  const shown = createShown(world.deps)
  const id = 1
  const [from, to] = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)]
  const seen = () => [
    shown.instances('destination', id, { from, to, most: 500 }).instances.length,
    shown.details('destination', id, 'own-1') !== undefined,
    shown.download('destination', id) !== undefined,
  ]
  assert.deepEqual(seen(), [0, false, false])
  cut.repair()
  await run()
  assert.equal(calendars().length, 1)
  assert.deepEqual(seen(), [EVENTS + 1, true, true])
})

test('a calendar that an older version opened and never read is not shown half-read either', async (t) => {
  const { world, target, run, calendars, stored } = setUp(t, [['new', 'New']], ADDS)
  const url = collectionKey(target.url)
  world.store.remote.saveCalendar('destination', 1, { url, displayName: 'Target', color: null, readAt: 1 })
  breakOffAfter(target, 100)
  await assert.rejects(run(), { kind: 'unreachable' })
  assert.deepEqual([calendars()[0]?.readAt, stored().length], [null, 64])
})

test('of one resource stored in two spellings by a read that broke off one is left', async (t) => {
  const { world, target, run, calendars, stored } = setUp(t, [['new', 'New']], ADDS)
  const cut = breakOffAfter(target, 100)
  await assert.rejects(run(), { kind: 'unreachable' })
  cut.repair()
  const [calendar] = calendars()
  const twin = stored().find(({ href }) => href.endsWith('/1.ics'))
  assert.ok(calendar && twin)
  world.store.remote.arrive(calendar.id, [{ ...twin, href: twin.href.replace('1.ics', '%31.ics') as Href }])
  assert.equal(stored().length, 65)
  assert.equal((await run()).message, 'Uploaded 1 of 1 events (0 unchanged); deleted 0 orphans')
  assert.equal(stored().length, EVENTS + 1)
  assert.equal(stored().filter(({ uid }) => uid === 'own-1').length, 1)
})
