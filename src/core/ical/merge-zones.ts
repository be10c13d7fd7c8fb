import { inSteps, type Steps } from '../steps.ts'
import type { Problem } from '../types.ts'
import { byCodeUnits, canonicalComponent } from './fingerprint.ts'
import type { CalendarObject, Component } from './model.ts'
import { namedZonesOf } from './scanned-object.ts'
import { tidyLines } from './tidy.ts'
import { definedTzid, indexZones, isUsableZone, lookUpZone, mapTzids, renameZone } from './zone-use.ts'
import type { YearSpan } from './zones-define.ts'
import { forItsEvents, spanOf } from './zones-years.ts'

export interface ZoneOptions {
  /** Gives a VTIMEZONE for a TZID that no calendar defines, right for these years; null where it does not know the name. */
  readonly defineZone?: (tzid: string, years?: YearSpan) => Component | null
  /** IANA zone for times whose TZID says nothing to anybody. Without it they keep a TZID that is defined nowhere. */
  readonly fallbackZone?: string
  /** True where two definitions give the same offsets although they are worded differently. */
  readonly sameZone?: (a: Component, b: Component) => boolean
}

export interface MergedZones {
  /** Every VTIMEZONE the feed needs, each TZID once, in the order of their TZIDs. */
  readonly zones: readonly Component[]
  /** The object with the TZIDs of the feed. */
  readonly rename: (object: CalendarObject) => CalendarObject
}

interface Definition {
  zone: Component | null
  /** Objects that use it. */
  readonly users: CalendarObject[]
  /** TZID in the feed. */
  name: string
  /** The smallest of its equal wordings, so that their order does not matter. */
  canonical: string
}

/**
 * Collects the zones of a feed. Definitions of one TZID that differ in nothing but order, wording of names or the date
 * of their last change are one; of definitions that clash, the one most objects use keeps its TZID and the others are
 * renamed `TZID-2`, `TZID-3`, in the parameters of their events as well.
 */
export function* mergeZones(
  objects: readonly CalendarObject[],
  options: ZoneOptions,
  findings: Problem[],
): Steps<MergedZones> {
  const byTzid = new Map<string, Definition[]>()
  const undefinedTzids = new Map<string, Undefined>()
  // Every resource brings its own copy of a zone, mostly to the letter the same.
  const known = new Map<string, Definition>()
  const knownZones = new Map<Component, Definition>()
  const renames = new Map<CalendarObject, readonly (readonly [string, Definition])[]>()
  yield* inSteps(objects, (object) => {
    const index = indexZones(object.zones)
    const pairs: (readonly [string, Definition])[] = []
    for (const tzid of namedZonesOf(object)) {
      const zone = lookUpZone(index, tzid)
      if (zone === undefined || !isUsableZone(zone)) {
        const missing = undefinedTzids.get(tzid) ?? newUndefined(tzid)
        undefinedTzids.set(tzid, missing)
        missing.objects.push(object)
        pairs.push([tzid, missing.definition])
        continue
      }
      let definition = knownZones.get(zone)
      if (definition === undefined) {
        const text = exactText(zone)
        definition = known.get(text) ?? definitionOf(zone, byTzid, options)
        known.set(text, definition)
        knownZones.set(zone, definition)
      }
      definition.users.push(object)
      pairs.push([tzid, definition])
    }
    if (pairs.length > 0) renames.set(object, pairs)
  })
  for (const definition of [...byTzid.values()].flat()) {
    const { zone, users } = definition
    if (zone) definition.zone = forItsEvents(zone, definition.name, users, options.defineZone)
  }
  addMissing(undefinedTzids, byTzid, options, findings)
  nameClashes(byTzid, findings)
  const zones = [...byTzid.values()].flat().sort((a, b) => byCodeUnits(a.name, b.name))
  return {
    zones: zones.flatMap(({ zone, name }) => (zone === null ? [] : [renameZone(zone, name)])),
    rename: (object) => renamed(object, renames.get(object) ?? []),
  }
}

/** The definition this one is equal to, or a new one. */
function definitionOf(given: Component, byTzid: Map<string, Definition[]>, options: ZoneOptions): Definition {
  const zone = tidyLines(given).component
  const canonical = canonicalZone(zone)
  const name = definedTzid(zone)
  const same = byTzid.get(name) ?? []
  const equal = same.find(
    (other) => other.canonical === canonical || (other.zone && options.sameZone?.(other.zone, zone) === true),
  )
  if (equal !== undefined) {
    // Of equal definitions one is written, always the same one, whichever came first.
    if (equal.zone && byCodeUnits(exactText(zone), exactText(equal.zone)) < 0) equal.zone = zone
    if (byCodeUnits(canonical, equal.canonical) < 0) equal.canonical = canonical
    return equal
  }
  const definition: Definition = { zone, users: [], name, canonical }
  same.push(definition)
  byTzid.set(name, same)
  return definition
}

/** Properties that say nothing about offsets. */
const wordingOnly: ReadonlySet<string> = new Set(['LAST-MODIFIED', 'TZNAME', 'TZURL', 'COMMENT', 'TZID-ALIAS-OF'])

function canonicalZone(zone: Component): string {
  return canonicalComponent(withoutWording(zone))
}

function withoutWording(component: Component): Component {
  return {
    name: component.name,
    properties: component.properties.filter(
      (property) => !wordingOnly.has(property.name) && !property.name.startsWith('X-'),
    ),
    components: component.components.map(withoutWording),
  }
}

const wordings = new WeakMap<Component, string>()

/** The text by which the first of several definitions of a zone is chosen for the feed. */
export function wordingOf(zone: Component): string {
  const wording = wordings.get(zone) ?? exactText(tidyLines(zone).component)
  wordings.set(zone, wording)
  return wording
}

function exactText(component: Component): string {
  const lines = component.properties.map((property) => property.line).join('\n')
  return `${component.name}\n${lines}\n${component.components.map(exactText).join('\n')}`
}

interface Undefined {
  /** Its name in the feed may become another one. */
  readonly definition: Definition
  readonly objects: CalendarObject[]
}

function newUndefined(tzid: string): Undefined {
  return { definition: { zone: null, users: [], name: tzid, canonical: '' }, objects: [] }
}

/** A TZID that some calendars define and others only use has the definition of the former. */
function addMissing(
  missing: ReadonlyMap<string, Undefined>,
  byTzid: Map<string, Definition[]>,
  options: ZoneOptions,
  findings: Problem[],
): void {
  const define = (tzid: string, objects: readonly CalendarObject[]): boolean => {
    if (byTzid.has(tzid)) return true
    const zone = options.defineZone?.(tzid, spanOf(objects)) ?? null
    if (zone !== null) byTzid.set(tzid, [{ zone, users: [], name: tzid, canonical: '' }])
    return zone !== null
  }
  const { fallbackZone } = options
  const lost: [string, Undefined][] = []
  for (const tzid of [...missing.keys()].sort(byCodeUnits)) {
    const entry = missing.get(tzid)
    if (entry === undefined || define(tzid, entry.objects)) continue
    lost.push([tzid, entry])
  }
  const all = lost.flatMap(([, { objects }]) => objects)
  for (const [tzid, { definition }] of lost) {
    if (fallbackZone === undefined || !define(fallbackZone, all)) findings.push(unknownZone(tzid))
    else {
      definition.name = fallbackZone
      findings.push(replacedZone(tzid, fallbackZone))
    }
  }
}

function replacedZone(tzid: string, fallback: string): Problem {
  return {
    code: 'zone-replaced',
    subject: `Time zone ${tzid}`,
    message: `The time zone ${tzid} is defined nowhere and known to nobody; its times are read in ${fallback}. If they are wrong, choose a named zone where the event is edited.`,
    before: tzid,
    after: fallback,
    repaired: true,
  }
}

export function unknownZone(tzid: string): Problem {
  return {
    code: 'zone-unknown',
    subject: `Time zone ${tzid}`,
    message: `The time zone ${tzid} is used but defined nowhere; programs may show its events at another time. Choose a named zone where the event is edited.`,
  }
}

function nameClashes(byTzid: ReadonlyMap<string, Definition[]>, findings: Problem[]): void {
  const taken = new Set(byTzid.keys())
  for (const tzid of [...byTzid.keys()].sort(byCodeUnits)) {
    const clashing = byTzid.get(tzid) ?? []
    if (clashing.length < 2) continue
    clashing.sort((a, b) => b.users.length - a.users.length || byCodeUnits(a.canonical, b.canonical))
    let number = 2
    for (const definition of clashing.slice(1)) {
      while (taken.has(`${tzid}-${number}`)) number++
      definition.name = `${tzid}-${number}`
      taken.add(definition.name)
      findings.push({
        code: 'zone-clash',
        subject: `Time zone ${tzid}`,
        message: `Two calendars define the time zone ${tzid} differently; one of them is called ${definition.name} in the feed.`,
        before: tzid,
        after: definition.name,
        repaired: true,
      })
    }
  }
}

function renamed(object: CalendarObject, pairs: readonly (readonly [string, Definition])[]): CalendarObject {
  const changed = new Map(pairs.filter(([tzid, { name }]) => tzid !== name).map(([tzid, { name }]) => [tzid, name]))
  if (changed.size === 0) return object
  return { ...object, events: object.events.map((event) => mapTzids(event, (tzid) => changed.get(tzid) ?? tzid)) }
}
