import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createJobQueue } from './job-queue.ts'

/** A queue with jobs that end when told; `log` names the starts in order. */
function harness(atOnce: number, atOncePerHost: number) {
  const queue = createJobQueue({ atOnce, atOncePerHost })
  const log: string[] = []
  const ends = new Map<string, () => void>()
  const add = (name: string, host: string, urgent = false) => {
    const done = Promise.withResolvers<void>()
    ends.set(name, done.resolve)
    const start = () => {
      log.push(name)
      return done.promise
    }
    const job = { hosts: [host], urgent, start }
    queue.add(job)
    return job
  }
  const end = async (name: string) => {
    ends.get(name)?.()
    await new Promise(setImmediate)
  }
  return { queue, log, add, end }
}

test('H13: starts no more than the limit in all, and the next when one ends', async () => {
  const { log, add, end } = harness(2, 2)
  add('a', 'one')
  add('b', 'two')
  add('c', 'three')
  assert.deepEqual(log, ['a', 'b'])
  await end('a')
  assert.deepEqual(log, ['a', 'b', 'c'])
})

test('H13: a host that hangs does not keep others waiting', () => {
  const { log, add } = harness(8, 1)
  add('a', 'slow')
  add('b', 'slow')
  add('c', 'quick')
  assert.deepEqual(log, ['a', 'c'])
})

test('what somebody waits for goes first', async () => {
  const { log, add, end } = harness(1, 1)
  add('a', 'one')
  add('b', 'one')
  add('c', 'one', true)
  await end('a')
  assert.deepEqual(log, ['a', 'c'])
})

test('a job that has not begun can be taken back, one that has cannot', async () => {
  const { queue, log, add, end } = harness(1, 1)
  const a = add('a', 'one')
  const b = add('b', 'one')
  assert.equal(queue.withdraw(a), false)
  assert.equal(queue.withdraw(b), true)
  await end('a')
  assert.deepEqual(log, ['a'])
})

test('a host with many jobs takes turns with the others', async () => {
  const { log, add, end } = harness(1, 1)
  for (const name of ['a', 'b', 'c']) add(name, 'large')
  add('d', 'small')
  await end('a')
  await end('b')
  assert.deepEqual(log, ['a', 'b', 'd'])
})
