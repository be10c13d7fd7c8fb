import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { memoryLog, NOON, stillClock } from '../../test/clock-and-log.ts'
import { isOpenAt } from '../../test/feed-at.ts'
import { tempFolder } from '../../test/temp-folder.ts'
import { SyncError } from '../core/errors.ts'
import {
  DESTINATION_DEFAULTS,
  type DestinationSettings,
  type Source,
  type SourceSettings,
  type WithPassword,
} from '../core/items.ts'
import { Secret } from '../core/types.ts'
import { DuplicateError } from './errors.ts'
import { openStore } from './store.ts'

function openTestStore(t: TestContext) {
  const clock = stillClock()
  const store = openStore({ path: join(tempFolder(t), 'caldav-sync.db'), clock, log: memoryLog() })
  t.after(() => store.close())
  return { store, clock }
}

function source(changes: Partial<SourceSettings> = {}): SourceSettings & WithPassword {
  return {
    name: 'Home',
    caldav_url: 'https://dav.example.org/',
    username: 'ann',
    password: new Secret('secret'),
    ics_path: 'home',
    sync_interval_secs: 60,
    public_ics: false,
    public_ics_path: null,
    ...changes,
  }
}

function destination(changes: Partial<DestinationSettings> = {}): DestinationSettings & WithPassword {
  return {
    name: 'Work',
    ics_url: 'https://feeds.example.org/a.ics',
    caldav_url: 'https://dav.example.org/',
    calendar_name: 'work',
    username: 'ann',
    password: new Secret('secret'),
    sync_interval_secs: 60,
    ...DESTINATION_DEFAULTS,
    sync_all: true,
    ...changes,
  }
}

function isDuplicateOf(column: string) {
  return (thrown: unknown) => {
    assert.ok(thrown instanceof DuplicateError && thrown instanceof SyncError, String(thrown))
    assert.deepEqual([thrown.kind, thrown.column], ['refused', column])
    assert.ok(thrown.message.includes(column))
    return true
  }
}

test('a new source has all its fields, a stamp of the clock, and is due at once', (t) => {
  const { store } = openTestStore(t)
  const created = store.sources.create(source({ public_ics: true, public_ics_path: 'open' }))
  assert.deepEqual(created, {
    id: 1,
    name: 'Home',
    caldav_url: 'https://dav.example.org/',
    username: 'ann',
    ics_path: 'home',
    sync_interval_secs: 60,
    public_ics: true,
    public_ics_path: 'open',
    connection: null,
    paused: false,
    calendars: null,
    last_synced: null,
    last_sync_status: null,
    last_sync_error: null,
    created_at: '2026-03-01 12:00:00',
    last_attempt_at: null,
    last_success_at: null,
    next_run_at: NOON,
    failures: 0,
  })
  assert.deepEqual(store.sources.get(1), created)
  assert.deepEqual(store.sources.list(), [created])
  assert.equal(store.sources.password(1)?.reveal(), 'secret')
})

test('an update of a source writes the given fields only', (t) => {
  const { store, clock } = openTestStore(t)
  const created = store.sources.create(source({ public_ics: true, public_ics_path: 'open' }))
  clock.advance(5000)
  assert.deepEqual(store.sources.update(1, {}), created)
  assert.deepEqual(store.sources.update(1, { name: '' }), { ...created, name: '' })
  assert.deepEqual(store.sources.update(1, { public_ics: false, public_ics_path: null }), {
    ...created,
    name: '',
    public_ics: false,
    public_ics_path: null,
  })
  store.sources.update(1, { password: new Secret('other') })
  assert.equal(store.sources.password(1)?.reveal(), 'other')
  assert.equal(store.sources.update(99, { name: 'x' }), undefined)
  assert.equal(store.sources.update(99, {}), undefined)
  assert.equal(store.sources.get(99), undefined)
  assert.equal(store.sources.password(99), undefined)
  assert.equal(store.sources.remove(99), false)
})

test('an interval of 0 means no due time; setting one again makes the item due at once', (t) => {
  const { store, clock } = openTestStore(t)
  assert.equal(store.sources.create(source({ sync_interval_secs: 0 })).next_run_at, null)
  clock.advance(1000)
  assert.equal(store.sources.update(1, { sync_interval_secs: 60 })?.next_run_at, NOON + 1000)
  clock.advance(1000)
  assert.equal(store.sources.update(1, { sync_interval_secs: 120 })?.next_run_at, NOON + 1000)
  assert.equal(store.sources.update(1, { sync_interval_secs: 0 })?.next_run_at, null)
  store.destinations.create(destination({ sync_interval_secs: 0 }))
  assert.equal(store.destinations.update(1, { sync_interval_secs: 9 })?.next_run_at, NOON + 2000)
})

test('an interval beyond what a number can hold is kept as the largest one', (t) => {
  const { store } = openTestStore(t)
  const created = store.sources.create(source({ sync_interval_secs: 2 ** 63 }))
  assert.equal(created.sync_interval_secs, Number.MAX_SAFE_INTEGER)
})

test('I15: a path that is taken is refused by name, whoever came first', (t) => {
  const { store } = openTestStore(t)
  store.sources.create(source({ public_ics: true, public_ics_path: 'open' }))
  assert.throws(() => store.sources.create(source()), isDuplicateOf('sources.ics_path'))
  const other = source({ ics_path: 'other', public_ics: true, public_ics_path: 'open' })
  assert.throws(() => store.sources.create(other), isDuplicateOf('sources.public_ics_path'))
  store.sources.create(source({ ics_path: 'other' }))
  assert.throws(() => store.sources.update(2, { ics_path: 'home' }), isDuplicateOf('sources.ics_path'))
  store.sourcePaths.create(1, 'more', false)
  assert.throws(() => store.sourcePaths.create(2, 'more', false), isDuplicateOf('source_paths.path'))
  assert.equal(store.sources.get(2)?.ics_path, 'other')
})

test('usesPath looks at both paths of every source but one', (t) => {
  const { store } = openTestStore(t)
  store.sources.create(source({ public_ics: true, public_ics_path: 'open' }))
  const { sources } = store
  assert.deepEqual(
    ['home', 'open', 'Home', 'none'].map((path) => sources.usesPath(path)),
    [true, true, false, false],
  )
  assert.deepEqual([sources.usesPath('home', 1), sources.usesPath('home', 2)], [false, true])
})

test('source paths belong to their source and go with it', (t) => {
  const { store } = openTestStore(t)
  store.sources.create(source())
  const created = store.sourcePaths.create(1, 'more', true)
  assert.deepEqual(created, { id: 1, source_id: 1, path: 'more', is_public: true, created_at: '2026-03-01 12:00:00' })
  assert.deepEqual(store.sourcePaths.get(1, 1), created)
  assert.equal(store.sourcePaths.get(2, 1), undefined)
  assert.deepEqual(store.sourcePaths.update(1, { is_public: false }), { ...created, is_public: false })
  assert.deepEqual(store.sourcePaths.update(1, { path: 'new' }), { ...created, path: 'new', is_public: false })
  assert.equal(store.sourcePaths.update(9, { path: 'x' }), undefined)
  assert.deepEqual(
    [store.sourcePaths.has('new'), store.sourcePaths.has('new', 1), store.sourcePaths.has('more')],
    [true, false, false],
  )
  store.sourcePaths.create(1, 'third', false)
  assert.equal(store.sourcePaths.remove(2), true)
  assert.equal(store.sourcePaths.remove(2), false)
  assert.throws(
    () => store.sourcePaths.create(9, 'orphan', false),
    (thrown) => thrown instanceof SyncError && thrown.kind === 'aborted',
  )
  store.sources.remove(1)
  assert.deepEqual(store.sourcePaths.list(1), [])
})

test('a new destination has all its fields; an update writes the given ones only', (t) => {
  const { store } = openTestStore(t)
  const created = store.destinations.create(destination())
  assert.deepEqual(
    [created.id, created.sync_all, created.keep_local, created.created_at, created.next_run_at],
    [1, true, false, '2026-03-01 12:00:00', NOON],
  )
  assert.deepEqual(store.destinations.update(1, { keep_local: true, calendar_name: 'b' }), {
    ...created,
    keep_local: true,
    calendar_name: 'b',
  })
  store.destinations.update(1, { password: new Secret('other') })
  assert.equal(store.destinations.password(1)?.reveal(), 'other')
  assert.equal(store.destinations.update(2, { name: 'x' }), undefined)
  assert.equal(store.destinations.remove(1), true)
  assert.deepEqual(store.destinations.list(), [])
})

test('destinations overlap where URL and calendar are equal to the letter', (t) => {
  const { store } = openTestStore(t)
  for (const calendar_name of ['work', 'work', 'Work']) store.destinations.create(destination({ calendar_name }))
  const ids = (exceptId?: number) =>
    store.destinations.overlapping('https://dav.example.org/', 'work', exceptId).map((found) => found.id)
  assert.deepEqual([ids(), ids(1), ids(3)], [[1, 2], [2], [1, 2]])
})

test('ids are never used again', (t) => {
  const { store } = openTestStore(t)
  store.sources.create(source())
  store.sources.remove(1)
  assert.equal(store.sources.create(source()).id, 2)
})

test('F5: quotes, comments and SQL in every text are stored as they are', (t) => {
  const { store } = openTestStore(t)
  const hostile = [
    `'; DROP TABLE sources; --`,
    `" OR 1=1 /*`,
    `\\'`,
    `%_?:@$1`,
    `x'); DELETE FROM sources WHERE ('1'='1`,
  ]
  const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme' }), fc.string())
  const runs = process.env.LONG ? 5000 : 150
  let before: Source[] = []
  let count = 0
  fc.assert(
    fc.property(text, text, text, (name, username, path) => {
      count += 1
      const ics_path = `${path}${count}`
      const created = store.sources.create(source({ name, username, ics_path }))
      assert.deepEqual([created.name, created.username, created.ics_path], [name, username, ics_path].map(wellFormed))
      assert.equal(store.sources.usesPath(ics_path), true)
      assert.equal(store.sourcePaths.create(created.id, `p${ics_path}`, true).path, `p${ics_path}`)
      assert.equal(isOpenAt(store, `p${ics_path}`), true)
      assert.equal(store.sources.update(created.id, { name: username })?.name, wellFormed(username))
      if (count % 50 === 0) {
        const all = store.sources.list()
        assert.deepEqual(all.slice(0, before.length), before)
        assert.equal(all.length, count)
        before = all
      }
    }),
    { numRuns: runs },
  )
})

/** SQLite keeps UTF-8, which has no lone surrogates. */
function wellFormed(text: string): string {
  return text.toWellFormed()
}

test('destinations are found by the word that names their feed, not by addresses that hold it', (t) => {
  const { store } = openTestStore(t)
  const feeds = ['source:1', ' Source:2 ', 'import:a.ics', 'https://x.example/source:3', 'https://x.example/']
  for (const ics_url of feeds) store.destinations.create(destination({ ics_url }))
  const fedBy = (word: 'source' | 'import') => store.destinations.fedBy(word).map(({ ics_url }) => ics_url)
  assert.deepEqual(fedBy('source'), ['source:1', ' Source:2 '])
  assert.deepEqual(fedBy('import'), ['import:a.ics'])
})
