import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { memoryLog, NOON, stillClock } from '../../test/clock-and-log.ts'
import { sourceSettings } from '../../test/fakes/world.ts'
import { tempFolder } from '../../test/temp-folder.ts'
import { SyncError } from '../core/errors.ts'
import type { Href } from '../core/types.ts'
import { Secret } from '../core/types.ts'
import { type Database, openDatabase } from './db.ts'
import { createFeedCache } from './feed-cache.ts'
import { feedStore } from './feeds.ts'
import { remoteStore } from './remote.ts'
import { sourceStore } from './sources.ts'
import { openStore } from './store.ts'

function openTestDatabase(t: TestContext): Database {
  const path = join(tempFolder(t), 'caldav-sync.db')
  openStore({ path, clock: stillClock(), log: memoryLog() }).close()
  const database = openDatabase(path)
  t.after(() => database.close())
  database.run('CREATE TABLE notes (text TEXT NOT NULL)')
  return database
}

function notes(database: Database): string[] {
  return database.all<{ text: string }>('SELECT text FROM notes ORDER BY rowid').map((row) => row.text)
}

function note(database: Database, text: string): void {
  database.run('INSERT INTO notes (text) VALUES (?)', text)
}

test('a transaction inside another one is rolled back alone', (t) => {
  const database = openTestDatabase(t)
  database.transaction(() => {
    note(database, 'before')
    assert.throws(() =>
      database.transaction(() => {
        note(database, 'inner')
        database.transaction(() => note(database, 'innermost'))
        throw new Error('trouble')
      }),
    )
    note(database, 'after')
  })
  assert.deepEqual(notes(database), ['before', 'after'])
  assert.equal(database.inTransaction, false)
})

test('a failing outer transaction takes the inner ones with it', (t) => {
  const database = openTestDatabase(t)
  assert.throws(
    () =>
      database.transaction(() => {
        database.transaction(() => note(database, 'inner'))
        throw new Error('trouble')
      }),
    /trouble/,
  )
  assert.deepEqual(notes(database), [])
})

test('a transaction gives back what its work gives, and refuses work that waits', (t) => {
  const database = openTestDatabase(t)
  assert.equal(
    database.transaction(() => 5),
    5,
  )
  assert.throws(() =>
    database.transaction(async () => {
      note(database, 'late')
    }),
  )
  assert.deepEqual(notes(database), [])
})

test('I3: on a full disk nothing is half-written, the sentence says so, and it recovers by itself', (t) => {
  const database = openTestDatabase(t)
  const sources = sourceStore(database, stillClock(), { put: () => undefined })
  const settings = { name: 'n', caldav_url: 'u', username: 'n', password: new Secret('p'), sync_interval_secs: 0 }
  const { id } = sources.create({ ...settings, ics_path: 'a', public_ics: false, public_ics_path: null })
  const feeds = feedStore(database, createFeedCache(database))
  const remote = remoteStore(database)
  const calendar = remote.saveCalendar('source', id, { url: 'u', displayName: 'd', color: null, readAt: null })
  const none = { gzip: null, br: null, zstd: null }
  feeds.publish(id, Buffer.from('good'), none, NOON)
  const pages = database.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0
  const isFull = (thrown: unknown) => {
    assert.ok(thrown instanceof SyncError)
    assert.equal(thrown.kind, 'internal')
    assert.match(thrown.message, /^The disk holding .*caldav-sync\.db is full; free some space\./)
    return true
  }
  const text = 'x'.repeat(3000)
  const upsert = Array.from({ length: 60 }, (_, index) => ({
    href: `/${index}` as Href,
    etag: null,
    uid: null,
    current: null,
    sent: null,
    owned: false,
    text,
  }))
  let failures = 0
  for (let room = 0; room < 40; room += 3) {
    database.get(`PRAGMA max_page_count = ${pages + room}`)
    assert.throws(
      () =>
        database.transaction(() => {
          note(database, 'first')
          remote.apply(calendar.id, { upsert, remove: [] })
          feeds.publish(id, Buffer.alloc(500_000, 65), none, NOON + 1)
        }),
      isFull,
    )
    failures += 1
    assert.equal(database.inTransaction, false)
    assert.deepEqual([notes(database), remote.resources(calendar.id)], [[], []])
    assert.equal(Buffer.from(feeds.ofSource(id)?.body ?? []).toString(), 'good')
  }
  database.get('PRAGMA max_page_count = 1000000')
  database.transaction(() => remote.apply(calendar.id, { upsert, remove: [] }))
  assert.equal(remote.resources(calendar.id).length, 60)
  assert.ok(statSync(`${database.path}-wal`).size < 8 * 1024 * 1024)
  t.diagnostic(`${failures} full disks`)
})

test('I3: work that swallows the error of a full disk does not go on outside its transaction', (t) => {
  const database = openTestDatabase(t)
  const pages = database.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0
  database.get(`PRAGMA max_page_count = ${pages}`)
  assert.throws(() =>
    database.transaction(() => {
      note(database, 'first')
      try {
        note(database, 'x'.repeat(1_000_000))
      } catch {
        // Swallowed on purpose.
      }
      database.run('ROLLBACK')
      note(database, 'outside')
    }),
  )
  assert.deepEqual(notes(database), [])
})

test('another writer in the way is named, after a wait', (t) => {
  const database = openTestDatabase(t)
  database.get('PRAGMA busy_timeout = 20')
  const other = new DatabaseSync(database.path)
  t.after(() => other.close())
  other.exec('BEGIN IMMEDIATE')
  assert.throws(
    () => note(database, 'x'),
    (thrown) =>
      thrown instanceof SyncError && thrown.kind === 'internal' && /is locked by another program/.test(thrown.message),
  )
  assert.deepEqual(notes(database), [])
  other.exec('ROLLBACK')
  note(database, 'x')
  assert.deepEqual(notes(database), ['x'])
})

test('an unexpected refusal keeps its cause and names the file', (t) => {
  const database = openTestDatabase(t)
  assert.throws(
    () => database.run('SELECT * FROM missing'),
    (thrown) =>
      thrown instanceof SyncError && thrown.cause instanceof Error && /no such table: missing/.test(thrown.message),
  )
})

test('what is done lightly is rolled back and nested like any transaction, and those after it wait for the disk', (t) => {
  const database = openTestDatabase(t)
  database.lightly(() => note(database, 'kept'))
  assert.throws(() =>
    database.lightly(() => {
      note(database, 'gone')
      throw new Error('stop')
    }),
  )
  database.transaction(() => database.lightly(() => note(database, 'inside')))
  assert.deepEqual(notes(database), ['kept', 'inside'])
  assert.deepEqual({ ...database.get('PRAGMA synchronous') }, { synchronous: 2 })
})

test('what is to follow a commit follows the outermost one, and nothing that was rolled back', (t) => {
  const database = openTestDatabase(t)
  const acts: string[] = []
  const later = (name: string) => database.afterCommit(() => acts.push(name))
  database.transaction(() => {
    database.transaction(() => later('inner'))
    later('outer')
    assert.deepEqual(acts, [])
  })
  assert.deepEqual(acts, ['inner', 'outer'])
  assert.throws(() =>
    database.transaction(() => {
      later('lost')
      throw new Error('stop')
    }),
  )
  database.transaction(() => later('next'))
  later('at once')
  assert.deepEqual(acts, ['inner', 'outer', 'next', 'at once'])
})

test('an outline is its resource, the text read when it is asked for', (t) => {
  const store = openStore({ path: join(tempFolder(t), 'outlines.db'), clock: stillClock(), log: memoryLog() })
  t.after(() => store.close())
  const { id } = store.sources.create(sourceSettings)
  const calendar = { url: 'https://dav.example/cal/', displayName: 'Cal', color: null, readAt: 1 }
  const { remote } = store
  const known = remote.saveCalendar('source', id, calendar)
  const resource = { etag: null, uid: 'u', current: null, sent: null, owned: true, text: 'BEGIN:VCALENDAR ä' }
  const names = ['b', 'a', 'c'].map((name) => `/cal/${name}.ics` as Href)
  remote.apply(known.id, { upsert: names.map((href) => ({ ...resource, href, feedUid: href })), remove: [] })
  const byHref = (one: { href: string }, other: { href: string }) => (one.href < other.href ? -1 : 1)
  assert.deepEqual([...remote.outlines(known.id)].sort(byHref), remote.resources(known.id))
  const [first, second] = remote.outlines(known.id)
  assert.equal(first?.text, resource.text)
  remote.apply(known.id, { upsert: [], remove: names })
  assert.equal(first?.text, resource.text)
  assert.throws(() => second?.text, /was asked for after it had been forgotten/)
  assert.deepEqual(remote.outlines(known.id), [])
})
