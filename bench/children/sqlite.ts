/** W11: what is known of the objects of a calendar, stored in one transaction; the argument is how many there are. */
import { hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type ETag, type Fingerprint, type Href, Secret } from '../../src/core/types.ts'
import type { KnownResource } from '../../src/store/remote-types.ts'
import { openStore } from '../../src/store/store.ts'
import { memoryLog, stillClock } from '../../test/clock-and-log.ts'
import { benchObjects } from '../lib/calendars.ts'
import { type Repeated, runRepeated } from '../lib/repeat.ts'

const folder = mkdtempSync(join(tmpdir(), 'bench-sqlite-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

let databases = 0
function newPath(): string {
  databases += 1
  return join(folder, `${databases}.db`)
}

function resources(count: number): KnownResource[] {
  return benchObjects(count).map(({ uid, text }, index) => {
    const digest = hash('sha256', text, 'base64url').slice(0, 22)
    return {
      href: `/calendars/anna/work/event-${index}.ics` as Href,
      etag: `"${digest}"` as ETag,
      uid,
      current: digest as Fingerprint,
      sent: null,
      owned: false,
      text,
    }
  })
}

interface Table {
  readonly path: string
  put(rows: readonly KnownResource[]): void
  close(): void
}

function oursTable(): Table {
  const path = newPath()
  const store = openStore({ path, clock: stillClock(), log: memoryLog() })
  const account = { caldav_url: 'http://bench.example/', username: 'anna', password: new Secret('anna') }
  const settings = { ...account, name: 'Bench', ics_path: 'bench', sync_interval_secs: 0 }
  const { id } = store.sources.create({ ...settings, public_ics: false, public_ics_path: null })
  const calendar = { url: 'http://bench.example/work/', displayName: 'Work', color: null, readAt: null }
  const { id: calendarId } = store.remote.saveCalendar('source', id, calendar)
  return {
    path,
    put: (upsert) => store.remote.apply(calendarId, { upsert, remove: [] }),
    close: () => store.close(),
  }
}

/** The least: one rowid table, one unique index, one statement, as safely written as ours. */
function bareTable(): Table {
  const path = newPath()
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec(`CREATE TABLE resources (id INTEGER PRIMARY KEY, calendar_id INTEGER NOT NULL, href TEXT NOT NULL,
    etag TEXT, uid TEXT, "current" TEXT, text TEXT NOT NULL)`)
  database.exec('CREATE UNIQUE INDEX uq ON resources(calendar_id, href)')
  const upsert = database.prepare(
    `INSERT INTO resources (calendar_id, href, etag, uid, "current", text) VALUES (1, ?, ?, ?, ?, ?)
      ON CONFLICT(calendar_id, href) DO UPDATE SET etag = excluded.etag, uid = excluded.uid,
        "current" = excluded."current", text = excluded.text
      WHERE (etag, uid, "current", text) IS NOT (excluded.etag, excluded.uid, excluded."current", excluded.text)`,
  )
  return {
    path,
    put(rows) {
      database.exec('BEGIN IMMEDIATE')
      for (const { href, etag, uid, current, text } of rows) upsert.run(href, etag, uid, current, text)
      database.exec('COMMIT')
    },
    close: () => database.close(),
  }
}

/** What another connection sees: the rows, and whether anything has been written between two looks. */
function lookAt(path: string) {
  const database = new DatabaseSync(path, { readOnly: true })
  const number = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0])
  return {
    rows: () => number('SELECT count(*) FROM resources'),
    version: () => number('PRAGMA data_version'),
    close: () => database.close(),
  }
}

function first(open: () => Table, count: number): Repeated {
  const rows = resources(count)
  let table = open()
  return {
    before() {
      table.close()
      rmSync(table.path)
      table = open()
    },
    work: () => table.put(rows),
    describe() {
      const look = lookAt(table.path)
      const found = look.rows()
      look.close()
      table.close()
      return { rows: found }
    },
  }
}

function again(open: () => Table, count: number): Repeated {
  const rows = resources(count)
  const table = open()
  table.put(rows)
  const look = lookAt(table.path)
  const before = look.version()
  return {
    work: () => table.put(rows),
    describe() {
      const result = { rows: look.rows(), written: look.version() !== before }
      look.close()
      table.close()
      return result
    },
  }
}

await runRepeated({
  ours: (count) => first(oursTable, Number(count)),
  bare: (count) => first(bareTable, Number(count)),
  oursAgain: (count) => again(oursTable, Number(count)),
  bareAgain: (count) => again(bareTable, Number(count)),
})
