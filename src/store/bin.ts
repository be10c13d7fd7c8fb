/** Deleted items with all that belongs to them, in memory alone, for as long as their deletion can be undone. */
import { SyncError } from '../core/errors.ts'
import type { ItemKind } from '../core/items.ts'
import type { Clock } from '../core/types.ts'
import type { Database } from './db.ts'
import type { BinStore } from './types.ts'

const UNDO_DELETION_MS = 10 * 60_000

interface Part {
  readonly table: string
  /** Which of its rows belong to the item `?`. */
  readonly where: string
  /** Nothing refers to its id, and another row may have taken it meanwhile. */
  readonly newIds?: true
}

/** What an item consists of, in the order in which it can be put back. */
const PARTS: Readonly<Record<ItemKind, readonly Part[]>> = {
  source: [
    { table: 'sources', where: 'id = ?' },
    ...['ics_data', 'feed_meta', 'source_paths'].map((table) => ({ table, where: 'source_id = ?' })),
    ...partsOfBoth('source_id'),
    { table: 'links', where: 'source_id = ?' },
    { table: 'link_sources', where: 'source_id = ?' },
    { table: 'link_feeds', where: 'link_id IN (SELECT id FROM links WHERE source_id = ?)' },
    { table: 'link_reads', where: 'link_id IN (SELECT id FROM links WHERE source_id = ?)', newIds: true },
    { table: 'link_readers', where: 'link_id IN (SELECT id FROM links WHERE source_id = ?)' },
  ],
  destination: [
    { table: 'destinations', where: 'id = ?' },
    ...partsOfBoth('destination_id'),
    ...['downloads', 'decisions', 'journal'].map((table) => ({ table, where: 'destination_id = ?' })),
    { table: 'held_deletions', where: 'destination_id = ?', newIds: true },
  ],
}

function partsOfBoth(item: 'source_id' | 'destination_id'): readonly Part[] {
  return [
    { table: 'calendars', where: `${item} = ?` },
    { table: 'resources', where: `calendar_id IN (SELECT id FROM calendars WHERE ${item} = ?)`, newIds: true },
    { table: 'runs', where: `${item} = ?` },
    { table: 'run_logs', where: `run_id IN (SELECT id FROM runs WHERE ${item} = ?)` },
  ]
}

const CUT_OFF = 'The item was deleted before this run ended.'

/** Whether a feed address of the deleted source leads somewhere else by now; the tables themselves only know some cases. */
const IS_ADDRESS_TAKEN = `SELECT 1 FROM (
    SELECT ics_path AS address FROM temp.bin_sources WHERE bin_key = ?1
    UNION SELECT public_ics_path FROM temp.bin_sources WHERE bin_key = ?1
    UNION SELECT path FROM temp.bin_source_paths WHERE bin_key = ?1)
  WHERE address IN (SELECT ics_path FROM main.sources UNION SELECT public_ics_path FROM main.sources
    UNION SELECT path FROM main.source_paths UNION SELECT path FROM main.links) LIMIT 1`

const TABLES: ReadonlySet<string> = new Set(Object.values(PARTS).flatMap((parts) => parts.map(({ table }) => table)))

/** Temporary tables lie in memory and end with the process, so that no password outlives its deletion on the disk. */
export function createBin(database: Database, clock: Clock): BinStore & { put(kind: ItemKind, id: number): void } {
  // Made at once, and the list of what is kept is one of them: a transaction that fails takes its part of them back.
  database.run('CREATE TEMP TABLE bin_kept (bin_key TEXT PRIMARY KEY, at INTEGER NOT NULL)')
  for (const table of TABLES) {
    database.run(`CREATE TEMP TABLE bin_${table} AS SELECT '' AS bin_key, * FROM main.${table} WHERE 0`)
  }
  const keyOf = (kind: ItemKind, id: number) => `${kind} ${id}`
  const isKept = (key: string) => database.get('SELECT 1 FROM temp.bin_kept WHERE bin_key = ?', key) !== undefined

  function forget(key: string): void {
    for (const table of [...TABLES, 'kept']) database.run(`DELETE FROM temp.bin_${table} WHERE bin_key = ?`, key)
  }

  function forgetOld(): void {
    const old = database.all<{ bin_key: string }>(
      'SELECT bin_key FROM temp.bin_kept WHERE at < ?',
      clock.now() - UNDO_DELETION_MS,
    )
    for (const { bin_key } of old) forget(bin_key)
  }

  return {
    put(kind, id) {
      forgetOld()
      const key = keyOf(kind, id)
      for (const { table, where } of PARTS[kind]) {
        database.run(`INSERT INTO temp.bin_${table} SELECT ?, * FROM main.${table} WHERE ${where}`, key, id)
      }
      database.run('INSERT OR REPLACE INTO temp.bin_kept (bin_key, at) VALUES (?, ?)', key, clock.now())
    },
    has(kind, id) {
      forgetOld()
      return isKept(keyOf(kind, id))
    },
    restore(kind, id) {
      forgetOld()
      const key = keyOf(kind, id)
      if (!isKept(key)) return false
      if (kind === 'source' && database.get(IS_ADDRESS_TAKEN, key)) {
        throw new SyncError(
          'refused',
          'Another feed has an address of this source now. Give that one another address first.',
        )
      }
      database.transaction(() => {
        for (const { table, newIds = false } of PARTS[kind]) {
          const columns = database
            .all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table)
            .filter(({ name }) => !newIds || name !== 'id')
            .map(({ name }) => `"${name}"`)
            .join(', ')
          // A merged link may have been deleted in the meantime; what belonged to it stays away.
          const there = table === 'link_sources' ? 'AND link_id IN (SELECT id FROM main.links)' : ''
          database.run(
            `INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM temp.bin_${table} WHERE bin_key = ? ${there}`,
            key,
          )
        }
        // A run that the deletion ended could not say so any more; one that has not ended yet still will.
        database.run(
          `UPDATE main.runs SET status = 'interrupted', finished_at = ?, message = ?
            WHERE status = 'running' AND id IN (SELECT id FROM temp.bin_runs WHERE bin_key = ?)`,
          clock.now(),
          CUT_OFF,
          key,
        )
        forget(key)
      })
      return true
    },
    isEmpty: () => {
      forgetOld()
      return database.get('SELECT 1 FROM temp.bin_kept LIMIT 1') === undefined
    },
  }
}
