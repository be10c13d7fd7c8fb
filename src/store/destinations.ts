import { type Destination, type DestinationSettings, GUESTS, LOCAL_EDITS, type WithPassword } from '../core/items.ts'
import type { Rule } from '../core/rules/rule.ts'
import { type Clock, Secret } from '../core/types.ts'
import { connectionText, toConnection } from './connections.ts'
import type { Database } from './db.ts'
import * as item from './item-columns.ts'
import { newSalt } from './salt.ts'
import { stampOf } from './stamp.ts'
import type { DestinationStore } from './types.ts'

const FLAGS = ['sync_all', 'keep_local', 'remove_dropped', 'create_calendar', 'paused'] as const
type Flag = (typeof FLAGS)[number]

type Reach = 'connection' | 'feed_connection'

type DestinationRow = Omit<Destination, keyof item.StatusRow | Flag | Reach | 'local_edits' | 'guests' | 'rules'> &
  item.StatusRow &
  Readonly<Record<Flag, number>> &
  Readonly<Record<Reach, string | null>> & {
    readonly local_edits: string
    readonly guests: string
    readonly rules: string | null
  }

const SELECT = `SELECT id, name, ics_url, caldav_url, calendar_name, username, ${item.INTERVAL_COLUMN},
  coalesce(sync_all, 0) AS sync_all, coalesce(keep_local, 0) AS keep_local, remove_dropped, local_edits, guests,
  create_calendar, rules, rules_salt, paused, delete_limit, connection, feed_connection, ${item.STATUS_COLUMNS} FROM destinations`

export function destinationStore(
  database: Database,
  clock: Clock,
  bin: { put(kind: 'destination', id: number): void },
): DestinationStore {
  const get = (id: number) => {
    const row = database.get<DestinationRow>(`${SELECT} WHERE id = ?`, id)
    return row && toDestination(row)
  }

  function create(settings: DestinationSettings & WithPassword): Destination {
    const now = clock.now()
    const interval = item.intervalSecs(settings.sync_interval_secs)
    const { id } = database.run(
      `INSERT INTO destinations (name, ics_url, caldav_url, calendar_name, username, password, sync_interval_secs,
        sync_all, keep_local, remove_dropped, local_edits, guests, create_calendar, rules, rules_salt, connection, feed_connection,
        paused, delete_limit, created_at, next_run_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      settings.name,
      settings.ics_url,
      settings.caldav_url,
      settings.calendar_name,
      settings.username,
      settings.password.reveal(),
      interval,
      Number(settings.sync_all),
      Number(settings.keep_local),
      Number(settings.remove_dropped),
      settings.local_edits,
      settings.guests,
      Number(settings.create_calendar),
      JSON.stringify(settings.rules),
      newSalt(),
      connectionText(settings.connection ?? null),
      connectionText(settings.feed_connection ?? null),
      Number(settings.paused ?? false),
      settings.delete_limit ?? null,
      stampOf(now),
      interval > 0 && settings.paused !== true ? now : null,
    )
    return rowWritten(get(id))
  }

  function update(id: number, patch: Partial<DestinationSettings & WithPassword>): Destination | undefined {
    const updated = database.transaction(() => {
      const { caldav_url, calendar_name, username } = patch
      item.forgetCalendars(database, 'destinations', id, { caldav_url, calendar_name, username })
      const found = item.updateRow(database, 'destinations', id, {
        name: patch.name,
        ics_url: patch.ics_url,
        caldav_url: patch.caldav_url,
        calendar_name: patch.calendar_name,
        username: patch.username,
        password: patch.password?.reveal(),
        sync_interval_secs: patch.sync_interval_secs && item.intervalSecs(patch.sync_interval_secs),
        sync_all: item.asFlag(patch.sync_all),
        keep_local: item.asFlag(patch.keep_local),
        remove_dropped: item.asFlag(patch.remove_dropped),
        local_edits: patch.local_edits,
        guests: patch.guests,
        create_calendar: item.asFlag(patch.create_calendar),
        rules: patch.rules && JSON.stringify(patch.rules),
        connection: patch.connection && connectionText(patch.connection),
        feed_connection: patch.feed_connection && connectionText(patch.feed_connection),
        paused: item.asFlag(patch.paused),
        delete_limit: patch.delete_limit,
      })
      if (!found) return undefined
      if (patch.rules !== undefined) {
        database.run('UPDATE destinations SET rules_salt = ? WHERE id = ? AND rules_salt IS NULL', newSalt(), id)
      }
      item.keepDueTime(database, 'destinations', id, clock.now())
      return get(id)
    })
    if (patch.password !== undefined) database.checkpoint()
    return updated
  }

  return {
    list: () => database.all<DestinationRow>(`${SELECT} ORDER BY id`).map(toDestination),
    fedBy: (word) =>
      database
        .all<DestinationRow>(`${SELECT} WHERE ics_url LIKE ? ORDER BY id`, `%${word}:%`)
        .map(toDestination)
        .filter(({ ics_url }) => ics_url.trim().toLowerCase().startsWith(`${word}:`)),
    get,
    password: (id) => {
      const row = database.get<{ password: string }>('SELECT password FROM destinations WHERE id = ?', id)
      return row && new Secret(row.password)
    },
    create,
    update,
    remove: (id) => {
      const removed = database.transaction(() => {
        bin.put('destination', id)
        return database.run('DELETE FROM destinations WHERE id = ?', id).changes > 0
      })
      if (removed) database.checkpoint()
      return removed
    },
    overlapping: (caldavUrl, calendarName, exceptId) =>
      database
        .all<DestinationRow>(
          `${SELECT} WHERE caldav_url = ? AND calendar_name = ? AND id IS NOT ? ORDER BY id`,
          caldavUrl,
          calendarName,
          exceptId ?? null,
        )
        .map(toDestination),
  }
}

function toDestination(row: DestinationRow): Destination {
  return {
    ...row,
    last_sync_status: item.statusWord(row.last_sync_status),
    sync_all: row.sync_all !== 0,
    keep_local: row.keep_local !== 0,
    remove_dropped: row.remove_dropped !== 0,
    create_calendar: row.create_calendar !== 0,
    paused: row.paused !== 0,
    rules: JSON.parse(row.rules ?? '[]') as Rule[],
    connection: toConnection(row.connection),
    feed_connection: toConnection(row.feed_connection),
    local_edits: LOCAL_EDITS.find((word) => word === row.local_edits) ?? 'keep',
    guests: GUESTS.find((word) => word === row.guests) ?? 'silent',
  }
}

function rowWritten(destination: Destination | undefined): Destination {
  if (destination === undefined) throw new Error('A destination that was just created is not there')
  return destination
}
