import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { MemoryCalendar } from '../../test/fakes/memory-calendar.ts'
import { calendarText, destinationSettings, freshFeed, TestWorld } from '../../test/fakes/world.ts'
import { SyncError } from '../core/errors.ts'
import { createLocks } from './locks.ts'
import { createRunSwitch } from './run-control.ts'
import { runDestination } from './run-destination.ts'

/** A mirror of an empty-handed feed into a calendar with one meeting of `organizer`; the login is u123. */
function setUp(t: TestContext, organizer: string) {
  const world = new TestWorld(t)
  const target = new MemoryCalendar()
  world.calendars.set(target.url, { calendar: target, displayName: 'Target' })
  const meeting = calendarText(['meeting', 'Meeting']).replace(
    'END:VEVENT',
    `ORGANIZER:mailto:${organizer}\r\nATTENDEE:mailto:guest@example.org\r\nEND:VEVENT`,
  )
  target.putByOther('meeting.ics', meeting)
  world.feed = freshFeed(calendarText(['a', 'One']))
  const destination = world.store.destinations.create({ ...destinationSettings, username: 'u123' })
  const run = () => {
    const id = world.store.runs.start('destination', destination.id, 'timer', 0)
    return runDestination(destination, world.deps, createLocks(), createRunSwitch().control, { id, trigger: 'timer' })
  }
  return { world, target, run }
}

test('W4: a meeting of the account is known by the addresses the server names, whatever the login is', async (t) => {
  const { world, run } = setUp(t, 'Ann.Smith@example.org')
  world.addresses = ['mailto:ann.smith@example.org']
  const { counts } = await run()
  assert.deepEqual([counts.guarded, counts.deleted], [1, 0])
})

test("W4: a meeting of somebody else's follows the mirror", async (t) => {
  const { world, run } = setUp(t, 'boss@example.org')
  world.addresses = ['mailto:ann.smith@example.org']
  const { counts } = await run()
  assert.deepEqual([counts.guarded, counts.deleted], [0, 1])
})

test('W4: where the server cannot be asked, every meeting is left alone', async (t) => {
  const { world, run } = setUp(t, 'boss@example.org')
  Object.assign(world.deps, { userAddresses: () => Promise.reject(new SyncError('busy', 'Later.', { status: 503 })) })
  const { counts } = await run()
  assert.deepEqual([counts.guarded, counts.deleted], [1, 0])
})

test('W4: the server is not asked where no meeting is about to be touched', async (t) => {
  const { world, run, target } = setUp(t, 'boss@example.org')
  target.removeByOther('UID:meeting')
  Object.assign(world.deps, { userAddresses: () => Promise.reject(new Error('it was asked')) })
  assert.equal((await run()).counts.uploaded, 1)
})
