import { byCodeUnits, canonicalComponent } from './fingerprint.ts'
import type { Component } from './model.ts'
import { find, rawValue } from './property.ts'

/** SEQUENCE; 0 where it is missing or unreadable (RFC 5545 section 3.8.7.4). */
export function sequenceOf(event: Component): number {
  const property = find(event, 'SEQUENCE')
  const sequence = property === undefined ? 0 : Number.parseInt(rawValue(property), 10)
  return Number.isFinite(sequence) ? sequence : 0
}

function stampOf(event: Component, name: string): string {
  const property = find(event, name)
  return property === undefined ? '' : rawValue(property).trim()
}

/**
 * Which of two forms of one event is the newer one: higher SEQUENCE, then later LAST-MODIFIED, then later DTSTAMP. Where
 * all are equal the content decides, so that the order in which a server lists them does not. Positive: `a` is newer.
 */
export function compareRevisions(a: Component, b: Component): number {
  return (
    sequenceOf(a) - sequenceOf(b) ||
    byCodeUnits(stampOf(a, 'LAST-MODIFIED'), stampOf(b, 'LAST-MODIFIED')) ||
    byCodeUnits(stampOf(a, 'DTSTAMP'), stampOf(b, 'DTSTAMP')) ||
    byCodeUnits(canonicalComponent(b), canonicalComponent(a))
  )
}
