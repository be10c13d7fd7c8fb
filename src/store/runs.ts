import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { ErrorKind } from '../core/errors.ts'
import type { ItemKind } from '../core/items.ts'
import type { RunOperation } from '../core/operations.ts'
import type { Run, RunCounts, RunStatus, RunStep, RunTrigger } from '../core/runs.ts'
import type { Problem } from '../core/types.ts'
import type { Database } from './db.ts'
import type { RunStore } from './types.ts'

interface RunRow {
  readonly id: number
  readonly kind: ItemKind
  readonly item_id: number
  readonly trigger: RunTrigger
  readonly started_at: number
  readonly finished_at: number | null
  readonly status: RunStatus
  readonly message: string | null
  readonly counts: string
  readonly problems: string
  readonly failure_kind: ErrorKind | null
  readonly failure_message: string | null
  readonly undo_of: number | null
}

const SELECT = `SELECT id, CASE WHEN source_id IS NULL THEN 'destination' ELSE 'source' END AS kind,
  coalesce(source_id, destination_id) AS item_id, "trigger", started_at, finished_at, status, message, counts, problems,
  failure_kind, failure_message, undo_of FROM runs`

const INTERRUPTED = 'The service ended before this run did.'

export function runStore(database: Database): RunStore {
  return {
    start: (kind, itemId, trigger, now, undoOf) =>
      database.run(
        `INSERT INTO runs (${itemColumn(kind)}, "trigger", started_at, status, undo_of) VALUES (?, ?, ?, 'running', ?)`,
        itemId,
        trigger,
        now,
        undoOf ?? null,
      ).id,
    finish: (runId, report, now, steps) => {
      if (steps) {
        database.run(
          'INSERT OR REPLACE INTO run_logs (run_id, steps) SELECT id, ? FROM runs WHERE id = ?',
          JSON.stringify(steps),
          runId,
        )
      }
      database.run(
        `UPDATE runs SET finished_at = ?, status = ?, message = ?, counts = ?, problems = ?, failure_kind = ?,
          failure_message = ?, operations = ? WHERE id = ?`,
        now,
        report.status,
        report.message,
        JSON.stringify(report.counts),
        JSON.stringify(report.problems),
        report.failure?.kind ?? null,
        report.failure?.message ?? null,
        report.operations?.length ? zstdCompressSync(JSON.stringify(report.operations)) : null,
        runId,
      )
    },
    get: (runId) => {
      const row = database.get<RunRow>(`${SELECT} WHERE id = ?`, runId)
      return row && { ...toRun(row), operations: operationsOf(database, runId), steps: stepsOf(database, runId) }
    },
    list: ({ kind, itemId, limit }) => {
      const columns = kind === undefined ? ['source_id', 'destination_id'] : [itemColumn(kind)]
      const where = columns.map((column) => `${column} ${itemId === undefined ? 'IS NOT NULL' : '= ?'}`).join(' OR ')
      const values = itemId === undefined ? [] : columns.map(() => itemId)
      return database.all<RunRow>(`${SELECT} WHERE ${where} ORDER BY id DESC LIMIT ?`, ...values, limit).map(toRun)
    },
    markInterrupted: (now) =>
      database.transaction(() => {
        for (const [table, column] of [
          ['sources', 'source_id'],
          ['destinations', 'destination_id'],
        ] as const) {
          database.run(
            `UPDATE ${table} SET next_run_at = ? WHERE next_run_at IS NOT NULL
              AND id IN (SELECT ${column} FROM runs WHERE status = 'running')`,
            now,
          )
        }
        return database.run(
          "UPDATE runs SET status = 'interrupted', finished_at = ?, message = ? WHERE status = 'running'",
          now,
          INTERRUPTED,
        ).changes
      }),
    prune: (kind, itemId, keep) => {
      const item = itemColumn(kind)
      return database.run(
        `DELETE FROM runs WHERE ${item} = ? AND status <> 'running'
          AND id <= (SELECT id FROM runs WHERE ${item} = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
          AND NOT EXISTS (SELECT 1 FROM journal WHERE journal.run_id = runs.id)`,
        itemId,
        itemId,
        keep,
      ).changes
    },
  }
}

function operationsOf(database: Database, runId: number): readonly RunOperation[] {
  const row = database.get<{ operations: Uint8Array | null }>('SELECT operations FROM runs WHERE id = ?', runId)
  if (!row?.operations) return []
  // Written by `finish` from this very type.
  return JSON.parse(zstdDecompressSync(row.operations).toString()) as readonly RunOperation[]
}

function stepsOf(database: Database, runId: number): readonly RunStep[] {
  const row = database.get<{ steps: string }>('SELECT steps FROM run_logs WHERE run_id = ?', runId)
  // Written by `finish` from this very type.
  return row === undefined ? [] : (JSON.parse(row.steps) as RunStep[])
}

/** Which of the two columns names an item of this kind. */
export function itemColumn(kind: ItemKind): 'source_id' | 'destination_id' {
  return kind === 'source' ? 'source_id' : 'destination_id'
}

function toRun({ failure_kind, failure_message, counts, problems, ...run }: RunRow): Run {
  return {
    ...run,
    // Both were written by `finish` from these very types.
    counts: JSON.parse(counts) as RunCounts,
    problems: JSON.parse(problems) as Problem[],
    failure: failure_kind === null ? null : { kind: failure_kind, message: failure_message ?? '' },
  }
}
