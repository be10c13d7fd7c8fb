/**
 * A calendar told apart into its events without a tree (RFC 5545 section 3.4), for the nearly all of them that are in
 * order. Whatever is out of the ordinary is left to the tree: the whole text, or single events of it.
 */
import { EVENTS_A_STEP, type Steps } from '../steps.ts'
import { hasForbidden } from './chars.ts'
import { parseComponents } from './lines.ts'
import type { Component } from './model.ts'
import { type ScannedEvent, scanEvent } from './scan-event.ts'
import { LineScanner } from './scan-lines.ts'
import { zoneOf } from './zone-texts.ts'

export interface ScannedCalendar {
  /** The VCALENDAR with its own properties, without components. */
  readonly head: Component
  readonly zones: readonly Component[]
  /** In their order; those that need a tree as one. */
  readonly events: readonly (ScannedEvent | Component)[]
  readonly lineEnd: '\r\n' | '\n'
}

/** Tab, LF, CR, space. */
const BLANK: ReadonlySet<number> = new Set([9, 10, 13, 32])
const START = 'BEGIN:VCALENDAR'

/**
 * Null where the text is not one VCALENDAR of well-formed lines with one kind of line end, without forbidden characters,
 * and with nothing around it. Holds as many events as the text does, however many those are.
 */
export function* scanCalendar(text: string): Steps<ScannedCalendar | null> {
  if (!text.startsWith(START)) return null
  const crlf = text.charCodeAt(START.length) === 13
  const lineEnd = crlf ? '\r\n' : '\n'
  if (!text.startsWith(lineEnd, START.length) || text.includes('\uFEFF') || !text.isWellFormed()) return null
  try {
    return yield* scanLines(text, lineEnd)
  } catch {
    // Cut short, or nested otherwise than we thought: the tree finds the words for it.
    return null
  }
}

function* scanLines(text: string, lineEnd: '\r\n' | '\n'): Steps<ScannedCalendar | null> {
  const own: string[] = []
  const zones: Component[] = []
  const events: (ScannedEvent | Component)[] = []
  const lines = new LineScanner(text, 0, lineEnd === '\r\n')
  let at = START.length + lineEnd.length
  // A line that goes on after a component, perhaps after blank lines, would go on its END.
  const isBlank = () => BLANK.has(text.charCodeAt(at))
  while (!text.startsWith('END:', at)) {
    const next = text.indexOf('\n', at) + 1
    if (next === 0) return null
    if (!text.startsWith('BEGIN:', at)) {
      own.push(text.slice(at, next))
      at = next
      continue
    }
    lines.next = at
    const scanned = text.startsWith(`BEGIN:VEVENT${lineEnd}`, at) && lines.advance() ? scanEvent(lines) : null
    if (scanned) {
      events.push(scanned)
      at = scanned.to
      if (isBlank()) return null
      if (events.length % EVENTS_A_STEP === 0) yield
      continue
    }
    const end = endOf(text, at, text.slice(at + 'BEGIN:'.length, next - lineEnd.length))
    if (end === -1) return null
    const part = text.slice(at, end)
    const component = zoneOf(part) ?? alone(part)
    if (component === null) return null
    if (component.name === 'VTIMEZONE') zones.push(component)
    else if (component.name === 'VEVENT') events.push(component)
    at = end
    if (isBlank()) return null
  }
  if (text.slice(at).trimEnd() !== 'END:VCALENDAR') return null
  const head = alone(`${START}${lineEnd}${own.join('')}END:VCALENDAR${lineEnd}`)
  return head?.components.length === 0 ? { head, zones, events, lineEnd } : null
}

/** Where the component that begins here with this name ends; -1 where it does not. */
function endOf(text: string, from: number, name: string): number {
  const last = text.indexOf(`\nEND:${name}`, from)
  return last === -1 ? -1 : text.indexOf('\n', last + 1) + 1 || -1
}

/** The one component that the text is; null where it is more, or holds what belongs outside of it. */
function alone(text: string): Component | null {
  if (hasForbidden(text)) return null
  const { components, outside } = parseComponents(text)
  const [component] = components
  if (component === undefined || components.length > 1 || outside.length > 0) return null
  return component.components.some(({ name }) => name === 'VEVENT' || name === 'VCALENDAR') ? null : component
}
