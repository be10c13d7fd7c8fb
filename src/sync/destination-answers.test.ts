/** What a person may decide about a destination, through whole runs: plan, approve, dismiss, keep, release, undo. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { MemoryCalendar } from '../../test/fakes/memory-calendar.ts'
import { calendarText, destinationSettings, type EventSketch, freshFeed, TestWorld } from '../../test/fakes/world.ts'
import { SyncError } from '../core/errors.ts'
import type { DestinationSettings } from '../core/items.ts'
import type { RunTrigger } from '../core/runs.ts'
import { createLocks } from './locks.ts'
import { createRunSwitch } from './run-control.ts'
import { runDestination } from './run-destination.ts'
import { runUndo } from './run-undo.ts'

const DAY = 86_400_000

function setUp(t: TestContext, settings: Partial<DestinationSettings> = {}) {
  const world = new TestWorld(t)
  const { store, clock, deps } = world
  const target = new MemoryCalendar({ rewrites: true })
  world.calendars.set(target.url, { calendar: target, displayName: 'Target' })
  const destination = store.destinations.create({ ...destinationSettings, ...settings })
  const locks = createLocks()
  const { control } = createRunSwitch()
  const run = async (trigger: RunTrigger = 'timer') => {
    const id = store.runs.start('destination', destination.id, trigger, clock.now())
    const report = await runDestination(destination, deps, locks, control, { id, trigger })
    store.runs.finish(id, report, clock.now())
    return { ...report, id }
  }
  const undo = async (undoneRunId: number, includeEdited = false) => {
    const id = store.runs.start('destination', destination.id, 'undo', clock.now(), undoneRunId)
    const report = await runUndo(destination, { undoneRunId, includeEdited, runId: id }, deps, locks, control)
    store.runs.finish(id, report, clock.now())
    return { ...report, id }
  }
  const plan = () => runDestination(destination, deps, locks, control, null)
  const give = (...events: EventSketch[]) => {
    world.feed = freshFeed(calendarText(...events))
  }
  const titles = () =>
    target
      .texts()
      .map((text) => /SUMMARY:(.*)/.exec(text)?.[1]?.trim() ?? '')
      .sort((a, b) => a.localeCompare(b))
  const edit = (uid: string, title: string) =>
    target.editByOther(`UID:${uid}\r\n`, (text) => text.replace(/SUMMARY:.*\r\n/, `SUMMARY:${title}\r\n`))
  return { world, store, clock, target, destination, run, undo, plan, give, titles, edit }
}

const many = (count: number): EventSketch[] =>
  Array.from({ length: count }, (_, index) => [`u${index}`, `Event ${index}`])

test('a plan tells each event and property, and writes nothing there or here', async (t) => {
  const { run, plan, give, target, store, titles, destination } = setUp(t)
  give(['a', 'One'], ['b', 'Two'])
  await run()
  give(['a', 'Moved'], ['c', 'Three'])
  const rows = () =>
    JSON.stringify([
      store.remote.calendars('destination', destination.id).map(({ id }) => store.remote.resources(id)),
      store.held.get(destination.id),
      store.downloads.get(destination.id),
      store.runs.list({ limit: 9 }),
    ])
  const before = { rows: rows(), writes: target.writes }
  const report = await plan()
  assert.equal(report.message, 'Would add 1, update 1 and remove 1 event; 0 unchanged. Nothing was written')
  assert.deepEqual(
    report.operations?.map(({ kind, uid, result }) => [kind, uid, result]),
    [
      ['update', 'a', null],
      ['create', 'c', null],
      ['delete', 'b', null],
    ],
  )
  assert.deepEqual(report.operations?.[0]?.changes, [
    { component: 'event', property: 'SUMMARY', before: 'One', after: 'Moved' },
  ])
  assert.deepEqual({ rows: rows(), writes: target.writes }, before)
  await run()
  assert.deepEqual(titles(), ['Moved', 'Three'])
})

test('what a run did is kept with it, event by event', async (t) => {
  const { run, give, store } = setUp(t)
  give(['a', 'One'])
  const { id } = await run()
  const [operation] = store.runs.get(id)?.operations ?? []
  assert.deepEqual([operation?.kind, operation?.subject, operation?.result], ['create', 'One (2026-04-01)', 'done'])
})

test('I3: approved deletions are carried out; dismissed ones stay, and the run is well again', async (t) => {
  const { run, give, store, destination, titles } = setUp(t)
  give(...many(12))
  await run()
  give(['u0', 'Event 0'])
  assert.equal((await run()).status, 'held')
  assert.equal(store.held.answer(destination.id, 'dismissed'), 11)
  const dismissed = await run()
  assert.deepEqual([dismissed.status, dismissed.counts.dismissed, titles().length], ['ok', 11, 12])
  give(...many(12))
  await run()
  give(['u0', 'Event 0'])
  assert.equal((await run()).status, 'held', 'asked again, since the feed had them in between')
  assert.equal(store.held.answer(destination.id, 'approved'), 11)
  const approved = await run('approve')
  assert.deepEqual([approved.status, approved.counts.deleted, titles()], ['ok', 11, ['Event 0']])
})

test('W8: a refused event is not sent again before it changes, and keeps nothing else from being deleted', async (t) => {
  const { run, give, target, titles } = setUp(t)
  const create = target.create.bind(target)
  let refusals = 0
  target.create = (name, text) => {
    if (!text.includes('SUMMARY:Bad')) return create(name, text)
    refusals += 1
    return Promise.reject(new SyncError('refused', 'The server refused it: no end.', { status: 415 }))
  }
  give(['a', 'One'], ['b', 'Bad'], ['c', 'Three'])
  assert.equal((await run()).status, 'error')
  give(['a', 'One'], ['b', 'Bad'])
  const second = await run()
  assert.deepEqual([refusals, second.status, second.counts.deleted], [1, 'partial', 1])
  assert.match(second.message, /1 event left out because the server refused it before \(Bad \(2026-04-01\): The server/)
  await run('manual')
  assert.equal(refusals, 2, 'a person asked for it')
  give(['a', 'One'], ['b', 'Good'])
  assert.equal((await run()).status, 'ok')
  assert.deepEqual(titles(), ['Good', 'One'])
})

test("W8: a server's own failure over one event is tried again a day later", async (t) => {
  const { run, give, target, clock } = setUp(t)
  const create = target.create.bind(target)
  let asked = 0
  target.create = (name, text) => {
    if (!text.includes('SUMMARY:Bad')) return create(name, text)
    asked += 1
    return Promise.reject(new SyncError('protocol', 'The server failed.', { status: 500 }))
  }
  give(['a', 'One'], ['b', 'Bad'])
  await run()
  await run()
  assert.equal(asked, 1)
  clock.advance(DAY)
  await run()
  assert.equal(asked, 2)
})

test('local_edits keep: an edit stays, is named, and is given up by release or by editing it back', async (t) => {
  const { run, give, edit, titles, store, destination, clock } = setUp(t, { local_edits: 'keep' })
  give(['a', 'One'], ['b', 'Two'])
  await run()
  await run()
  edit('a', 'Mine')
  const report = await run()
  assert.deepEqual([report.status, report.counts.edited, titles()], ['ok', 1, ['Mine', 'Two']])
  assert.ok(report.problems.some(({ code, uid }) => code === 'edit-kept' && uid === 'a'))
  edit('a', 'One')
  give(['a', 'Changed'], ['b', 'Two'])
  assert.equal((await run()).counts.uploaded, 1, 'edited back')
  edit('a', 'Mine again')
  await run()
  const decision = {
    kind: 'released',
    fingerprint: null,
    message: '',
    runId: null,
    at: clock.now(),
    retryAt: null,
  } as const
  store.decisions.put(destination.id, { ...decision, uid: 'a' })
  await run()
  assert.deepEqual(titles(), ['Changed', 'Two'])
  assert.deepEqual(store.decisions.list(destination.id), [])
})

test('undo brings back what a run changed, removed and added, and it stays so until the feed changes', async (t) => {
  const { run, undo, give, titles, store } = setUp(t)
  give(['a', 'One'], ['b', 'Two'])
  await run()
  give(['a', 'Changed'], ['c', 'Three'])
  const { id } = await run()
  assert.deepEqual(titles(), ['Changed', 'Three'])
  const undone = await undo(id)
  assert.equal(undone.message, `Took back 3 of 3 changes of run ${id}`)
  assert.deepEqual(titles(), ['One', 'Two'])
  assert.equal(store.runs.get(undone.id)?.undo_of, id)
  for (let turn = 0; turn < 3; turn += 1) {
    await run()
    assert.deepEqual(titles(), ['One', 'Two'])
  }
  give(['a', 'Newer'], ['c', 'Three'])
  await run()
  assert.deepEqual(titles(), ['Newer', 'Two'])
})

test('an undo can be undone, and that undone again', async (t) => {
  const { run, undo, give, titles } = setUp(t)
  give(['a', 'One'], ['b', 'Two'])
  await run()
  give(['a', 'Changed'], ['c', 'Three'])
  const changed = await run()
  assert.deepEqual([changed.counts.uploaded, changed.counts.created, changed.counts.updated], [2, 1, 1])
  const first = await undo(changed.id)
  const second = await undo(first.id)
  assert.deepEqual(titles(), ['Changed', 'Three'])
  const settled = await run()
  assert.deepEqual([settled.counts.uploaded, settled.counts.deleted, settled.counts.skipped], [0, 0, 2])
  await undo(second.id)
  assert.deepEqual(titles(), ['One', 'Two'])
  await run()
  assert.deepEqual(titles(), ['One', 'Two'])
})

test('undo leaves alone what somebody edited since, names it, and takes it along when asked', async (t) => {
  const { run, undo, give, edit, titles } = setUp(t, { local_edits: 'keep' })
  give(['a', 'One'])
  await run()
  give(['a', 'Changed'])
  const { id } = await run()
  edit('a', 'Mine')
  const careful = await undo(id)
  assert.deepEqual([careful.counts.edited, titles()], [1, ['Mine']])
  assert.match(careful.message, /left 1 event alone that somebody changed since/)
  await undo(id, true)
  assert.deepEqual(titles(), ['One'])
})

test('W1: an event of others that a mirror removed comes back by undo, and is not removed again', async (t) => {
  const { run, undo, give, target, titles } = setUp(t)
  target.putByOther('own.ics', calendarText(['own', 'Their own']))
  give(['a', 'One'])
  const { id } = await run()
  assert.deepEqual(titles(), ['One'])
  await undo(id)
  assert.deepEqual(titles(), ['Their own'])
  await run()
  assert.deepEqual(titles(), ['Their own'])
})

test('I7: a feed with new UIDs at each download costs no write, and is marked', async (t) => {
  const { run, give, target, titles } = setUp(t)
  const days = ['01', '02', '03', '04']
  const edition = (number: number, title = 'Event'): EventSketch[] =>
    days.map((day) => [`${number}-${day}`, `${title} ${day}`, `202604${day}T090000Z`])
  give(...edition(1))
  await run()
  await run()
  const { writes } = target
  for (const number of [2, 3]) {
    give(...edition(number))
    const report = await run()
    assert.equal(target.writes, writes)
    assert.ok(report.problems.some(({ code }) => code === 'unstable-uids'))
  }
  give(...edition(3).slice(1), ['3-01', 'Moved', '20260409T090000Z'])
  const report = await run()
  assert.deepEqual([report.counts.uploaded, report.counts.deleted], [1, 0])
  assert.ok(titles().includes('Moved'))
})

test('W13: a calendar that is not there is made on request, once, and not by a plan', async (t) => {
  const { world, plan, run, give, store } = setUp(t, { create_calendar: true })
  world.calendars.clear()
  give(['a', 'One'])
  assert.match((await plan()).message, /^Would add 1/)
  assert.equal(world.calendars.size, 0)
  assert.equal((await run()).counts.uploaded, 1)
  assert.equal(world.calendars.size, 1)
  world.calendars.clear()
  await assert.rejects(run(), { kind: 'not-found' }, 'one that was deleted is not made anew')
  assert.equal(store.remote.calendars('destination', 1).length, 1)
})

test('I9: remove_dropped removes a cancelled event and keeps what aged out', async (t) => {
  const { run, give, titles, clock } = setUp(t, { keep_local: true, remove_dropped: true })
  const past = new Date(clock.now() - 5 * DAY).toISOString().replace(/[-:]|\.\d+/g, '')
  give(['old', 'Old', past], ['next', 'Next'], ['stays', 'Stays'])
  await run()
  give(['stays', 'Stays'])
  const report = await run()
  assert.deepEqual([report.counts.deleted, report.counts.archived, titles()], [1, 1, ['Old', 'Stays']])
})
