import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { FINDING_CODES } from '../src/core/finding-codes.ts'
import { decodeCalendarBytes } from '../src/core/ical/decode.ts'
import { mergeFeed } from '../src/core/ical/merge.ts'
import { readCalendar } from '../src/core/ical/objects.ts'
import { toUpload } from '../src/core/ical/upload.ts'
import { resolveZone } from '../src/core/ical/zones.ts'
import { defineZone } from '../src/core/ical/zones-define.ts'
import type { Problem } from '../src/core/types.ts'

const event = (...lines: string[]) =>
  ['BEGIN:VEVENT', 'DTSTART:20260701T090000Z', 'SUMMARY:Class', ...lines, 'END:VEVENT'].join('\r\n')
const calendar = (...parts: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...parts, 'END:VCALENDAR', ''].join('\r\n')
const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding))

test('every code of a finding is explained, and none that does not exist', () => {
  const text = readFileSync(join(import.meta.dirname, '..', 'docs', 'findings.md'), 'utf8')
  const rows = text.split('\n').filter((line) => line.startsWith('| `'))
  const named = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([a-z0-9-]+)`/g)].map(([, code]) => code),
  )
  assert.deepEqual(new Set(named), new Set(FINDING_CODES))
  assert.equal(named.length, FINDING_CODES.length)
  for (const row of rows) assert.equal(row.split('|').filter((cell) => cell.trim() !== '').length, 4, row)
})

/** What was found, as code, before and after. */
const change = (findings: readonly Problem[], wanted: string) =>
  findings.filter(({ code }) => code === wanted).map(({ before, after }) => [before, after])

test('I11: every repair of the text says what stood there and what became of it', () => {
  const plain = calendar(event('UID:a', 'LOCATION:Füße'))
  const decoded = (input: Uint8Array, charset: string | null = null) => decodeCalendarBytes(input, charset).findings
  assert.deepEqual(change(decoded(bytes(plain, 'utf16le')), 'charset-utf-16'), [['UTF-16LE', 'UTF-8']])
  assert.deepEqual(change(decoded(bytes(plain, 'latin1'), 'iso-8859-15'), 'charset-converted'), [
    ['iso-8859-15', 'UTF-8'],
  ])
  assert.deepEqual(change(decoded(bytes(plain, 'latin1')), 'charset-not-utf-8'), [['bytes FC DF', 'Windows-1252']])
  const unknown = change(decoded(bytes(plain), 'x-klingon'), 'charset-unknown')
  assert.equal(unknown[0]?.[0], 'x-klingon')
  assert.deepEqual(change(decoded(bytes(plain.replace('Class', 'Cl\0ass'))), 'nul-characters'), [['U+0000', '']])
  const { findings } = readCalendar(plain.replace('Class', 'Cl\u0007ass'))
  assert.deepEqual(change(findings, 'control-characters'), [['U+0007', '']])
  const stray = readCalendar(plain.replace('SUMMARY:Class', 'SUMMARY:Class\r\nno property at all'))
  assert.equal(stray.findings[0]?.code, 'lines-unreadable')
  assert.match(stray.findings[0].before ?? '', /Class|no property/)
})

test('I6: every repair of a UID says which it was and which it is', () => {
  const missing = readCalendar(calendar(event('BEGIN:VALARM', 'UID:alarm', 'TRIGGER:-PT5M', 'END:VALARM')))
  const [[before, after] = []] = change(missing.findings, 'uid-missing')
  assert.equal(before, '')
  assert.match(after ?? '', /^UID:no-uid-/)
  const other = event('UID:a').replace('SUMMARY:Class', 'SUMMARY:Other').replace('20260701', '20260801')
  const shared = readCalendar(calendar(event('UID:a'), other))
  const [[was, is] = []] = change(shared.findings, 'uid-shared')
  assert.equal(was, 'a')
  assert.match(is ?? '', /^a-/)
  const lower = readCalendar(calendar(event('uid;X-A=1:lower')))
  assert.deepEqual(
    lower.objects.map(({ uid }) => uid),
    ['lower'],
  )
})

test('I8: one bad event is left out and named, its UID is protected, the others are read', () => {
  const bad = event('UID:bad').replace('DTSTART:20260701T090000Z', 'DTSTART:soon')
  const { objects, protectedUids, findings } = readCalendar(calendar(event('UID:good'), bad))
  assert.deepEqual(
    objects.map(({ uid }) => uid),
    ['good'],
  )
  assert.deepEqual([...protectedUids], ['bad'])
  assert.deepEqual(
    findings.map(({ code, uid }) => [code, uid]),
    [['event-without-start', 'bad']],
  )
})

const NEW_YORK_UNDER_ANY_NAME = (tzid: string) => [
  'BEGIN:VTIMEZONE',
  `TZID:${tzid}`,
  'BEGIN:STANDARD',
  'DTSTART:20071104T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU',
  'TZOFFSETFROM:-0400',
  'TZOFFSETTO:-0500',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:20070311T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
  'TZOFFSETFROM:-0500',
  'TZOFFSETTO:-0400',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
]

for (const [written, tzid] of [
  ['Customized Time Zone', 'Customized Time Zone'],
  ['"tzone://Microsoft/Custom"', 'tzone://Microsoft/Custom'],
  ['tzone://Microsoft/Custom', 'tzone://Microsoft/Custom'],
  ['Europe/Berlin', 'Europe/Berlin'],
  ['GMT Standard Time 1', 'GMT Standard Time 1'],
] as const) {
  test(`I5: the definition of ${written} in the feed counts before its name, and goes with the event`, () => {
    const start = `DTSTART;TZID=${written}:20260701T090000`
    const text = calendar(...NEW_YORK_UNDER_ANY_NAME(tzid), event('UID:a').replace('DTSTART:20260701T090000Z', start))
    const [object] = readCalendar(text).objects
    assert.ok(object)
    const zone = resolveZone(tzid, object.zones[0])
    assert.equal(zone?.offsetAt(Date.UTC(2026, 6, 1)), -4 * 3_600_000)
    assert.equal(zone.offsetAt(Date.UTC(2026, 11, 1)), -5 * 3_600_000)
    const { text: sent, findings } = toUpload(object, { defineZone: (name) => defineZone(name) })
    assert.equal(sent.match(/BEGIN:VTIMEZONE/g)?.length, 1)
    assert.match(sent, /TZOFFSETTO:-0400/)
    assert.deepEqual(
      findings.filter(({ code }) => code.startsWith('zone-')),
      [],
    )
  })
}

for (const [written, id] of [
  ['GMT Standard Time 1', 'Europe/London'],
  ['W. Europe Standard Time', 'Europe/Berlin'],
  ['/mozilla.org/20070129_1/Europe/Berlin', 'Europe/Berlin'],
] as const) {
  test(`I5: ${written} without a definition is understood as ${id}, defined for every reader, and told`, () => {
    const start = `DTSTART;TZID=${written}:20260701T090000`
    const [object] = readCalendar(calendar(event('UID:a').replace('DTSTART:20260701T090000Z', start))).objects
    assert.ok(object)
    const { text, findings } = toUpload(object, { defineZone: (name) => defineZone(name) })
    assert.ok(text.includes(`BEGIN:VTIMEZONE\r\nTZID:${written}\r\n`))
    assert.deepEqual(change(findings, 'zone-defined'), [[written, id]])
  })
}

test('F1, F2: a renamed zone and a second copy say what they were', () => {
  const zone = (offset: string) => [
    'BEGIN:VTIMEZONE',
    'TZID:Home',
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    `TZOFFSETFROM:${offset}`,
    `TZOFFSETTO:${offset}`,
    'END:STANDARD',
    'END:VTIMEZONE',
  ]
  const at = (uid: string, offset: string) =>
    calendar(
      ...zone(offset),
      event(`UID:${uid}`).replace('DTSTART:20260701T090000Z', 'DTSTART;TZID=Home:20260701T090000'),
    )
  const objects = [at('a', '+0100'), at('b', '+0500')].map((text) => readCalendar(text).objects)
  const { findings } = mergeFeed(objects, { name: 'Feed', defineZone: (tzid) => defineZone(tzid) })
  assert.deepEqual(change(findings, 'zone-clash'), [['Home', 'Home-2']])
  const copies = ['SEQUENCE:1', 'SEQUENCE:2'].map(
    (line, index) => readCalendar(calendar(event('UID:a', line, `LOCATION:Room ${index}`))).objects,
  )
  const merged = mergeFeed(copies, { name: 'Feed', defineZone: (tzid) => defineZone(tzid) })
  assert.deepEqual(change(merged.findings, 'uid-in-several-calendars'), [
    ['SEQUENCE:1\nLOCATION:Room 0', 'SEQUENCE:2\nLOCATION:Room 1'],
  ])
})
