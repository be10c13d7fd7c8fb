import { SyncError } from '../core/errors.ts'

/** The database cannot be used; the program must not start. `message` is one sentence naming the file and what to do. */
export class StartError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'StartError'
  }
}

/** A row with this value exists already. `column` is `table.column`, such as `sources.ics_path`. */
export class DuplicateError extends SyncError {
  readonly column: string

  constructor(column: string, cause: unknown) {
    super('refused', `Another row already has this value in ${column}; choose a different one.`, { cause })
    this.name = 'DuplicateError'
    this.column = column
  }
}

/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const BUSY = 5
const LOCKED = 6
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const PROTOCOL = 15
const NOTADB = 26
/** Extended codes. */
const FOREIGN_KEY = 787
const PRIMARY_KEY = 1555
const UNIQUE = 2067

/** The extended result code of an error of node:sqlite; undefined for anything else. */
export function resultCode(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return undefined
  return typeof thrown.errcode === 'number' ? thrown.errcode : undefined
}

/** What went wrong with the file at `path`, in one sentence; undefined where it is no trouble of the file. */
function fileTrouble(thrown: unknown, path: string): string | undefined {
  const code = resultCode(thrown)
  if (code === undefined) return undefined
  switch (code & 0xff) {
    case FULL:
      return `The disk holding ${path} is full; free some space. What was stored before is unharmed.`
    case BUSY:
    case LOCKED:
      return `The database ${path} is locked by another program; close that program and try again.`
    case READONLY:
      return `The database ${path} cannot be written; make the file and its folder writable for the user that runs this service.`
    case IOERR:
      return `The disk failed while ${path} was read or written; check the disk and its free space.`
    case CORRUPT:
      return `The database ${path} is damaged; stop the service, put a copy of it back, and start again.`
    case CANTOPEN:
      return `The database ${path} cannot be opened; check that its folder exists and is readable and writable.`
    case PROTOCOL:
      return `The file system holding ${path} does not support locks; keep the data folder on a local disk.`
    case NOTADB:
      return `The file ${path} is not an SQLite database; move it away or set DB_PATH to another file.`
    default:
      return undefined
  }
}

/** Turns what a statement threw into a SyncError: `refused` for a duplicate, `aborted` for a vanished item, else `internal`. */
export function statementError(thrown: unknown, path: string): SyncError {
  if (thrown instanceof SyncError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const code = resultCode(thrown)
  if (code === UNIQUE || code === PRIMARY_KEY) {
    return new DuplicateError(message.slice(message.lastIndexOf(': ') + 2), thrown)
  }
  if (code === FOREIGN_KEY) {
    return new SyncError('aborted', 'The source or destination was deleted meanwhile; nothing was stored for it.', {
      cause: thrown,
    })
  }
  const trouble = fileTrouble(thrown, path) ?? `The database ${path} refused a statement: ${message}.`
  return new SyncError('internal', trouble, { cause: thrown })
}
