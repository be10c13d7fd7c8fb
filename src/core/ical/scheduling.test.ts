import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendar, event } from '../../../test/ical-samples.ts'
import { upload } from '../../../test/upload-checks.ts'
import { readCalendar } from './objects.ts'
import { textOf } from './property.ts'
import { guestsFor } from './scheduling.ts'
import { silenceText, toUpload } from './upload.ts'

const people = [
  'ORGANIZER;CN=Boss:mailto:boss@example.org',
  'ATTENDEE;CN="Ann; A.";PARTSTAT=ACCEPTED:MAILTO:ann@example.org',
  'ATTENDEE;PARTSTAT=DECLINED:mailto:bob@example.org',
  'ATTENDEE;PARTSTAT=TENTATIVE;CN=cara@example.org:mailto:cara@example.org',
]
const isParty = (line: string) => /^(ORGANIZER|ATTENDEE)/.test(line)

test('W4: Google gets guests as text, whatever is set; others get what is set', () => {
  for (const url of [
    'https://apidata.googleusercontent.com/caldav/v2/x/events/',
    'https://www.google.com/calendar/dav/x/events/',
    'https://CALENDAR.Google.com/dav/',
  ]) {
    for (const setting of ['silent', 'text', 'keep'] as const) assert.equal(guestsFor(setting, url), 'text', url)
  }
  for (const url of [
    'https://google.com.example/dav/',
    'https://notgoogle.com/dav/',
    'https://cal.example/google.com/',
  ]) {
    for (const setting of ['silent', 'text', 'keep'] as const) assert.equal(guestsFor(setting, url), setting, url)
  }
})

test('W4: text names each guest once at the end of the description, in overrides too, and leaves none to invite', () => {
  const { events, lines } = upload(
    [
      event('u', 'DESCRIPTION:Bring\\, please:\\ncake', 'RRULE:FREQ=DAILY', ...people, ...people.slice(1)),
      event('u', 'RECURRENCE-ID:20260302T100000Z', people[2] ?? ''),
    ],
    { guests: 'text' },
  )
  assert.ok(!lines.some(isParty))
  const texts = events.map((one) => one.properties.filter(({ name }) => name === 'DESCRIPTION').map(textOf))
  assert.deepEqual(texts, [
    [
      [
        'Bring, please:',
        'cake',
        '',
        '★ Boss <boss@example.org>',
        '✓ Ann; A. <ann@example.org>',
        '✗ bob@example.org',
        '? cara@example.org',
      ].join('\n'),
    ],
    ['✗ bob@example.org'],
  ])
})

test('W4: text is the same each time, and an event without guests is left as it is', () => {
  const [object] = readCalendar(calendar(event('u', 'DESCRIPTION:a', ...people))).objects
  assert.ok(object)
  const first = toUpload(object, { guests: 'text' })
  const [again] = readCalendar(first.text).objects
  assert.ok(again)
  assert.equal(toUpload(again, { guests: 'text' }).text, first.text)
  const plain = [event('u', 'DESCRIPTION:a')]
  assert.equal(upload(plain, { guests: 'text' }).text, upload(plain).text)
})

test('W4: keep leaves guests as they are', () => {
  assert.deepEqual(upload([event('u', ...people)], { guests: 'keep' }).lines.filter(isParty), people)
})

test('W4: a stored text is silenced before it is written again, and comes back unchanged where nothing has to be', () => {
  const stored = calendar(event('u', 'SUMMARY:a', ...people))
  assert.equal(silenceText(stored, { guests: 'keep' }), stored)
  const silent = silenceText(stored, { guests: 'silent' }).replace(/\r\n /g, '')
  assert.equal(silent.match(/SCHEDULE-AGENT=CLIENT/g)?.length, people.length)
  assert.ok(!silenceText(stored, { guests: 'text' }).split('\r\n').some(isParty))
  for (const text of [calendar(event('u', 'SUMMARY:a')), 'no calendar at all\nATTENDEE:mailto:a@b', '']) {
    assert.equal(silenceText(text, { guests: 'silent' }), text)
  }
})
