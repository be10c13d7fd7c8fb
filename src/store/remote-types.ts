import type { CalendarState } from '../core/change-state.ts'
import type { ItemKind } from '../core/items.ts'
import type { WrittenBase } from '../core/plan-push.ts'
import type { EpochMs, ETag, Fingerprint, Href } from '../core/types.ts'

/** A calendar collection we have read, for a source (many) or a destination (its one target). */
export interface KnownCalendar {
  readonly id: number
  readonly url: string
  readonly displayName: string
  readonly color: string | null
  /** When it was last read completely. */
  readonly readAt: EpochMs | null
}

/** What we remember of one resource (design rule 2). */
export interface KnownResource {
  readonly href: Href
  readonly etag: ETag | null
  /** Null where the resource holds no readable event. */
  readonly uid: string | null
  /** The UID under which the feed last named it, where that is another one. */
  readonly feedUid?: string
  /** What the server held when we last read it; null right after our own PUT that was not read back. */
  readonly current: Fingerprint | null
  /** What we sent; set only while the server still holds the result of our own write. */
  readonly sent: Fingerprint | null
  /** What we wrote last, while somebody's edit stands over it. */
  readonly base?: WrittenBase
  /** True where this destination created the resource. Always false for sources. */
  readonly owned: boolean
  /** iCalendar text as last read, or as last sent. */
  readonly text: string
}

/** How what is known of a calendar changes. */
export interface ResourceChange {
  readonly upsert: readonly KnownResource[]
  readonly remove: readonly Href[]
  /** Absent: as before. */
  readonly state?: CalendarState
}

export interface RemoteStore {
  calendars(kind: ItemKind, itemId: number): KnownCalendar[]
  /** Adds or updates by URL. */
  saveCalendar(kind: ItemKind, itemId: number, calendar: Omit<KnownCalendar, 'id'>): KnownCalendar
  removeCalendar(calendarId: number): void
  /** By href, in byte order. */
  resources(calendarId: number): KnownResource[]
  /** The same in no order, each text read only when it is asked for; not to be kept beyond a change of what is stored. */
  outlines(calendarId: number): KnownResource[]
  /** Whether each of the resources has an ETag. */
  haveTags(calendarId: number): boolean
  /** Of the resources those that hold events. */
  count(calendarId: number): number
  /** Whether one of the resources holds this event. */
  holds(calendarId: number, uid: string): boolean
  /** What the last read left to go on from; null: never read. */
  state(calendarId: number): CalendarState | null
  /**
   * Resources of a calendar that is being read for the first time, as they come. They outlive the process, but perhaps
   * not a power cut. Given back, their texts are read when they are asked for.
   */
  arrive(calendarId: number, resources: readonly KnownResource[]): KnownResource[]
  /** All of it in one transaction; unchanged rows are not written. */
  apply(calendarId: number, change: ResourceChange): void
  /** The destinations whose target has this URL. */
  writersOf(calendarUrl: string): number[]
  /** UIDs that other destinations wrote in a calendar with this URL. */
  uidsWrittenByOthers(destinationId: number, calendarUrl: string): Set<string>
}
