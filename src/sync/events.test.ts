import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stillClock } from '../../test/clock-and-log.ts'
import { createEventBus, type SentEvent, type ServiceEvent } from './events.ts'
import { progressOf, tellFinished } from './run-events.ts'

const changed = (item_id: number): ServiceEvent => ({
  type: 'item-changed',
  kind: 'source',
  item_id,
  change: 'updated',
})
const run = { run_id: 7, kind: 'destination', item_id: 3 } as const
const nothing = () => undefined

function setUp() {
  const clock = stillClock()
  const bus = createEventBus(clock)
  const got: SentEvent[] = []
  bus.subscribe(null, (sent) => got.push(sent), nothing)
  return { clock, bus, got }
}

test('every subscriber gets every event, with rising ids', () => {
  const { bus, got } = setUp()
  const others: SentEvent[] = []
  bus.subscribe(null, (sent) => others.push(sent), nothing)
  for (const id of [1, 2, 3]) bus.publish(changed(id))
  assert.deepEqual(got, others)
  assert.deepEqual(
    got.map(({ event }) => event),
    [changed(1), changed(2), changed(3)],
  )
  const ids = got.map(({ id }) => id)
  assert.deepEqual(
    ids,
    [...ids].sort((a, b) => a - b),
  )
})

test('who was cut off gets exactly what was missed', () => {
  const { bus, got } = setUp()
  for (const id of [1, 2, 3]) bus.publish(changed(id))
  const { missed, lastId } = bus.subscribe(got[0]?.id ?? 0, nothing, nothing)
  assert.deepEqual(missed, got.slice(1))
  assert.equal(lastId, got[2]?.id)
  assert.deepEqual(bus.subscribe(lastId, nothing, nothing).missed, [])
  assert.deepEqual(bus.subscribe(null, nothing, nothing).missed, [])
})

test('an id before the 500 that are kept, of an earlier start, or of the future means: start afresh', () => {
  const { clock, bus, got } = setUp()
  for (let id = 0; id < 502; id += 1) bus.publish(changed(id))
  assert.equal(bus.subscribe(got[0]?.id ?? 0, nothing, nothing).missed, null)
  assert.equal(bus.subscribe(got[1]?.id ?? 0, nothing, nothing).missed?.length, 500)
  const last = got.at(-1)?.id ?? 0
  assert.equal(bus.subscribe(last + 1, nothing, nothing).missed, null)
  clock.advance(1_000)
  const restarted = createEventBus(clock)
  assert.equal(restarted.subscribe(last, nothing, nothing).missed, null)
})

test('closing ends all subscriptions, and later ones at once', () => {
  const { bus, got } = setUp()
  let ended = 0
  bus.subscribe(null, nothing, () => {
    ended += 1
  })
  bus.close()
  bus.publish(changed(1))
  bus.subscribe(null, nothing, () => {
    ended += 1
  })
  assert.equal(ended, 2)
  assert.equal(got.length, 0)
})

test('a run that counts thousands of steps tells at most four a second', () => {
  const { clock, bus, got } = setUp()
  const progress = progressOf(bus, run, clock)
  const moments: number[] = []
  for (let step = 0; step < 4_000; step += 1) {
    progress((['list', 'fetch', 'write', 'delete'] as const)[Math.floor(step / 3) % 4] ?? 'plan', step, 4_000)
    while (moments.length < got.length) moments.push(clock.now())
    clock.advance(1)
  }
  assert.ok(moments.length >= 8, `${moments.length} were told`)
  for (const moment of moments) {
    const within = moments.filter((other) => other >= moment && other < moment + 1000)
    assert.ok(within.length <= 4, `${within.length} within a second`)
  }
})

test('a new phase is told although the one before it has just been', () => {
  const { clock, bus, got } = setUp()
  const progress = progressOf(bus, run, clock)
  progress('download', 0, 1)
  progress('download', 1, 1)
  progress('list', 0, 1)
  assert.deepEqual(
    got.map(({ event }) => (event.type === 'run-progress' ? `${event.phase} ${event.done}/${event.total}` : '')),
    ['download 0/1', 'list 0/1'],
  )
})

test('deletions that wait for a person are an event of their own', () => {
  const { bus, got } = setUp()
  const report = { message: 'm', problems: [], failure: null }
  tellFinished(bus, run, { ...report, status: 'ok', counts: { held: 0 } })
  tellFinished(bus, run, { ...report, status: 'held', counts: { held: 12 } })
  assert.deepEqual(
    got.map(({ event }) => event.type),
    ['run-finished', 'run-finished', 'run-held'],
  )
  assert.deepEqual(got[2]?.event, { type: 'run-held', ...run, message: 'm', held: 12 })
})
