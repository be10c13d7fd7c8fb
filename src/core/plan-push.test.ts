import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PushInput, type PushOptions, planPush, type TargetResource, type Wanted } from './plan-push.ts'
import type { ETag, Fingerprint, Href } from './types.ts'

const print = (text: string) => text as Fingerprint
const wanted = (uid: string, fingerprint = 'feed'): Wanted => ({ uid, subject: uid, fingerprint: print(fingerprint) })

function held(
  uid: string,
  state: { current?: string; sent?: string; owned?: boolean; href?: string; feedUid?: string; edited?: boolean } = {},
): TargetResource {
  return {
    href: (state.href ?? `/cal/${uid}.ics`) as Href,
    etag: '"1"' as ETag,
    uid,
    current: state.current === undefined ? null : print(state.current),
    sent: state.sent === undefined ? null : print(state.sent),
    ...(state.feedUid === undefined ? {} : { feedUid: state.feedUid }),
    ...(state.edited ? { base: { sent: print('feed'), held: print('held') } } : {}),
    owned: state.owned ?? false,
    text: '',
  }
}

const keepAll: PushOptions = { syncAll: true, keepLocal: true, removeDropped: false, localEdits: 'overwrite' }
const mirror: PushOptions = { ...keepAll, keepLocal: false }
const removing: PushOptions = { ...keepAll, removeDropped: true }

function plan(input: Partial<PushInput>) {
  return planPush({
    wanted: [],
    target: [],
    isProtected: () => false,
    wouldMail: () => false,
    writtenByOthers: new Set(),
    options: keepAll,
    isFuture: () => true,
    pair: () => new Map(),
    declined: new Map(),
    released: new Set(),
    aliasOf: (uid) => `alias-of-${uid}`,
    ...input,
  })
}

const kinds = (result: ReturnType<typeof plan>) => result.writes.map((op) => `${op.kind} ${op.uid}`)

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
  const past = { options: { ...keepAll, syncAll: false }, isFuture: () => false }
  const fresh = plan({ wanted: [wanted('a')], ...past })
  assert.deepEqual([kinds(fresh), fresh.past], [[], 1])
  assert.deepEqual(kinds(plan({ wanted: [wanted('a', 'moved')], target: [held('a', { sent: 'feed' })], ...past })), [
    'update a',
  ])
  assert.deepEqual(kinds(plan({ wanted: [wanted('a', 'moved')], target: [held('a', { current: 'x' })], ...past })), [])
})

test('sync_all off, keep_local off: removes only what ends in the future', () => {
  const options = { ...mirror, syncAll: false }
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

const uids = (result: ReturnType<typeof plan>) => result.deletes.map((op) => op.uid)

test('remove_dropped: removes what this destination added once the feed drops it, and nothing else', () => {
  const target = [held('ours', { sent: 'feed', owned: true }), held('adopted', { sent: 'feed' }), held('theirs')]
  assert.deepEqual(uids(plan({ target, options: removing })), ['ours'])
  assert.deepEqual(uids(plan({ target })), [])
})

test('I9: what only aged out of the feed is kept as archived; what was cancelled in the future goes', () => {
  const target = [held('aged', { sent: 'feed', owned: true }), held('cancelled', { sent: 'feed', owned: true })]
  const isFuture = (object: Wanted | TargetResource) => object.uid === 'cancelled'
  const result = plan({ target, isFuture, options: removing })
  assert.deepEqual([uids(result), result.archived], [['cancelled'], 1])
})

test('I8: remove_dropped leaves an event alone that the feed holds in a form we could not read', () => {
  const target = [held('written-as', { sent: 'feed', owned: true, feedUid: 'a' })]
  assert.deepEqual(uids(plan({ target, options: removing, isProtected: (uid) => uid === 'a' })), [])
})

test('local_edits keep: an edited event is left alone, also when the feed changes or drops it', () => {
  const options: PushOptions = { ...mirror, localEdits: 'keep' }
  const target = [held('a', { current: 'theirs', edited: true, owned: true })]
  const changed = plan({ wanted: [wanted('a', 'new')], target, options })
  assert.deepEqual([kinds(changed), changed.edited.length], [[], 1])
  const dropped = plan({ target, options })
  assert.deepEqual([uids(dropped), dropped.edited.length], [[], 1])
})

test('local_edits keep: a released event follows the feed again, and so does one that was edited back', () => {
  const options: PushOptions = { ...keepAll, localEdits: 'keep' }
  const target = [held('a', { current: 'theirs', edited: true, owned: true })]
  assert.deepEqual(kinds(plan({ wanted: [wanted('a')], target, options, released: new Set(['a']) })), ['update a'])
  const back = [held('a', { current: 'held', sent: 'feed', owned: true })]
  assert.deepEqual(kinds(plan({ wanted: [wanted('a', 'new')], target: back, options })), ['update a'])
})

test('local_edits overwrite: the feed wins', () => {
  const target = [held('a', { current: 'theirs', edited: true, owned: true })]
  assert.deepEqual(kinds(plan({ wanted: [wanted('a')], target })), ['update a'])
})

test('W8: what was declined is not written again, but its next edition is', () => {
  const declined = new Map([['a', { why: 'refused' as const, fingerprint: print('feed'), message: 'no' }]])
  const same = plan({ wanted: [wanted('a')], declined })
  assert.deepEqual([kinds(same), same.declined.length], [[], 1])
  assert.deepEqual(kinds(plan({ wanted: [wanted('a', 'new')], declined })), ['create a'])
})

test('I7: an object under a new UID is written into the resource that held it, under the UID that one has', () => {
  const target = [held('old', { sent: 'feed', owned: true, href: '/cal/1.ics' })]
  const pair: PushInput['pair'] = (newcomers, leftovers) =>
    new Map(newcomers.flatMap(({ uid }) => leftovers.map((resource) => [uid, resource] as const)))
  const same = plan({ wanted: [wanted('new')], target, pair, options: mirror })
  assert.deepEqual([kinds(same), uids(same), same.unchanged, same.renamed.length], [[], [], 1, 1])
  const [op] = plan({ wanted: [wanted('new', 'moved')], target, pair, options: mirror }).writes
  assert.deepEqual([op?.kind, op?.uid, op?.writeUid], ['update', 'new', 'old'])
})

test('I7: the UID the feed gave last is remembered, so that a later change finds its resource', () => {
  const target = [held('old', { sent: 'feed', owned: true, feedUid: 'second' })]
  const result = plan({ wanted: [wanted('second', 'changed')], target, options: mirror })
  assert.deepEqual([kinds(result), uids(result)], [['update second'], []])
})

test("I7: nobody else's event is taken for one of ours under another UID", () => {
  const offered: TargetResource[] = []
  const pair: PushInput['pair'] = (_, leftovers) => {
    offered.push(...leftovers)
    return new Map()
  }
  const target = [held('theirs'), held('adopted', { sent: 'x' }), held('ours', { owned: true })]
  plan({ wanted: [wanted('new')], target, pair })
  assert.deepEqual(
    offered.map(({ uid }) => uid),
    ['ours'],
  )
})
