import type { ItemKind } from '../core/items.ts'
import { changesOf } from '../core/runs.ts'
import type { Database } from './db.ts'
import type { ActivityStore, RecentRun } from './types.ts'

/** A quarter of an hour divides the day of every time zone. */
const SLOT_MS = 15 * 60_000
const KEPT_MS = 62 * 24 * 60 * 60_000

interface RecentRow extends Omit<RecentRun, 'changes'> {
  readonly counts: string
}

export function activityStore(database: Database): ActivityStore {
  return {
    note: (status, changes, now) => {
      database.run(
        `INSERT INTO activity (slot, status, runs, changes) VALUES (?, ?, 1, ?)
          ON CONFLICT(slot, status) DO UPDATE SET runs = runs + 1, changes = changes + excluded.changes`,
        Math.floor(now / SLOT_MS),
        status,
        changes,
      )
      database.run('DELETE FROM activity WHERE slot < ?', Math.floor((now - KEPT_MS) / SLOT_MS))
    },
    since: (from) =>
      database
        .all<{ slot: number; status: string; runs: number; changes: number }>(
          'SELECT slot, status, runs, changes FROM activity WHERE slot >= ? ORDER BY slot, status',
          Math.floor(from / SLOT_MS),
        )
        .map(({ slot, ...rest }) => ({ ...rest, at: slot * SLOT_MS })),
    recent: (each) =>
      database
        .all<RecentRow>(
          `SELECT id, kind, item_id, started_at, finished_at, status, message, counts, failure_kind FROM
            (SELECT id, CASE WHEN source_id IS NULL THEN 'destination' ELSE 'source' END AS kind,
              coalesce(source_id, destination_id) AS item_id, started_at, finished_at, status, message, counts,
              failure_kind, row_number() OVER (PARTITION BY source_id, destination_id ORDER BY id DESC) AS place
              FROM runs) WHERE place <= ? ORDER BY id`,
          each,
        )
        .map(({ counts, ...run }) => ({ ...run, changes: changesIn(run.kind, counts) })),
  }
}

function changesIn(kind: ItemKind, counts: string): number {
  // Written by the run store from numbers by name.
  return changesOf(kind, JSON.parse(counts) as Record<string, number>)
}
