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
    recent: (each, most) => {
      const { n = 0 } =
        database.get<{ n: number }>(
          'SELECT (SELECT count(*) FROM sources) + (SELECT count(*) FROM destinations) AS n',
        ) ?? {}
      const limit = Math.max(1, Math.min(each, Math.floor(most / Math.max(n, 1))))
      return database
        .all<RecentRow>(`${lastRuns('source')} UNION ALL ${lastRuns('destination')} ORDER BY id`, limit, limit)
        .map(({ counts, ...run }) => ({ ...run, changes: changesIn(run.kind, counts) }))
    },
  }
}

/** Item by item through the index: runs that can still be undone may be very many. */
function lastRuns(kind: ItemKind): string {
  return `SELECT r.id AS id, '${kind}' AS kind, i.id AS item_id, r.started_at, r.finished_at, r.status, r.message, r.counts,
    r.failure_kind FROM ${kind}s i JOIN runs r ON r.id IN
      (SELECT id FROM runs WHERE ${kind}_id = i.id ORDER BY id DESC LIMIT ?)`
}

function changesIn(kind: ItemKind, counts: string): number {
  // Written by the run store from numbers by name.
  return changesOf(kind, JSON.parse(counts) as Record<string, number>)
}
