import type { EpochMs } from '../core/types.ts'

/** `YYYY-MM-DD HH:MM:SS` in UTC, the form of SQLite's `datetime('now')` (contract 1.2). */
export function stampOf(time: EpochMs): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ')
}

/** The moment a stamp names; 0 where the text is none. */
export function timeOfStamp(stamp: string): EpochMs {
  const time = Date.parse(`${stamp.replace(' ', 'T')}Z`)
  return Number.isNaN(time) ? 0 : time
}
