import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { memoryLog, NOON, stillClock } from '../../test/clock-and-log.ts'
import { feedAt, isOpenAt } from '../../test/feed-at.ts'
import { buildOldDatabase } from '../../test/old-database.ts'
import { tempFolder } from '../../test/temp-folder.ts'
import type { SourceSettings } from '../core/items.ts'
import { Secret } from '../core/types.ts'
import { openStore } from './store.ts'

const NONE = { gzip: null, br: null, zstd: null }
const CODED = { gzip: Uint8Array.of(1), br: Uint8Array.of(2, 2), zstd: Uint8Array.of(3, 3, 3) }

function openTestStore(t: TestContext) {
  const path = join(tempFolder(t), 'caldav-sync.db')
  const store = openStore({ path, clock: stillClock(), log: memoryLog() })
  t.after(() => store.close())
  const add = (ics_path: string, changes: Partial<SourceSettings> = {}) =>
    store.sources.create({
      name: `Name of ${ics_path}`,
      caldav_url: 'u',
      username: 'n',
      password: new Secret('p'),
      sync_interval_secs: 0,
      public_ics: false,
      public_ics_path: null,
      ...changes,
      ics_path,
    }).id
  const publish = (id: number, text: string, now = NOON) => store.feeds.publish(id, Buffer.from(text), CODED, now).isNew
  return { path, store, add, publish }
}

function tagOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

test('a published feed is served byte for byte, with its tag, date, name and compressed forms', (t) => {
  const { store, add } = openTestStore(t)
  const body = Uint8Array.from({ length: 512 }, (_, index) => index % 256)
  const id = add('home')
  assert.equal(feedAt(store, 'home'), undefined)
  assert.equal(store.feeds.publish(id, body, CODED, NOON).isNew, true)
  for (let count = 0; count < 2; count += 1) {
    const feed = feedAt(store, 'home')
    assert.deepEqual(Buffer.from(feed?.body ?? []), Buffer.from(body))
    assert.deepEqual([feed?.sourceId, feed?.sourceName, feed?.modifiedAt], [id, 'Name of home', NOON])
    assert.equal(feed?.tag, createHash('sha256').update(body).digest('base64url'))
    assert.deepEqual({ ...feed?.encodings }, CODED)
  }
})

test('tag and date change only with the bytes', (t) => {
  const { store, add, publish } = openTestStore(t)
  const id = add('home')
  assert.equal(publish(id, 'one'), true)
  assert.equal(publish(id, 'one', NOON + 1000), false)
  assert.equal(feedAt(store, 'home')?.modifiedAt, NOON)
  assert.equal(publish(id, 'two', NOON + 2000), true)
  const feed = feedAt(store, 'home')
  assert.deepEqual([feed?.tag, feed?.modifiedAt], [tagOf('two'), NOON + 2000])
})

test('a feed published in a transaction that fails is not served, before and after', (t) => {
  const { store, add, publish } = openTestStore(t)
  const id = add('home')
  publish(id, 'good')
  assert.throws(() =>
    store.transaction(() => {
      publish(id, 'bad')
      assert.equal(feedAt(store, 'home')?.tag, tagOf('bad'))
      throw new Error('later trouble')
    }),
  )
  assert.equal(feedAt(store, 'home')?.tag, tagOf('good'))
})

test('each path leads to the feeds contract 1.7 names, and to no other', (t) => {
  const { store, add, publish } = openTestStore(t)
  const closed = add('closed')
  const open = add('open', { public_ics: true })
  const custom = add('custom', { public_ics: true, public_ics_path: 'shown/here' })
  const off = add('off', { public_ics: false, public_ics_path: 'was/here' })
  for (const id of [closed, open, custom, off]) publish(id, `feed ${id}`)
  store.sourcePaths.create(closed, 'second', false)
  store.sourcePaths.create(closed, 'third', true)
  const privately = (path: string) => feedAt(store, path)?.sourceId
  const publicly = (path: string) => feedAt(store, path, true)?.sourceId
  assert.deepEqual(['closed', 'open', 'custom', 'second', 'third'].map(privately), [
    closed,
    open,
    custom,
    closed,
    closed,
  ])
  assert.deepEqual(['shown/here', 'was/here', 'Closed', '', 'public'].map(privately), Array(5).fill(undefined))
  assert.deepEqual(['shown/here', 'third'].map(publicly), [custom, closed])
  assert.deepEqual(['was/here', 'open', 'custom', 'second', 'closed'].map(publicly), Array(5).fill(undefined))
  const paths = ['closed', 'open', 'custom', 'off', 'second', 'third', 'shown/here', 'none']
  assert.deepEqual(
    paths.filter((path) => isOpenAt(store, path)),
    ['open', 'third'],
  )
})

test('a public source path does not open the closed feed of a source with the same path', (t) => {
  const { store, add, publish } = openTestStore(t)
  const closed = add('same')
  const other = add('other')
  publish(closed, 'closed')
  store.sourcePaths.create(other, 'same', true)
  assert.equal(isOpenAt(store, 'same'), false)
  assert.equal(feedAt(store, 'same')?.sourceId, closed)
})

test('a renamed path moves the feed at once, and a deleted source takes it along', (t) => {
  const { store, add, publish } = openTestStore(t)
  const id = add('home')
  publish(id, 'feed')
  assert.ok(feedAt(store, 'home'))
  store.sources.update(id, { ics_path: 'moved', name: 'Moved' })
  assert.equal(feedAt(store, 'home'), undefined)
  assert.equal(feedAt(store, 'moved')?.sourceName, 'Moved')
  store.sources.remove(id)
  assert.equal(feedAt(store, 'moved'), undefined)
})

test('a feed that the old service wrote is served with a tag of its bytes and the date of its row', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  buildOldDatabase(path, 'v0.2.3')
  const store = openStore({ path, clock: stillClock(), log: memoryLog() })
  t.after(() => store.close())
  const text = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n'
  const feed = feedAt(store, ' blanks around ')
  assert.equal(Buffer.from(feed?.body ?? []).toString(), text)
  assert.deepEqual([feed?.tag, feed?.modifiedAt, feed?.encodings], [tagOf(text), Date.UTC(2026, 1, 3, 4, 5, 6), NONE])
  assert.equal(feedAt(store, 'ünïcode/pfad.ics')?.modifiedAt, 0)

  assert.equal(store.feeds.publish(1, Buffer.from(text), CODED, NOON).isNew, false)
  const known = feedAt(store, ' blanks around ')
  assert.equal(known?.modifiedAt, Date.UTC(2026, 1, 3, 4, 5, 6))
  assert.deepEqual({ ...known?.encodings }, CODED)
})

test('what another process writes while we run is served at once, and never with our compressed forms', (t) => {
  const { path, store, add, publish } = openTestStore(t)
  const id = add('home')
  publish(id, 'ours')
  assert.equal(feedAt(store, 'home')?.tag, tagOf('ours'))
  const other = new DatabaseSync(path)
  other.exec("UPDATE ics_data SET ics_content = 'hers'")
  other.close()
  const feed = feedAt(store, 'home')
  assert.deepEqual([feed?.tag, feed?.modifiedAt, feed?.encodings], [tagOf('hers'), NOON, NONE])
  assert.equal(publish(id, 'ours', NOON + 1000), true)
  assert.deepEqual({ ...feedAt(store, 'home')?.encodings }, CODED)
})

test('feeds larger than what is kept in memory are served all the same', (t) => {
  const { store, add } = openTestStore(t)
  const sizes = [11, 12, 13, 30].map((megabytes) => megabytes * 1024 * 1024)
  for (const [index, size] of sizes.entries()) {
    store.feeds.publish(add(`feed-${index}`), Buffer.alloc(size, index + 65), NONE, NOON)
  }
  for (let round = 0; round < 2; round += 1) {
    for (const [index, size] of sizes.entries()) {
      const body = feedAt(store, `feed-${index}`)?.body
      assert.deepEqual([body?.length, body?.[0]], [size, index + 65])
    }
  }
})
