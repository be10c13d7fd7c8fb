import { DatabaseSync } from 'node:sqlite'

/**
 * Databases as the existing service leaves them (contract 1.10), and that service's own statements. Built with
 * node:sqlite directly, so that nothing of our store is needed to make what our store has to open.
 */

/** v0.2.0 to v0.2.3 · v0.2.4 to v0.3.0 · the untagged one with minutes. */
export type OldVersion = 'v0.2.3' | 'v0.2.4' | 'minutes'
export const OLD_VERSIONS: readonly OldVersion[] = ['v0.2.3', 'v0.2.4', 'minutes']

const SECS = 'sync_interval_secs INTEGER NOT NULL DEFAULT 3600'
const MINUTES = 'sync_interval_minutes INTEGER NOT NULL DEFAULT 60'
const STATUS = 'last_sync_status TEXT, last_sync_error TEXT'
const CREATED = "created_at TEXT NOT NULL DEFAULT (datetime('now'))"

const SOURCES = (columns: string) => `CREATE TABLE IF NOT EXISTS sources (id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL, caldav_url TEXT NOT NULL, username TEXT NOT NULL, password TEXT NOT NULL,
  ics_path TEXT NOT NULL UNIQUE, ${columns})`
const DESTINATIONS = (
  columns: string,
) => `CREATE TABLE IF NOT EXISTS destinations (id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL, ics_url TEXT NOT NULL, caldav_url TEXT NOT NULL, calendar_name TEXT NOT NULL,
  username TEXT NOT NULL, password TEXT NOT NULL, ${columns})`
const FLAGS = 'sync_all INTEGER NOT NULL DEFAULT 0, keep_local INTEGER NOT NULL DEFAULT 0'
const ICS_DATA = `CREATE TABLE IF NOT EXISTS ics_data (source_id INTEGER PRIMARY KEY REFERENCES sources(id) ON DELETE CASCADE,
  ics_content TEXT NOT NULL, updated_at TEXT NOT NULL DEFAULT (datetime('now')))`
const SOURCE_PATHS = `CREATE TABLE IF NOT EXISTS source_paths (id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE, path TEXT NOT NULL UNIQUE,
  is_public INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL DEFAULT (datetime('now')))`

/** What the existing service runs at each start: each batch stops at its first error, and the error is swallowed. */
const START_BATCHES: readonly (readonly string[])[] = [
  [
    SOURCES(`${SECS}, last_synced TEXT, ${STATUS}, ${CREATED}`),
    ICS_DATA,
    DESTINATIONS(`${SECS}, ${FLAGS}, last_synced TEXT, ${STATUS}, ${CREATED}`),
  ],
  ['ALTER TABLE sources ADD COLUMN last_sync_status TEXT', 'ALTER TABLE sources ADD COLUMN last_sync_error TEXT'],
  [
    `ALTER TABLE sources ADD COLUMN ${SECS}`,
    'UPDATE sources SET sync_interval_secs = sync_interval_minutes * 60',
    `ALTER TABLE destinations ADD COLUMN ${SECS}`,
    'UPDATE destinations SET sync_interval_secs = sync_interval_minutes * 60',
  ],
  ['ALTER TABLE sources ADD COLUMN public_ics INTEGER NOT NULL DEFAULT 0'],
  ['ALTER TABLE sources ADD COLUMN public_ics_path TEXT'],
  [
    `CREATE UNIQUE INDEX IF NOT EXISTS uq_sources_public_ics_path ON sources(public_ics_path)
      WHERE public_ics_path IS NOT NULL`,
  ],
  [SOURCE_PATHS],
]

/** Opens the file as the existing service does at its start (`batches`: only so many of its batches). */
export function startOldService(path: string, batches = START_BATCHES.length): DatabaseSync {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON')
  for (const batch of START_BATCHES.slice(0, batches)) {
    try {
      for (const statement of batch) database.exec(statement)
    } catch {
      // As the original does.
    }
  }
  return database
}

const LARGEST = 9223372036854775807n

/** A database of that version with a row of every oddity that contract 1.10 names. Leaves no WAL behind. */
export function buildOldDatabase(path: string, version: OldVersion): void {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON')
  if (version === 'minutes') {
    database.exec(SOURCES(`${MINUTES}, last_synced TEXT, ${CREATED}`))
    database.exec(ICS_DATA)
    database.exec(DESTINATIONS(`${MINUTES}, ${FLAGS}, last_synced TEXT, ${CREATED}`))
  } else {
    database.exec(START_BATCHES[0]?.join(';') ?? '')
    if (version === 'v0.2.4') for (const batch of START_BATCHES.slice(3)) database.exec(batch.join(';'))
  }
  addOddRows(database, version)
  database.close()
}

function addOddRows(database: DatabaseSync, version: OldVersion): void {
  const interval = version === 'minutes' ? 'sync_interval_minutes' : 'sync_interval_secs'
  const source = database.prepare(
    `INSERT INTO sources (name, caldav_url, username, password, ics_path, ${interval}, last_synced, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, '2026-01-02 03:04:05')`,
  )
  source.run('Blanks', 'https://dav.example.org/', 'ann', 'pässwörd 🔑', ' blanks around ', 3600, '2026-02-03 04:05:06')
  source.run('Slash', 'not a url', '', '', '/leading/slash', 0, null)
  source.run('Largest', 'http://[broken', "o'hara\u0000", 'x'.repeat(5000), 'largest', LARGEST, null)
  source.run('', 'HTTPS://EXAMPLE.ORG/a b', 'ann', 'p', 'ünïcode/pfad.ics', 1, 'never, really')
  const feed = database.prepare('INSERT INTO ics_data (source_id, ics_content, updated_at) VALUES (?, ?, ?)')
  feed.run(1, 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n', '2026-02-03 04:05:06')
  feed.run(4, 'SUMMARY:grün 🌱 \u0000 \r\n', 'no stamp')
  const destination = database.prepare(
    `INSERT INTO destinations (name, ics_url, caldav_url, calendar_name, username, password, ${interval}, sync_all,
      keep_local, last_synced, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '2026-01-02 03:04:05')`,
  )
  destination.run(
    'Mirror',
    'webcal://x/y.ics',
    'https://dav.example.org',
    'Work',
    'ann',
    'p',
    3600,
    1,
    0,
    '2026-02-03 04:05:06',
  )
  destination.run('Other', 'nothing', '::', ' ', '', '', 0, 0, 1, null)
  // Ids are never reused: the next source gets 6, not 5.
  source.run('Deleted', 'x', 'x', 'x', 'deleted', 60, null)
  database.exec('DELETE FROM sources WHERE id = 5')
  if (version === 'minutes') return
  database.exec(`UPDATE sources SET last_sync_status = 'error', last_sync_error = 'it''s broken' WHERE id = 2;
    UPDATE sources SET last_sync_status = 'ok' WHERE id = 1`)
  if (version !== 'v0.2.4') return
  database.exec(`UPDATE sources SET public_ics = 1 WHERE id = 1;
    UPDATE sources SET public_ics = 1, public_ics_path = 'open/here' WHERE id = 4;
    INSERT INTO source_paths (source_id, path, is_public) VALUES (1, 'second', 0), (4, 'third way', 1)`)
}

const OLD_TABLES = ['sources', 'ics_data', 'destinations', 'source_paths', 'sqlite_sequence']

/** Everything in the old tables, exactly: text and blobs as hex, integers with all digits; by table, column, row. */
export function dumpOldTables(path: string): Map<string, unknown[]> {
  const database = new DatabaseSync(path, { readOnly: true })
  const dump = new Map<string, unknown[]>()
  for (const table of OLD_TABLES) {
    const columns = database.prepare('SELECT name FROM pragma_table_info(?)').all(table)
    for (const { name } of columns) {
      const filter = table === 'sqlite_sequence' ? `WHERE name IN ('sources', 'destinations')` : ''
      const rows = database
        .prepare(`SELECT typeof(${name}) AS type, quote(${name}) AS value FROM ${table} ${filter} ORDER BY rowid`)
        .all()
      dump.set(
        `${table}.${name}`,
        rows.map((row) => `${row.type} ${row.value}`),
      )
    }
  }
  database.close()
  return dump
}
