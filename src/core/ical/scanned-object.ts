/** Objects whose events become trees only where somebody asks for them. */
import { hash } from 'node:crypto'
import { ownString } from '../own-string.ts'
import { parseComponents } from './lines.ts'
import type { CalendarObject, Component } from './model.ts'
import type { ScannedEvent } from './scan-event.ts'
import { tzidsOf } from './zone-use.ts'

interface Scanned {
  readonly source: string
  readonly lineEnd: '\r\n' | '\n'
  /** The master first, then the overrides by RECURRENCE-ID. */
  readonly events: readonly ScannedEvent[]
}

/** A class, because a getter of its own makes of each object a dictionary: thousands of them are slow and large. */
class ScannedObject implements CalendarObject {
  readonly uid: string
  readonly zones: readonly Component[]
  // Private: a copy of the object with other events is no longer what was scanned.
  readonly #scanned: Scanned
  #events: readonly Component[] | undefined

  constructor(uid: string, zones: readonly Component[], scanned: Scanned) {
    this.uid = uid
    this.zones = zones
    this.#scanned = scanned
  }

  get events(): readonly Component[] {
    this.#events ??= textsIn(this.#scanned).flatMap((text) => parseComponents(text).components)
    return this.#events
  }

  static partsOf(object: CalendarObject): Scanned | undefined {
    return #scanned in object ? object.#scanned : undefined
  }
}

/** The object made of these events of `scanned.source`, which have one UID and different instances. */
export function scannedObject(uid: string, zones: readonly Component[], scanned: Scanned): CalendarObject {
  return new ScannedObject(uid, zones, scanned)
}

/** The same object without the text around its events: most of that are zones, which would be held once for each. */
export function compactObject(object: CalendarObject): CalendarObject {
  const scanned = ScannedObject.partsOf(object)
  if (scanned === undefined) return object
  const uid = ownString(object.uid)
  let length = 0
  const events = scanned.events.map((event) => {
    const shift = length - event.from
    length += event.to - event.from
    return {
      ...event,
      from: event.from + shift,
      to: event.to + shift,
      stamp: [event.stamp[0] + shift, event.stamp[1] + shift] as const,
      uid,
      instance: ownString(event.instance),
      tzids: event.tzids.map(ownString),
    }
  })
  const source = ownString(textsIn(scanned).join(''))
  return scannedObject(uid, object.zones, { source, lineEnd: scanned.lineEnd, events })
}

/** What was scanned of the object's events; undefined where they are known as trees only. */
export function scannedOf(object: CalendarObject): readonly ScannedEvent[] | undefined {
  return ScannedObject.partsOf(object)?.events
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
  const scanned = ScannedObject.partsOf(object)
  if (scanned === undefined) return undefined
  const { events, source } = scanned
  const texts = events.map(({ from, to, stamp }) => source.slice(from, stamp[0]) + source.slice(stamp[1], to))
  return hash('sha256', texts.join(''), 'base64url')
}

/** The object's events as a feed holds them, line for line as they came; undefined where they have to be written. */
export function feedTextOf(object: CalendarObject): string | undefined {
  const scanned = ScannedObject.partsOf(object)
  if (scanned === undefined) return undefined
  const text = textsIn(scanned).join('')
  return scanned.lineEnd === '\n' ? text.replaceAll('\n', '\r\n') : text
}

function textsIn({ source, events }: Scanned): readonly string[] {
  return events.map(({ from, to }) => source.slice(from, to))
}
