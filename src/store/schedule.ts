import type { ItemKind } from '../core/items.ts'
import type { EpochMs } from '../core/types.ts'
import type { Database } from './db.ts'
import { IS_SCHEDULED } from './item-columns.ts'
import { stampOf } from './stamp.ts'
import type { ScheduleStore } from './types.ts'

const TABLE = { source: 'sources', destination: 'destinations' } as const

export function scheduleStore(database: Database): ScheduleStore {
  return {
    due: (now, limit) =>
      database
        .all<{ kind: ItemKind; id: number }>(
          `SELECT 'source' AS kind, id, next_run_at FROM sources WHERE next_run_at <= ?
            UNION ALL SELECT 'destination', id, next_run_at FROM destinations WHERE next_run_at <= ?
            ORDER BY next_run_at, kind DESC, id LIMIT ?`,
          now,
          now,
          limit,
        )
        .map(({ kind, id }) => ({ kind, id })),
    nextDue: () =>
      database.get<{ next: number | null }>(
        `SELECT min(next) AS next FROM
          (SELECT min(next_run_at) AS next FROM sources UNION ALL SELECT min(next_run_at) FROM destinations)`,
      )?.next ?? null,
    setNext: (kind, id, nextRunAt) => {
      const time = nextRunAt === null ? null : Math.min(Math.round(nextRunAt), Number.MAX_SAFE_INTEGER)
      database.run(`UPDATE ${TABLE[kind]} SET next_run_at = ? WHERE id = ?`, time, id)
    },
    recordSuccess: (kind, id, now) => {
      database.run(
        `UPDATE ${TABLE[kind]} SET last_sync_status = 'ok', last_sync_error = NULL, failures = 0, last_synced = ?,
          last_attempt_at = ?, last_success_at = ? WHERE id = ?`,
        stampOf(now),
        now,
        now,
        id,
      )
    },
    recordFailure: (kind, id, message, now, options) => {
      const synced = kind === 'destination' || options?.published === true ? stampOf(now) : null
      database.run(
        `UPDATE ${TABLE[kind]} SET last_sync_status = 'error', last_sync_error = ?, failures = failures + ?,
          last_synced = coalesce(?, last_synced), last_attempt_at = ? WHERE id = ?`,
        message,
        options?.failed === false ? 0 : 1,
        synced,
        now,
        id,
      )
    },
  }
}

/**
 * Gives every item a due time that fits its interval: now where it has none yet, none for manual-only items. Needed at
 * each opening, because the old service may have worked with the database in between.
 */
export function fillDueTimes(database: Database, now: EpochMs): void {
  for (const table of Object.values(TABLE)) {
    database.run(
      `UPDATE ${table} SET next_run_at = CASE WHEN ${IS_SCHEDULED} THEN ? END
        WHERE ${IS_SCHEDULED} <> (next_run_at IS NOT NULL)`,
      now,
    )
  }
}
