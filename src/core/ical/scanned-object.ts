/** Objects whose events become trees only where somebody asks for them. */
import { hash } from 'node:crypto'
import { parseComponents } from './lines.ts'
import type { CalendarObject, Component } from './model.ts'
import type { ScannedEvent } from './scan-event.ts'
import { tzidsOf } from './zone-use.ts'

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

/** Every TZID that the object's events name, each once. */
export function namedZonesOf(object: CalendarObject): readonly string[] {
  const scanned = scannedOf(object)
  const [only] = scanned ?? []
  if (only && scanned?.length === 1) return only.tzids
  return scanned ? [...new Set(scanned.flatMap(({ tzids }) => tzids))] : tzidsOf(object.events)
}

/**
 * Hash of the events as they stand, without their DTSTAMP: equal ones are the same events. Undefined where they are
 * known as trees only. It changes with the order of lines, and so says nothing about which events differ.
 */
export function textHashOf(object: CalendarObject): string | undefined {
  const scanned = partsOf(object)
  if (scanned === undefined) return undefined
  const { events, source } = scanned
  const texts = events.map(({ from, to, stamp }) => source.slice(from, stamp[0]) + source.slice(stamp[1], to))
  return hash('sha256', texts.join(''), 'base64url')
}

/** The object's events as a feed holds them, line for line as they came; undefined where they have to be written. */
export function feedTextOf(object: CalendarObject): string | undefined {
  const scanned = partsOf(object)
  if (scanned === undefined) return undefined
  const { events, source, lineEnd } = scanned
  const text = events.map(({ from, to }) => source.slice(from, to)).join('')
  return lineEnd === '\n' ? text.replaceAll('\n', '\r\n') : text
}
