import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertStrictText } from '../../../test/ical-checks.ts'
import { calendar, event, zone } from '../../../test/ical-samples.ts'
import { mended, upload } from '../../../test/upload-checks.ts'
import { fingerprint } from './fingerprint.ts'
import { parseComponents } from './lines.ts'
import { readCalendar } from './objects.ts'
import { find, rawValue } from './property.ts'
import { toUpload } from './upload.ts'

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
console.log(`upload.test.ts: fast-check seed ${seed}`)

test('an event in order is sent as it is, in a calendar of its own without METHOD', () => {
  const lines = event('u', 'SUMMARY:a\\,b', 'X-FOO;X-BAR="b;c":d', 'LOCATION:x')
  const { text, findings } = upload(['METHOD:REQUEST', 'X-WR-CALNAME:Cal', lines])
  assert.equal(text, `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//CalDAV/ICS Sync//EN\r\n${lines}\r\nEND:VCALENDAR\r\n`)
  assert.deepEqual(findings, [])
})

test('W7: another UID replaces it in the master and every override', () => {
  const { events, lines } = upload([event('u'), event('u', 'RECURRENCE-ID:20260302T100000Z')], { uid: 'other,1' })
  assert.equal(events.length, 2)
  assert.deepEqual(
    lines.filter((line) => line.startsWith('UID')),
    ['UID:other\\,1', 'UID:other\\,1'],
  )
})

test('only the zones the events use go with them: their own, else the one the caller defines', () => {
  const defined = parseComponents(zone('X', '+0300')).components[0] ?? null
  const { text, codes } = upload(
    [
      zone('A', '+0100'),
      zone('B', '+0200'),
      'BEGIN:VTIMEZONE\r\nTZID:C\r\nEND:VTIMEZONE',
      event('u', 'DTSTART;TZID=A:20260301T100000', 'DTEND;TZID=C:20260301T110000', 'EXDATE;TZID=D:20260302T100000'),
    ],
    { defineZone: (tzid) => (tzid === 'C' ? defined : null) },
  )
  const zones = parseComponents(text).components[0]?.components.filter((one) => one.name === 'VTIMEZONE') ?? []
  assert.deepEqual(
    zones.map((one) => [
      rawValue(find(one, 'TZID') ?? assert.fail()),
      rawValue(find(one.components[0] ?? assert.fail(), 'TZOFFSETTO') ?? assert.fail()),
    ]),
    [
      ['A', '+0100'],
      ['C', '+0300'],
    ],
  )
  assert.deepEqual(codes, ['zone-unknown'])
})

test('W4: ORGANIZER and every ATTENDEE are handled by the client, and nothing asks for a delivery', () => {
  const { lines, codes } = mended(
    'ORGANIZER;CN=A:mailto:a@b',
    'ATTENDEE;SCHEDULE-AGENT=SERVER;CN="B;C":mailto:b@b',
    'ATTENDEE;schedule-agent=client:mailto:c@b',
    'ATTENDEE;SCHEDULE-STATUS=1.1;SCHEDULE-FORCE-SEND=REQUEST:mailto:d@b',
  )
  assert.deepEqual(lines.slice(4), [
    'ORGANIZER;CN=A;SCHEDULE-AGENT=CLIENT:mailto:a@b',
    'ATTENDEE;SCHEDULE-AGENT=CLIENT;CN="B;C":mailto:b@b',
    'ATTENDEE;schedule-agent=client:mailto:c@b',
    'ATTENDEE;SCHEDULE-AGENT=CLIENT:mailto:d@b',
  ])
  assert.deepEqual(codes, [])
})

test('W10: overrides without their master become events at the same times', () => {
  const single = upload([event('u', 'RECURRENCE-ID:20260302T100000Z')])
  assert.deepEqual(
    [single.codes, single.lines.some((line) => line.startsWith('RECURRENCE-ID'))],
    [['override-without-master'], false],
  )
  const { events } = upload([
    event('u', 'RECURRENCE-ID;TZID=A;RANGE=THISANDFUTURE:20260303T100000', 'SUMMARY:b'),
    event('u', 'RECURRENCE-ID;TZID=A:20260302T100000', 'SUMMARY:a'),
  ])
  assert.deepEqual(
    events.map((one) => [find(one, 'SUMMARY')?.line, find(one, 'RDATE')?.line, find(one, 'RECURRENCE-ID')?.line]),
    [
      ['SUMMARY:a', 'RDATE;TZID=A:20260303T100000', undefined],
      ['SUMMARY:b', undefined, 'RECURRENCE-ID;TZID=A;RANGE=THISANDFUTURE:20260303T100000'],
    ],
  )
})

const value = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '20260301',
    '20260301T100000',
    '20260301T100000Z',
    '20260231',
    'PT1H',
    'PT0S',
    'FREQ=DAILY',
    'FREQ=X',
    'EMAIL',
    '-PT5M',
    'PUBLIC',
    '20260301,20260302T100000Z',
    '20260301T100000Z/PT1H',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const anyLine = fc
  .tuple(
    fc.constantFrom(
      'DTSTART',
      'DTEND',
      'DURATION',
      'RRULE',
      'EXDATE',
      'RDATE',
      'RECURRENCE-ID',
      'SUMMARY',
      'UID',
      'ATTENDEE',
      'TRIGGER',
      'ACTION',
      'CREATED',
      'BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nX',
      'no property',
    ),
    fc.constantFrom('', ';TZID=A', ';VALUE=DATE', ';TZID="B: C";VALUE=DATE-TIME', ';X'),
    value,
  )
  .map(([name, parameters, text]) => `${name}${parameters}:${text}`)

test('W9, W10: whatever an event holds, its upload is stable: the same bytes, fingerprint and no mend when read back', () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyLine, { maxLength: 8 }), { minLength: 1, maxLength: 3 }), (bodies) => {
      const text = calendar(
        ...bodies.map((lines) =>
          ['BEGIN:VEVENT', 'UID:u', 'DTSTART:20260301T100000Z', ...lines, 'END:VEVENT'].join('\r\n'),
        ),
      )
      for (const object of readCalendar(text).objects) {
        const first = toUpload(object)
        assert.deepEqual(toUpload(object), first)
        assertStrictText(first.text)
        const back = readCalendar(first.text)
        assert.deepEqual(back.findings, [])
        const again = back.objects[0] ?? assert.fail()
        assert.equal(again.uid, object.uid)
        assert.equal(fingerprint(again.events), fingerprint(first.events))
        const second = toUpload(again)
        assert.equal(second.text, first.text)
        assert.deepEqual(
          second.findings.filter((finding) => finding.code !== 'zone-unknown'),
          [],
        )
      }
    }),
    { seed, numRuns: 1000 },
  )
})
