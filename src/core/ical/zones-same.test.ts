import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseComponents } from './lines.ts'
import type { Component } from './model.ts'
import { defineZone } from './zones-define.ts'
import { sameOffsets } from './zones-same.ts'

function parse(text: string): Component {
  const [zone] = parseComponents(text).components
  assert.ok(zone)
  return zone
}

function generated(name: string): Component {
  const zone = defineZone(name)
  assert.ok(zone)
  return zone
}

/** New York as Apple writes it: the rules in force, and nothing older. */
const NEW_YORK = parse(`BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:DAYLIGHT
TZOFFSETFROM:-0500
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
DTSTART:20070311T020000
TZNAME:EDT
TZOFFSETTO:-0400
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:-0400
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
DTSTART:20071104T020000
TZNAME:EST
TZOFFSETTO:-0500
END:STANDARD
END:VTIMEZONE`)

test('one zone in two wordings is the same', () => {
  assert.equal(sameOffsets(NEW_YORK, generated('America/New_York')), true)
})

test('zones that differ for part of the year are not the same', () => {
  assert.equal(sameOffsets(generated('America/New_York'), generated('America/Bogota')), false)
  assert.equal(sameOffsets(generated('Europe/Berlin'), generated('Europe/London')), false)
})

test('a definition that cannot be read is the same as none', () => {
  assert.equal(sameOffsets(parse('BEGIN:VTIMEZONE\nTZID:X\nEND:VTIMEZONE'), NEW_YORK), false)
})
