import type { Database } from './db.ts'

/**
 * A number that stands still only while nothing is written to the database, by this process or by another. Our own
 * writes are seen at once; those of others at the next turn of the event loop, because looking for them costs as much
 * as all the rest of an answer from memory.
 */
export function createVersion(database: Database): () => number {
  let seen = 0
  let changesByOthers = 0
  let isLookedUp = false

  function lookForOthers(): void {
    const version = database.get<{ data_version: number }>('PRAGMA data_version')?.data_version ?? 0
    if (version !== seen) changesByOthers += 1
    seen = version
    isLookedUp = true
    setImmediate(() => {
      isLookedUp = false
    })
  }

  return () => {
    if (!isLookedUp) lookForOthers()
    return changesByOthers + database.writes
  }
}
