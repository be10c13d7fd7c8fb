import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const slotMs = 15 * 60_000
const dayMs = 24 * 60 * 60_000

/**
 * Gives a running service a past, since nobody waits two weeks for a plot: runs of a source, the activity of the last
 * fortnight, and a reader of its feed that has stayed away.
 */
export function givePast(folder: string, sourceId: number): void {
  const database = new DatabaseSync(join(folder, 'caldav-sync.db'))
  database.exec('PRAGMA busy_timeout = 5000')
  const now = Date.now()
  const addRun = database.prepare(
    `INSERT INTO runs (source_id, "trigger", started_at, finished_at, status, message, failure_kind)
      VALUES (?, 'timer', ?, ?, ?, ?, ?)`,
  )
  const endings = ['ok', 'ok', 'ok', 'partial', 'ok', 'ok', 'error', 'ok', 'interrupted', 'ok'] as const
  database.exec('BEGIN')
  for (let back = 25; back > 0; back--) {
    const status = endings[back % endings.length] ?? 'ok'
    const message = status === 'error' ? 'The server was too busy.' : 'Synchronized 3 events from 3 calendars'
    const at = now - back * 3_600_000
    addRun.run(sourceId, at, at + 1200, status, message, status === 'error' ? 'busy' : null)
  }
  const addActivity = database.prepare(
    'INSERT OR REPLACE INTO activity (slot, status, runs, changes) VALUES (?, ?, ?, 0)',
  )
  for (let back = 1; back < 14; back++) {
    const slot = Math.floor((now - back * dayMs) / slotMs)
    addActivity.run(slot, 'ok', 30 + ((back * 7) % 18))
    if (back % 4 === 0) addActivity.run(slot, 'partial', 3)
    if (back % 5 === 0) addActivity.run(slot, 'error', 6)
  }
  database
    .prepare(
      `INSERT INTO link_readers (link_id, client, reads, first_at, last_at)
        SELECT id, 'Google Calendar', 200, ?, ? FROM links WHERE source_id = ? LIMIT 1`,
    )
    .run(now - 40 * dayMs, now - 9 * dayMs, sourceId)
  database.exec('COMMIT')
  database.close()
}
