/** What a TZID means (RFC 5545 section 3.2.19): names of many products, and the VTIMEZONE that comes with them. */
import type { EpochMs } from '../types.ts'
import type { Component } from './model.ts'
import { ianaZone } from './zones-iana.ts'
import { matchingZone } from './zones-match.ts'
import { type Segment, segmentZone, type Zone } from './zones-segments.ts'
import { readZoneRules } from './zones-vtimezone.ts'
import { windowsZone } from './zones-windows.ts'

const MOST_REMEMBERED = 500
/** Longer ones are worked out anew each time, so that a hostile feed cannot fill the memory. */
const LONGEST_REMEMBERED = 20_000

/** A definition without an endless rule is believed for so long after its last change: 400 days. */
const AFTER_LAST_CHANGE = 34_560_000_000

const namedZones = new Map<string, Zone | null>()
const definedZones = new Map<string, Zone | null>()
const definedByComponent = new WeakMap<Component, { readonly tzid: string; readonly zone: Zone | null }>()

/**
 * The zone a TZID names, without looking at a VTIMEZONE: an IANA name in any case, also quoted, with a prefix
 * (`/mozilla.org/20070129_1/Europe/Berlin`) or other separators (`Europe_Berlin`, `US-Eastern`), a Windows name, or an
 * offset (`UTC+01:00`). Null for anything else.
 */
export function namedZone(tzid: string): Zone | null {
  const known = namedZones.get(tzid)
  if (known !== undefined) return known
  const name = tzid.replaceAll('\\', '').replace(/^["'\s]+|["'\s]+$/g, '')
  const windows = windowsZone(name)
  const zone = windows === null ? (ianaByName(name) ?? byOffset(name)) : ianaZone(windows)
  return remember(namedZones, tzid, zone)
}

function ianaByName(name: string): Zone | null {
  // Temporal reads a bare offset as a zone; `byOffset` knows which of them are meant so.
  if (name.length > 200 || !/^\/?[a-z]/i.test(name)) return null
  const parts = name.replace(/\s+/g, '_').split('/')
  for (let from = 0; from < parts.length; from += 1) {
    const zone = ianaZone(parts.slice(from).join('/'))
    // A last part alone is too weak a sign, except in names that say they have a prefix.
    if (zone !== null && (from === 0 || parts.length - from > 1 || parts[0] === '')) return zone
  }
  const [, area, rest] = /^([a-z]+)[_-](.+)$/i.exec(parts.join('/')) ?? []
  return area === undefined ? null : ianaZone(`${area}/${rest}`)
}

function byOffset(name: string): Zone | null {
  const [, sign, hours, minutes] = /^\(?(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})?\)?$/i.exec(name) ?? []
  return sign === undefined ? null : ianaZone(`${sign}${(hours ?? '').padStart(2, '0')}:${minutes ?? '00'}`)
}

/**
 * The zone of a TZID beside its VTIMEZONE, where there is one; null where neither says anything.
 *
 * The VTIMEZONE counts wherever it says something: from its first change on, for ever where a rule goes on for ever.
 * Outside, where producers cut it short, the zone of that name counts, or, for a name nobody knows, the IANA zone with
 * the same offsets.
 */
export function resolveZone(tzid: string, definition: Component | undefined): Zone | null {
  if (definition === undefined) return namedZone(tzid)
  const seen = definedByComponent.get(definition)
  if (seen?.tzid === tzid) return seen.zone
  const text = [tzid, ...definition.components.flatMap((part) => part.properties.map(({ line }) => line))].join('\n')
  const known = definedZones.get(text)
  const zone = known === undefined ? remember(definedZones, text, definedZone(tzid, definition)) : known
  definedByComponent.set(definition, { tzid, zone })
  return zone
}

function definedZone(tzid: string, definition: Component): Zone | null {
  const named = namedZone(tzid)
  const rules = readZoneRules(definition)
  if (rules === null) return named
  // Looked for only when a time outside the definition is asked for, which is rare and dear.
  let outside: Zone | null | undefined = named ?? undefined
  const end = rules.lastChange + (named === null ? Number.POSITIVE_INFINITY : AFTER_LAST_CHANGE)
  return segmentZone(named?.id ?? tzid, (epoch) => {
    const segment = rules.segmentAt(epoch)
    if (epoch >= rules.from && epoch < end) return cut(segment, rules.from, end)
    if (outside === undefined) outside = matchingZone(rules)
    if (outside === null) return segment
    return epoch < rules.from
      ? cut(outside.segmentAt(epoch), Number.NEGATIVE_INFINITY, rules.from)
      : cut(outside.segmentAt(epoch), end, Number.POSITIVE_INFINITY)
  })
}

function cut(segment: Segment, from: EpochMs, to: EpochMs): Segment {
  return { from: Math.max(segment.from, from), to: Math.min(segment.to, to), offset: segment.offset }
}

function remember<T>(cache: Map<string, T>, key: string, value: T): T {
  if (key.length > LONGEST_REMEMBERED) return value
  if (cache.size >= MOST_REMEMBERED) cache.clear()
  cache.set(key, value)
  return value
}
