import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { MemoryCalendar } from '../../test/fakes/memory-calendar.ts'
import { destinationSettings, freshFeed, TestWorld } from '../../test/fakes/world.ts'
import { calendar, event } from '../../test/ical-samples.ts'
import type { DestinationSettings } from '../core/items.ts'
import type { Rule } from '../core/rules/rule.ts'
import { createLocks } from './locks.ts'
import { createRunSwitch } from './run-control.ts'
import { runDestination } from './run-destination.ts'

function setUp(t: TestContext, settings: Partial<DestinationSettings>) {
  const world = new TestWorld(t)
  const target = new MemoryCalendar()
  world.calendars.set(target.url, { calendar: target, displayName: 'Target' })
  const { id } = world.store.destinations.create({ ...destinationSettings, ...settings })
  const locks = createLocks()
  const run = async () => {
    const destination = world.store.destinations.get(id) ?? assert.fail()
    const runId = world.store.runs.start('destination', id, 'timer', world.clock.now())
    const identity = { id: runId, trigger: 'timer' as const }
    const report = await runDestination(destination, world.deps, locks, createRunSwitch().control, identity)
    world.store.runs.finish(runId, report, world.clock.now())
    return report
  }
  return { world, target, run, id }
}

const BUSY: Rule[] = [{ when: [], actions: [{ do: 'busy' }] }]
const NO_PRIVATE: Rule[] = [{ when: [{ if: 'class', value: 'PRIVATE' }], actions: [{ do: 'drop' }] }]

test('a destination with a busy rule writes times alone, and nothing the second time', async (t) => {
  const { world, target, run } = setUp(t, { rules: BUSY })
  world.feed = freshFeed(calendar(event('a', 'SUMMARY:Layoffs', 'ATTENDEE:mailto:boss@x.org'), event('b')))
  assert.equal((await run()).counts.uploaded, 2)
  assert.doesNotMatch(target.texts().join(''), /Layoffs|boss|UID:a\r/)
  assert.equal((await run()).counts.uploaded, 0)
})

test('what rules leave out is removed where the calendar mirrors the feed, and stays where it does not', async (t) => {
  for (const keep_local of [false, true]) {
    const { world, target, run, id } = setUp(t, { keep_local })
    world.feed = freshFeed(calendar(event('a'), event('b', 'CLASS:PRIVATE')))
    await run()
    world.store.destinations.update(id, { rules: NO_PRIVATE })
    await run()
    assert.equal(target.texts().length, keep_local ? 2 : 1)
  }
})

test('an event of which rules cannot be worked out is neither written nor taken for gone', async (t) => {
  const { world, target, run, id } = setUp(t, {})
  const series = event('s', 'RRULE:FREQ=DAILY;COUNT=5')
  const odd = event('s', 'RECURRENCE-ID;RANGE=THISANDFUTURE:20260303T100000Z', 'DTSTART:20260303T120000Z')
  world.feed = freshFeed(calendar(event('a'), series, odd))
  await run()
  const before = target.texts().length
  const rules: Rule[] = [{ when: [{ if: 'weekday', days: ['MO'] }], actions: [{ do: 'drop' }] }]
  world.store.destinations.update(id, { rules })
  const report = await run()
  assert.ok(report.problems.some(({ code }) => code === 'rule-unsure'))
  assert.equal(target.texts().length, before)
})
