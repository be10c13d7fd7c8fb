/** What tests ask of iCalendar text and trees. */
import assert from 'node:assert/strict'
import { byCodeUnits } from '../src/core/ical/fingerprint.ts'
import type { Component } from '../src/core/ical/model.ts'

const encoder = new TextEncoder()

/** RFC 5545 section 3.1: CRLF only, lines of at most 75 octets, no character that calendars or XML forbid. */
export function assertStrictText(text: string): void {
  assert.ok(text.isWellFormed(), 'a lone surrogate')
  assert.ok(!/[[\p{Cc}--[\t\n\r\u0080-\u009F]]\uFFFE\uFFFF]/v.test(text), 'a forbidden character')
  assert.ok(text === '' || text.endsWith('\r\n'), 'no CRLF at the end')
  for (const line of text.split('\r\n')) {
    assert.ok(!/[\r\n]/.test(line), 'a bare CR or LF')
    assert.ok(line.length <= 25 || encoder.encode(line).length <= 75, `more than 75 octets: ${line}`)
  }
}

/** All content lines of a tree in order, with the BEGIN and END around them; lines that are none are left out. */
export function contentLines(components: readonly Component[]): string[] {
  return components.flatMap((component) => [
    `BEGIN:${component.name}`,
    ...component.properties.filter((property) => property.name !== '').map((property) => property.line),
    ...contentLines(component.components),
    `END:${component.name}`,
  ])
}

/** The same without regard to the order of properties and components: equal lists are equal calendars. */
export function calendarLines(components: readonly Component[]): string[] {
  return contentLines(components).sort(byCodeUnits)
}
