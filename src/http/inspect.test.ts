import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SyncError } from '../core/errors.ts'
import { testApp } from './test-app.ts'

const inspection = {
  name: 'Club',
  color: null,
  time_zone: null,
  size: 99,
  cheap_to_poll: true,
  counts: {
    events: 2,
    objects: 2,
    recurring: 1,
    all_day: 0,
    cancelled: 0,
    with_guests: 0,
    with_alarms: 0,
    unreadable: 0,
  },
  first_day: '2026-03-01',
  last_end: Date.UTC(2026, 2, 2),
  zones: [],
  preview: [
    {
      summary: 'Match',
      start: '2026-03-01T10:00:00',
      starts_at: Date.UTC(2026, 2, 1, 9),
      all_day: false,
      recurring: true,
    },
  ],
  findings: [{ code: 'uid-missing' as const, subject: 'A', message: 'https://u:canary@x.example is odd' }],
}

test('tells what a feed holds, without secrets', async (t) => {
  const { ask } = testApp(t, {}, { inspect: async () => inspection })
  const { status, body } = await ask('POST', '/api/inspect', { json: { text: 'BEGIN:VCALENDAR' } })
  assert.equal(status, 200)
  assert.deepEqual(body, {
    status: 'success',
    message: 'The feed holds 2 events, of which 1 repeat',
    feed: {
      ...inspection,
      counts: { ...inspection.counts, findings: 1 },
      last_end: '2026-03-02T00:00:00.000Z',
      preview: [{ ...inspection.preview[0], starts_at: '2026-03-01T09:00:00.000Z' }],
      findings: [{ code: 'uid-missing', subject: 'A', message: 'https://***@x.example is odd' }],
    },
  })
})

test('wants an address or a text, and not both', async (t) => {
  const { ask } = testApp(t)
  for (const json of [{}, { ics_url: 'https://x.example/', text: 'BEGIN:VCALENDAR' }]) {
    const { status, body } = await ask('POST', '/api/inspect', { json })
    assert.deepEqual([status, body], [400, { status: 'error', message: 'Give either ics_url or text' }])
  }
})

test('says why a feed could not be read', async (t) => {
  const { ask, runner } = testApp(t)
  runner.report = new SyncError('protocol', 'It is a login page.')
  const { status, body } = await ask('POST', '/api/inspect', { json: { ics_url: 'https://x.example/' } })
  assert.deepEqual([status, body], [500, { status: 'error', message: 'It is a login page.' }])
})
