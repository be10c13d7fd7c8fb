import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type GovernorInput, govern } from './governor.ts'
import type { DeleteOp } from './plan-push.ts'
import type { Href } from './types.ts'

const HOUR = 3_600_000

function deletes(count: number): DeleteOp[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'delete' as const,
    uid: `u${index}`,
    resource: {
      href: `/${index}.ics` as Href,
      etag: null,
      uid: `u${index}`,
      current: null,
      sent: null,
      owned: true,
      text: '',
    },
  }))
}

function verdict(input: Partial<GovernorInput>) {
  return govern({
    deletes: deletes(1),
    ours: 100,
    feedSize: 100,
    recentFeedSizes: [100],
    limit: null,
    waiting: [],
    now: 0,
    describe: (op) => `Event ${op.uid}`,
    ...input,
  })
}

test('lets few deletions pass', () => {
  assert.equal(verdict({ deletes: deletes(5), ours: 6 }).allowed.length, 5)
  assert.equal(verdict({ deletes: deletes(20) }).allowed.length, 20)
})

test('G3: holds more than a fifth of what we own', () => {
  const { allowed, held, reason } = verdict({ deletes: deletes(21) })
  assert.deepEqual([allowed.length, held.length], [0, 21])
  assert.match(reason ?? '', /21 deletions are more than the 20 allowed/)
})

test('a limit that a person raised lets that many pass, also those that wait, but never an empty feed', () => {
  const many = deletes(60)
  const shrunk = { deletes: many, feedSize: 40, recentFeedSizes: [100] }
  const { remember } = verdict(shrunk)
  assert.equal(remember.length, 60)
  assert.equal(verdict({ ...shrunk, limit: 60, waiting: remember }).allowed.length, 60)
  assert.equal(verdict({ ...shrunk, limit: 59, waiting: remember }).held.length, 60)
  const dismissed = remember.map((held) => ({ ...held, answer: 'dismissed' as const }))
  assert.equal(verdict({ ...shrunk, limit: 60, waiting: dismissed }).dismissed.length, 60)
  assert.equal(verdict({ deletes: deletes(3), feedSize: 0, limit: 60 }).held.length, 3)
})

test('I3: a feed that went from 44 events to none holds every deletion', () => {
  assert.equal(verdict({ deletes: deletes(3), feedSize: 0, recentFeedSizes: [44] }).held.length, 3)
})

test('an empty feed holds deletions also where nothing is known of its past', () => {
  assert.equal(verdict({ deletes: deletes(1), feedSize: 0, recentFeedSizes: [] }).held.length, 1)
})

test('holds deletions of a feed that shrank by more than half', () => {
  assert.match(verdict({ feedSize: 49 }).reason ?? '', /shrank from 100 to 49/)
  assert.equal(verdict({ feedSize: 50 }).reason, null)
  assert.equal(verdict({ feedSize: 1, recentFeedSizes: [3] }).reason, null)
})

test('G3: what the feed asked for three times over 24 hours is believed', () => {
  const first = verdict({ deletes: deletes(30), now: 0 })
  const second = verdict({ deletes: deletes(30), now: 12 * HOUR, waiting: first.remember })
  assert.equal(second.held.length, 30)
  const early = verdict({ deletes: deletes(30), now: 23 * HOUR, waiting: second.remember })
  assert.equal(early.held.length, 30)
  const third = verdict({ deletes: deletes(30), now: 24 * HOUR, waiting: second.remember })
  assert.deepEqual([third.allowed.length, third.reason], [30, null])
})

test('G3: one more deletion every day does not make the others wait anew', () => {
  let waiting: ReturnType<typeof verdict>['remember'] = []
  for (let day = 0; day < 3; day += 1)
    waiting = verdict({ deletes: deletes(30 + day), now: day * 24 * HOUR, waiting }).remember
  const { allowed, held } = verdict({ deletes: deletes(33), now: 72 * HOUR, waiting })
  assert.deepEqual([allowed.length, held.length], [31, 2])
})

test('what was held stays held when time alone makes it look usual', () => {
  const first = verdict({ deletes: deletes(4), feedSize: 6, recentFeedSizes: [20] })
  const later = verdict({ deletes: deletes(4), feedSize: 6, recentFeedSizes: [], waiting: first.remember, now: HOUR })
  assert.equal(later.held.length, 4)
})

test('a believed deletion that could not be carried out does not wait anew', () => {
  const waiting = [{ href: '/0.ics' as Href, uid: 'u0', subject: 'u0', firstSeenAt: 0, times: 3, answer: null }]
  const { remember } = verdict({ waiting, now: 25 * HOUR })
  assert.equal(verdict({ waiting: remember, now: 26 * HOUR }).allowed.length, 1)
})

test('G3: what a person approved passes, and still does where the run is cut off before it', () => {
  const { remember } = verdict({ deletes: deletes(30) })
  assert.equal(remember[0]?.subject, 'Event u0')
  const answered = remember.map((one) => ({ ...one, answer: 'approved' as const }))
  const after = verdict({ deletes: deletes(30), waiting: answered, now: 1 })
  assert.deepEqual([after.allowed.length, after.held.length, after.reason], [30, 0, null])
  assert.equal(verdict({ deletes: deletes(30), waiting: after.remember, now: 2 }).allowed.length, 30)
})

test('G3: an approval covers the deletions that were shown, not those that come after it', () => {
  const { remember } = verdict({ deletes: deletes(30) })
  const answered = remember.map((one) => ({ ...one, answer: 'approved' as const }))
  const later = verdict({ deletes: deletes(60), waiting: answered, now: 1 })
  assert.deepEqual([later.allowed.length, later.held.length], [30, 30])
})

test('what a person dismissed stays for good while the feed lacks it, and asks again once the feed had it', () => {
  const { remember } = verdict({ deletes: deletes(30) })
  const answered = remember.map((one) => ({ ...one, answer: 'dismissed' as const }))
  const later = verdict({ deletes: deletes(30), waiting: answered, now: 1000 * HOUR })
  assert.deepEqual([later.allowed.length, later.held.length, later.dismissed.length], [0, 0, 30])
  const backAgain = verdict({ deletes: [], waiting: later.remember })
  assert.deepEqual(backAgain.remember, [])
  assert.equal(verdict({ deletes: deletes(30), waiting: backAgain.remember }).held.length, 30)
})
