import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { memoryLog, NOON, stillClock } from '../../test/clock-and-log.ts'
import { tempFolder } from '../../test/temp-folder.ts'
import { DESTINATION_DEFAULTS } from '../core/items.ts'
import { type ETag, type Fingerprint, type Href, Secret } from '../core/types.ts'
import { openDatabase } from './db.ts'
import { openStore } from './store.ts'
import type { Decision, JournalEntry } from './types.ts'

const OK = { status: 'ok', message: '', counts: {}, problems: [], failure: null } as const

function setUp(t: TestContext) {
  const path = join(tempFolder(t), 'caldav-sync.db')
  const store = openStore({ path, clock: stillClock(), log: memoryLog() })
  t.after(() => store.close())
  for (const calendar_name of ['a', 'b'])
    store.destinations.create({
      ...DESTINATION_DEFAULTS,
      name: 'n',
      ics_url: 'i',
      caldav_url: 'u',
      calendar_name,
      username: 'n',
      password: new Secret('p'),
      sync_interval_secs: 0,
    })
  const run = () => {
    const id = store.runs.start('destination', 1, 'timer', NOON)
    store.runs.finish(id, OK, NOON)
    return id
  }
  const entry = (runId: number, changes: Partial<JournalEntry> = {}): JournalEntry => ({
    runId,
    destinationId: 1,
    calendarUrl: 'https://dav.example.org/c',
    href: '/c/a.ics' as Href,
    uid: 'a',
    kind: 'update',
    before: { text: 'BEGIN:VCALENDAR\r\nü', etag: '"1"' as ETag, sent: 'f' as Fingerprint, owned: true },
    after: 'g' as Fingerprint,
    at: NOON,
    ...changes,
  })
  const texts = () => {
    const database = openDatabase(path)
    try {
      return database.get<{ n: number }>('SELECT count(*) AS n FROM journal_texts')?.n
    } finally {
      database.close()
    }
  }
  return { store, run, entry, texts }
}

test('entries come back as they were, in their order', (t) => {
  const { store, run, entry } = setUp(t)
  const id = run()
  const entries = [entry(id), entry(id, { kind: 'create', before: null }), entry(id, { kind: 'delete', after: null })]
  for (const one of entries) store.journal.record(one)
  assert.deepEqual(store.journal.ofRun(id), entries)
  assert.deepEqual(store.journal.ofRun(id + 1), [])
  assert.deepEqual([...store.journal.among([id, id + 1])], [id])
})

test('a text is stored once however often it is replaced, and goes when nothing refers to it', (t) => {
  const { store, run, entry, texts } = setUp(t)
  const [early, late] = [run(), run()]
  store.journal.record(entry(early))
  store.journal.record(entry(late, { at: NOON + 10 }))
  assert.equal(texts(), 1)
  assert.equal(store.journal.prune(NOON + 5), 1)
  assert.deepEqual([texts(), store.journal.ofRun(early).length, store.journal.ofRun(late).length], [1, 0, 1])
  assert.equal(store.journal.prune(NOON + 11), 1)
  assert.equal(texts(), 0)
})

test('runs that can still be undone outlive the number that is kept', (t) => {
  const { store, run, entry } = setUp(t)
  const journalled = run()
  store.journal.record(entry(journalled))
  const others = [run(), run(), run()]
  assert.equal(store.runs.prune('destination', 1, 1), 2)
  assert.deepEqual(
    store.runs.list({ limit: 9 }).map(({ id }) => id),
    [others[2], journalled],
  )
  store.journal.prune(NOON + 1)
  assert.equal(store.runs.prune('destination', 1, 1), 1)
})

test('operations are kept with their run and read only with it', (t) => {
  const { store } = setUp(t)
  const id = store.runs.start('destination', 1, 'undo', NOON, 7)
  const operation = {
    kind: 'delete',
    uid: 'a',
    subject: 'A',
    href: '/a',
    result: 'done',
    reason: null,
    changes: [],
  } as const
  store.runs.finish(id, { ...OK, operations: [operation] }, NOON)
  assert.deepEqual(store.runs.get(id)?.operations, [operation])
  assert.equal(store.runs.get(id)?.undo_of, 7)
  assert.equal('operations' in (store.runs.list({ limit: 1 })[0] ?? {}), false)
})

test('decisions are kept by event and kind, and forgotten with the calendar they were made for', (t) => {
  const { store } = setUp(t)
  const decision = (changes: Partial<Decision>): Decision => ({
    uid: 'a',
    kind: 'refused',
    fingerprint: 'f' as Fingerprint,
    message: 'no end',
    runId: 1,
    at: NOON,
    retryAt: null,
    ...changes,
  })
  store.decisions.put(1, decision({ message: 'old' }))
  store.decisions.put(1, decision({}))
  store.decisions.put(1, decision({ kind: 'undone', retryAt: NOON + 1 }))
  store.decisions.put(2, decision({}))
  assert.deepEqual(store.decisions.list(1), [decision({}), decision({ kind: 'undone', retryAt: NOON + 1 })])
  store.decisions.remove(1, 'undone', 'a')
  assert.deepEqual(store.decisions.list(1), [decision({})])
  store.destinations.update(1, { name: 'another name' })
  assert.equal(store.decisions.list(1).length, 1)
  store.destinations.update(1, { calendar_name: 'c' })
  assert.deepEqual([store.decisions.list(1).length, store.decisions.list(2).length], [0, 1])
})

test('what was remembered of a read is kept with the calendar', (t) => {
  const { store } = setUp(t)
  const { id } = store.remote.saveCalendar('destination', 1, { url: 'u', displayName: 'C', color: null, readAt: null })
  assert.equal(store.remote.state(id), null)
  const state = {
    syncToken: 't',
    marks: { ctag: null, syncToken: 'u' },
    marksSince: 1,
    settled: true,
    lookedAt: 2,
    fullAt: NOON,
  }
  store.remote.apply(id, { upsert: [], remove: [], state })
  store.remote.apply(id, { upsert: [], remove: [] })
  assert.deepEqual(store.remote.state(id), state)
  const unknown = { ...state, marks: null }
  store.remote.apply(id, { upsert: [], remove: [], state: unknown })
  assert.deepEqual(store.remote.state(id), unknown)
})
