import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endOf, mended, upload } from '../../../test/upload-checks.ts'
import { find, rawValue } from './property.ts'

test('W10: DTEND is there and after DTSTART', () => {
  assert.deepEqual(endOf(), ['DTEND:20260301T110000Z'])
  assert.deepEqual(endOf('DTEND:20260301T100000Z'), ['DTEND:20260301T100100Z', 'end-not-after-start'])
  assert.deepEqual(endOf('DTEND:20260228T100000Z'), ['DTEND:20260301T100100Z', 'end-not-after-start'])
  assert.deepEqual(endOf('DTEND:'), ['DTEND:20260301T100100Z', 'property-empty', 'end-missing'])
  assert.deepEqual(endOf('DTSTART;TZID=A:20261231T235930', 'DTEND:x'), [
    'DTEND;TZID=A:20270101T000030',
    'date-unreadable',
    'end-missing',
    'zone-unknown',
  ])
  assert.deepEqual(endOf('DTSTART;VALUE=DATE:20280228', 'DTEND;VALUE=DATE:20280228'), [
    'DTEND;VALUE=DATE:20280229',
    'end-not-after-start',
  ])
  assert.deepEqual(endOf('DTSTART;VALUE=DATE:99991231')[0], undefined)
  assert.deepEqual(endOf('DTSTART;VALUE=DATE:20261231', 'DTEND:'), [
    'DTEND;VALUE=DATE:20270101',
    'property-empty',
    'end-missing',
  ])
})

test('W10: DTEND in another form than DTSTART takes its form; times in two zones are left alone', () => {
  assert.deepEqual(endOf('DTSTART;VALUE=DATE:20260301', 'DTEND:20260302T120000Z'), [
    'DTEND;VALUE=DATE:20260303',
    'end-form',
  ])
  assert.deepEqual(endOf('DTSTART;VALUE=DATE:20260301', 'DTEND:20260302T000000Z'), [
    'DTEND;VALUE=DATE:20260302',
    'end-form',
  ])
  assert.deepEqual(endOf('DTSTART:20260301T100000', 'DTEND;VALUE=DATE:20260302'), ['DTEND:20260302T000000', 'end-form'])
  assert.deepEqual(
    endOf('DTSTART;TZID=Asia/Tokyo:20260301T100000', 'DTEND;TZID=America/New_York:20260301T080000')[0],
    'DTEND;TZID=America/New_York:20260301T080000',
  )
})

test('W10: never DTEND and DURATION; a DURATION of nothing is none', () => {
  const { lines, codes } = mended('DURATION:PT5H')
  assert.deepEqual(
    lines.filter((line) => /^D(TEND|URATION)/.test(line)),
    ['DTEND:20260301T110000Z'],
  )
  assert.deepEqual(codes, ['end-twice'])
  for (const length of ['PT0S', '-PT1H', 'P', 'PT', 'one hour']) {
    const bare = [
      'BEGIN:VEVENT',
      'UID:u',
      'DTSTAMP:20260101T000000Z',
      'DTSTART:20260301T100000Z',
      `DURATION:${length}`,
      'END:VEVENT',
    ]
    assert.deepEqual(upload(bare).codes, ['duration-unusable', 'end-missing'], length)
  }
  const kept = upload([
    'BEGIN:VEVENT',
    'UID:u',
    'DTSTAMP:20260101T000000Z',
    'DTSTART:20260301T100000Z',
    'DURATION:P1DT2H',
    'END:VEVENT',
  ])
  assert.deepEqual([kept.codes, find(kept.events[0] ?? assert.fail(), 'DTEND')], [[], undefined])
})

test('W10: VALUE and TZID agree with the value', () => {
  const { lines } = mended(
    'DTSTART;TZID=A:20260301',
    'DTEND;VALUE=DATE:20260302T000000',
    'EXDATE:20260301,20260302',
    'RDATE;TZID=A:20260303T100000Z,20260304T100000Z',
  )
  assert.deepEqual(lines.slice(2), [
    'DTSTART;VALUE=DATE:20260301',
    'DTEND;VALUE=DATE:20260302',
    'EXDATE;VALUE=DATE:20260301,20260302',
    'RDATE:20260303T100000Z,20260304T100000Z',
  ])
  assert.equal(
    find(mended('DTSTART;VALUE=DATE:20260301T100000', 'DTEND: 20260301t110000 ').events[0] ?? assert.fail(), 'DTSTART')
      ?.line,
    'DTSTART:20260301T100000',
  )
})

test('W10: what single properties, empty ones and unreadable dates become', () => {
  const { lines, codes } = mended(
    'SUMMARY:one',
    'SUMMARY:two',
    'LOCATION:',
    'CATEGORIES: ',
    'CREATED:00001231T000000Z',
    'LAST-MODIFIED:20260101',
    'EXDATE:20260231,20260302T100000Z',
    'RDATE:never',
    'CATEGORIES:a',
    'CATEGORIES:b',
  )
  assert.deepEqual(lines.slice(4), ['SUMMARY:one', 'EXDATE:20260302T100000Z', 'CATEGORIES:a', 'CATEGORIES:b'])
  assert.deepEqual(
    new Set(codes),
    new Set(['property-repeated', 'property-empty', 'stamp-unreadable', 'date-unreadable']),
  )
})

for (const [rule, expected, code] of [
  ['FREQ=DAILY;COUNT=3', 'FREQ=DAILY;COUNT=3', undefined],
  [
    'freq=monthly;byday=-1fr;bymonth=2L;RSCALE=HEBREW;SKIP=FORWARD',
    'freq=monthly;byday=-1fr;bymonth=2L;RSCALE=HEBREW;SKIP=FORWARD',
    undefined,
  ],
  ['FREQ=DAILY;X-FOO=1;WKST=MO', 'FREQ=DAILY;X-FOO=1;WKST=MO', undefined],
  ['FREQ=DAILY;COUNT=3;UNTIL=20270101', 'FREQ=DAILY;UNTIL=20270101', 'rule-mended'],
  ['FREQ=DAILY;INTERVAL=0', 'FREQ=DAILY', 'rule-mended'],
  ['FREQ=DAILY;;COUNT=2;', 'FREQ=DAILY;COUNT=2', undefined],
  ['FREQ=SOMETIMES', undefined, 'rule-unreadable'],
  ['FREQ=DAILY;COUNT=0', undefined, 'rule-unreadable'],
  ['FREQ=DAILY;COUNT=-1', undefined, 'rule-unreadable'],
  ['FREQ=DAILY;UNTIL=never', undefined, 'rule-unreadable'],
  ['FREQ=DAILY;BYHOUR=24', undefined, 'rule-unreadable'],
  ['FREQ=DAILY;FREQ=WEEKLY', undefined, 'rule-unreadable'],
  ['COUNT=3', undefined, 'rule-unreadable'],
] as const) {
  test(`E6, W10: the rule ${rule} is sent ${expected === rule ? 'as it is' : expected === undefined ? 'not at all' : `as ${expected}`}`, () => {
    const { events, codes } = mended(`RRULE:${rule}`)
    const property = find(events[0] ?? assert.fail(), 'RRULE')
    assert.equal(property && rawValue(property), expected)
    assert.deepEqual(codes, code === undefined ? [] : [code])
  })
}

test('B6, W10: alarms that mail, run a program or have no trigger are left out; one without ACTION is a message', () => {
  const alarm = (...lines: readonly string[]) => ['BEGIN:VALARM', ...lines, 'END:VALARM']
  const { events, codes } = mended(
    ...alarm('ACTION:email', 'TRIGGER:-PT5M', 'ATTENDEE:mailto:a@b'),
    ...alarm('ACTION:PROCEDURE', 'TRIGGER:-PT5M'),
    ...alarm('ACTION:DISPLAY'),
    ...alarm('ACTION:DISPLAY', 'TRIGGER:soon'),
    ...alarm('TRIGGER;VALUE=DATE-TIME:20260301T090000Z'),
    ...alarm('ACTION:AUDIO', 'TRIGGER;RELATED=END:PT0S'),
  )
  const left = events[0]?.components.map((one) => one.properties.map((property) => property.line))
  assert.deepEqual(left, [
    ['ACTION:DISPLAY', 'TRIGGER;VALUE=DATE-TIME:20260301T090000Z'],
    ['ACTION:AUDIO', 'TRIGGER;RELATED=END:PT0S'],
  ])
  assert.deepEqual(codes, ['alarm-dropped', 'alarm-dropped', 'alarm-without-action', 'alarm-dropped', 'alarm-dropped'])
})

test('each mend names the event and its UID', () => {
  const { findings } = mended('SUMMARY:Lunch', 'DTEND:20260301T090000Z')
  assert.deepEqual(findings, [
    {
      code: 'end-not-after-start',
      subject: 'Lunch (2026-03-01)',
      uid: 'u',
      message: 'Lunch (2026-03-01): its end is not after its start; it was sent with a length of one minute.',
      before: 'DTEND:20260301T090000Z',
      after: 'DTEND:20260301T100100Z',
      repaired: true,
    },
  ])
})
