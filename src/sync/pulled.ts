import type { CalendarState } from '../core/change-state.ts'
import type { CalendarObject } from '../core/ical/model.ts'
import type { ChangeMarks, Changes } from '../core/remote.ts'
import type { EpochMs, Href, Problem } from '../core/types.ts'
import type { KnownResource } from '../store/remote-types.ts'
import type { ObserveOptions } from './observe.ts'
import type { RunControl } from './run-control.ts'

/** What is known of a calendar; read from the store only where that is needed. */
export interface KnownResources {
  all(): readonly KnownResource[]
  /** Whether every one of them has an ETag. */
  haveTags(): boolean
}

/** A calendar as it now is, and how that differs from what was known. */
export interface Pulled {
  /** Made where it is asked for, when nothing has changed. */
  readonly resources: readonly KnownResource[]
  /** Of some of those resources that were read: their objects, as far as they are in memory. None for a destination, which makes no feed of them. */
  readonly objects: ReadonlyMap<KnownResource, readonly CalendarObject[]>
  readonly upsert: readonly KnownResource[]
  readonly remove: readonly Href[]
  /** UIDs of what was known at the hrefs that were written anew or have gone. */
  readonly leftUids: ReadonlySet<string>
  /** How many resources were read. */
  readonly fetched: number
  /** Resources that could not be read; what was known of them is kept, and they are asked for again next time. */
  readonly unreadable: readonly Problem[]
  /** What was found, and mended, in the resources that were read. */
  readonly findings: readonly Problem[]
  /** To be stored together with the changes; absent: as before, and there is nothing to store. */
  readonly state?: CalendarState
}

export interface PullOptions extends ObserveOptions {
  /** As stored after the last read; null: never read. */
  readonly state: CalendarState | null
  /** What the server said of the calendar just now, where it was asked. */
  readonly marks?: ChangeMarks | undefined
  /** What has changed since that state, where it was asked already. */
  readonly changes?: Changes | undefined
  readonly now: EpochMs
  readonly progress?: RunControl['progress'] | undefined
  /**
   * Stores resources of a calendar never read before as they come; gives them back without their texts in memory. Only
   * where what is known of the calendar was stored like that.
   */
  readonly keep?: ((resources: readonly KnownResource[]) => readonly KnownResource[]) | undefined
}

/** A calendar in which nothing has changed; the marks of it may have. */
export function nothingChanged(known: KnownResources, state?: CalendarState): Pulled {
  let resources: readonly KnownResource[] | undefined
  return {
    get resources() {
      resources ??= [...known.all()].sort(byHref)
      return resources
    },
    objects: new Map(),
    upsert: [],
    remove: [],
    leftUids: new Set(),
    fetched: 0,
    unreadable: [],
    findings: [],
    ...(state && { state }),
  }
}

export function byHref(a: KnownResource, b: KnownResource): number {
  return a.href < b.href ? -1 : a.href > b.href ? 1 : 0
}
