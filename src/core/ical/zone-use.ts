/** Which time zones components name, and which VTIMEZONEs a calendar defines (RFC 5545 sections 3.2.19 and 3.6.5). */
import type { Component, Property } from './model.ts'
import { find, parameterOf, rawValue, textOf, unescapeText, withParameter } from './property.ts'

/** TZID of a property; undefined where it names none (an empty one names none). */
export function tzidOf(property: Property): string | undefined {
  const { name, line } = property
  // Most lines have no parameters at all, and most of the others no TZID.
  if (line.charCodeAt(name.length) === 58 || !/;\s*TZID/i.test(line)) return undefined
  const tzid = parameterOf(property, 'TZID')
  return tzid === undefined || tzid.trim() === '' ? undefined : tzid
}

/** Adds every TZID the component and its sub-components name. */
function collectTzids(component: Component, into: Set<string>): void {
  for (const property of component.properties) {
    const tzid = tzidOf(property)
    if (tzid !== undefined) into.add(tzid)
  }
  for (const child of component.components) collectTzids(child, into)
}

/** TZIDs these components name, each once, in the order of their first use. */
export function tzidsOf(components: readonly Component[]): string[] {
  const found = new Set<string>()
  for (const component of components) collectTzids(component, found)
  return [...found]
}

/** The TZID a VTIMEZONE defines, blanks and all; empty where it has none. */
export function definedTzid(zone: Component): string {
  const property = find(zone, 'TZID')
  return property === undefined ? '' : textOf(property)
}

/** True where a VTIMEZONE can be used: it has a name and at least one observance with a start and an offset. */
export function isUsableZone(zone: Component): boolean {
  return (
    definedTzid(zone).trim() !== '' &&
    zone.components.some(
      (part) =>
        (part.name === 'STANDARD' || part.name === 'DAYLIGHT') &&
        find(part, 'DTSTART') !== undefined &&
        find(part, 'TZOFFSETTO') !== undefined,
    )
  )
}

/** VTIMEZONEs by the key of their TZID; of several with one key the first usable one counts. */
export type ZoneIndex = ReadonlyMap<string, Component>

export function indexZones(zones: Iterable<Component>): Map<string, Component> {
  const index = new Map<string, Component>()
  for (const zone of zones) {
    const key = zoneKey(definedTzid(zone))
    if (key === '') continue
    const known = index.get(key)
    if (known === undefined || (!isUsableZone(known) && isUsableZone(zone))) index.set(key, zone)
  }
  return index
}

/** Parameters and definitions are spelt differently: blanks around, and TEXT escapes that only the definition needs. */
function zoneKey(tzid: string): string {
  return unescapeText(tzid).trim()
}

/** The definition a TZID parameter means. */
export function lookUpZone(index: ZoneIndex, tzid: string): Component | undefined {
  return index.get(zoneKey(tzid))
}

/** The component with every TZID parameter mapped; the same object where nothing changes. */
export function mapTzids(component: Component, rename: (tzid: string) => string): Component {
  let changed = false
  const properties = component.properties.map((property) => {
    const tzid = tzidOf(property)
    const wanted = tzid === undefined ? undefined : rename(tzid)
    if (wanted === undefined || wanted === tzid) return property
    changed = true
    return withParameter(property, 'TZID', wanted)
  })
  const components = component.components.map((child) => {
    const mapped = mapTzids(child, rename)
    if (mapped !== child) changed = true
    return mapped
  })
  return changed ? { name: component.name, properties, components } : component
}

/** The VTIMEZONE under another TZID. */
export function renameZone(zone: Component, tzid: string): Component {
  const value = tzid.replace(/[\\,;]/g, '\\$&')
  const properties = zone.properties.map((property) =>
    property.name === 'TZID' && rawValue(property) !== value ? { name: 'TZID', line: `TZID:${value}` } : property,
  )
  return { ...zone, properties }
}
