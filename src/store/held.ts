import type { HeldDeletion } from '../core/governor.ts'
import type { Database } from './db.ts'
import type { HeldStore } from './types.ts'

export function heldStore(database: Database): HeldStore {
  return {
    get: (destinationId) =>
      database
        .all<HeldDeletion>(
          `SELECT href, uid, subject, first_seen_at AS firstSeenAt, times, answer FROM held_deletions
            WHERE destination_id = ? ORDER BY href`,
          destinationId,
        )
        .map((row) => ({ ...row })),
    put: (destinationId, held) => {
      database.transaction(() => {
        database.run('DELETE FROM held_deletions WHERE destination_id = ?', destinationId)
        for (const { href, uid, subject, firstSeenAt, times, answer } of held) {
          database.run(
            `INSERT INTO held_deletions (destination_id, href, uid, subject, first_seen_at, times, answer)
              VALUES (?, ?, ?, ?, ?, ?, ?)`,
            destinationId,
            href,
            uid,
            subject,
            firstSeenAt,
            times,
            answer,
          )
        }
      })
    },
    waiting: (destinationId) =>
      database.get<{ waiting: number }>(
        'SELECT count(*) AS waiting FROM held_deletions WHERE destination_id = ? AND answer IS NULL',
        destinationId,
      )?.waiting ?? 0,
    answer: (destinationId, answer) =>
      database.run(
        'UPDATE held_deletions SET answer = ? WHERE destination_id = ? AND answer IS NULL',
        answer,
        destinationId,
      ).changes,
  }
}
