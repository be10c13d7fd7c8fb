import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ETag, Fingerprint, Href } from '../core/types.ts'
import { NEW_DESTINATION, NEW_SOURCE, publish, START, testApp } from './test-app.ts'

const EVENT = [
  'BEGIN:VEVENT',
  'UID:dinner',
  'DTSTAMP:20260101T000000Z',
  'DTSTART:20260301T180000Z',
  'DTEND:20260301T200000Z',
  'RRULE:FREQ=WEEKLY',
  'SUMMARY:Dinner\\, with <b>friends</b>',
  'DESCRIPTION:Bring cake',
  'LOCATION:At home',
  'URL:javascript:alert(1)',
  'CATEGORIES:Food,Fun',
  'ATTENDEE:mailto:a@example.com',
  'END:VEVENT',
]
const TEXT = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//EN', ...EVENT, 'END:VCALENDAR', ''].join('\r\n')

function stored(app: ReturnType<typeof testApp>, kind: 'source' | 'destination', owned: boolean): void {
  const known = { url: 'https://u:canary@x.example/c/', displayName: 'Family', color: '#00ff00', readAt: START }
  const { id } = app.store.remote.saveCalendar(kind, 1, known)
  const print = 'f' as Fingerprint
  const resource = { href: '/c/1.ics' as Href, etag: '"1"' as ETag, uid: 'dinner', current: print, sent: null, owned }
  app.store.remote.apply(id, { upsert: [{ ...resource, text: TEXT }], remove: [] })
}

test('an event is told in full, with the calendar and the source it came from, and no address that could do harm', async (t) => {
  const app = testApp(t)
  await app.ask('POST', '/api/sources', { json: NEW_SOURCE })
  publish(app.store, 1, TEXT)
  stored(app, 'source', false)
  const { status, body } = await app.ask('GET', '/api/sources/1/event?uid=dinner')
  assert.equal(status, 200)
  const { text, ...details } = body as { text: string }
  assert.deepEqual(details, {
    uid: 'dinner',
    summary: 'Dinner, with <b>friends</b>',
    description: 'Bring cake',
    location: 'At home',
    url: null,
    categories: ['Food', 'Fun'],
    guests: 1,
    rule: 'FREQ=WEEKLY',
    calendar: 'Family',
    source_id: 1,
    written: null,
  })
  assert.equal(text, `${EVENT.join('\r\n')}\r\n`)
  const { links } = (await app.ask('GET', '/api/links')).body as { links: { id: number }[] }
  const ofLink = (await app.ask('GET', `/api/links/${links[0]?.id}/event?uid=dinner`)).body as { calendar: string }
  assert.equal(ofLink.calendar, 'Family')
  assert.equal((await app.ask('GET', '/api/sources/1/event?uid=other')).status, 404)
})

test('of an event in the calendar of a destination it is told whether that destination wrote it', async (t) => {
  for (const owned of [true, false]) {
    const app = testApp(t)
    await app.ask('POST', '/api/destinations', { json: NEW_DESTINATION })
    stored(app, 'destination', owned)
    const { body } = await app.ask('GET', '/api/destinations/1/event?uid=dinner')
    const { written, calendar } = body as { written: boolean; calendar: string }
    assert.deepEqual([written, calendar], [owned, 'Family'])
  }
})

test('the calendars of an item are told with their colour and how many events they hold', async (t) => {
  const app = testApp(t)
  await app.ask('POST', '/api/sources', { json: NEW_SOURCE })
  stored(app, 'source', false)
  assert.deepEqual((await app.ask('GET', '/api/sources/1/calendars')).body, {
    calendars: [
      {
        url: 'https://u:***@x.example/c/',
        display_name: 'Family',
        color: '#00ff00',
        events: 1,
        read_at: '2026-03-01T12:00:00.000Z',
      },
    ],
  })
})
