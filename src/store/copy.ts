import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock } from '../core/types.ts'
import type { Database } from './db.ts'
import { StartError } from './errors.ts'
import { createIfMissing, flushToDisk } from './files.ts'
import { SCHEMA_RELEASE } from './schema.ts'

/**
 * Keeps a whole copy of the database beside it, under a name that is not taken, and returns that name. Throws
 * StartError; the database is not changed, and nothing half-written stays behind under the name of a copy.
 */
export function keepCopy(database: Database, clock: Clock): string {
  const unfinished = `${database.path}.copying`
  const copy = freeName(`${database.path}.before-${SCHEMA_RELEASE}`, clock)
  try {
    rmSync(unfinished, { force: true })
    writeCopy(database, unfinished)
    renameSync(unfinished, copy)
    flushToDisk(dirname(copy))
    return copy
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new StartError(
      `Before its update, the database ${database.path} could not be copied to ${copy}; it is unchanged. ${reason}`,
      thrown,
    )
  }
}

function writeCopy(database: Database, path: string): void {
  createIfMissing(path)
  try {
    database.run('VACUUM INTO ?', path)
    flushToDisk(path)
  } catch (thrown) {
    rmSync(path, { force: true })
    throw thrown
  }
}

function freeName(wanted: string, clock: Clock): string {
  if (!existsSync(wanted)) return wanted
  const dated = `${wanted}-${new Date(clock.now()).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  let name = dated
  for (let count = 2; existsSync(name); count += 1) name = `${dated}-${count}`
  return name
}
