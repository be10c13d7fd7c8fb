import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import { calendar, event } from '../../test/ical-samples.ts'
import { NEW_DESTINATION, NEW_SOURCE, publish, testApp } from './test-app.ts'

const LINES = calendar(
  event('a', 'SUMMARY:Dentist', 'CLASS:PRIVATE'),
  event('b', 'SUMMARY:Stand-up', 'RRULE:FREQ=DAILY'),
  event('c', 'SUMMARY:Holiday', 'DTSTART;VALUE=DATE:20260706', 'DTEND;VALUE=DATE:20260720', 'LOCATION:Sea'),
)

async function withFeed(t: TestContext) {
  const app = testApp(t)
  await app.send('POST', '/api/sources', { json: NEW_SOURCE })
  publish(app.store, 1, LINES)
  const ask = async (method: string, path: string, json?: object) => {
    const answer = await app.ask(method, path, json === undefined ? {} : { json })
    return { status: answer.status, body: answer.body as Record<string, unknown> & { message: string } }
  }
  return { ...app, ask }
}
const BUSY = [{ when: [], actions: [{ do: 'busy' }] }]

test('a preview counts what stays, changes and goes, and shows the first events before and after', async (t) => {
  const { ask } = await withFeed(t)
  const rules = [
    { when: [{ if: 'class', value: 'PRIVATE' }], actions: [{ do: 'drop' }] },
    { when: [{ if: 'all-day' }], actions: [{ do: 'template', property: 'SUMMARY', value: '{SUMMARY} ({LOCATION})' }] },
  ]
  const { status, body } = await ask('POST', '/api/rules/preview', { rules, source_id: 1 })
  assert.deepEqual(
    [status, body.events, body.unchanged, body.changed, body.dropped, body.per_rule],
    [200, 3, 1, 1, 1, [1, 1]],
  )
  assert.equal(body.message, 'Of 3 events 1 stay as they are, 1 change, 1 are left out')
  assert.deepEqual(
    (body.hits as { uid: string; result: string; before: object; after: object }[]).map(
      ({ uid, result, before, after }) => [uid, result, before, after],
    )[1],
    [
      'c',
      'changed',
      { subject: 'Holiday (2026-07-06)', lines: ['SUMMARY:Holiday'] },
      [{ subject: 'Holiday (Sea) (2026-07-06)', lines: ['SUMMARY:Holiday (Sea)'] }],
    ],
  )
})

test('a preview names what it cannot be made of', async (t) => {
  const { ask } = await withFeed(t)
  const preview = async (json: object) => {
    const { status, body } = await ask('POST', '/api/rules/preview', json)
    return [status, body.message]
  }
  const rules = BUSY
  assert.equal((await preview({ rules }))[0], 400)
  assert.equal((await preview({ rules, source_id: 1, link_id: 1 }))[0], 400)
  assert.deepEqual(await preview({ rules, source_id: 9 }), [404, 'Source not found'])
  assert.deepEqual(await preview({ rules, link_id: 99 }), [404, 'Link not found'])
  const broken = [{ when: [{ if: 'text', property: 'SUMMARY', is: 'matches', value: '[' }], actions: [{ do: 'drop' }] }]
  const [status, message] = await preview({ rules: broken, source_id: 1 })
  assert.equal(status, 400)
  assert.match(String(message), /^rules\[0\]\.when\[0\]\.value is no pattern/)
})

test('a preview looks at the stored events of links and destinations as well', async (t) => {
  const { ask, store } = await withFeed(t)
  const link = store.links.list()[0]?.id
  assert.equal((await ask('POST', '/api/rules/preview', { rules: BUSY, link_id: link })).body.changed, 3)
  await ask('POST', '/api/destinations', NEW_DESTINATION)
  const empty = await ask('POST', '/api/rules/preview', { rules: BUSY, destination_id: 1 })
  assert.deepEqual([empty.status, empty.body.events], [200, 0])
  const stamp = { etag: null, lastModified: null, fetchedAt: 0 }
  store.downloads.put(1, { ...stamp, url: NEW_DESTINATION.ics_url, packed: zstdCompressSync(LINES) })
  assert.equal((await ask('POST', '/api/rules/preview', { rules: BUSY, destination_id: 1 })).body.changed, 3)
})

test('the presets are there to begin with, and can be sent back', async (t) => {
  const { ask } = await withFeed(t)
  const { body } = await ask('GET', '/api/rules/presets')
  const presets = body.presets as { id: string; rules: object[] }[]
  assert.equal(presets.length, 5)
  for (const { rules } of presets) {
    assert.equal((await ask('POST', '/api/rules/preview', { rules, source_id: 1 })).status, 200)
  }
})

test('a destination takes rules, and refuses those that cannot be applied', async (t) => {
  const { ask, runner } = await withFeed(t)
  const { body } = await ask('POST', '/api/destinations', { ...NEW_DESTINATION, rules: BUSY })
  assert.deepEqual((body.destination as Record<string, unknown>).rules, BUSY)
  assert.doesNotMatch(JSON.stringify(body), /salt/)
  const bad = [{ when: [], actions: [{ do: 'shift-zone', zone: 'Mars' }] }]
  assert.equal((await ask('PUT', '/api/destinations/1', { rules: bad })).status, 400)
  runner.calls.length = 0
  await ask('PUT', '/api/destinations/1', { rules: BUSY })
  assert.deepEqual(runner.calls, [], 'the same rules change nothing')
  await ask('PUT', '/api/destinations/1', { rules: [] })
  assert.deepEqual(runner.calls, ['changed destination 1'])
})

test('the events of a feed are listed instance by instance, with their zone, in the span that is named', async (t) => {
  const { ask } = await withFeed(t)
  const { status, body } = await ask('GET', '/api/sources/1/events?from=2026-03-01&to=2026-03-03')
  assert.equal(status, 200)
  assert.deepEqual(
    (body.events as Record<string, unknown>[]).map(({ uid, start, end, zone, recurring }) => [
      uid,
      start,
      end,
      zone,
      recurring,
    ]),
    [
      ['a', '2026-03-01T10:00:00', '2026-03-01T11:00:00', 'UTC', false],
      ['b', '2026-03-01T10:00:00', '2026-03-01T11:00:00', 'UTC', true],
      ['b', '2026-03-02T10:00:00', '2026-03-02T11:00:00', 'UTC', true],
    ],
  )
  const days = await ask('GET', '/api/sources/1/events?from=2026-07-19T00:00:00Z&to=2026-07-19T01:00:00Z')
  const [holiday] = days.body.events as Record<string, unknown>[]
  assert.deepEqual(
    [holiday?.uid, holiday?.start, holiday?.end, holiday?.all_day, holiday?.zone],
    ['c', '2026-07-06', '2026-07-20', true, null],
  )
  assert.equal((await ask('GET', '/api/sources/1/events')).body.to, '2026-04-01T12:00:00.000Z')
})

test('spans that cannot be are refused by name, and a long list is cut and says so', async (t) => {
  const { ask, store } = await withFeed(t)
  for (const [query, message] of [
    ['from=yesterday', /from: expected a date/],
    ['from=2026-03-01T10:00', /from: expected a date/],
    ['from=2026-03-02&to=2026-03-01', /to must be later/],
    ['from=2000-01-01&to=2026-01-01', /ten years/],
  ] as const) {
    const { status, body } = await ask('GET', `/api/sources/1/events?${query}`)
    assert.equal(status, 400, query)
    assert.match(body.message, message)
  }
  assert.equal((await ask('GET', '/api/sources/7/events')).status, 404)
  publish(store, 1, calendar(event('h', 'RRULE:FREQ=HOURLY')))
  const { body } = await ask('GET', '/api/sources/1/events?from=2026-03-01&to=2027-03-01')
  assert.deepEqual([(body.events as object[]).length, body.truncated], [5000, true])
})

test('an override is listed in place of its instance', async (t) => {
  const { ask, store } = await withFeed(t)
  const master = event(
    's',
    'DTSTART;TZID=Europe/Berlin:20260327T090000',
    'DTEND;TZID=Europe/Berlin:20260327T100000',
    'RRULE:FREQ=DAILY;COUNT=4',
    'SUMMARY:day',
  )
  const moved = event(
    's',
    'RECURRENCE-ID;TZID=Europe/Berlin:20260328T090000',
    'DTSTART;TZID=Europe/Berlin:20260328T150000',
    'DTEND;TZID=Europe/Berlin:20260328T160000',
    'SUMMARY:moved',
  )
  publish(store, 1, calendar(master, moved))
  const { body } = await ask('GET', '/api/sources/1/events?from=2026-03-27&to=2026-04-01')
  assert.deepEqual(
    (body.events as Record<string, unknown>[]).map(({ summary, start, starts_at }) => [summary, start, starts_at]),
    [
      ['day', '2026-03-27T09:00:00', '2026-03-27T08:00:00.000Z'],
      ['moved', '2026-03-28T15:00:00', '2026-03-28T14:00:00.000Z'],
      ['day', '2026-03-29T09:00:00', '2026-03-29T07:00:00.000Z'],
      ['day', '2026-03-30T09:00:00', '2026-03-30T07:00:00.000Z'],
    ],
  )
})

test('the feed can be downloaded, and what is not there yet says so', async (t) => {
  const { send, ask } = await withFeed(t)
  const answer = await send('GET', '/api/sources/1/download')
  assert.deepEqual([answer.status, await answer.text()], [200, LINES])
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="Family\.ics"/)
  await ask('POST', '/api/destinations', NEW_DESTINATION)
  const none = await ask('GET', '/api/destinations/1/download')
  assert.deepEqual(
    [none.status, none.body.message],
    [404, 'There is nothing to download yet; it is there after the first run'],
  )
})

test('the findings of a source are those of its stored events', async (t) => {
  const { ask, store } = await withFeed(t)
  const known = store.remote.saveCalendar('source', 1, { url: 'u', displayName: 'Work', color: null, readAt: 1 })
  const text = calendar(event('z', 'DTSTART;TZID=Nowhere:20260301T100000', 'SUMMARY:Lost'))
  const resource = { href: '/1.ics' as never, etag: null, uid: 'z', current: null, sent: null, owned: false, text }
  store.remote.apply(known.id, { upsert: [resource], remove: [] })
  const { status, body } = await ask('GET', '/api/sources/1/findings')
  assert.deepEqual([status, (body.findings as { code: string }[]).map(({ code }) => code)], [200, ['zone-replaced']])
})
