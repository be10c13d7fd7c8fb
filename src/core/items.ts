/**
 * Sources and destinations as users of the REST API and of the database know them. Field names are those of the
 * contract (snake_case) in the API, in the code and in the columns alike, so that no field is copied by hand.
 */
import type { Connection } from './connection.ts'
import type { Rule } from './rules/rule.ts'
import type { EpochMs, Secret } from './types.ts'

export type ItemKind = 'source' | 'destination'

/** What both kinds tell about their runs. Stamps are `YYYY-MM-DD HH:MM:SS`, UTC; the additional ones are EpochMs. */
export interface ItemStatus {
  readonly last_synced: string | null
  readonly last_sync_status: 'ok' | 'error' | null
  readonly last_sync_error: string | null
  readonly created_at: string
  readonly last_attempt_at: EpochMs | null
  readonly last_success_at: EpochMs | null
  /** Null: not scheduled (interval 0). */
  readonly next_run_at: EpochMs | null
  /** Failed runs since the last success. */
  readonly failures: number
}

export interface SourceSettings {
  readonly name: string
  readonly caldav_url: string
  readonly username: string
  readonly ics_path: string
  readonly sync_interval_secs: number
  readonly public_ics: boolean
  readonly public_ics_path: string | null
  /** True: it runs by hand only, and its feed stays as it is. */
  readonly paused?: boolean
  /** Addresses of the calendars that go into the feed; null or absent: all, those made later as well. */
  readonly calendars?: readonly string[] | null
  /** Null or absent: nothing special. */
  readonly connection?: Connection | null
}

export interface Source extends SourceSettings, ItemStatus {
  readonly id: number
}

/** What to do with an event of ours that was edited in the calendar: write over it, or leave it alone. */
export const LOCAL_EDITS = ['overwrite', 'keep'] as const
export type LocalEdits = (typeof LOCAL_EDITS)[number]

/** How guests are written: told to no server (RFC 6638 SCHEDULE-AGENT=CLIENT), as text, or as they are. */
export const GUESTS = ['silent', 'text', 'keep'] as const
export type Guests = (typeof GUESTS)[number]

export interface DestinationSettings {
  readonly name: string
  readonly ics_url: string
  readonly caldav_url: string
  readonly calendar_name: string
  readonly username: string
  readonly sync_interval_secs: number
  readonly sync_all: boolean
  readonly keep_local: boolean
  /** With keep_local: what this destination added goes once it leaves the feed, unless it only aged out of it. */
  readonly remove_dropped: boolean
  readonly local_edits: LocalEdits
  readonly guests: Guests
  /** A target calendar that is not there is made, unless this destination has written to it before. */
  readonly create_calendar: boolean
  /** What of the feed is written, and how; none: all of it, as it is. */
  readonly rules: readonly Rule[]
  /** True: it runs by hand only. */
  readonly paused?: boolean
  /** Deletions of one run that need no person's yes, where that is more than usual; null or absent: as usual. */
  readonly delete_limit?: number | null
  /** To the CalDAV server, and to the feed; null or absent: nothing special. */
  readonly connection?: Connection | null
  readonly feed_connection?: Connection | null
}

/** What a destination does unless it is told otherwise: as the service this one follows. */
export const DESTINATION_DEFAULTS = {
  sync_all: false,
  keep_local: false,
  remove_dropped: false,
  local_edits: 'overwrite',
  guests: 'silent',
  create_calendar: false,
  rules: [],
} as const satisfies Partial<DestinationSettings>

export interface Destination extends DestinationSettings, ItemStatus {
  readonly id: number
  /** Never shown: makes the UIDs of its busy events; null before it had rules. */
  readonly rules_salt: string | null
}

/** Seconds between two runs by themselves; 0: none. */
export function scheduledSecs({ sync_interval_secs, paused }: Pick<SourceSettings, 'sync_interval_secs' | 'paused'>) {
  return paused === true ? 0 : sync_interval_secs
}

export interface WithPassword {
  readonly password: Secret
}

export interface SourcePath {
  readonly id: number
  readonly source_id: number
  readonly path: string
  readonly is_public: boolean
  readonly created_at: string
}
