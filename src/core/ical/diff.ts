/** How two editions of one object differ, for people: the same comparison as the fingerprint's, told property by property. */
import type { PropertyChange } from '../operations.ts'
import { byCodeUnits, canonicalComponent, comparableLine } from './fingerprint.ts'
import type { Component, Property } from './model.ts'
import { find, parameterOf, rawValue, textOf } from './property.ts'

const LONGEST_VALUE = 200

/**
 * What turns the events of one object into those of another; empty exactly where their fingerprints are equal. An
 * empty list stands for an object that is not there.
 */
export function diffObjects(before: readonly Component[], after: readonly Component[]): readonly PropertyChange[] {
  const old = byInstance(before)
  const now = byInstance(after)
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort(byCodeUnits)
  return keys.flatMap((key) => {
    const was = old.get(key) ?? []
    const is = now.get(key) ?? []
    const name = nameOf(is[0] ?? was[0])
    const changes = Array.from({ length: Math.max(was.length, is.length) }, (_, index) =>
      diffComponents(name, was[index], is[index]),
    )
    return changes.flat()
  })
}

/** Twice the same instance is no valid object, but may lie on a server; they are compared in the order of their text. */
function byInstance(events: readonly Component[]): Map<string, Component[]> {
  const instances = new Map<string, Component[]>()
  for (const event of events) {
    const id = find(event, 'RECURRENCE-ID')
    const key = `${event.name} ${id === undefined ? '' : comparableLine(id)}`
    instances.set(key, [...(instances.get(key) ?? []), event])
  }
  for (const list of instances.values()) {
    if (list.length > 1) list.sort((a, b) => byCodeUnits(canonicalComponent(a), canonicalComponent(b)))
  }
  return instances
}

function nameOf(event: Component | undefined): string {
  const id = event && find(event, 'RECURRENCE-ID')
  if (id === undefined) return 'event'
  return `occurrence of ${shown(id)}`
}

function diffComponents(name: string, before: Component | undefined, after: Component | undefined): PropertyChange[] {
  const changes: PropertyChange[] = []
  const [old, now] = [byName(before), byName(after)]
  for (const property of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = onlyDifferent(old.get(property) ?? [], now.get(property) ?? [])
    if (was.length + is.length === 0) continue
    changes.push({ component: name, property, before: listed(was), after: listed(is) })
  }
  const [was, is] = onlyDifferent(childrenOf(before), childrenOf(after))
  const children = Math.max(was.length, is.length)
  for (let index = 0; index < children; index += 1) {
    const [from, to] = [was[index]?.item, is[index]?.item]
    const kind = (to ?? from)?.name === 'VALARM' ? 'alarm' : ((to ?? from)?.name ?? '').toLowerCase()
    if (from?.name === to?.name) changes.push(...diffComponents(kind, from, to))
    else changes.push({ component: name, property: kind, before: from?.name ?? null, after: to?.name ?? null })
  }
  if (before === undefined || after === undefined) {
    // An event without any property that counts is still one that comes or goes.
    if (changes.length === 0) {
      const [from, to] = [before?.name ?? null, after?.name ?? null]
      changes.push({ component: name, property: 'BEGIN', before: from, after: to })
    }
  }
  return changes
}

interface Comparable<Item> {
  readonly key: string
  readonly item: Item
}

function byName(component: Component | undefined): Map<string, Comparable<Property>[]> {
  const names = new Map<string, Comparable<Property>[]>()
  for (const item of component?.properties ?? []) {
    const key = comparableLine(item)
    if (key !== null) names.set(item.name, [...(names.get(item.name) ?? []), { key, item }])
  }
  return names
}

function childrenOf(component: Component | undefined): Comparable<Component>[] {
  return (component?.components ?? [])
    .map((item) => ({ key: canonicalComponent(item), item }))
    .sort((a, b) => byCodeUnits(a.key, b.key))
}

/** Both lists without what they share, counting how often. */
function onlyDifferent<Item>(
  before: readonly Comparable<Item>[],
  after: readonly Comparable<Item>[],
): [Comparable<Item>[], Comparable<Item>[]] {
  return [without(before, after), without(after, before)]
}

function without<Item>(list: readonly Comparable<Item>[], other: readonly Comparable<Item>[]): Comparable<Item>[] {
  const shared = new Map<string, number>()
  for (const { key } of other) shared.set(key, (shared.get(key) ?? 0) + 1)
  return list.filter(({ key }) => {
    const left = shared.get(key) ?? 0
    if (left > 0) shared.set(key, left - 1)
    return left === 0
  })
}

function listed(properties: readonly Comparable<Property>[]): string | null {
  return properties.length === 0 ? null : shortened(properties.map(({ item }) => shown(item)).join('; '))
}

/** A value for people: dates with dashes and their zone, guests with their state, texts without escapes. */
function shown(property: Property): string {
  const raw = rawValue(property).trim()
  const zone = parameterOf(property, 'TZID')
  if (/^\d{8}(T\d{6}Z?)?(,\d{8}(T\d{6}Z?)?)*$/i.test(raw)) {
    return `${raw.split(',').map(shownDate).join(', ')}${zone === undefined ? '' : ` (${zone})`}`
  }
  const text = textOf(property)
  const name = parameterOf(property, 'CN')
  const state = parameterOf(property, 'PARTSTAT')
  return `${name === undefined ? text : `${name} <${text}>`}${state === undefined ? '' : ` (${state.toLowerCase()})`}`
}

function shownDate(value: string): string {
  const [, year, month, day, hour, minute, second, utc] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/i.exec(value) ?? []
  const date = `${year}-${month}-${day}`
  if (hour === undefined) return date
  return `${date} ${hour}:${minute}${second === '00' ? '' : `:${second}`}${utc === '' ? '' : ' UTC'}`
}

function shortened(text: string): string {
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`
}
