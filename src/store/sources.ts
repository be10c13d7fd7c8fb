import type { Source, SourceSettings, WithPassword } from '../core/items.ts'
import { type Clock, Secret } from '../core/types.ts'
import { connectionText, toConnection } from './connections.ts'
import type { Database } from './db.ts'
import * as item from './item-columns.ts'
import { stampOf } from './stamp.ts'
import type { SourceStore } from './types.ts'

type SourceRow = Omit<Source, keyof item.StatusRow | 'public_ics' | 'connection' | 'paused' | 'calendars'> &
  item.StatusRow & {
    readonly public_ics: number
    readonly connection: string | null
    readonly paused: number
    readonly calendars: string | null
  }

const SELECT = `SELECT id, name, caldav_url, username, ics_path, ${item.INTERVAL_COLUMN},
  coalesce(public_ics, 0) AS public_ics, public_ics_path, connection, paused, calendars,
  ${item.STATUS_COLUMNS} FROM sources`

export function sourceStore(
  database: Database,
  clock: Clock,
  bin: { put(kind: 'source', id: number): void },
): SourceStore {
  const get = (id: number) => {
    const row = database.get<SourceRow>(`${SELECT} WHERE id = ?`, id)
    return row && toSource(row)
  }

  function create(settings: SourceSettings & WithPassword): Source {
    const now = clock.now()
    const interval = item.intervalSecs(settings.sync_interval_secs)
    const { id } = database.run(
      `INSERT INTO sources (name, caldav_url, username, password, ics_path, sync_interval_secs, public_ics,
        public_ics_path, connection, paused, calendars, created_at, next_run_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      settings.name,
      settings.caldav_url,
      settings.username,
      settings.password.reveal(),
      settings.ics_path,
      interval,
      Number(settings.public_ics),
      settings.public_ics_path,
      connectionText(settings.connection ?? null),
      Number(settings.paused ?? false),
      calendarsText(settings.calendars ?? null),
      stampOf(now),
      interval > 0 && settings.paused !== true ? now : null,
    )
    return rowWritten(get(id))
  }

  function update(id: number, patch: Partial<SourceSettings & WithPassword>): Source | undefined {
    const updated = database.transaction(() => {
      item.forgetCalendars(database, 'sources', id, { caldav_url: patch.caldav_url, username: patch.username })
      if (patch.calendars !== undefined) lookAnew(database, id, calendarsText(patch.calendars))
      const found = item.updateRow(database, 'sources', id, {
        name: patch.name,
        caldav_url: patch.caldav_url,
        username: patch.username,
        password: patch.password?.reveal(),
        ics_path: patch.ics_path,
        sync_interval_secs: patch.sync_interval_secs && item.intervalSecs(patch.sync_interval_secs),
        public_ics: item.asFlag(patch.public_ics),
        public_ics_path: patch.public_ics_path,
        connection: patch.connection && connectionText(patch.connection),
        paused: item.asFlag(patch.paused),
        calendars: patch.calendars === undefined ? undefined : calendarsText(patch.calendars),
      })
      if (!found) return undefined
      item.keepDueTime(database, 'sources', id, clock.now())
      return get(id)
    })
    if (patch.password !== undefined) database.checkpoint()
    return updated
  }

  return {
    list: () => database.all<SourceRow>(`${SELECT} ORDER BY id`).map(toSource),
    get,
    password: (id) => {
      const row = database.get<{ password: string }>('SELECT password FROM sources WHERE id = ?', id)
      return row && new Secret(row.password)
    },
    create,
    update,
    remove: (id) => {
      const removed = database.transaction(() => {
        bin.put('source', id)
        return database.run('DELETE FROM sources WHERE id = ?', id).changes > 0
      })
      if (removed) database.checkpoint()
      return removed
    },
    usesPath: (path, exceptId) =>
      database.get(
        'SELECT 1 FROM sources WHERE (ics_path = ? OR public_ics_path = ?) AND id IS NOT ? LIMIT 1',
        path,
        path,
        exceptId ?? null,
      ) !== undefined,
  }
}

function toSource(row: SourceRow): Source {
  return {
    ...row,
    last_sync_status: item.statusWord(row.last_sync_status),
    public_ics: row.public_ics !== 0,
    connection: toConnection(row.connection),
    paused: row.paused !== 0,
    // Written by `calendarsText`.
    calendars: row.calendars === null ? null : (JSON.parse(row.calendars) as string[]),
  }
}

function calendarsText(calendars: readonly string[] | null): string | null {
  return calendars && JSON.stringify(calendars)
}

/** With another choice the calendars that are known are not those to be had: nothing may be asked of them alone. */
function lookAnew(database: Database, id: number, chosen: string | null): void {
  database.run(
    'UPDATE calendars SET full_at = NULL WHERE source_id = ? AND (SELECT calendars FROM sources WHERE id = ?) IS NOT ?',
    id,
    id,
    chosen,
  )
}

function rowWritten(source: Source | undefined): Source {
  if (source === undefined) throw new Error('A source that was just created is not there')
  return source
}
