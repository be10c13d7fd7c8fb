import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { SyncError } from '../core/errors.ts'
import type { Clock, Logger } from '../core/types.ts'
import { activityStore } from './activity.ts'
import { createBin } from './bin.ts'
import { keepCopy } from './copy.ts'
import { type Database, enableWriteAheadLog, holdLock, openDatabase, openForInspection } from './db.ts'
import { decisionStore } from './decisions.ts'
import { destinationStore } from './destinations.ts'
import { downloadStore } from './downloads.ts'
import { StartError } from './errors.ts'
import { createFeedCache } from './feed-cache.ts'
import { feedStore } from './feeds.ts'
import { createIfMissing, narrowRights, prepareFile, sizeOf } from './files.ts'
import { heldStore } from './held.ts'
import { journalStore } from './journal.ts'
import { linkStore } from './links.ts'
import { type Condition, conditionOf, migrate } from './migrations.ts'
import { profileStore } from './profiles.ts'
import { readStore } from './reads.ts'
import { remoteStore } from './remote.ts'
import { runStore } from './runs.ts'
import { fillDueTimes, scheduleStore } from './schedule.ts'
import { sourcePathStore } from './source-paths.ts'
import { sourceStore } from './sources.ts'
import type { Store, StoreSizes } from './types.ts'
import { createVersion } from './version.ts'

export interface OpenOptions {
  /** The database file; it and its folder are created where they are missing. */
  readonly path: string
  readonly clock: Clock
  readonly log: Logger
}

/**
 * Opens the database, brings an older one up to date (after keeping a copy of it), and locks other processes of this
 * program out until `close`. Throws StartError with one sentence for people; the file is then as it was before.
 */
export function openStore({ path, clock, log }: OpenOptions): Store {
  const file = prepareFile(resolve(path))
  const release = lock(file)
  try {
    const condition = inspect(file)
    narrowRights(file, log)
    const database = openDatabase(file)
    try {
      upToDate(database, condition, clock, log)
      fillDueTimes(database, clock.now())
      narrowRights(file, log)
      return storeOn(database, clock, release)
    } catch (thrown) {
      database.close()
      throw thrown
    }
  } catch (thrown) {
    release()
    throw thrown instanceof SyncError ? new StartError(thrown.message, thrown) : thrown
  }
}

function lock(file: string): () => void {
  const lockFile = `${file}.lock`
  createIfMissing(lockFile)
  const release = holdLock(lockFile)
  if (release !== null) return release
  throw new StartError(
    `Another process of this program already works with ${file}; stop it first, or set DATA_DIR to another folder.`,
  )
}

/** Looks at the file without changing a byte of it; throws where it must not be used. */
function inspect(file: string): Condition {
  // A transaction cut off by a crash is finished or undone by SQLite, and only a writable connection can do that.
  const cutOff = sizeOf(`${file}-journal`) > 0
  const database = cutOff ? openDatabase(file) : openForInspection(file, sizeOf(`${file}-wal`) === 0)
  try {
    const condition = conditionOf(database)
    const verdict = database.get<{ quick_check: string }>('PRAGMA quick_check(1)')?.quick_check
    if (verdict === 'ok') return condition
    throw new StartError(`The database ${file} is damaged; put a copy of it back, and start again.`, verdict)
  } finally {
    database.close()
  }
}

function upToDate(database: Database, condition: Condition, clock: Clock, log: Logger): void {
  const copy = condition === 'old' ? keepCopy(database, clock) : undefined
  try {
    if (!enableWriteAheadLog(database)) {
      log.warn('The file system cannot do write-ahead logging; keep the data folder on a local disk', {
        file: database.path,
      })
    }
    if (condition !== 'current') migrate(database, clock, log)
  } catch (thrown) {
    // Nothing was changed, so the copy tells nothing new; kept, one more would be left by every start in vain.
    if (copy !== undefined) rmSync(copy, { force: true })
    throw thrown
  }
  if (copy !== undefined) log.info('The database was brought up to date; a copy of the old one was kept', { copy })
}

function storeOn(database: Database, clock: Clock, release: () => void): Store {
  const cache = createFeedCache(database)
  const bin = createBin(database, clock)
  return {
    sources: sourceStore(database, clock, bin),
    sourcePaths: sourcePathStore(database, clock),
    destinations: destinationStore(database, clock, bin),
    feeds: feedStore(database, cache),
    links: linkStore(database, clock, cache),
    reads: readStore(database),
    runs: runStore(database),
    activity: activityStore(database),
    bin,
    schedule: scheduleStore(database),
    remote: remoteStore(database),
    downloads: downloadStore(database),
    held: heldStore(database),
    journal: journalStore(database, bin),
    decisions: decisionStore(database),
    profiles: profileStore(database),
    transaction: database.transaction,
    lightly: database.lightly,
    version: createVersion(database),
    healthy: () => answers(database),
    sizes: () => sizesOf(database),
    close: () => {
      database.close()
      release()
    },
  }
}

function sizesOf(database: Database): StoreSizes {
  const journal = database.get<{ bytes: number; entries: number }>(
    `SELECT (SELECT coalesce(sum(length(text_zstd)), 0) FROM journal_texts) AS bytes,
      (SELECT count(*) FROM journal) AS entries`,
  )
  return {
    database: sizeOf(database.path) + sizeOf(`${database.path}-wal`),
    journal: journal?.bytes ?? 0,
    journalEntries: journal?.entries ?? 0,
  }
}

function answers(database: Database): boolean {
  try {
    return database.get('SELECT count(*) FROM sources') !== undefined
  } catch {
    return false
  }
}
