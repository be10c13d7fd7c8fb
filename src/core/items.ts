/**
 * Sources and destinations as users of the REST API and of the database know them. Field names are those of the
 * contract (snake_case) in the API, in the code and in the columns alike, so that no field is copied by hand.
 */
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
}

export interface Source extends SourceSettings, ItemStatus {
  readonly id: number
}

export interface DestinationSettings {
  readonly name: string
  readonly ics_url: string
  readonly caldav_url: string
  readonly calendar_name: string
  readonly username: string
  readonly sync_interval_secs: number
  readonly sync_all: boolean
  readonly keep_local: boolean
}

export interface Destination extends DestinationSettings, ItemStatus {
  readonly id: number
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
