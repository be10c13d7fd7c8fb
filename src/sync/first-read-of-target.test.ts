import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { MemoryCalendar } from '../../test/fakes/memory-calendar.ts'
import { calendarText, destinationSettings, type EventSketch, freshFeed, TestWorld } from '../../test/fakes/world.ts'
import { SyncError } from '../core/errors.ts'
import { createLocks } from './locks.ts'
import { createRunSwitch } from './run-control.ts'
import { runDestination } from './run-destination.ts'

const EVENTS = 150

/** A destination whose calendar holds many events of its own before the first run. */
function setUp(t: TestContext, ...feed: EventSketch[]) {
  const world = new TestWorld(t)
  const { store, clock, deps } = world
  const target = new MemoryCalendar()
  for (let number = 0; number < EVENTS; number += 1) {
    target.putByOther(`${number}.ics`, calendarText([`own-${number}`, `Own ${number}`]))
  }
  world.calendars.set(target.url, { calendar: target, displayName: 'Target' })
  const destination = store.destinations.create({ ...destinationSettings, keep_local: true, sync_all: true })
  world.feed = freshFeed(calendarText(...feed))
  const run = (isDry = false) => {
    const id = isDry ? 0 : store.runs.start('destination', destination.id, 'timer', clock.now())
    const identity = isDry ? null : ({ id, trigger: 'timer' } as const)
    return runDestination(destination, deps, createLocks(), createRunSwitch().control, identity)
  }
  const calendars = () => store.remote.calendars('destination', destination.id)
  const stored = () => calendars().flatMap(({ id }) => store.remote.resources(id))
  return { target, run, calendars, stored }
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
  const { target, run, stored } = setUp(t, ['new', 'New'], ['own-7', 'Own 7 as the feed has it'])
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
  const { target, run, calendars, stored } = setUp(t, ['new', 'New'])
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

test('a plan reads the calendar and stores nothing of it', async (t) => {
  const { run, calendars, stored } = setUp(t, ['new', 'New'])
  assert.match((await run(true)).message, /^Would add 1/)
  assert.deepEqual([calendars(), stored()], [[], []])
})
