import type { Clock, Logger } from '../core/types.ts'
import type { Database } from './db.ts'
import { StartError } from './errors.ts'
import { OLD_TABLES, OWN_PARTS, PUBLIC_PATH_INDEX, SCHEMA_VERSION, type Table } from './schema.ts'
import { stampOf } from './stamp.ts'

/** What a database is, seen before anything is changed. */
export type Condition =
  /** No table at all. */
  | 'new'
  /** Made by the service this one follows, or by an older release of ours. */
  | 'old'
  | 'current'

/**
 * Says what the database is. Throws StartError where it is newer than this program, or belongs to another program.
 * Reads only.
 */
export function conditionOf(database: Database): Condition {
  const names = partNames(database)
  const version = names.has('schema_version') ? storedVersion(database) : 0
  if (version > SCHEMA_VERSION) {
    throw new StartError(
      `The database ${database.path} was written by a newer version of this program (schema ${version}, this one knows ` +
        `${SCHEMA_VERSION}); start that version, or put back the copy that was made before the update.`,
    )
  }
  if (names.size === 0) return 'new'
  if (!OLD_TABLES.some(({ name }) => names.has(name)) && version === 0) throw foreign(database, 'none of our tables')
  for (const { name, required } of OLD_TABLES) {
    if (!names.has(name)) continue
    const columns = columnsOf(database, name)
    const missing = required.find((column) => !columns.has(column))
    if (missing !== undefined) throw foreign(database, `a table ${name} without the column ${missing}`)
  }
  return version === SCHEMA_VERSION && planMigration(database).length === 0 ? 'current' : 'old'
}

/** Adds everything that is missing, in one transaction: afterwards all of it is there, or nothing has changed. */
export function migrate(database: Database, clock: Clock, log: Logger): void {
  database.transaction(() => {
    for (const statement of planMigration(database)) database.run(statement)
    const parts = partNames(database)
    if (!parts.has('uq_sources_public_ics_path')) addPublicPathIndex(database, log)
    database.run(
      `INSERT INTO schema_version (id, version, changed_at) VALUES (1, ?, ?)
        ON CONFLICT(id) DO UPDATE SET version = excluded.version, changed_at = excluded.changed_at`,
      SCHEMA_VERSION,
      stampOf(clock.now()),
    )
  })
}

/** The statements that add the missing tables, columns and indexes; an empty list where nothing is missing. */
function planMigration(database: Database): string[] {
  const names = partNames(database)
  const statements: string[] = []
  for (const table of OLD_TABLES) {
    const columns = names.has(table.name) ? columnsOf(database, table.name) : undefined
    if (columns === undefined) statements.push(table.create)
    statements.push(...missingColumns(table, columns ?? columnsIn(table.create)))
    if (columns?.has('sync_interval_minutes') && !columns.has('sync_interval_secs')) {
      statements.push(minutesToSeconds(table.name))
    }
  }
  for (const [name, create] of OWN_PARTS) if (!names.has(name)) statements.push(create)
  return statements
}

function missingColumns(table: Table, present: ReadonlySet<string>): string[] {
  return table.addable
    .filter(([name]) => !present.has(name))
    .map(([name, declaration]) => `ALTER TABLE ${table.name} ADD COLUMN ${name} ${declaration}`)
}

/** The names of `addable` columns can be told from the text of CREATE TABLE, where each stands as a word of its own. */
function columnsIn(create: string): ReadonlySet<string> {
  return new Set(create.match(/\w+/g))
}

/** Minutes so large that their seconds do not fit an integer become the largest one. */
function minutesToSeconds(table: string): string {
  return `UPDATE ${table} SET sync_interval_secs = CASE
      WHEN CAST(sync_interval_minutes AS INTEGER) > 9223372036854775807 / 60 THEN 9223372036854775807
      ELSE CAST(sync_interval_minutes AS INTEGER) * 60 END
    WHERE sync_interval_minutes IS NOT NULL`
}

function addPublicPathIndex(database: Database, log: Logger): void {
  const twice = database.get<{ path: string }>(
    `SELECT public_ics_path AS path FROM sources WHERE public_ics_path IS NOT NULL
      GROUP BY public_ics_path HAVING count(*) > 1`,
  )
  if (twice === undefined) database.run(PUBLIC_PATH_INDEX)
  else log.warn('Two sources have the same public path; give one of them another', { path: twice.path })
}

function storedVersion(database: Database): number {
  return database.get<{ version: number }>('SELECT max(version) AS version FROM schema_version')?.version ?? 0
}

function partNames(database: Database): Set<string> {
  const rows = database.all<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  )
  return new Set(rows.map((row) => row.name))
}

function columnsOf(database: Database, table: string): Set<string> {
  const rows = database.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table)
  return new Set(rows.map((row) => row.name))
}

function foreign(database: Database, what: string): StartError {
  return new StartError(
    `The database ${database.path} belongs to another program (it has ${what}); set DB_PATH to another file.`,
  )
}
