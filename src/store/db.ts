import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { SyncError } from '../core/errors.ts'
import { resultCode, statementError } from './errors.ts'

export type SqlValue = null | number | bigint | string | Uint8Array

/** One connection. Every call is synchronous; every error is a SyncError (see statementError). */
export interface Database {
  /** Absolute path of the file. */
  readonly path: string
  /** Runs one statement; how many rows it changed, and the id of the last row inserted. */
  run(sql: string, ...values: SqlValue[]): { changes: number; id: number }
  /** First row; `Row` names the columns that `sql` selects. */
  get<Row extends object>(sql: string, ...values: SqlValue[]): Row | undefined
  all<Row extends object>(sql: string, ...values: SqlValue[]): Row[]
  /** All rows as lists in the order of their columns, for many of them; not to be mixed with `all` for one `sql`. */
  values<Row extends readonly SqlValue[]>(sql: string, ...values: SqlValue[]): Row[]
  /** Runs `work` in one transaction, nestable; a throw rolls back all that `work` did. */
  transaction<T>(work: () => T): T
  /**
   * A transaction that does not wait for the disk, for what can be done over: it outlives the process, but perhaps not a
   * power cut. One that waits makes those before it last as well.
   */
  lightly<T>(work: () => T): T
  /** Calls `act` once everything written so far is stored, and not at all where it is rolled back. */
  afterCommit(act: () => void): void
  readonly inTransaction: boolean
  /** How many statements `run` was given: while it stands still, this connection has changed nothing. */
  readonly writes: number
  /**
   * Empties the write-ahead log, so that what was deleted is nowhere on the disk. Does nothing inside a transaction, or
   * while another program reads.
   */
  checkpoint(): void
  /** Moves what is in the write-ahead log into the file and closes; a second call does nothing. */
  close(): void
}

const BUSY_TIMEOUT_MS = 5000
/** How long a start waits for a process that is just ending. */
const LOCK_TIMEOUT_MS = 500
/** Pages in the write-ahead log (4 KiB each) before they are moved into the file: a small log leaves room on a small disk. */
const CHECKPOINT_PAGES = 256
/** The same where nothing waits for the disk: moving does, so that it is done less often. The next that waits moves all. */
const LIGHT_CHECKPOINT_PAGES = 1024
/** A longer write-ahead log is cut back to this after a checkpoint. */
const WAL_LIMIT_BYTES = 16 * 1024 * 1024

/** Opens the file for reading and writing; it must exist. Changes nothing in it yet. */
export function openDatabase(path: string): Database {
  const connection = connect(path, () => new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS }))
  const database = wrap(connection, path)
  database.get('PRAGMA foreign_keys = ON')
  database.get('PRAGMA synchronous = FULL')
  database.get('PRAGMA secure_delete = ON')
  database.get('PRAGMA trusted_schema = OFF')
  database.get('PRAGMA temp_store = MEMORY')
  database.get(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  database.get(`PRAGMA journal_size_limit = ${WAL_LIMIT_BYTES}`)
  return database
}

/**
 * Opens the file so that not a byte of it, and no file beside it, changes. `untouched`: nothing but the file itself
 * holds data (no WAL beside it), so that it can be read without locks and without side files.
 */
export function openForInspection(path: string, untouched: boolean): Database {
  const url = pathToFileURL(path)
  if (untouched) url.searchParams.set('immutable', '1')
  return wrap(
    connect(path, () => new DatabaseSync(url, { readOnly: true, timeout: BUSY_TIMEOUT_MS })),
    path,
  )
}

/** Switches to write-ahead logging; false where the file system cannot do it. */
export function enableWriteAheadLog(database: Database): boolean {
  return database.get<{ journal_mode: string }>('PRAGMA journal_mode = WAL')?.journal_mode === 'wal'
}

/**
 * Takes the lock in the file at `path` (which must exist) until the returned function is called or the process dies.
 * Null where another process, or another opener in this one, holds it.
 */
export function holdLock(path: string): (() => void) | null {
  const connection = connect(path, () => new DatabaseSync(path, { timeout: LOCK_TIMEOUT_MS }))
  try {
    connection.exec('PRAGMA journal_mode = MEMORY')
    connection.exec('BEGIN EXCLUSIVE')
  } catch (thrown) {
    connection.close()
    if ((resultCode(thrown) ?? 0) % 256 === 5) return null
    throw statementError(thrown, path)
  }
  return () => {
    if (connection.isOpen) connection.close()
  }
}

function connect(path: string, open: () => DatabaseSync): DatabaseSync {
  try {
    return open()
  } catch (thrown) {
    throw statementError(thrown, path)
  }
}

function wrap(connection: DatabaseSync, path: string): Database {
  const statements = new Map<string, StatementSync>()
  let depth = 0
  let afterwards: (() => void)[] = []
  let writes = 0

  function execute<T>(sql: string, use: (statement: StatementSync) => T): T {
    // A full disk makes SQLite roll back by itself; what follows would then be committed one by one.
    if (depth > 0 && !connection.isTransaction) {
      throw new SyncError(
        'internal',
        `The database ${path} rolled back after an error; nothing was stored. Check its disk.`,
      )
    }
    try {
      let statement = statements.get(sql)
      if (statement === undefined) {
        statement = connection.prepare(sql)
        statements.set(sql, statement)
      }
      return use(statement)
    } catch (thrown) {
      throw statementError(thrown, path)
    }
  }

  function transaction<T>(work: () => T): T {
    const outermost = depth === 0
    execute(outermost ? 'BEGIN IMMEDIATE' : 'SAVEPOINT nested', (statement) => statement.run())
    depth += 1
    try {
      const result = work()
      if (result instanceof Promise) throw new SyncError('internal', 'A transaction must not wait for anything.')
      execute(outermost ? 'COMMIT' : 'RELEASE nested', (statement) => statement.run())
      if (outermost) for (const act of takeAfterwards()) act()
      return result
    } catch (thrown) {
      // What was rolled back in part is not to be believed as a whole.
      takeAfterwards()
      if (connection.isTransaction) {
        if (outermost) connection.exec('ROLLBACK')
        else connection.exec('ROLLBACK TO nested; RELEASE nested')
      }
      throw thrown
    } finally {
      depth -= 1
    }
  }

  function takeAfterwards(): readonly (() => void)[] {
    const taken = afterwards
    afterwards = []
    return taken
  }

  function lightly<T>(work: () => T): T {
    const mode = execute('PRAGMA journal_mode', (statement) => statement.get() as { journal_mode: string } | undefined)
    // Without a write-ahead log a power cut could do more than undo what came last.
    if (depth > 0 || mode?.journal_mode !== 'wal') return transaction(work)
    connection.exec(`PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${LIGHT_CHECKPOINT_PAGES}`)
    try {
      return transaction(work)
    } finally {
      connection.exec(`PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    }
  }

  return {
    path,
    run: (sql, ...values) =>
      execute(sql, (statement) => {
        writes += 1
        const { changes, lastInsertRowid } = statement.run(...values)
        return { changes: Number(changes), id: Number(lastInsertRowid) }
      }),
    // The caller writes the columns and their types side by side with the SQL; SQLite cannot check them for us.
    get: <Row extends object>(sql: string, ...values: SqlValue[]) =>
      execute(sql, (statement) => statement.get(...values) as Row | undefined),
    values: <Row extends readonly SqlValue[]>(sql: string, ...values: SqlValue[]) =>
      execute(sql, (statement) => {
        statement.setReturnArrays(true)
        return statement.all(...values) as unknown[] as Row[]
      }),
    all: <Row extends object>(sql: string, ...values: SqlValue[]) =>
      execute(sql, (statement) => statement.all(...values) as Row[]),
    transaction,
    lightly,
    afterCommit: (act) => {
      if (depth === 0) act()
      else afterwards.push(act)
    },
    get inTransaction() {
      return connection.isTransaction
    },
    get writes() {
      return writes
    },
    checkpoint: () => {
      if (connection.isTransaction) return
      // A reader of another program can be in the way; waiting for it would hold up everything else.
      connection.exec('PRAGMA busy_timeout = 0')
      try {
        connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      } catch (thrown) {
        throw statementError(thrown, path)
      } finally {
        connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
      }
    },
    close: () => {
      if (!connection.isOpen) return
      statements.clear()
      connection.close()
    },
  }
}
