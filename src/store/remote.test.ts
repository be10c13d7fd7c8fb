import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { memoryLog, NOON, stillClock } from '../../test/clock-and-log.ts'
import { tempFolder } from '../../test/temp-folder.ts'
import { DESTINATION_DEFAULTS } from '../core/items.ts'
import type { ETag, Fingerprint, Href } from '../core/types.ts'
import { Secret } from '../core/types.ts'
import { openDatabase } from './db.ts'
import { remoteStore } from './remote.ts'
import type { KnownResource } from './remote-types.ts'
import { openStore } from './store.ts'

/** A store with two destinations, 1 and 2, and one source, 1. */
function openTestStore(t: TestContext) {
  const path = join(tempFolder(t), 'caldav-sync.db')
  const store = openStore({ path, clock: stillClock(), log: memoryLog() })
  t.after(() => store.close())
  const both = { name: 'n', caldav_url: 'u', username: 'n', password: new Secret('p'), sync_interval_secs: 0 }
  store.sources.create({ ...both, ics_path: 'a', public_ics: false, public_ics_path: null })
  for (const calendar_name of ['a', 'b']) {
    store.destinations.create({ ...both, ics_url: 'i', calendar_name, ...DESTINATION_DEFAULTS })
  }
  const calendar = (destination: number, url = 'https://dav.example.org/c/') =>
    store.remote.saveCalendar('destination', destination, { url, displayName: 'C', color: null, readAt: null }).id
  return { path, store, calendar }
}

function resource(href: string, changes: Partial<KnownResource> = {}): KnownResource {
  return {
    href: href as Href,
    etag: '"1"' as ETag,
    uid: `uid of ${href}`,
    current: 'fingerprint' as Fingerprint,
    sent: null,
    owned: false,
    text: 'BEGIN:VCALENDAR\r\n',
    ...changes,
  }
}

test('a calendar is kept once per item and URL, and updated there', (t) => {
  const { store } = openTestStore(t)
  const calendar = { url: 'https://x/c/', displayName: 'Work', color: '#ff0000', readAt: null }
  const saved = store.remote.saveCalendar('source', 1, calendar)
  assert.deepEqual(saved, { id: 1, ...calendar })
  assert.deepEqual(store.remote.saveCalendar('source', 1, { ...calendar, readAt: NOON }), { ...saved, readAt: NOON })
  assert.deepEqual(store.remote.calendars('source', 1), [{ ...saved, readAt: NOON }])
  assert.deepEqual(store.remote.calendars('destination', 1), [])
  const other = store.remote.saveCalendar('destination', 1, calendar)
  assert.notEqual(other.id, saved.id)
  store.remote.removeCalendar(saved.id)
  assert.deepEqual(store.remote.calendars('source', 1), [])
  assert.deepEqual(store.remote.calendars('destination', 1), [other])
})

test('what was read of one account is forgotten when a source turns to another, and only then', (t) => {
  const { store } = openTestStore(t)
  store.remote.saveCalendar('source', 1, { url: 'https://x/c/', displayName: 'C', color: null, readAt: null })
  const left = () => store.remote.calendars('source', 1).length
  store.sources.update(1, { name: 'Another name', caldav_url: store.sources.get(1)?.caldav_url ?? '' })
  assert.equal(left(), 1)
  store.sources.update(1, { username: 'somebody else' })
  assert.equal(left(), 0)
})

test('resources are kept with every field, and listed in byte order of their hrefs', (t) => {
  const { store, calendar } = openTestStore(t)
  const id = calendar(1)
  const rows = [
    resource('/c/Z.ics'),
    resource('/c/a%20b.ics', { etag: null, uid: null, current: null, text: '' }),
    resource('/c/ü.ics', { sent: 'sent' as Fingerprint, owned: true }),
  ]
  store.remote.apply(id, { upsert: rows.toReversed(), remove: [] })
  assert.deepEqual(store.remote.resources(id), rows)
  const changed = resource('/c/Z.ics', { etag: '"2"' as ETag, text: 'new' })
  store.remote.apply(id, { upsert: [changed], remove: ['/c/ü.ics' as Href, '/c/none.ics' as Href] })
  assert.deepEqual(store.remote.resources(id), [changed, rows[1]])
  store.destinations.remove(1)
  assert.deepEqual(store.remote.resources(id), [])
})

test('upserts and removals happen all or not at all', (t) => {
  const { store, calendar } = openTestStore(t)
  const id = calendar(1)
  store.remote.apply(id, { upsert: [resource('/c/a.ics')], remove: [] })
  assert.throws(() =>
    store.transaction(() => {
      store.remote.apply(id, { upsert: [resource('/c/b.ics')], remove: ['/c/a.ics' as Href] })
      throw new Error('later trouble')
    }),
  )
  assert.deepEqual(store.remote.resources(id), [resource('/c/a.ics')])
})

test('W11: unchanged rows are not written at all', (t) => {
  const { path, store, calendar } = openTestStore(t)
  const id = calendar(1)
  const rows = Array.from({ length: 50 }, (_, index) =>
    resource(`/c/${index}.ics`, index % 2 ? { etag: null, uid: null, current: null } : { owned: true }),
  )
  store.remote.apply(id, { upsert: rows, remove: [] })
  const database = openDatabase(path)
  t.after(() => database.close())
  const changes = () => database.get<{ count: number }>('SELECT total_changes() AS count')?.count ?? 0
  const before = changes()
  remoteStore(database).apply(id, { upsert: rows, remove: [] })
  assert.equal(changes(), before)
  const one = rows.map((row, index) => (index === 7 ? { ...row, text: 'new' } : row))
  remoteStore(database).apply(id, { upsert: one, remove: [] })
  assert.equal(changes(), before + 1)
})

test('the UIDs that other destinations own in a calendar are told from all others', (t) => {
  const { store, calendar } = openTestStore(t)
  const owned = { owned: true }
  store.remote.apply(calendar(1), { upsert: [resource('/c/mine.ics', owned)], remove: [] })
  store.remote.apply(calendar(2), {
    upsert: [
      resource('/c/hers.ics', owned),
      resource('/c/foreign.ics'),
      resource('/c/none.ics', { ...owned, uid: null }),
    ],
    remove: [],
  })
  store.remote.apply(calendar(2, 'https://dav.example.org/d/'), {
    upsert: [resource('/d/else.ics', owned)],
    remove: [],
  })
  assert.deepEqual([...store.remote.uidsWrittenByOthers(1, 'https://dav.example.org/c/')], ['uid of /c/hers.ics'])
  assert.deepEqual([...store.remote.uidsWrittenByOthers(2, 'https://dav.example.org/c/')], ['uid of /c/mine.ics'])
})

test('the last download comes back as it was kept, and goes with its destination', (t) => {
  const { store } = openTestStore(t)
  const download = {
    url: 'https://feeds.example.org/a.ics',
    etag: 'W/"1"',
    lastModified: null,
    packed: new Uint8Array([0, 1, 255]),
    fetchedAt: NOON,
  }
  assert.equal(store.downloads.get(1), undefined)
  store.downloads.put(1, download)
  assert.deepEqual(store.downloads.get(1), download)
  store.downloads.put(1, { ...download, etag: null, packed: new Uint8Array() })
  assert.deepEqual(store.downloads.get(1), { ...download, etag: null, packed: new Uint8Array() })
  store.destinations.remove(1)
  assert.equal(store.downloads.get(1), undefined)
})

test('G3: held deletions are remembered until they are replaced, and go with their destination', (t) => {
  const { store } = openTestStore(t)
  const first = { href: '/c/a.ics' as Href, uid: 'a', subject: 'A', firstSeenAt: NOON, times: 1, answer: null }
  const second = {
    href: '/c/b.ics' as Href,
    uid: 'b"\n',
    subject: 'B',
    firstSeenAt: NOON,
    times: 3,
    answer: 'dismissed' as const,
  }
  assert.deepEqual(store.held.get(1), [])
  store.held.put(1, [second, first])
  assert.deepEqual(store.held.get(1), [first, second])
  store.held.put(1, [{ ...first, times: 2 }])
  assert.deepEqual(store.held.get(1), [{ ...first, times: 2 }])
  store.held.put(1, [first, second])
  assert.equal(store.held.answer(1, 'approved'), 1)
  assert.deepEqual(store.held.get(1), [{ ...first, answer: 'approved' }, second])
  store.destinations.remove(1)
  assert.deepEqual(store.held.get(1), [])
})

test('saving a calendar as it is known already touches nothing on the disk', (t) => {
  const { path, calendar } = openTestStore(t)
  const first = calendar(1)
  const other = openDatabase(path)
  t.after(() => other.close())
  const version = () => other.get<{ data_version: number }>('PRAGMA data_version')?.data_version
  const before = version()
  assert.equal(calendar(1), first)
  assert.equal(version(), before)
})

test('those who write into a calendar are found by its address', (t) => {
  const { store, calendar } = openTestStore(t)
  calendar(1)
  calendar(2, 'https://dav.example.org/d/')
  store.remote.saveCalendar('source', 1, {
    url: 'https://dav.example.org/c/',
    displayName: 'C',
    color: null,
    readAt: null,
  })
  assert.deepEqual(store.remote.writersOf('https://dav.example.org/c/'), [1])
  assert.deepEqual(store.remote.writersOf('https://dav.example.org/e/'), [])
})
