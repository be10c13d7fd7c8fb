import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendar, event, zone } from '../../../test/ical-samples.ts'
import { SyncError } from '../errors.ts'
import { uidOf } from './event.ts'
import type { ReadCalendar } from './objects.ts'
import { readCalendar } from './objects.ts'
import { find, rawValue, textOf } from './property.ts'

const uids = (read: ReadCalendar) => read.objects.map((object) => object.uid)
const codes = (read: ReadCalendar) => read.findings.map((finding) => finding.code)
const summaries = (read: ReadCalendar) =>
  read.objects.map((object) =>
    object.events.map((one) => find(one, 'SUMMARY')).map((property) => property && textOf(property)),
  )

for (const [name, text, reason] of [
  ['an empty body', '', /an empty answer/],
  ['blanks', ' \r\n\t\n', /an empty answer/],
  ['a byte order mark alone', '\uFEFF', /an empty answer/],
  ['a login page', '<!DOCTYPE html><html><head><TITLE>\n Sign  in</title>', /an HTML page titled 'Sign in'/],
  ['a page with a calendar in it', `<html><pre>\n${calendar(event('1'))}</pre>`, /an HTML page came/],
  ['an XML document', '<?xml version="1.0"?><error/>', /an XML document/],
  ['JSON', ' {"error":1}', /JSON data/],
  ['contacts', 'BEGIN:VCARD\nFN:x\nEND:VCARD', /a vCard/],
  ['a fragment', event('1'), /a bare VEVENT without VCALENDAR/],
  ['something else', 'Not found', /something that is no calendar/],
  [
    'vCalendar 1.0',
    'BEGIN:VCALENDAR\nVERSION:1.0\nBEGIN:VEVENT\nUID:1\nDTSTART:20260301T100000Z\nEND:VEVENT\nEND:VCALENDAR',
    /vCalendar 1\.0/,
  ],
  [
    'events without a usable start',
    calendar(event('1', 'DTSTART:20260231T100000Z', 'SUMMARY:Lunch')),
    /None of the 1 events .* Lunch \(2026-02-31\)/,
  ],
  [
    'too many events',
    calendar('BEGIN:VEVENT\r\nDTSTART:20260301\r\nEND:VEVENT\r\n'.repeat(75_001)),
    /more than 75000 events/,
  ],
] as const) {
  test(`I1, C9: refuses ${name} and says what came`, () => {
    assert.throws(
      () => readCalendar(text),
      (error) => error instanceof SyncError && error.kind === 'protocol' && reason.test(error.message),
    )
  })
}

test('a calendar without events is no error', () => {
  const read = readCalendar(calendar('BEGIN:VTODO', 'UID:1', 'END:VTODO'))
  assert.deepEqual([read.objects, read.findings, read.protectedUids, read.events], [[], [], [], 0])
})

test('name, colour and zone of the calendar are read', () => {
  const read = readCalendar(
    calendar('X-WR-CALNAME:Old', 'NAME:Work\\, home', 'COLOR:blue', 'X-WR-TIMEZONE: Europe/Berlin '),
  )
  assert.deepEqual([read.name, read.color, read.timeZone], ['Work, home', 'blue', 'Europe/Berlin'])
})

test('events are grouped by UID, the master first, then overrides by RECURRENCE-ID', () => {
  const read = readCalendar(
    calendar(
      event('a', 'RECURRENCE-ID:20260303T100000Z', 'SUMMARY:third'),
      event('b', 'SUMMARY:b'),
      event('a', 'RECURRENCE-ID:20260302T100000Z', 'SUMMARY:second'),
      event('a', 'RRULE:FREQ=DAILY', 'SUMMARY:master'),
    ),
  )
  assert.deepEqual(uids(read), ['a', 'b'])
  assert.deepEqual(summaries(read), [['master', 'second', 'third'], ['b']])
  assert.equal(read.events, 4)
})

test('several calendars in one stream, and events beside them, are one calendar', () => {
  const read = readCalendar([calendar(event('a')), event('b'), '\r\n', calendar(event('c'))].join(''))
  assert.deepEqual(uids(read), ['a', 'c', 'b'])
  assert.deepEqual(codes(read), ['event-outside-calendar'])
})

test('I6: the UID is that of the VEVENT, not of its alarm; parameters, case and blanks do not matter', () => {
  const read = readCalendar(
    calendar(
      'BEGIN:VEVENT\r\nuid;X-A=b: one\\,two \r\nDTSTART:20260301T100000Z\r\nBEGIN:VALARM\r\nUID:alarm\r\nEND:VALARM\r\nEND:VEVENT',
      'BEGIN:VEVENT\r\nDTSTART:20260302T100000Z\r\nBEGIN:VALARM\r\nUID:alarm\r\nEND:VALARM\r\nEND:VEVENT',
    ),
  )
  assert.equal(uids(read)[0], 'one,two')
  assert.match(uids(read)[1] ?? '', /^no-uid-/)
})

test('G6: a made-up UID survives reordering and another DTSTAMP; twins get one each', () => {
  const bare = (start: string, stamp: string) =>
    `BEGIN:VEVENT\r\nUID:\r\nDTSTAMP:${stamp}\r\nDTSTART:${start}\r\nEND:VEVENT`
  const [a, b] = ['20260301T100000Z', '20260302T100000Z']
  const first = readCalendar(
    calendar(bare(a, '20260101T000000Z'), bare(b, '20260101T000000Z'), bare(a, '20260101T000000Z')),
  )
  const second = readCalendar(
    calendar(bare(b, '20260102T000000Z'), bare(a, '20260102T000000Z'), bare(a, '20260102T000000Z')),
  )
  assert.equal(new Set(uids(first)).size, 3)
  assert.deepEqual(new Set(uids(first)), new Set(uids(second)))
  assert.deepEqual(codes(first), ['uid-missing', 'uid-missing', 'uid-missing'])
  for (const object of first.objects) assert.equal(uidOf(object.events[0] ?? assert.fail()), object.uid)
})

test('I6: of revisions of one event the highest SEQUENCE is taken, then the latest change, in any order', () => {
  const old = event('a', 'SEQUENCE:1', 'SUMMARY:old', 'LAST-MODIFIED:20260105T000000Z')
  const changed = event('a', 'SEQUENCE:2', 'SUMMARY:new', 'DTSTART:20260305T100000Z', 'LAST-MODIFIED:20260102T000000Z')
  const latest = event('a', 'SEQUENCE:2', 'SUMMARY:new', 'DTSTART:20260306T100000Z', 'LAST-MODIFIED:20260103T000000Z')
  for (const events of [
    [old, changed, latest],
    [latest, changed, old],
    [changed, latest, old],
  ]) {
    const read = readCalendar(calendar(...events))
    const start = find(read.objects[0]?.events[0] ?? assert.fail(), 'DTSTART')
    assert.equal(start && rawValue(start), '20260306T100000Z')
    assert.deepEqual(codes(read), ['uid-duplicate', 'uid-duplicate'])
    assert.match(read.findings[0]?.message ?? '', /highest SEQUENCE/)
  }
})

test('I6: different events under one UID are told apart, the same way in any order; the same event twice is one', () => {
  const one = event('a', 'SUMMARY:One')
  const other = event('a', 'SUMMARY:Other', 'DTSTART:20260401T100000Z')
  const occurrence = event('a', 'SUMMARY:One', 'DTSTART:20260308T100000Z')
  const read = readCalendar(calendar(one, other, occurrence, one))
  assert.equal(new Set(uids(read)).size, 3)
  assert.deepEqual(codes(read), ['uid-shared', 'uid-shared', 'uid-shared'])
  assert.deepEqual(new Set(uids(readCalendar(calendar(occurrence, one, other)))), new Set(uids(read)))
  for (const object of read.objects) assert.equal(uidOf(object.events[0] ?? assert.fail()), object.uid)
})

test('I6: among events told apart, the newest keeps the UID where there are overrides', () => {
  const read = readCalendar(
    calendar(
      event('a', 'SUMMARY:Series', 'RRULE:FREQ=DAILY', 'LAST-MODIFIED:20260110T000000Z'),
      event('a', 'SUMMARY:Changed', 'RECURRENCE-ID:20260302T100000Z'),
      event('a', 'SUMMARY:Other', 'DTSTART:20260401T100000Z'),
    ),
  )
  assert.equal(uids(read)[0], 'a')
  assert.deepEqual(summaries(read), [['Series', 'Changed'], ['Other']])
})

test('I8: one bad event is named, its UID protected, and the others come through', () => {
  const read = readCalendar(calendar(event('bad', 'DTSTART:tomorrow', 'SUMMARY:Lunch'), event('good')))
  assert.deepEqual(uids(read), ['good'])
  assert.deepEqual(read.protectedUids, ['bad'])
  assert.deepEqual(
    [read.findings[0]?.code, read.findings[0]?.subject, read.findings[0]?.uid],
    ['event-without-start', 'Lunch', 'bad'],
  )
  assert.equal(read.events, 2)
})

test('I8: a series whose master cannot be read is not replaced by its overrides', () => {
  const read = readCalendar(calendar(event('a', 'DTSTART:'), event('a', 'RECURRENCE-ID:20260302T100000Z'), event('b')))
  assert.deepEqual(uids(read), ['b'])
  assert.deepEqual(read.protectedUids, ['a'])
})

test('an override without any master is an object', () => {
  assert.deepEqual(uids(readCalendar(calendar(event('a', 'RECURRENCE-ID:20260302T100000Z')))), ['a'])
})

test('I8: lines that are no properties are joined to the text they belong to, or left out, and reported', () => {
  const read = readCalendar(
    calendar(event('a', 'DESCRIPTION:one', 'two three', 'four', 'X-A:b', '(five)', 'item1.X-C:d', 'SUMMARY :e')),
  )
  const properties = read.objects[0]?.events[0]?.properties.map((property) => property.line) ?? []
  assert.deepEqual(properties.slice(4), ['DESCRIPTION:one\\ntwo three\\nfour', 'X-A:b', 'X-C:d', 'SUMMARY:e'])
  assert.deepEqual(codes(read), ['lines-unreadable'])
})

test('I5: an unquoted zone name with a colon is quoted', () => {
  const read = readCalendar(calendar(event('a', 'DTSTART;TZID=(UTC+01:00) Paris:20260301T100000')))
  assert.equal(
    find(read.objects[0]?.events[0] ?? assert.fail(), 'DTSTART')?.line,
    'DTSTART;TZID="(UTC+01:00) Paris":20260301T100000',
  )
})

test('I11: control characters are left out before a UID is made of them', () => {
  const read = readCalendar(calendar(event('a\u0008b', 'SUMMARY:x\uFFFFy')))
  assert.deepEqual(uids(read), ['ab'])
  assert.deepEqual(codes(read), ['control-characters'])
})

test('F1: an object has the zones it and its alarms name, of its own calendar first', () => {
  const read = readCalendar(
    calendar(
      zone('A', '+0100'),
      zone('B', '+0200'),
      zone('C\\, D', '+0300'),
      event('1', 'DTSTART;TZID=A:20260301T100000', 'EXDATE;TZID="C, D":20260302T100000'),
    ) +
      calendar(
        zone('A', '+0500'),
        event('2', 'DTSTART;TZID=A:20260301T100000'),
        event('3', 'DTSTART;TZID=B:20260301T100000'),
        event('4', 'DTSTART;TZID=none:20260301T100000'),
      ),
  )
  const offsets = read.objects.map((object) =>
    object.zones.map((one) => rawValue(find(one.components[0] ?? assert.fail(), 'TZOFFSETTO') ?? assert.fail())),
  )
  assert.deepEqual(offsets, [['+0100', '+0300'], ['+0500'], ['+0200'], []])
})

test('nested events and calendars are events of the stream', () => {
  const inner = event('inner')
  const read = readCalendar(calendar(event('outer', inner), calendar(event('deep')).trimEnd()))
  assert.deepEqual(new Set(uids(read)), new Set(['outer', 'inner', 'deep']))
})
