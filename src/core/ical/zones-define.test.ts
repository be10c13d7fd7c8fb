import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseComponents, writeComponents } from './lines.ts'
import type { Component } from './model.ts'
import { find, textOf } from './property.ts'
import { defineZone } from './zones-define.ts'
import { ianaZone } from './zones-iana.ts'
import { segmentZone } from './zones-segments.ts'
import { readZoneRules } from './zones-vtimezone.ts'

const zones = [
  'Europe/Berlin',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Istanbul',
  'Europe/Moscow',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Santiago',
  'America/St_Johns',
  'America/Havana',
  'America/Indiana/Knox',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Tehran',
  'Asia/Jerusalem',
  'Asia/Hebron',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Auckland',
  'Antarctica/Troll',
  'Etc/UTC',
]

/** Offsets by the definition alone, read by our own evaluator after a round through text. */
function evaluated(component: Component) {
  const [read] = parseComponents(writeComponents([component])).components
  assert.ok(read)
  const rules = readZoneRules(read)
  assert.ok(rules)
  return segmentZone('evaluated', (epoch) => rules.segmentAt(epoch))
}

test('a written zone gives the offsets of Temporal from 1970 to 2037', () => {
  let compared = 0
  for (const id of zones) {
    const component = defineZone(id)
    assert.ok(component, id)
    const ours = evaluated(component)
    for (let at = Date.UTC(1970, 0, 2); at < Date.UTC(2037, 11, 31); at += 86_400_000 * 9.7) {
      const instant = Math.floor(at / 1000) * 1000
      const theirs = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(id).offsetNanoseconds / 1e6
      assert.equal(ours.offsetAt(instant), theirs, `${id} ${new Date(instant).toISOString()}`)
      compared += 1
    }
    const real = ianaZone(id)
    assert.ok(real)
    let segment = real.segmentAt(Date.UTC(1970, 0, 2))
    while (segment.to < Date.UTC(2037, 11, 31)) {
      assert.equal(ours.offsetAt(segment.to - 1000), real.offsetAt(segment.to - 1000), id)
      assert.equal(ours.offsetAt(segment.to), real.offsetAt(segment.to), id)
      segment = real.segmentAt(segment.to)
      compared += 2
    }
  }
  console.log(`written zones: ${zones.length} zones, ${compared} instants equal`)
})

test('a rule still in force goes on after the span', () => {
  for (const id of ['Europe/Berlin', 'America/New_York', 'Australia/Sydney']) {
    const component = defineZone(id)
    assert.ok(component)
    const ours = evaluated(component)
    for (let year = 2038; year < 2120; year += 1) {
      for (const month of [0, 3, 6, 9]) {
        const at = Date.UTC(year, month, 15)
        assert.equal(ours.offsetAt(at), ianaZone(id)?.offsetAt(at), `${id} ${year}`)
      }
    }
  }
})

test('the TZID is written exactly as it was asked for', () => {
  for (const tzid of ['W. Europe Standard Time', '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna']) {
    const component = defineZone(tzid)
    assert.ok(component)
    const property = find(component, 'TZID')
    assert.equal(property && textOf(property), tzid)
    assert.deepEqual(component.components, defineZone('Europe/Berlin')?.components)
  }
})

test('names nobody knows are not written', () => {
  for (const tzid of ['', 'Customized Time Zone', 'foo', 'constructor']) assert.equal(defineZone(tzid), null)
})

test('a zone with a plain rule is written in a few lines', () => {
  const lines = writeComponents([defineZone('Europe/Berlin', { fromYear: 2000, toYear: 2037 }) ?? assert.fail()])
  assert.equal(
    lines,
    [
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Berlin',
      'BEGIN:STANDARD',
      'DTSTART:20000101T000000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:20000326T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'END:DAYLIGHT',
      'BEGIN:STANDARD',
      'DTSTART:20001029T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
      'END:STANDARD',
      'END:VTIMEZONE',
      '',
    ].join('\r\n'),
  )
})
