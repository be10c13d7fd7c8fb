/** What a look at a CalDAV account finds, step by step. */

export const STAGES = ['address', 'tls', 'login', 'principal', 'home', 'calendars', 'read', 'write'] as const
export type Stage = (typeof STAGES)[number]

/** One step: what was seen, or why it failed and what to do, in one plain sentence. */
export interface StageResult {
  readonly stage: Stage
  /** `skipped`: not needed here, not asked for, or not reached. */
  readonly state: 'ok' | 'failed' | 'skipped'
  readonly message: string
}

export interface DiagnosedCalendar {
  readonly url: string
  readonly display_name: string
  readonly color: string | null
  /** Null: the server does not say. */
  readonly components: readonly string[] | null
  /** Resources that hold events; null: they could not be listed. */
  readonly events: number | null
  /** Names of the REPORTs it answers (RFC 3253 section 3.1.5); empty: the server does not say. */
  readonly reports: readonly string[]
  readonly has_ctag: boolean
  readonly has_sync_token: boolean
  /** DAV:current-user-privilege-set (RFC 3744 section 5.5); empty: the server does not say. */
  readonly privileges: readonly string[]
  /** Null: the server does not say. */
  readonly writable: boolean | null
}

export interface Diagnosis {
  readonly stages: readonly StageResult[]
  readonly calendars: readonly DiagnosedCalendar[]
  /** The Server header, and the features of the DAV header. */
  readonly software: string | null
  readonly features: readonly string[]
}
