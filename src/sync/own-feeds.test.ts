import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { MemoryCalendar } from '../../test/fakes/memory-calendar.ts'
import { calendarText, destinationSettings, freshFeed, sourceSettings, TestWorld } from '../../test/fakes/world.ts'
import { createLocks } from './locks.ts'
import { createRunSwitch } from './run-control.ts'
import { runDestination } from './run-destination.ts'
import { runSource } from './run-source.ts'

/** A source that reads the calendar `origin`, and a destination that writes into `target`. */
function setUp(t: TestContext, icsUrl = 'source:1') {
  const world = new TestWorld(t)
  const { store, clock, deps } = world
  const calendars = { origin: new MemoryCalendar({}, 'origin'), target: new MemoryCalendar({}, 'target') }
  const show = (...names: (keyof typeof calendars)[]) => {
    world.calendars.clear()
    for (const name of names) world.calendars.set(calendars[name].url, { calendar: calendars[name], displayName: name })
  }
  const source = store.sources.create(sourceSettings)
  const destination = store.destinations.create({ ...destinationSettings, ics_url: icsUrl })
  const { control } = createRunSwitch()
  const read = () => {
    show('origin')
    return runSource(source, deps, control)
  }
  const write = (into: keyof typeof calendars = 'target') => {
    show(into)
    const id = store.runs.start('destination', destination.id, 'timer', clock.now())
    return runDestination(destination, deps, createLocks(), control, { id, trigger: 'timer' })
  }
  return { world, store, clock, ...calendars, source, destination, read, write }
}

test("a source's feed goes into a calendar directly, and a second run writes nothing", async (t) => {
  const { origin, target, read, write } = setUp(t)
  origin.putByOther('a.ics', calendarText(['a', 'One']))
  await read()
  assert.equal((await write()).counts.uploaded, 1)
  assert.equal((await write()).counts.uploaded, 0)
  assert.match(target.texts()[0] ?? '', /SUMMARY:One/)
})

test('new bytes of a source make its destinations due at once; the same bytes do not', async (t) => {
  const { origin, read, store, destination, clock } = setUp(t)
  const due = () => store.destinations.get(destination.id)?.next_run_at
  const later = clock.now() + 1_000_000
  store.schedule.setNext('destination', destination.id, later)
  origin.putByOther('a.ics', calendarText(['a', 'One']))
  await read()
  assert.equal(due(), clock.now())
  store.schedule.setNext('destination', destination.id, later)
  await read()
  assert.equal(due(), later)
})

test('a source that was never read, or is gone, is named', async (t) => {
  const { write, store } = setUp(t)
  await assert.rejects(write(), /The source "Family" has no feed yet/)
  store.sources.remove(1)
  await assert.rejects(write(), /There is no source 1 any more/)
})

test('a destination into the calendar its source reads is refused before anything is written', async (t) => {
  const { origin, read, write } = setUp(t)
  origin.putByOther('a.ics', calendarText(['a', 'One']))
  await read()
  await assert.rejects(write('origin'), /in a ring \(Family → School → Family\)/)
  assert.equal(origin.writes, 0)
})

test('a feed of this service is recognised by its bytes, under whatever address it was fetched', async (t) => {
  const { origin, read, write, world, store } = setUp(t, 'https://calendar.example.net/some/alias.ics')
  origin.putByOther('a.ics', calendarText(['a', 'One']))
  await read()
  world.feed = freshFeed(Buffer.from(store.feeds.ofSource(1)?.body ?? []).toString())
  await assert.rejects(write('origin'), /in a ring/)
  assert.equal((await write('target')).counts.uploaded, 1)
})
