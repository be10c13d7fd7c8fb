import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { MemoryCalendar, type Quirks } from '../../test/fakes/memory-calendar.ts'
import { calendarText, destinationSettings, type EventSketch, freshFeed, TestWorld } from '../../test/fakes/world.ts'
import { SyncError } from '../core/errors.ts'
import type { Destination, DestinationSettings } from '../core/items.ts'
import type { ResourceRef } from '../core/remote.ts'
import type { RunTrigger } from '../core/runs.ts'
import { createLocks } from './locks.ts'
import { createRunSwitch } from './run-control.ts'
import { runDestination } from './run-destination.ts'

const HOUR = 3_600_000

function setUp(t: TestContext, settings: Partial<DestinationSettings> = {}, quirks: Partial<Quirks> = {}) {
  const world = new TestWorld(t)
  const target = new MemoryCalendar(quirks)
  world.calendars.set(target.url, { calendar: target, displayName: 'Target' })
  const destination: Destination = world.store.destinations.create({ ...destinationSettings, ...settings })
  const locks = createLocks()
  const run = async (trigger: RunTrigger = 'timer') => {
    const id = world.store.runs.start('destination', destination.id, trigger, world.clock.now())
    const identity = { id, trigger }
    const report = await runDestination(destination, world.deps, locks, createRunSwitch().control, identity)
    world.store.runs.finish(id, report, world.clock.now())
    return report
  }
  const give = (...events: EventSketch[]) => {
    world.feed = freshFeed(calendarText(...events))
  }
  return { world, target, destination, run, give }
}

const many = (count: number): EventSketch[] =>
  Array.from({ length: count }, (_, index) => [`u${index}`, `Event ${index}`])

test('uploads what is new, then leaves it alone', async (t) => {
  const { run, give, target } = setUp(t)
  give(['a', 'One'], ['b', 'Two'])
  assert.equal((await run()).message, 'Uploaded 2 of 2 events (0 unchanged); deleted 0 orphans')
  assert.equal((await run()).message, 'Uploaded 0 of 2 events (2 unchanged); deleted 0 orphans')
  assert.equal(target.writes, 2)
})

for (const quirk of ['rewrites', 'silentPut', 'noEtags', 'restlessEtags'] as const) {
  test(`W9: a third run writes nothing on a server with ${quirk}`, async (t) => {
    const { run, give, target } = setUp(t, {}, { rewrites: true, [quirk]: true })
    give(['a', 'One'], ['b', 'Two'])
    await run()
    await run()
    const before = target.writes
    const report = await run()
    assert.equal(target.writes, before)
    assert.equal(report.counts.skipped, 2)
  })
}

test('mirrors the feed: what it lacks is deleted, last', async (t) => {
  const { run, give, target } = setUp(t)
  target.putByOther('own.ics', calendarText(['own', 'Their own']))
  give(['a', 'One'])
  assert.equal((await run()).message, 'Uploaded 1 of 1 events (0 unchanged); deleted 1 orphans')
  assert.equal(target.texts().length, 1)
})

test('keep_local on: never touches what is not in the feed', async (t) => {
  const { run, give, target } = setUp(t, { keep_local: true })
  target.putByOther('own.ics', calendarText(['own', 'Their own']))
  give(['a', 'One'])
  await run()
  give(['b', 'Two'])
  await run()
  assert.equal(target.texts().length, 3)
})

test('sync_all off: leaves past events out', async (t) => {
  const { run, give, target } = setUp(t, { sync_all: false })
  give(['past', 'Gone', '20250101T090000Z'], ['next', 'To come'])
  assert.equal((await run()).message, 'Uploaded 1 of 1 events (0 unchanged); deleted 0 orphans')
  assert.match(target.texts()[0] ?? '', /To come/)
})

test('I3: an emptied feed deletes nothing and says why', async (t) => {
  const { run, give, target, world, destination } = setUp(t)
  give(...many(44))
  await run()
  give()
  const report = await run()
  assert.equal(report.status, 'held')
  assert.match(report.message, /44 deletions held back because the feed holds no event at all/)
  assert.equal(target.texts().length, 44)
  assert.equal(world.store.held.get(destination.id).length, 44)
})

test('G3: a calendar that really ended drains after the same answer three times over 24 hours', async (t) => {
  const { run, give, target, world } = setUp(t)
  give(...many(12))
  await run()
  give()
  for (const hours of [0, 12]) {
    world.clock.advance(hours * HOUR)
    assert.equal((await run()).status, 'held')
  }
  world.clock.advance(12 * HOUR)
  const report = await run()
  assert.equal(report.message, 'Uploaded 0 of 0 events (0 unchanged); deleted 12 orphans')
  assert.equal(target.texts().length, 0)
})

test('I1, I2: a feed that cannot be read changes nothing', async (t) => {
  const { run, give, target, world } = setUp(t)
  give(['a', 'One'])
  await run()
  for (const text of ['', '<html><title>Sign in</title></html>', calendarText(['a', 'One']).slice(0, -20)]) {
    world.feed = freshFeed(text)
    await assert.rejects(run(), { kind: 'protocol' })
  }
  assert.equal(target.writes, 1)
})

test('I8: one bad event is named, its UID is kept, the others go on', async (t) => {
  const { run, target, world, give } = setUp(t)
  give(['a', 'One'], ['b', 'Two'])
  await run()
  world.feed = freshFeed(calendarText(['a', 'One'], ['c', 'Three'], ['b', 'Two', 'soon']))
  const report = await run()
  assert.equal(report.counts.uploaded, 1)
  assert.equal(target.texts().length, 3)
  assert.ok(report.problems.some((problem) => problem.uid === 'b'))
})

test('asks conditionally once the feed is known, and a 304 still repairs the target', async (t) => {
  const { run, target, world } = setUp(t)
  world.feed = freshFeed(calendarText(['a', 'One']), '"v1"')
  await run()
  target.removeByOther('UID:a')
  world.feed = { kind: 'not-modified' }
  const report = await run()
  assert.equal(world.lastAsked?.etag, '"v1"')
  assert.equal(report.counts.uploaded, 1)
})

test('W8: one refused event does not stop the others, and is named', async (t) => {
  const { run, give, target } = setUp(t)
  const create = target.create.bind(target)
  target.create = (name, text) =>
    text.includes('SUMMARY:Two')
      ? Promise.reject(new SyncError('refused', 'The server refused it: no end.', { status: 415 }))
      : create(name, text)
  give(['a', 'One'], ['b', 'Two'], ['c', 'Three'])
  const report = await run()
  assert.equal(report.status, 'error')
  assert.match(report.message, /^Uploaded 2 events but 1 failed \(Two \(2026-04-01\): The server refused it: no end/)
  assert.equal(target.texts().length, 2)
})

test('D13: a refused login stops the run at once', async (t) => {
  const { run, give, target } = setUp(t)
  let asked = 0
  target.create = () => {
    asked += 1
    return Promise.reject(new SyncError('login', 'The user name or password was refused.', { status: 401 }))
  }
  give(...many(500))
  await assert.rejects(run(), { kind: 'login' })
  assert.ok(asked <= 2, `${asked} requests with refused credentials`)
})

test('H3: an object whose UID the server keeps in another calendar is written under an alias, once', async (t) => {
  const { run, give, target } = setUp(t)
  const create = target.create.bind(target)
  target.create = (name, text) =>
    text.includes('UID:a\r\n')
      ? Promise.reject(
          new SyncError('refused', 'UID in use.', {
            status: 403,
            preconditions: ['unique-scheduling-object-resource'],
          }),
        )
      : create(name, text)
  give(['a', 'One'])
  assert.equal((await run()).counts.uploaded, 1)
  const second = await run()
  assert.deepEqual([second.counts.uploaded, second.counts.skipped, second.counts.deleted], [0, 1, 0])
  assert.equal(target.texts().length, 1)
})

test('H2: an edit between our look and our write is looked at again, once', async (t) => {
  const { run, give, target } = setUp(t)
  give(['a', 'One'])
  await run()
  give(['a', 'Two'])
  const update = target.update.bind(target)
  let raced = false
  target.update = (ref: ResourceRef, text: string) => {
    if (!raced) target.editByOther('UID:a', (held) => held.replace('One', 'Edited'))
    raced = true
    return update(ref, text)
  }
  const report = await run()
  assert.equal(report.status, 'ok')
  assert.match(target.texts()[0] ?? '', /SUMMARY:Two/)
})

test('I8: an event under its alias is kept when the feed holds it in a form we cannot read', async (t) => {
  const { run, give, target, world } = setUp(t)
  const create = target.create.bind(target)
  target.create = (name, text) =>
    text.includes('UID:a\r\n')
      ? Promise.reject(new SyncError('refused', 'UID in use.', { status: 409, preconditions: ['no-uid-conflict'] }))
      : create(name, text)
  give(['a', 'One'], ['b', 'Two'])
  await run()
  world.feed = freshFeed(calendarText(['a', 'One', 'soon'], ['b', 'Two']))
  assert.equal((await run()).counts.deleted, 0)
  assert.equal(target.texts().length, 2)
})

test('I6, I8: events that share a UID are kept when one of them cannot be read', async (t) => {
  const { run, target, world } = setUp(t)
  world.feed = freshFeed(calendarText(['same', 'One'], ['same', 'Two', '20260501T090000Z']))
  await run()
  assert.equal(target.texts().length, 2)
  world.feed = freshFeed(calendarText(['same', 'One'], ['same', 'Two', 'soon']))
  assert.equal((await run()).counts.deleted, 0)
  assert.ok(target.texts().some((text) => text.includes('SUMMARY:Two')))
})

test('a failure of our own storage ends every writer before the run ends', async (t) => {
  const { run, give, target, world } = setUp(t)
  give(...many(100))
  const { apply } = world.store.remote
  let calls = 0
  world.store.remote.apply = (...args) => {
    calls += 1
    if (calls > 1) throw new SyncError('internal', 'The disk is full.')
    apply(...args)
  }
  await assert.rejects(run(), { kind: 'internal' })
  const written = target.writes
  await new Promise(setImmediate)
  assert.equal(target.writes, written)
  world.store.remote.apply = apply
  assert.equal((await run()).status, 'ok')
  assert.equal(target.texts().length, 100)
})

test('nothing is deleted in a run in which a write failed, also not after a second look', async (t) => {
  const { run, give, target } = setUp(t)
  give(['old', 'Old'], ['edit', 'One'])
  await run()
  give(['new', 'New'], ['edit', 'Two'])
  const { create, update } = { create: target.create.bind(target), update: target.update.bind(target) }
  target.create = (name, text) =>
    text.includes('SUMMARY:New') ? Promise.reject(new SyncError('refused', 'No.', { status: 400 })) : create(name, text)
  let raced = false
  target.update = (ref: ResourceRef, text: string) => {
    if (!raced) target.editByOther('UID:edit', (held) => held.replace('One', 'Edited'))
    raced = true
    return update(ref, text)
  }
  assert.equal((await run()).counts.deleted, 0)
  assert.ok(target.texts().some((text) => text.includes('SUMMARY:Old')))
})

test('W8: an event whose upload is cut off does not keep the others out', async (t) => {
  const { run, give, target } = setUp(t)
  const create = target.create.bind(target)
  target.create = (name, text) =>
    /SUMMARY:Event (3|30)\r/.test(text)
      ? Promise.reject(new SyncError('unreachable', 'The connection was cut.'))
      : create(name, text)
  give(...many(50))
  const report = await run()
  assert.equal(report.counts.uploaded, 48)
  assert.match(report.message, /2 failed \(Event 3 /)
})

test('a server that answers nothing is not asked for every event', async (t) => {
  const { run, give, target } = setUp(t)
  let asked = 0
  target.create = () => {
    asked += 1
    return Promise.reject(new SyncError('unreachable', 'The connection was cut.'))
  }
  give(...many(50))
  await assert.rejects(run(), { kind: 'unreachable' })
  assert.ok(asked <= 4, `asked ${asked} times`)
})

test('H9: a calendar that took the name of the deleted one is not mirrored over', async (t) => {
  const { run, give, target, world, destination } = setUp(t)
  give(['a', 'One'])
  await run()
  const other = new MemoryCalendar({}, 'other')
  other.putByOther('own.ics', calendarText(['own', 'Their own']))
  world.calendars.delete(target.url)
  world.calendars.set(other.url, { calendar: other, displayName: 'Target' })
  await assert.rejects(run(), /now has its name/)
  assert.equal(other.writes, 0)
  world.store.destinations.update(destination.id, { calendar_name: 'other' })
  assert.equal((await run()).counts.uploaded, 1)
})

test('W4: a meeting of their own with guests is left alone and named', async (t) => {
  const { run, give, target } = setUp(t)
  const guests = 'ORGANIZER:mailto:ada@example.org\r\nATTENDEE:mailto:bob@example.org\r\nEND:VEVENT'
  target.putByOther('m.ics', calendarText(['m', 'Meeting']).replace('END:VEVENT', guests))
  give(['a', 'One'])
  const report = await run()
  assert.equal(report.status, 'held')
  assert.match(report.message, /deleted 0 orphans; left 1 meeting with guests alone/)
  assert.ok(
    report.problems.some((problem) => problem.code === 'meeting-left-alone' && problem.subject.startsWith('Meeting')),
  )
  assert.equal(target.texts().length, 2)
})

test('a meeting that somebody else organizes follows the feed', async (t) => {
  const { run, give, target } = setUp(t, { keep_local: true })
  const guests = 'ORGANIZER:mailto:boss@example.org\r\nATTENDEE:mailto:ada@example.org\r\nEND:VEVENT'
  target.putByOther('m.ics', calendarText(['m', 'Meeting']).replace('END:VEVENT', guests))
  give(['m', 'Meeting, moved'])
  assert.equal((await run()).counts.uploaded, 1)
})

test('findings of the feed are told also when it was not modified', async (t) => {
  const { run, world } = setUp(t)
  world.feed = freshFeed(calendarText(['a', 'One'], ['b', 'Two', 'soon']), '"v1"')
  const first = await run()
  world.feed = { kind: 'not-modified' }
  const named = (report: typeof first) => report.problems.filter((problem) => problem.uid === 'b').length
  assert.ok(named(first) > 0)
  assert.equal(named(await run()), named(first))
})

test('an event that lies unreadably in the calendar is not doubled', async (t) => {
  const { run, give, target } = setUp(t)
  target.putByOther('odd.ics', calendarText(['a', 'One']).replace('END:VEVENT\r\n', ''))
  give(['a', 'One'], ['b', 'Two'])
  const report = await run()
  assert.equal(report.counts.uploaded, 1)
  assert.equal(target.texts().filter((text) => text.includes('UID:a\r\n')).length, 1)
  assert.ok(report.problems.some((problem) => problem.code === 'resource-unreadable' && problem.uid === 'a'))
})

test('H10: two destinations on one calendar do not touch each other, over ten turns', async (t) => {
  const { run, give, target, world } = setUp(t, { keep_local: true })
  const other = world.store.destinations.create({ ...destinationSettings, name: 'Other', keep_local: true })
  const identity = { id: world.store.runs.start('destination', other.id, 'timer', 0), trigger: 'timer' } as const
  const runOther = () => runDestination(other, world.deps, createLocks(), createRunSwitch().control, identity)
  give(['a', 'One'], ['shared', 'From the first'])
  await run()
  world.feed = freshFeed(calendarText(['b', 'Two'], ['shared', 'From the second']))
  await runOther()
  const before = target.writes
  for (let turn = 0; turn < 10; turn += 1) {
    give(['a', 'One'], ['shared', 'From the first'])
    await run()
    world.feed = freshFeed(calendarText(['b', 'Two'], ['shared', 'From the second']))
    await runOther()
  }
  assert.equal(target.writes, before)
  assert.equal(target.texts().length, 3)
})

test('W14: a run tells its phases in order, up to the last write', async (t) => {
  const { world, destination, give } = setUp(t)
  give(['a', 'One'], ['b', 'Two'])
  const told: string[] = []
  const { control } = createRunSwitch((phase, done, total) => told.push(`${phase} ${done}/${total}`))
  const id = world.store.runs.start('destination', destination.id, 'timer', world.clock.now())
  await runDestination(destination, world.deps, createLocks(), control, { id, trigger: 'timer' })
  assert.deepEqual(told.slice(0, 5), ['download 0/1', 'discover 0/1', 'list 0/1', 'fetch 0/0', 'plan 0/1'])
  assert.deepEqual(told.slice(5), ['write 1/2', 'write 2/2'])
})

test('an edit left alone that has gone when a lost race is looked at again does not spoil the report', async (t) => {
  const { run, give, target } = setUp(t, { local_edits: 'keep' })
  give(['e', 'Edited'], ['f', 'Free'])
  await run()
  target.editByOther('UID:e\r', (text) => text.replace('SUMMARY:Edited', 'SUMMARY:By hand'))
  await run()
  give(['e', 'Edited anew'], ['f', 'Free anew'])
  const update = target.update.bind(target)
  target.update = async (ref: ResourceRef, text: string) => {
    target.update = update
    target.editByOther('UID:f\r', (held) => held.replace('SUMMARY:Free', 'SUMMARY:Busy'))
    target.removeByOther('UID:e\r')
    return await update(ref, text)
  }
  const report = await run()
  assert.notEqual(report.status, 'error')
  assert.deepEqual(
    report.operations?.filter(({ result }) => result === 'left-alone').map(({ uid }) => uid),
    ['f'],
  )
})
