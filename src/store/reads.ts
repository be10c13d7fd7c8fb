import type { ReaderHistory } from '../core/readers.ts'
import type { Database } from './db.ts'
import type { LinkRead, ReadStore } from './served-types.ts'

/** Reads kept of each link. */
const KEPT = 100

export function readStore(database: Database): ReadStore {
  return {
    add: (reads) =>
      database.transaction(() => {
        for (const [linkId, ofLink] of Map.groupBy(reads, (read) => read.link_id)) {
          add(database, linkId, ofLink)
          prune(database, linkId)
        }
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

/** A link that was deleted since is passed over. What would be pruned at once is only counted. */
function add(database: Database, linkId: number, reads: readonly LinkRead[]): void {
  for (const { at, client, status, bytes } of reads.slice(-KEPT)) {
    database.run(
      `INSERT INTO link_reads (link_id, at, client, status, bytes)
        SELECT id, ?, ?, ?, ? FROM links WHERE id = ?`,
      at,
      client,
      status,
      bytes,
      linkId,
    )
  }
  const served = reads.filter(({ status }) => status < 400)
  for (const [client, ofClient] of Map.groupBy(served, (read) => read.client)) {
    database.run(
      `INSERT INTO link_readers (link_id, client, reads, first_at, last_at) SELECT id, ?, ?, ?, ? FROM links WHERE id = ?
        ON CONFLICT(link_id, client) DO UPDATE SET reads = reads + excluded.reads, last_at = excluded.last_at`,
      client,
      ofClient.length,
      ofClient[0]?.at ?? 0,
      ofClient.at(-1)?.at ?? 0,
      linkId,
    )
  }
}

function prune(database: Database, linkId: number): void {
  database.run(
    `DELETE FROM link_reads WHERE link_id = ? AND id <=
      (SELECT id FROM link_reads WHERE link_id = ? ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`,
    linkId,
    linkId,
  )
}
