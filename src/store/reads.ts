import type { ReaderHistory } from '../core/readers.ts'
import type { Database } from './db.ts'
import type { LinkRead, ReadCount, ReadStore } from './served-types.ts'

/** Reads kept of each link. */
export const KEPT_READS = 100

export function readStore(database: Database): ReadStore {
  return {
    add: (reads, onlyCounted = []) =>
      database.lightly(() => {
        for (const count of onlyCounted) addCount(database, count)
        for (const read of reads) add(database, read)
        for (const linkId of new Set(reads.map(({ link_id }) => link_id))) prune(database, linkId)
      }),
    list: (linkId) =>
      database.all<LinkRead>(
        'SELECT link_id, at, client, status, bytes FROM link_reads WHERE link_id = ? ORDER BY id DESC',
        linkId,
      ),
    readers: (linkId) =>
      database.all<ReaderHistory>(
        'SELECT client, reads, first_at, last_at FROM link_readers WHERE link_id = ? ORDER BY last_at DESC, client',
        linkId,
      ),
  }
}

/** A link that was deleted since is passed over. */
function add(database: Database, { link_id, at, client, status, bytes }: LinkRead): void {
  database.run(
    `INSERT INTO link_reads (link_id, at, client, status, bytes)
      SELECT id, ?, ?, ?, ? FROM links WHERE id = ?`,
    at,
    client,
    status,
    bytes,
    link_id,
  )
  if (status < 400) addCount(database, { link_id, client, reads: 1, first_at: at, last_at: at })
}

function addCount(database: Database, { link_id, client, reads, first_at, last_at }: ReadCount): void {
  database.run(
    `INSERT INTO link_readers (link_id, client, reads, first_at, last_at) SELECT id, ?, ?, ?, ? FROM links WHERE id = ?
      ON CONFLICT(link_id, client) DO UPDATE SET reads = reads + excluded.reads, last_at = excluded.last_at`,
    client,
    reads,
    first_at,
    last_at,
    link_id,
  )
}

function prune(database: Database, linkId: number): void {
  database.run(
    `DELETE FROM link_reads WHERE link_id = ? AND id <=
      (SELECT id FROM link_reads WHERE link_id = ? ORDER BY id DESC LIMIT 1 OFFSET ${KEPT_READS})`,
    linkId,
    linkId,
  )
}
