import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { SyncError } from '../core/errors.ts'
import type { EpochMs } from '../core/types.ts'
import { flushToDisk } from './files.ts'

/** As for a feed from the network. */
export const LARGEST_IMPORT = 32 * 1024 * 1024

export interface ImportedFile {
  readonly name: string
  readonly bytes: number
  readonly changedAt: EpochMs
}

/** The folder of feeds that are files: uploaded, or put there by another program. */
export interface ImportFolder {
  readonly path: string
  /** By name; what has no name of the right form is not seen. */
  list(): ImportedFile[]
  /** Throws SyncError where the file is not there, is no plain file, or is too large. */
  read(name: string): Uint8Array
  /** The file is whole at once, or as it was before. Throws SyncError where it cannot be written. */
  put(name: string, content: Uint8Array): void
  /** False: it was not there. */
  remove(name: string): boolean
}

/** One path segment that means the same on every system, and never a hidden or a temporary file. */
export function isImportName(name: string): boolean {
  return /^[a-z0-9][a-z0-9._ -]{0,99}$/i.test(name) && /[^ .]\.ics$/i.test(name)
}

export function openImportFolder(path: string): ImportFolder {
  // People find it where it is to be used; where it cannot be made, the first upload says why.
  attempt(() => mkdirSync(path, { recursive: true, mode: 0o700 }))

  const fileOf = (name: string) => {
    if (!isImportName(name)) throw noSuchFile(name)
    return join(path, name)
  }

  /** A link could lead to any file of this machine, so none is followed. */
  function withFile<T>(name: string, work: (descriptor: number) => T): T {
    const descriptor = openSync(fileOf(name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      return work(descriptor)
    } finally {
      closeSync(descriptor)
    }
  }

  return {
    path,
    list() {
      try {
        return readdirSync(path)
          .filter(isImportName)
          .sort()
          .flatMap((name) => {
            const stats = attempt(() => withFile(name, (descriptor) => fstatSync(descriptor)))
            return stats?.isFile() ? [{ name, bytes: stats.size, changedAt: Math.trunc(stats.mtimeMs) }] : []
          })
      } catch (thrown) {
        if (codeOf(thrown) === 'ENOENT') return []
        throw unusable(path, thrown)
      }
    },
    read(name) {
      try {
        return withFile(name, (descriptor) => {
          const stats = fstatSync(descriptor)
          if (!stats.isFile()) throw noSuchFile(name)
          if (stats.size > LARGEST_IMPORT) {
            throw new SyncError(
              'refused',
              `The file ${name} in the import folder is larger than 32 MiB. Split it, or import a shorter period.`,
            )
          }
          return readFileSync(descriptor)
        })
      } catch (thrown) {
        if (thrown instanceof SyncError) throw thrown
        if (['ENOENT', 'ELOOP', 'EMLINK'].includes(codeOf(thrown))) throw noSuchFile(name)
        throw unusable(join(path, name), thrown)
      }
    },
    put(name, content) {
      const file = fileOf(name)
      const temporary = join(path, `.${name}.uploading`)
      try {
        mkdirSync(path, { recursive: true, mode: 0o700 })
        writeFileSync(temporary, content, { mode: 0o600 })
        flushToDisk(temporary)
        renameSync(temporary, file)
        flushToDisk(path)
      } catch (thrown) {
        attempt(() => rmSync(temporary, { force: true }))
        throw unusable(path, thrown)
      }
    },
    remove(name) {
      try {
        rmSync(fileOf(name))
        return true
      } catch (thrown) {
        if (thrown instanceof SyncError || codeOf(thrown) === 'ENOENT') return false
        throw unusable(path, thrown)
      }
    },
  }
}

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

function noSuchFile(name: string): SyncError {
  return new SyncError(
    'not-found',
    `There is no file "${name}" in the import folder. Upload it, put it there, or choose another feed.`,
  )
}

function unusable(path: string, cause: unknown): SyncError {
  const full = ['ENOSPC', 'EDQUOT'].includes(codeOf(cause))
  const message = full
    ? `The disk holding ${path} is full, so the file was not stored. Free some space, and upload it again.`
    : `${path} cannot be used (${codeOf(cause) || String(cause)}). Give the user that runs this service the right to read and write it.`
  return new SyncError('internal', message, { cause })
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
}
