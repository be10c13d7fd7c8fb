import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCalendar } from './objects.ts'
import { toUpload } from './upload.ts'

function findings(...lines: string[]) {
  const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:a', 'SUMMARY:Class', ...lines, 'END:VEVENT']
  const [object] = readCalendar([...text, 'END:VCALENDAR', ''].join('\r\n')).objects
  assert.ok(object)
  return toUpload(object).findings.map(({ code, uid, before, after }) => ({ code, uid, before, after }))
}

test('W10: a mend tells the lines it took away and those it put there', () => {
  const start = 'DTSTART:20260301T090000Z'
  assert.deepEqual(findings(start, 'DTEND:20260301T080000Z', 'RRULE:FREQ=SOMETIMES'), [
    {
      code: 'rule-unreadable',
      uid: 'a',
      before: 'DTEND:20260301T080000Z\nRRULE:FREQ=SOMETIMES',
      after: 'DTEND:20260301T090100Z',
    },
    {
      code: 'end-not-after-start',
      uid: 'a',
      before: 'DTEND:20260301T080000Z\nRRULE:FREQ=SOMETIMES',
      after: 'DTEND:20260301T090100Z',
    },
  ])
})

test('W4, W10: an alarm that would send mail is told with its lines; what becomes of guests is no mend', () => {
  const [found, ...more] = findings(
    'DTSTART:20260301T090000Z',
    'DTEND:20260301T100000Z',
    'ATTENDEE:mailto:bob@example.org',
    'BEGIN:VALARM',
    'ACTION:EMAIL',
    'TRIGGER:-PT5M',
    'END:VALARM',
  )
  assert.deepEqual(more, [])
  assert.deepEqual(found, {
    code: 'alarm-dropped',
    uid: 'a',
    before: 'BEGIN:VALARM\nACTION:EMAIL\nTRIGGER:-PT5M',
    after: '',
  })
})

test('W10: an event that needs no mend has no finding, and a long one is cut', () => {
  assert.deepEqual(findings('DTSTART:20260301T090000Z', 'DTEND:20260301T100000Z'), [])
  const [found] = findings('DTSTART:20260301T090000Z', 'DTEND:20260301T100000Z', `X-EMPTY${'Y'.repeat(300)}:`)
  assert.equal(found?.before?.length, 200)
})
