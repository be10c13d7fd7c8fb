import { isDeepStrictEqual } from 'node:util'
import type { CalendarState } from '../core/change-state.ts'
import { ownString } from '../core/own-string.ts'
import type { EpochMs, ETag, Fingerprint, Href } from '../core/types.ts'
import type { Database } from './db.ts'
import type { KnownCalendar, KnownResource, RemoteStore } from './remote-types.ts'
import { itemColumn } from './runs.ts'

type ResourceRow = Omit<KnownResource, 'owned' | 'feedUid' | 'base'> & {
  readonly owned: number
  readonly feedUid: string | null
  readonly baseSent: Fingerprint | null
  readonly baseHeld: Fingerprint | null
}

interface StateRow {
  readonly syncToken: string | null
  readonly ctag: string | null
  readonly tokenMark: string | null
  readonly marksKnown: number
  readonly marksSince: EpochMs | null
  readonly settled: number
  readonly lookedAt: EpochMs | null
  readonly fullAt: EpochMs | null
}

type Outline = Omit<ResourceRow, 'text'>
type OutlineValues = readonly [
  href: Href,
  etag: ETag | null,
  uid: string | null,
  feedUid: string | null,
  current: Fingerprint | null,
  sent: Fingerprint | null,
  baseSent: Fingerprint | null,
  baseHeld: Fingerprint | null,
  owned: number,
]

const OUTLINE =
  'href, etag, uid, feed_uid AS feedUid, "current", sent, base_sent AS baseSent, base_held AS baseHeld, owned'
/** In the order in which they lie in the file: by href each page of it would be read many times. */
const OUTLINES = `SELECT ${OUTLINE} FROM resources WHERE id IN (SELECT id FROM resources WHERE calendar_id = ?)`
const CALENDAR = 'SELECT id, url, display_name AS displayName, color, read_at AS readAt FROM calendars'

export function remoteStore(database: Database): RemoteStore {
  return {
    calendars: (kind, itemId) =>
      database
        .all<KnownCalendar>(`${CALENDAR} WHERE ${itemColumn(kind)} = ? ORDER BY id`, itemId)
        .map((row) => ({ ...row })),
    saveCalendar: (kind, itemId, calendar) => {
      const item = itemColumn(kind)
      const { url, displayName, color, readAt } = calendar
      const find = () => database.get<KnownCalendar>(`${CALENDAR} WHERE ${item} = ? AND url = ?`, itemId, url)
      // Asked first: the counter of AUTOINCREMENT makes even an upsert that changes nothing write to the disk.
      const before = find()
      if (before && isDeepStrictEqual({ ...before }, { id: before.id, url, displayName, color, readAt }))
        return { ...before }
      database.run(
        `INSERT INTO calendars (${item}, url, display_name, color, read_at) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT(${item}, url) DO UPDATE SET display_name = excluded.display_name, color = excluded.color,
            read_at = excluded.read_at`,
        itemId,
        url,
        displayName,
        color,
        readAt,
      )
      const row = find()
      if (row === undefined) throw new Error('A calendar that was just stored is not there')
      return { ...row }
    },
    removeCalendar: (calendarId) => {
      database.run('DELETE FROM calendars WHERE id = ?', calendarId)
    },
    resources: (calendarId) =>
      database
        .all<ResourceRow>(`SELECT ${OUTLINE}, text FROM resources WHERE calendar_id = ? ORDER BY href`, calendarId)
        .map(toResource),
    outlines: (calendarId) =>
      database
        .values<OutlineValues>(OUTLINES, calendarId)
        .map(([href, etag, uid, feedUid, current, sent, baseSent, baseHeld, owned]) =>
          withTextOnDemand(known({ href, etag, uid, feedUid, current, sent, baseSent, baseHeld, owned }), () =>
            textOf(database, calendarId, href),
          ),
        ),
    haveTags: (calendarId) =>
      database.get('SELECT 1 FROM resources WHERE calendar_id = ? AND etag IS NULL LIMIT 1', calendarId) === undefined,
    count: (calendarId) =>
      database.get<{ n: number }>(
        'SELECT count(*) AS n FROM resources WHERE calendar_id = ? AND uid IS NOT NULL',
        calendarId,
      )?.n ?? 0,
    holds: (calendarId, uid) =>
      database.get('SELECT 1 FROM resources WHERE calendar_id = ? AND uid = ? LIMIT 1', calendarId, uid) !== undefined,
    state: (calendarId) => {
      const row = database.get<StateRow>(
        `SELECT sync_token AS syncToken, ctag, token_mark AS tokenMark, marks_known AS marksKnown,
          marks_since AS marksSince, settled, looked_at AS lookedAt, full_at AS fullAt FROM calendars WHERE id = ?`,
        calendarId,
      )
      return row ? toState(row) : null
    },
    apply: (calendarId, { upsert, remove, state }) => {
      database.transaction(() => {
        if (state) {
          database.run(
            `UPDATE calendars SET sync_token = ?, ctag = ?, token_mark = ?, marks_known = ?, marks_since = ?,
              settled = ?, looked_at = ?, full_at = ? WHERE id = ?`,
            state.syncToken,
            state.marks?.ctag ?? null,
            state.marks?.syncToken ?? null,
            Number(state.marks !== null),
            state.marksSince,
            Number(state.settled),
            state.lookedAt,
            state.fullAt,
            calendarId,
          )
        }
        for (const href of remove) {
          database.run('DELETE FROM resources WHERE calendar_id = ? AND href = ?', calendarId, href)
        }
        for (const resource of upsert) upsertResource(database, calendarId, resource)
      })
    },
    arrive: (calendarId, resources) => {
      database.lightly(() => {
        for (const resource of resources) upsertResource(database, calendarId, resource)
      })
      return resources.map((resource) => withoutText(resource, database, calendarId))
    },
    writersOf: (calendarUrl) =>
      database
        .all<{ id: number }>(
          'SELECT destination_id AS id FROM calendars WHERE url = ? AND destination_id IS NOT NULL ORDER BY id',
          calendarUrl,
        )
        .map(({ id }) => id),
    uidsWrittenByOthers: (destinationId, calendarUrl) => {
      const rows = database.all<{ uid: string }>(
        `SELECT DISTINCT r.uid FROM calendars c JOIN resources r ON r.calendar_id = c.id
          WHERE c.url = ? AND c.destination_id <> ? AND (r.owned = 1 OR r.sent IS NOT NULL) AND r.uid IS NOT NULL`,
        calendarUrl,
        destinationId,
      )
      return new Set(rows.map((row) => row.uid))
    },
  }
}

/** Null: never listed. */
function toState(row: StateRow): CalendarState | null {
  const { syncToken, ctag, tokenMark, marksKnown, fullAt, lookedAt, marksSince } = row
  if (fullAt === null || lookedAt === null || marksSince === null) return null
  const marks = marksKnown === 0 ? null : { ctag, syncToken: tokenMark }
  return { syncToken, marks, marksSince, settled: row.settled !== 0, lookedAt, fullAt }
}

function textOf(database: Database, calendarId: number, href: string): string {
  const sql = 'SELECT text FROM resources WHERE calendar_id = ? AND href = ?'
  const row = database.get<{ text: string }>(sql, calendarId, href)
  if (row === undefined) throw new Error(`The text of ${href} was asked for after it had been forgotten`)
  return row.text
}

function toResource({ text, ...row }: ResourceRow): KnownResource {
  return { ...known(row), text }
}

/** Nothing of the text is in memory until it is asked for; a function of its own, so that no closure holds on to others. */
function withoutText(resource: KnownResource, database: Database, calendarId: number): KnownResource {
  const { text: _, ...rest } = resource
  const uid = rest.uid === null ? null : ownString(rest.uid)
  const { href } = rest
  return withTextOnDemand({ ...rest, uid }, () => textOf(database, calendarId, href))
}

/** Read once: what is planned is told with the text of then, also where another one is stored by now, or none. */
function withTextOnDemand(resource: Omit<KnownResource, 'text'>, read: () => string): KnownResource {
  let text: string | undefined
  return {
    ...resource,
    get text() {
      text ??= read()
      return text
    },
  }
}

function known({ href, etag, uid, current, sent, owned, feedUid, baseSent, baseHeld }: Outline) {
  return {
    href,
    etag,
    uid,
    current,
    sent,
    owned: owned !== 0,
    ...(feedUid === null ? {} : { feedUid }),
    ...(baseSent === null || baseHeld === null ? {} : { base: { sent: baseSent, held: baseHeld } }),
  }
}

/** Writes nothing where the row is the same already. */
function upsertResource(database: Database, calendarId: number, resource: KnownResource): void {
  const { href, etag, uid, feedUid, current, sent, base, owned, text } = resource
  database.run(
    `INSERT INTO resources (calendar_id, href, etag, uid, feed_uid, "current", sent, base_sent, base_held, owned, text)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT(calendar_id, href) DO UPDATE SET etag = excluded.etag, uid = excluded.uid,
        feed_uid = excluded.feed_uid, "current" = excluded."current", sent = excluded.sent,
        base_sent = excluded.base_sent, base_held = excluded.base_held, owned = excluded.owned, text = excluded.text
      WHERE (etag, uid, feed_uid, "current", sent, base_sent, base_held, owned, text)
        IS NOT (excluded.etag, excluded.uid, excluded.feed_uid, excluded."current", excluded.sent,
          excluded.base_sent, excluded.base_held, excluded.owned, excluded.text)`,
    calendarId,
    href,
    etag,
    uid,
    feedUid ?? null,
    current,
    sent,
    base?.sent ?? null,
    base?.held ?? null,
    Number(owned),
    text,
  )
}
