import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whenOf } from './event-time.ts'

const reader = { locale: 'en-GB', zone: 'Europe/Berlin' }
/** The formatter separates with several kinds of blanks. */
const plain = (text: string | null) => text?.replace(/[\s\u2009\u202f]+/g, ' ') ?? null

const meeting = {
  start: '2026-03-02T10:00:00',
  end: '2026-03-02T11:30:00',
  starts_at: '2026-03-02T09:00:00.000Z',
  ends_at: '2026-03-02T10:30:00.000Z',
  all_day: false,
  zone: 'Europe/Berlin',
}

test('an event in the zone of the reader is told once', () => {
  const { own, here } = whenOf(meeting, reader)
  assert.equal(plain(own), 'Mon, 2 Mar 2026, 10:00–11:30 (Europe/Berlin)')
  assert.equal(here, null)
})

test('an event of another zone is told on its own clock and on that of the reader', () => {
  const { own, here } = whenOf(
    { ...meeting, start: '2026-03-02T04:00:00', end: '2026-03-02T05:30:00', zone: 'America/New_York' },
    reader,
  )
  assert.equal(plain(own), 'Mon, 2 Mar 2026, 04:00–05:30 (America/New_York)')
  assert.equal(plain(here), 'Mon, 2 Mar 2026, 10:00–11:30')
})

test('a zone that shows the same hour now is not told twice', () => {
  assert.equal(whenOf({ ...meeting, zone: 'Europe/Paris' }, reader).here, null)
})

test('a floating event has the same hour wherever the reader is', () => {
  const { own, here } = whenOf({ ...meeting, zone: null }, { ...reader, zone: 'Asia/Tokyo' })
  assert.equal(plain(own), 'Mon, 2 Mar 2026, 10:00–11:30, the same hour in every time zone')
  assert.equal(here, null)
})

const whole = { starts_at: '', ends_at: '', all_day: true, zone: null }

test('an all-day event of one day is one day, although its end is exclusive', () => {
  const { own, here } = whenOf({ ...whole, start: '2026-03-02', end: '2026-03-03' }, reader)
  assert.equal(plain(own), 'Mon, 2 Mar 2026')
  assert.equal(here, null)
})

test('an all-day event of several days ends on its last day', () => {
  const { own } = whenOf({ ...whole, start: '2026-03-02', end: '2026-03-05' }, reader)
  assert.match(own, /2.*4 Mar 2026$/)
})

test('an event without a length is one moment', () => {
  const { own } = whenOf({ ...meeting, end: meeting.start, ends_at: meeting.starts_at }, reader)
  assert.equal(plain(own), 'Mon, 2 Mar 2026, 10:00 (Europe/Berlin)')
})
