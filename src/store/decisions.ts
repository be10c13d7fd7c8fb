import type { Database } from './db.ts'
import type { Decision, DecisionStore } from './types.ts'

export function decisionStore(database: Database): DecisionStore {
  return {
    list: (destinationId) =>
      database
        .all<Decision>(
          `SELECT uid, kind, fingerprint, message, run_id AS runId, at, retry_at AS retryAt FROM decisions
            WHERE destination_id = ? ORDER BY uid, kind`,
          destinationId,
        )
        .map((row) => ({ ...row })),
    put: (destinationId, { uid, kind, fingerprint, message, runId, at, retryAt }) => {
      database.run(
        `INSERT OR REPLACE INTO decisions (destination_id, uid, kind, fingerprint, message, run_id, at, retry_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        destinationId,
        uid,
        kind,
        fingerprint,
        message,
        runId,
        at,
        retryAt,
      )
    },
    remove: (destinationId, kind, uid) => {
      database.run('DELETE FROM decisions WHERE destination_id = ? AND kind = ? AND uid = ?', destinationId, kind, uid)
    },
  }
}
