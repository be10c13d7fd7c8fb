import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { MemoryCalendar } from '../../test/fakes/memory-calendar.ts'
import { calendarText, destinationSettings, freshFeed, sourceSettings, TestWorld } from '../../test/fakes/world.ts'
import { SyncError } from '../core/errors.ts'
import type { Changes, CompleteListing } from '../core/remote.ts'
import { createLocks } from './locks.ts'
import { createRunSwitch } from './run-control.ts'
import { runDestination } from './run-destination.ts'
import { runSource } from './run-source.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** A source whose address is that of its one calendar, read once; what its server is asked for from then on. */
async function readOnce(t: TestContext, token = 'token-1') {
  const world = new TestWorld(t)
  const calendar = new MemoryCalendar({ tokens: 'right' }, 'work')
  calendar.putByOther('1.ics', calendarText(['w1', 'Meeting']))
  world.calendars.set(calendar.url, { calendar, displayName: 'Work' })
  const list = calendar.list.bind(calendar)
  calendar.list = async (...given): Promise<CompleteListing> => {
    asked.push('list')
    return { ...(await list(...given)), syncToken: token }
  }
  const discover = world.deps.discover
  const asked: string[] = []
  const deps = {
    ...world.deps,
    discover: (...given: Parameters<typeof discover>) => {
      asked.push('look')
      return discover(...given)
    },
  }
  const source = world.store.sources.create({ ...sourceSettings, caldav_url: calendar.url })
  const run = () => runSource(source, deps, createRunSwitch().control)
  const answerWith = (answer: Changes | SyncError | null) => {
    calendar.changes = async () => {
      asked.push('changes')
      if (answer instanceof SyncError) throw answer
      return answer
    }
  }
  await run()
  asked.length = 0
  return { world, run, asked, answerWith, source }
}

const nothing = (syncToken: string): Changes => ({ complete: false, changed: [], removed: [], read: [], syncToken })

test('W2: a known calendar in which nothing changed is asked one question, and nothing is written', async (t) => {
  const { world, run, asked, answerWith, source } = await readOnce(t)
  answerWith(nothing('token-1'))
  const [known] = world.store.remote.calendars('source', source.id)
  const before = world.store.remote.state(known?.id ?? 0)
  world.clock.advance(60_000)
  assert.equal((await run()).counts.events, 1)
  assert.deepEqual(asked, ['changes'])
  assert.deepEqual(world.store.remote.state(known?.id ?? 0), before)
})

test('no change and yet another token, as of a server put back to an older state, calls for a look', async (t) => {
  const { run, asked, answerWith } = await readOnce(t)
  answerWith(nothing('token-0'))
  await run()
  assert.deepEqual(asked.slice(0, 2), ['changes', 'look'])
})

test('a token that is a clock is not asked with first', async (t) => {
  const { run, asked, answerWith } = await readOnce(t, '1795000000')
  answerWith(nothing('1795000000'))
  await run()
  assert.equal(asked[0], 'look')
})

test('once a day the calendar is looked at and listed, whatever its token says', async (t) => {
  const { world, run, asked, answerWith } = await readOnce(t)
  answerWith(nothing('token-1'))
  world.clock.advance(DAY_MS)
  await run()
  assert.deepEqual(asked, ['look', 'list'])
})

test('a refused login is not tried a second time in the same run', async (t) => {
  const { run, asked, answerWith } = await readOnce(t)
  answerWith(new SyncError('login', 'The login was refused.', { status: 401 }))
  await assert.rejects(run, /login was refused/)
  assert.deepEqual(asked, ['changes'])
})

test('where the question fails otherwise the calendar is looked for as usual', async (t) => {
  for (const answer of [null, new SyncError('not-found', 'There is no calendar.', { status: 404 })]) {
    const { run, asked, answerWith } = await readOnce(t)
    answerWith(answer)
    await run().catch(() => undefined)
    assert.deepEqual(asked.slice(0, 2), ['changes', 'look'])
  }
})

test('of the calendar of a destination texts are asked for only where one of its own is expected', async (t) => {
  const world = new TestWorld(t)
  const { store, clock, deps } = world
  const target = new MemoryCalendar({ tokens: 'right' }, 'target')
  world.calendars.set(target.url, { calendar: target, displayName: 'Target' })
  const destination = store.destinations.create(destinationSettings)
  const asked: boolean[] = []
  const changes = target.changes.bind(target)
  target.changes = async (token: string, withTexts?: boolean) => {
    asked.push(withTexts === true)
    return await changes(token)
  }
  const run = async () => {
    const id = store.runs.start('destination', destination.id, 'timer', clock.now())
    const identity = { id, trigger: 'timer' } as const
    store.runs.finish(
      id,
      await runDestination(destination, deps, createLocks(), createRunSwitch().control, identity),
      0,
    )
  }
  world.feed = freshFeed(calendarText(['a', 'One']))
  await run()
  await run()
  assert.deepEqual(asked.splice(0), [true])
  await run()
  await run()
  assert.deepEqual(asked.splice(0), [false, false])
  world.feed = freshFeed(calendarText(['a', 'Another']))
  await run()
  await run()
  await run()
  assert.deepEqual(asked.splice(0), [false, true, false])
  world.feed = freshFeed(calendarText(['a', 'Changed'], ['b', 'Two']))
  await run()
  await run()
  assert.deepEqual(asked, [false, false], 'several of its own call for a listing')
})
