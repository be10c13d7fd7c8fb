import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Guests } from '../items.ts'
import { fingerprint } from './fingerprint.ts'
import { readCalendar } from './objects.ts'
import { guestsFor } from './scheduling.ts'
import { silenceText, toUpload } from './upload.ts'

const MEETING = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//test//EN',
  'BEGIN:VEVENT',
  'UID:meeting',
  'DTSTAMP:20260101T000000Z',
  'DTSTART:20260401T090000Z',
  'DTEND:20260401T100000Z',
  'SUMMARY:Meeting',
  'DESCRIPTION:Bring cake\\, please',
  'ORGANIZER;CN=Ann:mailto:ann@example.org',
  'ATTENDEE;CN=Ann;PARTSTAT=ACCEPTED:mailto:ann@example.org',
  'ATTENDEE;CN="Bob, B.";PARTSTAT=DECLINED:mailto:bob@example.org',
  'ATTENDEE:mailto:cid@example.org',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')

const unfolded = (text: string) => text.replace(/\r\n[ \t]/g, '')

function upload(guests?: Guests) {
  const [object] = readCalendar(MEETING).objects
  assert.ok(object)
  return toUpload(object, guests === undefined ? {} : { guests })
}

test('W4: silent: every party is the business of the client, and nobody is lost', () => {
  const lines = unfolded(upload('silent').text).split('\r\n')
  const parties = lines.filter((line) => /^(ORGANIZER|ATTENDEE)/.test(line))
  assert.equal(parties.length, 4)
  for (const line of parties) assert.match(line, /;SCHEDULE-AGENT=CLIENT/)
  assert.equal(upload().text, upload('silent').text, 'it is what happens unless told otherwise')
})

test('W4: text: no server sees a party, and people read them at the end of the description', () => {
  const text = unfolded(upload('text').text)
  assert.doesNotMatch(text, /^(ORGANIZER|ATTENDEE)/m)
  assert.match(
    text,
    /DESCRIPTION:Bring cake\\, please\\n\\n★ Ann <ann@example.org>\\n✓ Ann <ann@example.org>\\n✗ Bob\\, B. <bob@example.org>\\n• cid@example.org\r\n/,
  )
})

test('W4: text: the same guests give the same event, and one that has none keeps its description', () => {
  assert.equal(fingerprint(upload('text').events), fingerprint(upload('text').events))
  const plain = MEETING.replace(/(ORGANIZER|ATTENDEE).*\r\n/g, '')
  const [object] = readCalendar(plain).objects
  assert.ok(object)
  assert.match(toUpload(object, { guests: 'text' }).text, /DESCRIPTION:Bring cake\\, please\r\n/)
})

test('keep: guests are as in the feed', () => {
  const text = unfolded(upload('keep').text)
  assert.doesNotMatch(text, /SCHEDULE-AGENT/)
  assert.match(text, /ATTENDEE;CN="Bob, B.";PARTSTAT=DECLINED:mailto:bob@example.org/)
})

test('W4: Google invites whatever is said, so guests go there as text only', () => {
  for (const url of [
    'https://apidata.googleusercontent.com/caldav/v2/x/events/',
    'https://www.google.com/calendar/dav/',
  ]) {
    assert.equal(guestsFor('silent', url), 'text')
    assert.equal(guestsFor('keep', url), 'text')
  }
  assert.equal(guestsFor('silent', 'https://google.com.example.org/'), 'silent')
  assert.equal(guestsFor('keep', 'https://dav.example.org/'), 'keep')
})

test('W4: what is brought back from the journal invites nobody either', () => {
  assert.match(unfolded(silenceText(MEETING, { guests: 'silent' })), /ATTENDEE[^\r\n]*SCHEDULE-AGENT=CLIENT/)
  assert.doesNotMatch(silenceText(MEETING, { guests: 'text' }), /ATTENDEE/)
  assert.equal(silenceText(MEETING, { guests: 'keep' }), MEETING)
  const other = MEETING.replace(/ATTENDEE.*\r\n/g, '')
  assert.equal(silenceText(other, { guests: 'silent' }), other, 'bytes of others are not touched without need')
  assert.equal(silenceText('ATTENDEE but no calendar', { guests: 'silent' }), 'ATTENDEE but no calendar')
})
