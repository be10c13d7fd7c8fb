import type { ItemStatus } from '../core/items.ts'
import type { Database, SqlValue } from './db.ts'

/** Columns every item has beside its settings, as they are selected; the old service may have left NULL anywhere. */
export const STATUS_COLUMNS = `last_synced, last_sync_status, last_sync_error, created_at, last_attempt_at,
  last_success_at, next_run_at, failures`

/**
 * The interval as a number JavaScript can hold: an old row may say up to 2^63-1 seconds, which reads as 2^53-1. The
 * row keeps what it has until the interval is set again.
 */
export const INTERVAL_COLUMN = `min(max(CAST(sync_interval_secs AS INTEGER), 0), ${Number.MAX_SAFE_INTEGER})
  AS sync_interval_secs`

/** True for what runs by itself. */
export const IS_SCHEDULED = '(sync_interval_secs > 0 AND paused = 0)'

export type StatusRow = Omit<ItemStatus, 'last_sync_status'> & { readonly last_sync_status: string | null }

/** Only the two words the contract knows come out. */
export function statusWord(stored: string | null): ItemStatus['last_sync_status'] {
  return stored === 'ok' || stored === 'error' ? stored : null
}

/** An interval as it is stored: whole seconds, 0 to 2^53-1. */
export function intervalSecs(given: number): number {
  return Math.min(Math.max(Math.trunc(given), 0), Number.MAX_SAFE_INTEGER)
}

/**
 * Forgets the calendars of an item where one of these columns is about to change: what was read of another account is
 * no part of this one's feed, and what was written to another calendar says nothing of this one.
 */
export function forgetCalendars(
  database: Database,
  table: 'sources' | 'destinations',
  id: number,
  next: Readonly<Record<string, string | undefined>>,
): void {
  const columns = Object.keys(next)
  const row = database.get<Record<string, string>>(`SELECT ${columns.join(', ')} FROM ${table} WHERE id = ?`, id)
  if (row === undefined || columns.every((column) => next[column] === undefined || next[column] === row[column])) return
  if (table === 'sources') {
    database.run('DELETE FROM calendars WHERE source_id = ?', id)
    return
  }
  // What was held, refused or decided there says nothing of another calendar either.
  for (const known of ['calendars', 'held_deletions', 'decisions']) {
    database.run(`DELETE FROM ${known} WHERE destination_id = ?`, id)
  }
}

/** Sets the given columns of one row; false where there is no such row. Column names come from code, never from outside. */
export function updateRow(
  database: Database,
  table: 'sources' | 'destinations' | 'source_paths',
  id: number,
  columns: Readonly<Record<string, SqlValue | undefined>>,
): boolean {
  const given = Object.entries(columns).filter((entry): entry is [string, SqlValue] => entry[1] !== undefined)
  if (given.length === 0) return database.get(`SELECT 1 FROM ${table} WHERE id = ?`, id) !== undefined
  const assignments = given.map(([name]) => `${name} = ?`).join(', ')
  const values = given.map(([, value]) => value)
  return database.run(`UPDATE ${table} SET ${assignments} WHERE id = ?`, ...values, id).changes > 0
}

/** The due time that goes with an interval: none for 0, and at once where there was none before. */
export function keepDueTime(database: Database, table: 'sources' | 'destinations', id: number, now: number): void {
  database.run(
    `UPDATE ${table} SET next_run_at = CASE WHEN ${IS_SCHEDULED} THEN coalesce(next_run_at, ?) END
      WHERE id = ? AND ${IS_SCHEDULED} <> (next_run_at IS NOT NULL)`,
    now,
    id,
  )
}

export function asFlag(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : Number(value)
}
