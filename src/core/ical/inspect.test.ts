import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspectCalendar } from './inspect.ts'
import { readCalendar } from './objects.ts'

const event = (uid: string, ...lines: string[]) => ['BEGIN:VEVENT', `UID:${uid}`, ...lines, 'END:VEVENT']

function inspect(...lines: string[]) {
  const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'X-WR-CALNAME:Club', 'COLOR:teal', ...lines, 'END:VCALENDAR', '']
  return inspectCalendar(readCalendar(text.join('\r\n')), { defaultZone: 'Europe/Berlin' })
}

test('counts what a feed holds and tells its span and its zones', () => {
  const found = inspect(
    ...event('a', 'DTSTART;TZID=W. Europe Standard Time:20260301T090000', 'DURATION:PT1H', 'ATTENDEE:mailto:a@x'),
    ...event('b', 'DTSTART;VALUE=DATE:20260105', 'STATUS:CANCELLED'),
    ...event('c', 'DTSTART;TZID=Nowhere:20260201T090000', 'RRULE:FREQ=DAILY;COUNT=2'),
  )
  assert.deepEqual([found.name, found.color, found.first_day], ['Club', 'teal', '2026-01-05'])
  assert.deepEqual(found.counts, {
    events: 3,
    objects: 3,
    recurring: 1,
    all_day: 1,
    cancelled: 1,
    with_guests: 1,
    with_alarms: 0,
    unreadable: 0,
  })
  assert.equal(found.last_end, Date.UTC(2026, 2, 1, 9))
  assert.deepEqual(found.zones, [
    { tzid: 'W. Europe Standard Time', by: 'name', zone: 'Europe/Berlin' },
    { tzid: 'Nowhere', by: 'nothing', zone: null },
  ])
})

test('a series without an end has no last end, and one unreadable event is counted', () => {
  const found = inspect(...event('a', 'DTSTART:20260301T090000Z', 'RRULE:FREQ=DAILY'), ...event('b', 'DTSTART:soon'))
  assert.equal(found.last_end, null)
  assert.equal(found.counts.unreadable, 1)
  assert.ok(found.findings.length > 0)
})
