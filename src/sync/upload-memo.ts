/** What was worked out of events at an earlier run, so that events that stand as they stood cost a hash. */
import type { CalendarObject, Component } from '../core/ical/model.ts'
import { textHashOf } from '../core/ical/scanned-object.ts'
import type { Guests } from '../core/items.ts'
import type { LastEnd } from '../core/recurrence/occurrences.ts'
import type { Fingerprint } from '../core/types.ts'

/** Of an object of which nothing has to be mended. */
export interface Remembered {
  readonly subject: string
  readonly fingerprint: Fingerprint
  /** Worked out where it was asked for. */
  lastEnd?: LastEnd
}

export interface UploadMemo {
  /** What identifies the object's content; undefined where nothing is kept of it. */
  keyOf(object: CalendarObject, guests: Guests, defaultZone: string): string | undefined
  get(key: string): Remembered | undefined
  put(key: string, remembered: Remembered): void
}

/** About 20 MB; beyond it the ones not asked for longest are worked out anew. */
const MOST_KEPT = 60_000

/** Kept by content alone, so it holds for every destination and never has to be told of a change. */
export function uploadMemo(): UploadMemo {
  const kept = new Map<string, Remembered>()
  const zoneNumbers = new WeakMap<Component, number>()
  let zones = 0
  const numberOf = (zone: Component): number => {
    const known = zoneNumbers.get(zone)
    if (known !== undefined) return known
    zones += 1
    zoneNumbers.set(zone, zones)
    return zones
  }
  return {
    keyOf(object, guests, defaultZone) {
      const hash = textHashOf(object)
      return hash === undefined ? undefined : `${hash} ${guests} ${defaultZone} ${object.zones.map(numberOf)}`
    },
    get(key) {
      const found = kept.get(key)
      if (found === undefined) return undefined
      kept.delete(key)
      kept.set(key, found)
      return found
    },
    put(key, remembered) {
      const oldest = kept.size >= MOST_KEPT ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
      kept.set(key, remembered)
    },
  }
}
