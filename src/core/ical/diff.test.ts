import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { diffObjects } from './diff.ts'
import { fingerprint } from './fingerprint.ts'
import { readCalendar } from './objects.ts'

function events(...lines: string[]) {
  const body = lines.join('\r\n')
  const text = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${body}\r\nEND:VCALENDAR\r\n`
  return readCalendar(text).objects.flatMap((object) => object.events)
}

function event(...lines: string[]) {
  return events('BEGIN:VEVENT', 'UID:a', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT')
}

test('tells a moved event by its start, readably', () => {
  const before = event('DTSTART;TZID=Europe/Berlin:20260301T090000', 'SUMMARY:Dentist')
  const after = event('DTSTART;TZID=Europe/Berlin:20260301T100000', 'SUMMARY:Dentist')
  assert.deepEqual(diffObjects(before, after), [
    {
      component: 'event',
      property: 'DTSTART',
      before: '2026-03-01 09:00 (Europe/Berlin)',
      after: '2026-03-01 10:00 (Europe/Berlin)',
    },
  ])
})

test('tells of several values only those that differ', () => {
  const guests = (...names: string[]) =>
    event('DTSTART:20260301T090000Z', ...names.map((name) => `ATTENDEE;CN=${name};PARTSTAT=DECLINED:mailto:${name}@x`))
  assert.deepEqual(diffObjects(guests('Ann', 'Bob'), guests('Bob', 'Cid')), [
    {
      component: 'event',
      property: 'ATTENDEE',
      before: 'Ann <mailto:Ann@x> (declined)',
      after: 'Cid <mailto:Cid@x> (declined)',
    },
  ])
})

test('names the occurrence and the alarm a change lies in', () => {
  const series = (title: string, trigger: string) =>
    events(
      'BEGIN:VEVENT',
      'UID:a',
      'DTSTART:20260301T090000Z',
      'RRULE:FREQ=DAILY',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `TRIGGER:${trigger}`,
      'END:VALARM',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:a',
      'RECURRENCE-ID:20260302T090000Z',
      'DTSTART:20260302T100000Z',
      `SUMMARY:${title}`,
      'END:VEVENT',
    )
  assert.deepEqual(
    diffObjects(series('x', '-PT5M'), series('y', '-PT9M')).map((one) => [one.component, one.property, one.after]),
    [
      ['alarm', 'TRIGGER', '-PT9M'],
      ['occurrence of 2026-03-02 09:00 UTC', 'SUMMARY', 'y'],
    ],
  )
})

test('a new or removed object is told with all its properties', () => {
  const changes = diffObjects([], event('DTSTART;VALUE=DATE:20260301', 'SUMMARY:Fair'))
  assert.deepEqual(
    changes.map((one) => [one.property, one.before, one.after]),
    [
      ['DTSTART', null, '2026-03-01'],
      ['SUMMARY', null, 'Fair'],
    ],
  )
})

test('cuts a long value and ignores what no fingerprint counts', () => {
  const start = 'DTSTART:20260301T090000Z'
  const [change] = diffObjects(event(start, 'SUMMARY:a'), event(start, `SUMMARY:${'b'.repeat(500)}`))
  assert.equal(change?.after?.length, 200)
  assert.deepEqual(diffObjects(event(start, 'SEQUENCE:1'), event('SEQUENCE:2', 'CLASS:PUBLIC', start)), [])
})

const line = fc.constantFrom(
  'SUMMARY:a',
  'SUMMARY:b',
  'LOCATION:a\\, b',
  'CATEGORIES:x',
  'CATEGORIES:y',
  'SEQUENCE:3',
  'EXDATE:20260301T090000Z',
  'BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM',
  'BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:-PT5M\r\nEND:VALARM',
)
const instance = fc.tuple(fc.constantFrom('', 'RECURRENCE-ID:20260302T090000Z'), fc.array(line, { maxLength: 4 }))

test('the difference is empty exactly where the fingerprints are equal', () => {
  const object = fc
    .uniqueArray(instance, { maxLength: 2, selector: ([id]) => id })
    .map((instances) =>
      instances.flatMap(([id, lines]) => event('DTSTART:20260301T090000Z', ...(id === '' ? [] : [id]), ...lines)),
    )
  fc.assert(
    fc.property(object, object, (before, after) => {
      assert.equal(diffObjects(before, after).length === 0, fingerprint(before) === fingerprint(after))
    }),
    { numRuns: 500 },
  )
})
