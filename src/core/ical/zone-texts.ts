/** VTIMEZONEs by their text: the resources of a calendar bring the same few again and again. */
import { hasForbidden } from './chars.ts'
import { parseComponents } from './lines.ts'
import type { Component } from './model.ts'

/** More than the zones of any calendar, and little memory. */
const MOST_KEPT = 500

const kept = new Map<string, Component | null>()

/**
 * The VTIMEZONE that this text is, one and the same object for the same text; null where it is anything else, or holds
 * forbidden characters. Throws SyncError `protocol` where it is cut short.
 */
export function zoneOf(text: string): Component | null {
  if (!text.startsWith('BEGIN:VTIMEZONE')) return null
  const known = kept.get(text)
  if (known !== undefined) return known
  const { components, outside } = parseComponents(text)
  const [zone] = components
  const isZone = components.length === 1 && outside.length === 0 && zone?.name === 'VTIMEZONE' && !hasForbidden(text)
  const found = isZone ? zone : null
  const oldest = kept.size >= MOST_KEPT ? kept.keys().next().value : undefined
  if (oldest !== undefined) kept.delete(oldest)
  kept.set(text, found)
  return found
}
