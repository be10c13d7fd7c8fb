import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOON } from '../../test/clock-and-log.ts'
import type { ETag, Fingerprint, Href } from '../core/types.ts'
import { openTestStore } from './test-store.ts'

type TestStore = ReturnType<typeof openTestStore>['store']

const NO_FORMS = { gzip: null, br: null, zstd: null }

const ENDED = { status: 'ok', message: 'Done', counts: {}, problems: [], failure: null } as const

function readCalendar(store: TestStore, kind: 'source' | 'destination', uids: readonly string[]) {
  const calendar = { url: 'https://dav.example.org/c/', displayName: 'C', color: '#00ff00', readAt: NOON }
  const { id } = store.remote.saveCalendar(kind, 1, calendar)
  const upsert = uids.map((uid) => ({
    href: `/c/${uid}.ics` as Href,
    etag: '"1"' as ETag,
    uid,
    current: 'f' as Fingerprint,
    sent: null,
    owned: kind === 'destination',
    text: `UID:${uid}`,
  }))
  store.remote.apply(id, { upsert, remove: [] })
  return id
}

test('a deleted source comes back with its password, addresses, links, feed, calendars, events and runs', (t) => {
  const { store } = openTestStore(t)
  store.sources.update(1, { calendars: ['https://dav.example.org/c/'], paused: true })
  store.sourcePaths.create(1, 'second', true)
  store.feeds.publish(1, Buffer.from('BEGIN:VCALENDAR'), NO_FORMS, NOON)
  const merged = {
    label: 'Aunt',
    name: null,
    paused: false,
    expires_at: null,
    freshness_secs: null,
    mark: 'none',
    rules: [],
  } as const
  const link = store.links.create({ ...merged, path: 'both', is_public: true, source_ids: [1, 2] })
  const calendarId = readCalendar(store, 'source', ['x', 'y'])
  const runId = store.runs.start('source', 1, 'timer', NOON)
  store.runs.finish(runId, ENDED, NOON)
  const before = {
    source: store.sources.get(1),
    paths: store.sourcePaths.list(1),
    links: store.links.list(),
    resources: store.remote.resources(calendarId),
    run: store.runs.get(runId),
    feed: store.feeds.ofSource(1)?.body,
  }
  assert.equal(store.sources.remove(1), true)
  assert.equal(store.sources.get(1), undefined)
  assert.deepEqual(store.links.get(link.id)?.source_ids, [2])
  // Its place in the tables is taken by other rows meanwhile.
  store.remote.apply(
    store.remote.saveCalendar('source', 2, { url: 'u', displayName: 'U', color: null, readAt: NOON }).id,
    {
      upsert: before.resources,
      remove: [],
    },
  )
  assert.equal(store.bin.has('source', 1), true)
  assert.equal(store.bin.restore('source', 1), true)
  const after = {
    source: store.sources.get(1),
    paths: store.sourcePaths.list(1),
    links: store.links.list(),
    resources: store.remote.resources(calendarId),
    run: store.runs.get(runId),
    feed: store.feeds.ofSource(1)?.body,
  }
  assert.deepEqual(after, before)
  assert.equal(store.sources.password(1)?.reveal(), 'p')
  assert.equal(store.bin.restore('source', 1), false)
})

test('a deleted destination comes back knowing what it wrote, what waits, what was decided, and what it can undo', (t) => {
  const { store } = openTestStore(t)
  const calendarId = readCalendar(store, 'destination', ['x'])
  const runId = store.runs.start('destination', 1, 'timer', NOON)
  store.journal.record({
    runId,
    destinationId: 1,
    calendarUrl: 'https://dav.example.org/c',
    href: '/c/x.ics' as Href,
    uid: 'x',
    kind: 'update',
    before: { text: 'UID:x', etag: null, sent: null, owned: true },
    after: 'g' as Fingerprint,
    at: NOON,
  })
  store.held.put(1, [{ href: '/c/x.ics' as Href, uid: 'x', subject: 'X', firstSeenAt: NOON, times: 1, answer: null }])
  const parts = () => ({
    destination: store.destinations.get(1),
    resources: store.remote.resources(calendarId),
    journal: store.journal.ofRun(runId),
    held: store.held.get(1),
  })
  const before = parts()
  store.destinations.remove(1)
  // What nothing refers to any more is thrown away with old entries, but not what may come back.
  store.journal.prune(NOON + 1)
  assert.equal(store.bin.restore('destination', 1), true)
  assert.deepEqual(parts(), before)
})

test('a run that was under way at the deletion has ended once its item is back', (t) => {
  const { store, clock } = openTestStore(t)
  const cutOff = store.runs.start('source', 1, 'timer', NOON)
  const lasting = store.runs.start('source', 1, 'timer', NOON)
  store.sources.remove(1)
  // Its row is gone by the time it ends.
  store.runs.finish(cutOff, ENDED, NOON)
  store.bin.restore('source', 1)
  assert.deepEqual([store.runs.get(cutOff)?.status, store.runs.get(cutOff)?.finished_at], ['interrupted', clock.now()])
  store.runs.finish(lasting, ENDED, NOON)
  assert.equal(store.runs.get(lasting)?.status, 'ok')
})

test('a source is not brought back beside whatever leads to another feed from one of its addresses now', (t) => {
  const { store } = openTestStore(t)
  store.sources.update(1, { public_ics: true, public_ics_path: 'open' })
  store.sourcePaths.create(1, 'second', true)
  const refused = (message: string) => assert.throws(() => store.bin.restore('source', 1), { kind: 'refused' }, message)
  store.sources.remove(1)
  const { id } = store.sourcePaths.create(2, 'a', true)
  refused('a further path')
  store.sourcePaths.remove(id)
  store.sources.update(2, { public_ics: true, public_ics_path: 'second' })
  refused('a public path')
  store.sources.update(2, { public_ics_path: null })
  const link = store.links.create({
    ...{ label: '', name: null, paused: false, expires_at: null, freshness_secs: null, mark: 'none', rules: [] },
    ...{ path: 'open', is_public: true, source_ids: [2] },
  })
  refused('a link')
  store.links.remove(link.id)
  assert.equal(store.bin.restore('source', 1), true)
  assert.deepEqual(
    store.sourcePaths.list(1).map(({ path }) => path),
    ['second'],
  )
})

test('after ten minutes, or with its address taken by another source, a deletion stands', (t) => {
  const { store, clock } = openTestStore(t)
  store.sources.remove(1)
  store.sources.update(2, { ics_path: 'a' })
  assert.throws(() => store.bin.restore('source', 1))
  assert.equal(store.sources.get(1), undefined)
  store.sources.update(2, { ics_path: 'b' })
  clock.advance(10 * 60_000 + 1)
  assert.equal(store.bin.has('source', 1), false)
  assert.equal(store.bin.restore('source', 1), false)
})

test('a deletion that the database takes back leaves nothing in the bin, and the bin in order', (t) => {
  const { store, clock } = openTestStore(t)
  const full = new Error('The disk is full.')
  const removeInVain = () => {
    store.sources.remove(1)
    throw full
  }
  assert.throws(() => store.transaction(removeInVain), full)
  assert.deepEqual([store.sources.get(1)?.name, store.bin.has('source', 1)], ['a', false])
  clock.advance(10 * 60_000 + 1)
  assert.equal(store.bin.isEmpty(), true)
  assert.equal(store.sources.remove(1), true)
  assert.equal(store.bin.restore('source', 1), true)
})
