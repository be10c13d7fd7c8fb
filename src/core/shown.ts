/** What is shown of stored events; types alone, so that the dashboard can take them. */
import type { EpochMs, Problem } from './types.ts'

export interface Instance {
  readonly uid: string
  readonly summary: string
  readonly location: string | null
  /** Upper case; `CONFIRMED` where the event says nothing. */
  readonly status: string
  /** On the event's own clock: `2026-03-01T10:00:00`, a date for all-day events. */
  readonly start: string
  /** Exclusive. */
  readonly end: string
  readonly starts_at: EpochMs
  readonly ends_at: EpochMs
  readonly all_day: boolean
  /** IANA name, or the TZID as it stands; null: the same hour everywhere. */
  readonly zone: string | null
  readonly recurring: boolean
}

/** One event in full, and where it came from. */
export interface EventDetails {
  readonly uid: string
  readonly summary: string
  readonly description: string | null
  readonly location: string | null
  readonly url: string | null
  readonly categories: readonly string[]
  readonly guests: number
  /** Its RRULE, as it stands. */
  readonly rule: string | null
  /** Name of the calendar it lies in, where that is known. */
  readonly calendar: string | null
  /** The source it was read from, by its id. */
  readonly source_id: number | null
  /** In the calendar of a destination: whether that destination wrote it. */
  readonly written: boolean | null
  /** Its own lines of the calendar file. */
  readonly text: string
}

export interface InstanceList {
  /** By their start. */
  readonly instances: readonly Instance[]
  /** True where there are more than were asked for. */
  readonly truncated: boolean
  /** Events whose instances could not be worked out in time. */
  readonly unsure: readonly string[]
}

export interface PreviewedEvent {
  readonly subject: string
  /** Its content lines that differ. */
  readonly lines: readonly string[]
}

export interface RulesPreview {
  /** Calendar objects: a series counts as one. */
  readonly events: number
  readonly unchanged: number
  readonly changed: number
  readonly dropped: number
  /** For how many each rule holds, asked by itself on the stored event. */
  readonly perRule: readonly number[]
  readonly hits: readonly {
    readonly uid: string
    readonly result: 'changed' | 'dropped'
    readonly before: PreviewedEvent
    readonly after: readonly PreviewedEvent[]
  }[]
  readonly findings: readonly Problem[]
}
