import type { HeldDeletion } from '../core/governor.ts'
import type { Database } from './db.ts'
import type { HeldStore } from './types.ts'

export function heldStore(database: Database): HeldStore {
  return {
    get: (destinationId) =>
      database
        .all<HeldDeletion>(
          `SELECT href, uid, first_seen_at AS firstSeenAt, times FROM held_deletions
            WHERE destination_id = ? ORDER BY href`,
          destinationId,
        )
        .map((row) => ({ ...row })),
    put: (destinationId, held) => {
      database.transaction(() => {
        database.run('DELETE FROM held_deletions WHERE destination_id = ?', destinationId)
        for (const { href, uid, firstSeenAt, times } of held) {
          database.run(
            'INSERT INTO held_deletions (destination_id, href, uid, first_seen_at, times) VALUES (?, ?, ?, ?, ?)',
            destinationId,
            href,
            uid,
            firstSeenAt,
            times,
          )
        }
      })
    },
  }
}
