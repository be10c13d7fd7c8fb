/** Objects whose events become trees only where somebody asks for them. */
import { parseComponents } from './lines.ts'
import type { CalendarObject, Component } from './model.ts'
import type { ScannedEvent } from './scan-event.ts'

const SCANNED = Symbol('scanned')

interface Scanned {
  readonly source: string
  readonly lineEnd: '\r\n' | '\n'
  /** The master first, then the overrides by RECURRENCE-ID. */
  readonly events: readonly ScannedEvent[]
}

/** The object made of these events of `scanned.source`, which have one UID and different instances. */
export function scannedObject(uid: string, zones: readonly Component[], scanned: Scanned): CalendarObject {
  let events: readonly Component[] | undefined
  const object: CalendarObject = {
    uid,
    get events() {
      events ??= scanned.events.flatMap(({ from, to }) => parseComponents(scanned.source.slice(from, to)).components)
      return events
    },
    zones,
  }
  // Not enumerable: a copy of the object with other events is no longer what was scanned.
  return Object.defineProperty(object, SCANNED, { value: scanned })
}

function partsOf(object: CalendarObject & { readonly [SCANNED]?: Scanned }): Scanned | undefined {
  return object[SCANNED]
}

/** What was scanned of the object's events; undefined where they are known as trees only. */
export function scannedOf(object: CalendarObject): readonly ScannedEvent[] | undefined {
  return partsOf(object)?.events
}

/** The object's events as a feed holds them, line for line as they came; undefined where they have to be written. */
export function feedTextOf(object: CalendarObject): string | undefined {
  const scanned = partsOf(object)
  if (scanned === undefined) return undefined
  const text = sourceTextOf(scanned)
  return scanned.lineEnd === '\n' ? text.replaceAll('\n', '\r\n') : text
}

function sourceTextOf({ events, source }: Scanned): string {
  return events.map(({ from, to }) => source.slice(from, to)).join('')
}
