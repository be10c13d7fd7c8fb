/** What is told of a feed that was looked at (core/ical/inspect.ts). */
import type { EpochMs, Problem } from './types.ts'

export interface ZoneInUse {
  /** As the feed writes it. */
  readonly tzid: string
  /** How it is understood: by its name, by the definition that comes with it, or not at all. */
  readonly by: 'name' | 'definition' | 'nothing'
  /** IANA name where one is known. */
  readonly zone: string | null
}

export interface Inspection {
  readonly name: string | null
  readonly color: string | null
  readonly time_zone: string | null
  readonly counts: {
    readonly events: number
    readonly objects: number
    readonly recurring: number
    readonly all_day: number
    readonly cancelled: number
    readonly with_guests: number
    readonly with_alarms: number
    readonly unreadable: number
  }
  /** Day of the first start (`YYYY-MM-DD`); null where none can be told. */
  readonly first_day: string | null
  /** When the last occurrence of all ends; null: a series goes on for ever, or it cannot be told. */
  readonly last_end: EpochMs | null
  readonly zones: readonly ZoneInUse[]
  readonly findings: readonly Problem[]
}
