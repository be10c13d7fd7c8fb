import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import fc from 'fast-check'
import { memoryLog, NOON, stillClock } from '../../test/clock-and-log.ts'
import { feedAt } from '../../test/feed-at.ts'
import { buildOldDatabase, dumpOldTables, OLD_VERSIONS, startOldService } from '../../test/old-database.ts'
import { tempFolder } from '../../test/temp-folder.ts'
import { type Database, openDatabase } from './db.ts'
import { conditionOf, migrate } from './migrations.ts'
import { openStore } from './store.ts'

const clock = stillClock()

function open(path: string) {
  const log = memoryLog()
  return { store: openStore({ path, clock, log }), log }
}

function copiesOf(path: string): string[] {
  const names = readdirSync(dirname(path))
  return names.filter((name) => name.startsWith(`${basename(path)}.before-`)).sort()
}

function partsOf(path: string): unknown[] {
  const database = new DatabaseSync(path, { readOnly: true })
  const parts = database.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all()
  database.close()
  return parts.map((part) => ({ ...part }))
}

for (const version of OLD_VERSIONS) {
  test(`opens a database of ${version} in place, keeps every old value, and a copy of it`, (t) => {
    const path = join(tempFolder(t), 'caldav-sync.db')
    buildOldDatabase(path, version)
    const before = dumpOldTables(path)
    const { store, log } = open(path)
    assert.deepEqual(
      store.sources.list().map((source) => source.name),
      ['Blanks', 'Slash', 'Largest', ''],
    )
    store.close()

    const after = dumpOldTables(path)
    for (const [column, values] of before) assert.deepEqual(after.get(column), values, column)
    assert.deepEqual(copiesOf(path), ['caldav-sync.db.before-1.0.0'])
    const copy = `${path}.before-1.0.0`
    assert.deepEqual(dumpOldTables(copy), before)
    assert.equal(statSync(copy).mode & 0o777, 0o600)
    assert.equal(log.lines.filter((line) => line.includes('a copy of the old one was kept')).length, 1)

    const database = new DatabaseSync(path)
    assert.deepEqual({ ...database.prepare('PRAGMA user_version').get() }, { user_version: 0 })
    assert.deepEqual({ ...database.prepare('PRAGMA application_id').get() }, { application_id: 0 })
    assert.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' })
    assert.deepEqual(database.prepare('PRAGMA foreign_key_check').all(), [])
    database.close()
  })
}

test('reads every odd row of an old database', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  buildOldDatabase(path, 'v0.2.4')
  const { store } = open(path)
  t.after(() => store.close())
  const [blanks, slash, largest] = store.sources.list()
  assert.deepEqual(blanks, {
    id: 1,
    name: 'Blanks',
    caldav_url: 'https://dav.example.org/',
    username: 'ann',
    ics_path: ' blanks around ',
    sync_interval_secs: 3600,
    public_ics: true,
    public_ics_path: null,
    connection: null,
    paused: false,
    calendars: null,
    last_synced: '2026-02-03 04:05:06',
    last_sync_status: 'ok',
    last_sync_error: null,
    created_at: '2026-01-02 03:04:05',
    last_attempt_at: null,
    last_success_at: null,
    next_run_at: NOON,
    failures: 0,
  })
  assert.equal(slash?.last_sync_error, "it's broken")
  assert.equal(slash?.next_run_at, null)
  assert.equal(largest?.sync_interval_secs, Number.MAX_SAFE_INTEGER)
  assert.equal(store.sources.password(1)?.reveal(), 'pässwörd 🔑')
  const [mirror] = store.destinations.list()
  assert.deepEqual([mirror?.sync_all, mirror?.keep_local, mirror?.last_synced], [true, false, '2026-02-03 04:05:06'])
  assert.deepEqual(
    store.schedule.due(NOON, 10).map(({ kind, id }) => `${kind} ${id}`),
    ['source 1', 'source 3', 'source 4', 'destination 1'],
  )
})

test('an interval of 2^63-1 seconds survives a change of the name, and our own reading of it', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  buildOldDatabase(path, 'v0.2.4')
  const { store } = open(path)
  assert.equal(store.sources.update(3, { name: 'Renamed' })?.sync_interval_secs, Number.MAX_SAFE_INTEGER)
  store.close()
  assert.equal(dumpOldTables(path).get('sources.sync_interval_secs')?.[2], 'integer 9223372036854775807')
})

test('minutes become seconds only where the seconds column is new, without overflow, and stay behind', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  buildOldDatabase(path, 'minutes')
  open(path).store.close()
  const first = dumpOldTables(path)
  assert.deepEqual(first.get('sources.sync_interval_secs'), [
    'integer 216000',
    'integer 0',
    'integer 9223372036854775807',
    'integer 60',
  ])
  assert.deepEqual(first.get('destinations.sync_interval_secs'), ['integer 216000', 'integer 0'])
  assert.equal(first.get('sources.sync_interval_minutes')?.[0], 'integer 3600')

  const { store } = open(path)
  store.sources.update(1, { sync_interval_secs: 7 })
  store.close()
  open(path).store.close()
  assert.equal(dumpOldTables(path).get('sources.sync_interval_secs')?.[0], 'integer 7')
})

test('a second opening changes nothing and keeps no second copy; a copy is never written over', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  buildOldDatabase(path, 'v0.2.3')
  open(path).store.close()
  const bytes = readFileSync(path)
  open(path).store.close()
  assert.ok(readFileSync(path).equals(bytes))
  assert.equal(copiesOf(path).length, 1)

  const copy = readFileSync(`${path}.before-1.0.0`)
  for (const expected of [2, 3]) {
    rmSync(path)
    buildOldDatabase(path, 'minutes')
    open(path).store.close()
    assert.equal(copiesOf(path).length, expected)
  }
  assert.ok(readFileSync(`${path}.before-1.0.0`).equals(copy))
  assert.deepEqual(copiesOf(path).slice(1), [
    'caldav-sync.db.before-1.0.0-20260301T120000Z',
    'caldav-sync.db.before-1.0.0-20260301T120000Z-2',
  ])
})

test('a start in vain leaves no copy behind, however often it is tried', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  buildOldDatabase(path, 'v0.2.4')
  const foreign = new DatabaseSync(path)
  foreign.exec('CREATE TABLE runs (something TEXT)')
  foreign.close()
  for (let attempt = 0; attempt < 2; attempt += 1) assert.throws(() => open(path))
  assert.deepEqual(copiesOf(path), [])
})

test('a new database gets the old tables as the old service knows them, and no copy', (t) => {
  const folder = tempFolder(t)
  const path = join(folder, 'new', 'caldav-sync.db')
  open(path).store.close()
  assert.deepEqual(copiesOf(path), [])
  const before = partsOf(path)
  startOldService(path).close()
  assert.deepEqual(partsOf(path), before)
})

test('what a crash left in the write-ahead log of the old service is brought along', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  const child = spawnSync(process.execPath, [
    '--input-type=module',
    '-e',
    `import { startOldService } from ${JSON.stringify(join(import.meta.dirname, '../../test/old-database.ts'))}
     const database = startOldService(${JSON.stringify(path)})
     database.exec("INSERT INTO sources (name, caldav_url, username, password, ics_path) VALUES ('in the log', 'u', 'n', 'p', 'i')")
     process.kill(process.pid, 'SIGKILL')`,
  ])
  assert.equal(child.signal, 'SIGKILL')
  assert.ok(statSync(`${path}-wal`).size > 0)
  const { store } = open(path)
  assert.equal(store.sources.list()[0]?.name, 'in the log')
  store.close()
  const copy = new DatabaseSync(`${path}.before-1.0.0`, { readOnly: true })
  assert.equal(copy.prepare('SELECT name FROM sources').get()?.name, 'in the log')
  copy.close()
})

test('any half-migrated database is completed and keeps its rows', (t) => {
  const folder = tempFolder(t)
  const added: Readonly<Record<string, readonly string[]>> = {
    sources: [
      'sync_interval_minutes INTEGER DEFAULT 60',
      'sync_interval_secs INTEGER NOT NULL DEFAULT 3600',
      'last_synced TEXT',
      'last_sync_status TEXT',
      'last_sync_error TEXT',
      "created_at TEXT NOT NULL DEFAULT '2025-01-01 00:00:00'",
      'public_ics INTEGER NOT NULL DEFAULT 0',
      'public_ics_path TEXT',
      'failures INTEGER NOT NULL DEFAULT 0',
    ],
    destinations: [
      'sync_interval_minutes INTEGER DEFAULT 60',
      'sync_interval_secs INTEGER NOT NULL DEFAULT 3600',
      'sync_all INTEGER NOT NULL DEFAULT 0',
      'keep_local INTEGER NOT NULL DEFAULT 0',
      'last_sync_status TEXT',
      'last_sync_error TEXT',
    ],
  }
  const base: Readonly<Record<string, string>> = {
    sources: 'caldav_url TEXT NOT NULL, ics_path TEXT NOT NULL UNIQUE',
    destinations: 'ics_url TEXT NOT NULL, caldav_url TEXT NOT NULL, calendar_name TEXT NOT NULL',
  }
  const subsets = fc.record({
    sources: fc.subarray([...(added.sources ?? [])]),
    destinations: fc.option(fc.subarray([...(added.destinations ?? [])])),
    icsData: fc.boolean(),
  })
  let round = 0
  fc.assert(
    fc.property(subsets, ({ sources, destinations, icsData }) => {
      round += 1
      const path = join(folder, `${round}.db`)
      const database = new DatabaseSync(path)
      const make = (table: string, columns: readonly string[]) => {
        const all = ['name TEXT NOT NULL, username TEXT NOT NULL, password TEXT NOT NULL', base[table], ...columns]
        database.exec(`CREATE TABLE ${table} (id INTEGER PRIMARY KEY AUTOINCREMENT, ${all.join(', ')})`)
      }
      make('sources', sources)
      database.exec(
        "INSERT INTO sources (name, username, password, caldav_url, ics_path) VALUES ('a', 'b', 'c', 'd', 'e')",
      )
      if (destinations !== null) {
        make('destinations', destinations)
        database.exec(`INSERT INTO destinations (name, username, password, ics_url, caldav_url, calendar_name)
          VALUES ('a', 'b', 'c', 'd', 'e', 'f')`)
      }
      if (icsData) {
        database.exec(`CREATE TABLE ics_data (source_id INTEGER PRIMARY KEY REFERENCES sources(id) ON DELETE CASCADE,
          ics_content TEXT NOT NULL); INSERT INTO ics_data VALUES (1, 'text')`)
      }
      database.close()
      const before = dumpOldTables(path)

      const { store } = open(path)
      assert.equal(store.sources.get(1)?.sync_interval_secs, 3600)
      assert.equal(store.destinations.list().length, destinations === null ? 0 : 1)
      assert.equal(feedAt(store, 'e')?.body.length, icsData ? 4 : undefined)
      store.close()
      const after = dumpOldTables(path)
      for (const [column, values] of before) assert.deepEqual(after.get(column), values, column)
      const again = openDatabase(path)
      assert.equal(conditionOf(again), 'current')
      again.close()
    }),
    { numRuns: 40 },
  )
})

test('the start of the old service cut off after any of its batches leaves a database that opens', (t) => {
  const folder = tempFolder(t)
  for (let batches = 0; batches <= 7; batches += 1) {
    const path = join(folder, `${batches}.db`)
    startOldService(path, batches).close()
    open(path).store.close()
    const database = openDatabase(path)
    assert.equal(conditionOf(database), 'current')
    database.close()
  }
})

test('two sources with one public path are kept, and the log names the path', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  const old = startOldService(path, 5)
  for (const name of ['a', 'b']) {
    old.exec(`INSERT INTO sources (name, caldav_url, username, password, ics_path, public_ics, public_ics_path)
      VALUES ('${name}', 'u', 'n', 'p', '${name}', 1, 'same')`)
  }
  old.close()
  const { store, log } = open(path)
  assert.equal(store.sources.list().length, 2)
  store.close()
  assert.ok(log.lines.some((line) => line.includes('"path":"same"')))
})

test('the old service opens a migrated database, and reads, writes and deletes in it', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  buildOldDatabase(path, 'v0.2.3')
  const first = open(path).store
  const destination = first.destinations.get(1)
  assert.ok(destination)
  const calendar = first.remote.saveCalendar('source', 1, { url: 'u', displayName: 'd', color: null, readAt: null })
  first.runs.start('source', 1, 'timer', NOON)
  first.close()
  const parts = partsOf(path)

  const old = startOldService(path)
  old.exec(`INSERT INTO sources (name, caldav_url, username, password, ics_path, sync_interval_secs, public_ics,
      public_ics_path) VALUES ('New', 'https://x/', 'n', 'p', 'new', 60, 1, 'new/open');
    INSERT INTO ics_data (source_id, ics_content, updated_at) VALUES (last_insert_rowid(), 'of the old', datetime('now'))
      ON CONFLICT(source_id) DO UPDATE SET ics_content = excluded.ics_content, updated_at = excluded.updated_at;
    INSERT INTO destinations (name, ics_url, caldav_url, calendar_name, username, password, sync_interval_secs, sync_all,
      keep_local) VALUES ('New', 'i', 'c', 'n', 'u', 'p', 0, 1, 1);
    INSERT INTO source_paths (source_id, path, is_public) VALUES (4, 'more', 1);
    UPDATE sources SET name = 'Changed', sync_interval_secs = 0 WHERE id = 3;
    UPDATE sources SET last_synced = datetime('now'), last_sync_status = 'ok', last_sync_error = NULL WHERE id = 4;
    DELETE FROM sources WHERE id = 1; DELETE FROM destinations WHERE id = 2;`)
  const rows = old
    .prepare(
      `SELECT id, name, caldav_url, username, ics_path, last_synced, last_sync_status, last_sync_error, created_at,
        public_ics, public_ics_path FROM sources ORDER BY id`,
    )
    .all()
  assert.deepEqual(
    rows.map((row) => row.id),
    [2, 3, 4, 6],
  )
  assert.equal(old.prepare('SELECT count(*) AS runs FROM runs').get()?.runs, 0)
  old.close()
  assert.deepEqual(partsOf(path), parts)

  const { store } = open(path)
  t.after(() => store.close())
  assert.equal(store.sources.get(6)?.next_run_at, NOON)
  assert.equal(store.sources.get(3)?.next_run_at, null)
  assert.equal(store.destinations.get(3)?.keep_local, true)
  assert.equal(Buffer.from(feedAt(store, 'new/open', true)?.body ?? []).toString(), 'of the old')
  assert.deepEqual(store.remote.resources(calendar.id), [])
  assert.equal(copiesOf(path).length, 1)
})

/** `database` whose `run` first calls `before` with the number of the statement. */
function watched(database: Database, before: (count: number) => void): Database {
  let count = 0
  return {
    ...database,
    run: (sql, ...values) => {
      count += 1
      before(count)
      return database.run(sql, ...values)
    },
  }
}

/** Counts the statements that bring the database at `path` up to date, by doing it. */
function statementsToMigrate(path: string): number {
  const database = openDatabase(path)
  let statements = 0
  migrate(
    watched(database, (count) => {
      statements = count
    }),
    clock,
    memoryLog(),
  )
  database.close()
  return statements
}

test('F7: an upgrade that fails at any statement leaves the old database, and the next one succeeds', (t) => {
  const folder = tempFolder(t)
  buildOldDatabase(join(folder, 'count.db'), 'minutes')
  const statements = statementsToMigrate(join(folder, 'count.db'))
  assert.ok(statements > 25)
  for (let failing = 1; failing <= statements; failing += 1) {
    const path = join(folder, `${failing}.db`)
    buildOldDatabase(path, 'minutes')
    const before = { rows: dumpOldTables(path), parts: partsOf(path) }
    const database = openDatabase(path)
    const failingDatabase = watched(database, (count) => {
      if (count === failing) throw new Error('injected')
    })
    assert.throws(() => migrate(failingDatabase, clock, memoryLog()), /injected/)
    database.close()
    assert.deepEqual({ rows: dumpOldTables(path), parts: partsOf(path) }, before)
    open(path).store.close()
    for (const [column, values] of before.rows) assert.deepEqual(dumpOldTables(path).get(column), values)
  }
})

test('F7: an upgrade killed at a statement leaves the old database or the new one, never between', (t) => {
  const folder = tempFolder(t)
  buildOldDatabase(join(folder, 'count.db'), 'v0.2.3')
  const statements = statementsToMigrate(join(folder, 'count.db'))
  const step = process.env.LONG ? 1 : Math.ceil(statements / 6)
  let kills = 0
  for (let killed = 1; killed <= statements; killed += step) {
    const path = join(folder, `${killed}.db`)
    buildOldDatabase(path, 'v0.2.3')
    const before = { rows: dumpOldTables(path), parts: partsOf(path) }
    const child = spawnSync(process.execPath, [
      '--input-type=module',
      '-e',
      `import { enableWriteAheadLog, openDatabase } from ${JSON.stringify(join(import.meta.dirname, 'db.ts'))}
       import { migrate } from ${JSON.stringify(join(import.meta.dirname, 'migrations.ts'))}
       const database = openDatabase(${JSON.stringify(path)})
       enableWriteAheadLog(database)
       let count = 0
       const deadly = { ...database, run: (...call) => {
         if ((count += 1) === ${killed}) process.kill(process.pid, 'SIGKILL')
         return database.run(...call)
       } }
       const nothing = () => {}
       migrate(deadly, { now: () => 0 }, { debug: nothing, info: nothing, warn: nothing, error: nothing })`,
    ])
    assert.equal(child.signal, 'SIGKILL', child.stderr.toString())
    kills += 1
    assert.deepEqual({ rows: dumpOldTables(path), parts: partsOf(path) }, before)
    open(path).store.close()
    assert.ok(existsSync(`${path}.before-1.0.0`))
    for (const [column, values] of before.rows) assert.deepEqual(dumpOldTables(path).get(column), values)
  }
  t.diagnostic(`killed at ${kills} of ${statements} statements`)
})
