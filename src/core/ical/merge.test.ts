import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertStrictText } from '../../../test/ical-checks.ts'
import { calendar, event, zone } from '../../../test/ical-samples.ts'
import { parseComponents } from './lines.ts'
import { type FeedOptions, mergeFeed } from './merge.ts'
import { readCalendar } from './objects.ts'
import { find, findAll, rawValue } from './property.ts'

const objects = (...lines: readonly string[]) => readCalendar(calendar(...lines)).objects
function merge(parts: readonly (readonly string[])[], options: FeedOptions = {}) {
  const merged = mergeFeed(
    parts.map((part) => objects(...part)),
    options,
  )
  assertStrictText(merged.text)
  return merged
}
const zonesOf = (text: string) =>
  parseComponents(text).components[0]?.components.filter((one) => one.name === 'VTIMEZONE') ?? []
const eventsOf = (text: string) =>
  parseComponents(text).components[0]?.components.filter((one) => one.name === 'VEVENT') ?? []
const valueOf1 = (text: string, name: string) =>
  eventsOf(text)
    .map((one) => find(one, name))
    .map((one) => one && rawValue(one))

const header = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//CalDAV/ICS Sync//EN\r\nCALSCALE:GREGORIAN\r\n'
const inZone = (uid: string, tzid: string, ...lines: readonly string[]) =>
  event(uid, `DTSTART;TZID=${tzid}:20260301T100000`, ...lines)

test('the feed has the header users know, and an empty one is a calendar too', () => {
  assert.equal(merge([]).text, `${header}END:VCALENDAR\r\n`)
  assert.equal(
    merge([], { name: 'Work, home\r\nX:y' }).text,
    `${header}NAME:Work\\, home\\nX:y\r\nX-WR-CALNAME:Work\\, home\\nX:y\r\nEND:VCALENDAR\r\n`,
  )
})

test('what an event holds passes through line by line', () => {
  const lines = event('a', 'X-FOO;X-BAR="b;c":d\\,e', 'CATEGORIES:', 'BEGIN:VALARM', 'TRIGGER:-PT5M', 'END:VALARM')
  assert.equal(merge([[lines]]).text, `${header}${lines}\r\nEND:VCALENDAR\r\n`)
})

test('F3: the bytes do not depend on the order of calendars, resources or zones', () => {
  const parts = [
    [zone('B', '+0100'), zone('A', '+0200'), inZone('2', 'B'), inZone('1', 'A')],
    [zone('A', '+0300'), inZone('3', 'A'), event('1', 'SUMMARY:other'), event('0')],
    [zone('A', '+0200', 'LAST-MODIFIED:20260101T000000Z'), inZone('4', 'A'), event('0', 'SUMMARY:x')],
  ]
  const text = merge(parts).text
  for (const order of [
    [2, 1, 0],
    [1, 2, 0],
    [0, 2, 1],
  ]) {
    const shuffled = order.map((index) => parts[index] ?? [])
    assert.equal(merge(shuffled).text, text)
    assert.equal(mergeFeed(shuffled.map((part) => [...objects(...part)].reverse())).text, text)
  }
  assert.deepEqual(valueOf1(text, 'UID'), ['0', '1', '2', '3', '4'])
  assert.deepEqual(
    zonesOf(text).map((one) => rawValue(find(one, 'TZID') ?? assert.fail())),
    ['A', 'A-2', 'B'],
  )
})

test('F3: a missing DTSTAMP is made of what the event has, the same each time', () => {
  const bare = (...lines: readonly string[]) =>
    ['BEGIN:VEVENT', 'UID:1', 'DTSTART:20260301T100000Z', ...lines, 'END:VEVENT'].join('\r\n')
  assert.deepEqual(
    valueOf1(merge([[bare('CREATED:20250101T000000Z', 'LAST-MODIFIED:20250102T000000Z')]]).text, 'DTSTAMP'),
    ['20250102T000000Z'],
  )
  assert.deepEqual(valueOf1(merge([[bare()]]).text, 'DTSTAMP'), ['19700101T000000Z'])
  assert.deepEqual(valueOf1(merge([[event('1')]]).text, 'DTSTAMP'), ['20260101T000000Z'])
})

test('F1: definitions that differ in wording only are one; the same one is written whichever comes first', () => {
  const one = [zone('A', '+0100'), inZone('1', 'A')]
  const other = [zone('A', '+0100', 'LAST-MODIFIED:20260101T000000Z', 'X-LIC-LOCATION:A'), inZone('2', 'A')]
  const { text, findings } = merge([one, other])
  assert.equal(zonesOf(text).length, 1)
  assert.deepEqual(findings, [])
  assert.equal(merge([other, one]).text, text)
})

test('F1: of clashing definitions the most used keeps its name; the other is renamed with its events', () => {
  const { text, findings } = merge([
    [zone('A', '+0100'), inZone('1', 'A', 'EXDATE;TZID=A:20260302T100000')],
    [zone('A', '+0200'), inZone('2', 'A'), inZone('3', 'A')],
    [zone('A-2', '+0300'), inZone('4', 'A-2')],
  ])
  assert.deepEqual(
    findings.map((finding) => finding.code),
    ['zone-clash'],
  )
  const offsets = zonesOf(text).map((one) => [
    rawValue(find(one, 'TZID') ?? assert.fail()),
    rawValue(find(one.components[0] ?? assert.fail(), 'TZOFFSETTO') ?? assert.fail()),
  ])
  assert.deepEqual(offsets, [
    ['A', '+0200'],
    ['A-2', '+0300'],
    ['A-3', '+0100'],
  ])
  const [first] = eventsOf(text)
  assert.equal(find(first ?? assert.fail(), 'DTSTART')?.line, 'DTSTART;TZID=A-3:20260301T100000')
  assert.equal(find(first ?? assert.fail(), 'EXDATE')?.line, 'EXDATE;TZID=A-3:20260302T100000')
  assert.equal(find(eventsOf(text)[1] ?? assert.fail(), 'DTSTART')?.line, 'DTSTART;TZID=A:20260301T100000')
})

test('F1: definitions with the same offsets are one where the caller says so', () => {
  const parts = [
    [zone('A', '+0100'), inZone('1', 'A')],
    [zone('A', '+0100', 'X-B:c').replace('1970', '1971'), inZone('2', 'A')],
  ]
  assert.equal(zonesOf(merge(parts).text).length, 2)
  const { text, findings } = merge(parts, { sameZone: () => true })
  assert.equal(zonesOf(text).length, 1)
  assert.deepEqual(findings, [])
})

test('F1, B7: a zone nobody defines is defined by the caller, taken from another calendar, or reported', () => {
  const defineZone = (tzid: string) =>
    tzid === 'Known' ? (parseComponents(zone('Other', '+0100')).components[0] ?? null) : null
  const { text, findings } = merge(
    [
      [inZone('1', 'Known'), inZone('2', 'Unknown'), inZone('3', 'A')],
      [zone('A', '+0100'), inZone('4', 'A')],
    ],
    { defineZone },
  )
  assert.deepEqual(
    zonesOf(text).map((one) => rawValue(find(one, 'TZID') ?? assert.fail())),
    ['A', 'Known'],
  )
  assert.deepEqual(
    findings.map((finding) => [finding.code, finding.subject]),
    [['zone-unknown', 'Time zone Unknown']],
  )
})

test('a zone name is spelt in the definition as in the parameters', () => {
  const { text } = merge([[zone('(UTC) A\\, B', '+0100'), inZone('1', '"(UTC) A, B"')]])
  assert.equal(find(zonesOf(text)[0] ?? assert.fail(), 'TZID')?.line, 'TZID:(UTC) A\\, B')
  assert.equal(readCalendar(text).objects[0]?.zones.length, 1)
})

test('F2: of one UID in two calendars the newer revision is taken, and a difference is reported', () => {
  const old = event('a', 'SEQUENCE:1', 'SUMMARY:old')
  const fresh = event('a', 'SEQUENCE:2', 'SUMMARY:new')
  for (const parts of [
    [[old], [fresh]],
    [[fresh], [old]],
  ]) {
    const { text, events, findings } = merge(parts)
    assert.deepEqual(valueOf1(text, 'SUMMARY'), ['new'])
    assert.equal(events, 1)
    assert.deepEqual(
      findings.map((finding) => finding.code),
      ['uid-in-several-calendars'],
    )
  }
  assert.deepEqual(merge([[old], [old]]).findings, [])
})

test('F2: overrides are kept: joined to the master of another calendar, and from copies of the same SEQUENCE only', () => {
  const master = event('a', 'RRULE:FREQ=DAILY', 'SEQUENCE:1')
  const override = (day: number, summary: string, ...lines: readonly string[]) =>
    event('a', `RECURRENCE-ID:2026030${day}T100000Z`, `SUMMARY:${summary}`, ...lines)
  const joined = merge([
    [override(2, 'two')],
    [master, override(3, 'three')],
    [master, override(4, 'four'), override(3, 'newer', 'SEQUENCE:2')],
  ])
  assert.deepEqual(valueOf1(joined.text, 'SUMMARY'), [undefined, 'two', 'newer', 'four'])
  assert.equal(joined.events, 4)
  const stale = merge([[master, override(3, 'stale')], [event('a', 'RRULE:FREQ=WEEKLY', 'SEQUENCE:2')]])
  assert.deepEqual(
    eventsOf(stale.text)
      .flatMap((one) => findAll(one, 'RRULE'))
      .map(rawValue),
    ['FREQ=WEEKLY'],
  )
  assert.equal(stale.events, 1)
})
