import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Logger } from '../core/types.ts'
import { StartError } from './errors.ts'

/** Passwords lie in the database, so nobody but its owner may read it. */
const OWNER_ONLY = 0o600
const SQLITE_HEADER = Buffer.from('SQLite format 3\0')

/**
 * Makes sure that there is a folder (made with mode 0700 where missing) and a file that can be read and written, and
 * creates an empty file where there is none. What exists is not changed. Returns the path with symbolic links
 * resolved. Throws StartError.
 */
export function prepareFile(path: string): string {
  const folder = dirname(path)
  const entry = attempt(folder, () => statSync(folder, { throwIfNoEntry: false }))
  if (!entry?.isDirectory()) makeFolder(folder)
  attempt(folder, () => accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK))
  if (existsSync(path)) {
    if (!attempt(path, () => statSync(path)).isFile()) {
      throw new StartError(`${path} is not a file; move it away or set DB_PATH to a file.`)
    }
    attempt(path, () => accessSync(path, constants.R_OK | constants.W_OK))
    refuseOtherFormats(path)
  }
  if (sizeOf(path) === 0 && sizeOf(`${path}-wal`) > 0) {
    throw new StartError(
      `The database ${path} is missing or empty, but ${path}-wal beside it still holds data; put the database back, ` +
        'or move that file away to start with an empty one.',
    )
  }
  createIfMissing(path)
  return realpathSync(path)
}

function makeFolder(folder: string): void {
  // The nearest folder that exists is asked first, because its answer says more than that of a recursive mkdir.
  let nearest = folder
  while (!existsSync(nearest)) nearest = dirname(nearest)
  attempt(nearest, () => accessSync(nearest, constants.W_OK))
  attempt(folder, () => mkdirSync(folder, { recursive: true, mode: 0o700 }))
}

/** Creates an empty file that only its owner may read, whatever the umask; an existing one is left as it is. */
export function createIfMissing(path: string): void {
  if (existsSync(path)) return
  attempt(path, () => closeSync(openSync(path, 'wx', OWNER_ONLY)))
}

/** Takes the rights of others away from the database, the files SQLite keeps beside it, and our copies. */
export function narrowRights(path: string, log: Logger): void {
  const folder = dirname(path)
  const base = basename(path)
  for (const name of readdirSync(folder)) {
    const rest = name.startsWith(base) ? name.slice(base.length) : undefined
    if (rest === undefined || !/^(-wal|-shm|-journal|\.lock|\.copying|\.before-.*)?$/.test(rest)) continue
    const file = join(folder, name)
    // SQLite may take a file away while we look.
    const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
    if ((mode & 0o077) === 0) continue
    log.warn('A file with passwords could be read by others; its rights are narrowed to 0600', {
      file,
      rights: (mode & 0o777).toString(8).padStart(4, '0'),
    })
    try {
      chmodSync(file, OWNER_ONLY)
    } catch (thrown) {
      log.warn('The rights could not be narrowed; do it by hand', { file, reason: errorText(thrown) })
    }
  }
}

/** Makes what was written to a file or folder outlast a power cut. */
export function flushToDisk(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** 0 where there is no such file. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** SQLite itself would take some short files for an empty database and write over them. */
function refuseOtherFormats(path: string): void {
  if (sizeOf(path) === 0) return
  const start = Buffer.alloc(SQLITE_HEADER.length)
  const descriptor = attempt(path, () => openSync(path, 'r'))
  try {
    readSync(descriptor, start, 0, start.length, 0)
  } finally {
    closeSync(descriptor)
  }
  if (!start.equals(SQLITE_HEADER)) {
    throw new StartError(`The file ${path} is not an SQLite database; move it away or set DB_PATH to another file.`)
  }
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    throw new StartError(sentence(path, thrown), thrown)
  }
}

function sentence(path: string, thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `${path} cannot be read and written; give the user that runs this service the right to, or set DATA_DIR to another folder.`
    case 'EROFS':
      return `${path} lies on a read-only file system; mount it writable, or set DATA_DIR to another folder.`
    case 'ENOSPC':
      return `The disk holding ${path} is full; free some space.`
    case 'ENOTDIR':
      return `${path} cannot be used because a part of its path is a file; set DATA_DIR to a folder.`
    case 'EEXIST':
      return `${path} is a file where a folder is needed, or a link that leads nowhere; move it away, or set DATA_DIR to another folder.`
    default:
      return `${path} cannot be used (${errorText(thrown)}); set DATA_DIR to a folder on a local disk.`
  }
}

function errorText(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
