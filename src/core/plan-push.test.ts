import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PushInput, planPush, type TargetResource, type Wanted } from './plan-push.ts'
import type { ETag, Fingerprint, Href } from './types.ts'

const print = (text: string) => text as Fingerprint
const wanted = (uid: string, fingerprint = 'feed'): Wanted => ({ uid, subject: uid, fingerprint: print(fingerprint) })

function held(
  uid: string,
  state: { current?: string; sent?: string; owned?: boolean; href?: string } = {},
): TargetResource {
  return {
    href: (state.href ?? `/cal/${uid}.ics`) as Href,
    etag: '"1"' as ETag,
    uid,
    current: state.current === undefined ? null : print(state.current),
    sent: state.sent === undefined ? null : print(state.sent),
    owned: state.owned ?? false,
    text: '',
  }
}

function plan(input: Partial<PushInput>) {
  return planPush({
    wanted: [],
    target: [],
    isProtected: () => false,
    wouldMail: () => false,
    writtenByOthers: new Set(),
    options: { syncAll: true, keepLocal: true },
    isFuture: () => true,
    aliasOf: (uid) => `alias-of-${uid}`,
    ...input,
  })
}

const kinds = (result: ReturnType<typeof plan>) => result.writes.map((op) => `${op.kind} ${op.uid}`)
const mirror = { syncAll: true, keepLocal: false }

test('creates what the target lacks, in the order of the feed', () => {
  assert.deepEqual(kinds(plan({ wanted: [wanted('b'), wanted('a')] })), ['create b', 'create a'])
})

test('W9: leaves alone what it sent, however the server holds it', () => {
  const result = plan({ wanted: [wanted('a')], target: [held('a', { current: 'rewritten', sent: 'feed' })] })
  assert.deepEqual(kinds(result), [])
  assert.equal(result.unchanged, 1)
})

test('updates what somebody edited on the server, under its own href', () => {
  const target = [held('a', { current: 'edited', owned: true, href: '/cal/elsewhere.ics' })]
  const [op] = plan({ wanted: [wanted('a')], target }).writes
  assert.equal(op?.kind === 'update' && op.resource.href, '/cal/elsewhere.ics')
  assert.equal(op?.kind === 'update' && op.readBack, true)
})

test('updates what the feed changed', () => {
  const [op] = plan({ wanted: [wanted('a', 'new')], target: [held('a', { sent: 'feed', owned: true })] }).writes
  assert.equal(op?.kind, 'update')
  assert.equal(op?.kind === 'update' && op.readBack, false)
})

test('W7: an object that already lies under another href is updated there, not created again', () => {
  assert.deepEqual(kinds(plan({ wanted: [wanted('a')], target: [held('a', { current: 'x' })] })), ['update a'])
})

test('W7: an object written under its alias is found again', () => {
  const target = [held('alias-of-a', { sent: 'feed', owned: true })]
  assert.equal(plan({ wanted: [wanted('a')], target }).unchanged, 1)
  assert.deepEqual(plan({ wanted: [wanted('a')], target, options: mirror }).deletes, [])
})

test('of two resources with one UID the one we created counts', () => {
  const target = [
    held('a', { current: 'x', href: '/cal/1.ics' }),
    held('a', { sent: 'feed', owned: true, href: '/cal/2.ics' }),
  ]
  assert.equal(plan({ wanted: [wanted('a')], target }).unchanged, 1)
})

test('keep_local on: removes nothing', () => {
  assert.deepEqual(plan({ target: [held('a'), held('b', { owned: true })] }).deletes, [])
})

test('keep_local off: removes what the feed lacks, and nothing the feed holds', () => {
  const result = plan({ wanted: [wanted('a')], target: [held('a', { sent: 'feed' }), held('b')], options: mirror })
  assert.deepEqual(
    result.deletes.map((op) => op.uid),
    ['b'],
  )
})

test('I8: an event of the feed that could not be read is not removed', () => {
  const result = plan({ target: [held('a')], isProtected: (uid) => uid === 'a', options: mirror })
  assert.deepEqual(result.deletes, [])
})

test('sync_all off: leaves out what is past, except what the target already holds from us', () => {
  const past = { options: { syncAll: false, keepLocal: true }, isFuture: () => false }
  const fresh = plan({ wanted: [wanted('a')], ...past })
  assert.deepEqual([kinds(fresh), fresh.past], [[], 1])
  assert.deepEqual(kinds(plan({ wanted: [wanted('a', 'moved')], target: [held('a', { sent: 'feed' })], ...past })), [
    'update a',
  ])
  assert.deepEqual(kinds(plan({ wanted: [wanted('a', 'moved')], target: [held('a', { current: 'x' })], ...past })), [])
})

test('sync_all off, keep_local off: removes only what ends in the future', () => {
  const options = { syncAll: false, keepLocal: false }
  const target = [held('past'), held('future')]
  const isFuture = (object: Wanted | TargetResource) => object.uid === 'future'
  assert.deepEqual(
    plan({ target, options, isFuture }).deletes.map((op) => op.uid),
    ['future'],
  )
})

test('W1: what another destination created is left alone unless this one is a mirror', () => {
  const shared = { wanted: [wanted('a')], target: [held('a', { current: 'x' })], writtenByOthers: new Set(['a']) }
  const result = plan(shared)
  assert.deepEqual([kinds(result), result.foreign], [[], 1])
  assert.deepEqual(kinds(plan({ ...shared, options: mirror })), ['update a'])
})

test('W7: an alias left over beside the object itself is an orphan of a mirror', () => {
  const target = [held('a', { sent: 'feed' }), held('alias-of-a', { sent: 'feed', owned: true })]
  const { deletes } = plan({ wanted: [wanted('a')], target, options: mirror })
  assert.deepEqual(
    deletes.map((op) => op.uid),
    ['alias-of-a'],
  )
})

test('W4: a meeting that is not ours and has guests is neither changed nor deleted', () => {
  const target = [held('a', { current: 'x' }), held('b', { current: 'x' })]
  const result = plan({ wanted: [wanted('a')], target, options: mirror, wouldMail: () => true })
  assert.deepEqual([kinds(result), result.deletes, result.guarded.length], [[], [], 2])
})

test('W4: a meeting that we wrote follows the feed', () => {
  const target = [held('a', { sent: 'feed', owned: true })]
  assert.deepEqual(kinds(plan({ wanted: [wanted('a', 'new')], target, wouldMail: () => true })), ['update a'])
})

test('H10: of two destinations that both took over an object the one that wrote last goes on', () => {
  const shared = { wanted: [wanted('a')], writtenByOthers: new Set(['a']) }
  assert.equal(plan({ ...shared, target: [held('a', { sent: 'feed' })] }).unchanged, 1)
  assert.equal(plan({ ...shared, target: [held('a', { current: 'theirs' })] }).foreign, 1)
})
