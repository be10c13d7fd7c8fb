import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DESTINATION_DEFAULTS } from '../core/items.ts'
import { Secret } from '../core/types.ts'
import { NEW_DESTINATION, NEW_SOURCE, testApp } from './test-app.ts'

const error = (message: string) => ({ status: 'error', message })

function destinationOf(body: unknown): Record<string, unknown> {
  assert.ok(typeof body === 'object' && body !== null && 'destination' in body)
  return body.destination as Record<string, unknown>
}

test('creates a destination with both options off, and tells the runner', async (t) => {
  const { ask, runner } = testApp(t)
  const { status, body } = await ask('POST', '/api/destinations', { json: NEW_DESTINATION })
  assert.equal(status, 201)
  const { created_at, next_run_at: _, ...rest } = destinationOf(body)
  assert.match(String(created_at), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  const { password: __, ...shown } = NEW_DESTINATION
  assert.deepEqual(rest, {
    id: 1,
    ...shown,
    sync_all: false,
    keep_local: false,
    remove_dropped: false,
    local_edits: 'overwrite',
    guests: 'silent',
    create_calendar: false,
    rules: [],
    connection: null,
    feed_connection: null,
    paused: false,
    delete_limit: null,
    held: 0,
    last_synced: null,
    last_sync_status: null,
    last_sync_error: null,
    last_attempt_at: null,
    last_success_at: null,
    failures: 0,
  })
  assert.equal((body as { message: string }).message, 'Destination created with id 1')
  assert.deepEqual(runner.calls, ['changed destination 1'])
})

test('answers lists, one, status, update and delete', async (t) => {
  const { ask, runner } = testApp(t)
  await ask('POST', '/api/destinations', { json: NEW_DESTINATION })
  const list = await ask('GET', '/api/destinations')
  assert.equal((list.body as { destinations: unknown[] }).destinations.length, 1)
  assert.equal(destinationOf((await ask('GET', '/api/destinations/1')).body).name, 'Team')
  const status = await ask('GET', '/api/destinations/1/status')
  assert.equal((status.body as { message: string }).message, 'Last synced: never')
  const updated = await ask('PUT', '/api/destinations/1', { json: { name: 'Renamed', password: '' } })
  assert.deepEqual([updated.status, (updated.body as { message: string }).message], [200, 'Destination updated'])
  assert.deepEqual(await ask('DELETE', '/api/destinations/1'), {
    status: 200,
    body: { status: 'success', message: 'Destination deleted' },
  })
  assert.equal(runner.calls.at(-1), 'removed destination 1')
})

test('answers 404 for an unknown destination', async (t) => {
  const { ask } = testApp(t)
  const notFound = { status: 404, body: error('Destination not found') }
  for (const [method, path] of [
    ['GET', ''],
    ['PUT', ''],
    ['DELETE', ''],
    ['GET', '/status'],
  ] as const)
    assert.deepEqual(await ask(method, `/api/destinations/7${path}`, method === 'PUT' ? { json: {} } : {}), notFound)
  assert.deepEqual(await ask('POST', '/api/destinations/7/sync'), {
    status: 404,
    body: { status: 'error', message: 'Destination not found', uploaded: 0, skipped: 0, deleted: 0, total: 0 },
  })
})

test('a sync by hand answers the four counts, or 500 with zeros', async (t) => {
  const { ask, runner } = testApp(t)
  await ask('POST', '/api/destinations', { json: NEW_DESTINATION })
  const counts = { uploaded: 2, skipped: 3, deleted: 1, total: 5 }
  const message = 'Uploaded 2 of 5 events (3 unchanged); deleted 1 orphans'
  runner.report = { status: 'held', message, counts: { ...counts, kept: 9 }, problems: [], failure: null }
  assert.deepEqual(await ask('POST', '/api/destinations/1/sync'), {
    status: 200,
    body: { status: 'success', message, ...counts },
  })
  const failure = { kind: 'refused' as const, message: 'Uploaded 2 events but 1 failed' }
  runner.report = { status: 'error', message: 'x', counts, problems: [], failure }
  assert.deepEqual(await ask('POST', '/api/destinations/1/sync'), {
    status: 500,
    body: { status: 'error', message: 'Uploaded 2 events but 1 failed', uploaded: 0, skipped: 0, deleted: 0, total: 0 },
  })
})

test('refuses in the order of the contract', async (t) => {
  const { ask } = testApp(t)
  const labels = [
    ['name', 'Name'],
    ['ics_url', 'ICS URL'],
    ['caldav_url', 'CalDAV URL'],
    ['calendar_name', 'Calendar name'],
    ['username', 'Username'],
    ['password', 'Password'],
  ] as const
  for (const [index, [, label]] of labels.entries()) {
    const blanks = Object.fromEntries(labels.slice(index).map(([field]) => [field, ' ']))
    const json = { ...NEW_DESTINATION, ...blanks, sync_interval_secs: -1 }
    assert.deepEqual(await ask('POST', '/api/destinations', { json }), {
      status: 400,
      body: error(`${label} cannot be empty`),
    })
  }
  const negative = { ...NEW_DESTINATION, sync_interval_secs: -1, ics_url: 'nonsense' }
  assert.deepEqual(await ask('POST', '/api/destinations', { json: negative }), {
    status: 400,
    body: error('Sync interval cannot be negative'),
  })
  for (const _ of [1, 2]) assert.equal((await ask('POST', '/api/destinations', { json: NEW_DESTINATION })).status, 201)
})

test('D3: feeds may be http, https and webcal, nothing else', async (t) => {
  const { ask } = testApp(t)
  const create = async (ics_url: string) =>
    (await ask('POST', '/api/destinations', { json: { ...NEW_DESTINATION, ics_url } })).status
  for (const url of ['http://x/a.ics', 'https://x/a.ics', 'webcal://x/a.ics', 'WEBCALS://x/a.ics'])
    assert.equal(await create(url), 201)
  for (const url of [
    'x/a.ics',
    'file:///etc/passwd',
    'ftp://x/',
    'data:text/calendar,x',
    'gopher://x',
    'unix:/run/x',
    'http://',
    'webcal:///a',
    'http://x/\n',
  ])
    assert.equal(await create(url), 400, url)
})

test('the runner hears of each setting a run uses, of an interval, and of nothing else', async (t) => {
  const { ask, runner } = testApp(t)
  await ask('POST', '/api/destinations', { json: NEW_DESTINATION })
  const callsFor = async (json: object) => {
    runner.calls.length = 0
    assert.equal((await ask('PUT', '/api/destinations/1', { json })).status, 200)
    return runner.calls.join()
  }
  const changes = [
    { ics_url: 'https://example.com/other.ics' },
    { caldav_url: 'https://cloud.example.com/2/' },
    { calendar_name: 'b' },
    { username: 'b' },
    { password: 'b' },
    { sync_all: true },
    { keep_local: true },
  ]
  for (const change of changes)
    assert.equal(await callsFor({ ...change, sync_interval_secs: 60 }), 'changed destination 1')
  assert.equal(await callsFor({ sync_interval_secs: 61 }), 'rescheduled destination 1')
  assert.equal(await callsFor({ name: 'Renamed', sync_all: true }), '')
})

test('check-overlap compares both texts to the letter', async (t) => {
  const { ask } = testApp(t)
  await ask('POST', '/api/destinations', { json: { ...NEW_DESTINATION, ics_url: 'https://u:canary@x.example/a.ics' } })
  await ask('POST', '/api/destinations', { json: { ...NEW_DESTINATION, name: 'Second', sync_all: true } })
  const query = (parts: Record<string, string>) => `/api/destinations/check-overlap?${new URLSearchParams(parts)}`
  const target = { caldav_url: NEW_DESTINATION.caldav_url, calendar_name: 'team' }
  const first = { id: 1, name: 'Team', ics_url: 'https://u:***@x.example/a.ics', sync_all: false, keep_local: false }
  const second = { id: 2, name: 'Second', ics_url: NEW_DESTINATION.ics_url, sync_all: true, keep_local: false }
  assert.deepEqual(await ask('GET', query(target)), { status: 200, body: { overlapping: [first, second] } })
  assert.deepEqual((await ask('GET', query({ ...target, exclude_id: '1' }))).body, { overlapping: [second] })
  assert.deepEqual((await ask('GET', query({ ...target, calendar_name: 'Team' }))).body, { overlapping: [] })
})

test('check-overlap: a bad query is 400 and names the field', async (t) => {
  const { ask } = testApp(t)
  const rows: [string, string][] = [
    ['', 'missing field `caldav_url`; missing field `calendar_name`'],
    ['?caldav_url=x', 'missing field `calendar_name`'],
    ['?caldav_url=x&calendar_name=y&exclude_id=abc', 'exclude_id: expected an integer of 64 bits'],
    ['?caldav_url=x&calendar_name=y&exclude_id=', 'exclude_id: expected an integer of 64 bits'],
    ['?caldav_url=x&caldav_url=z&calendar_name=y', 'caldav_url: invalid type: array, expected string'],
  ]
  for (const [query, reason] of rows)
    assert.deepEqual(await ask('GET', `/api/destinations/check-overlap${query}`), {
      status: 400,
      body: error(`Failed to deserialize query string: ${reason}`),
    })
})

test('S5, A16: another CalDAV server needs the password again; a masked feed login cannot be moved', async (t) => {
  const { ask, store } = testApp(t)
  const { password, ...settings } = {
    ...DESTINATION_DEFAULTS,
    ...NEW_DESTINATION,
    ics_url: 'https://u:canary@x.example/a.ics',
  }
  store.destinations.create({ ...settings, password: new Secret(password) })
  const put = (json: object) => ask('PUT', '/api/destinations/1', { json })
  assert.equal((await put({ caldav_url: 'https://evil.example/' })).status, 400)
  assert.equal((await put({ ics_url: 'https://u:***@x.example/a.ics' })).status, 200)
  assert.equal(store.destinations.get(1)?.ics_url, settings.ics_url)
  const moved = await put({ ics_url: 'https://u:***@evil.example/a.ics' })
  assert.deepEqual(moved.body, error('The URL was changed; enter the password in it again instead of ***'))
  assert.equal((await put({ ics_url: 'https://u:new@x.example/b.ics' })).status, 200)
})

test('runs are listed newest first, filtered and singly', async (t) => {
  const { ask, store, clock } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  await ask('POST', '/api/destinations', { json: NEW_DESTINATION })
  const failure = { kind: 'login' as const, message: 'https://u:canary@x refused the login.' }
  const first = store.runs.start('source', 1, 'manual', clock.now())
  store.runs.finish(
    first,
    { status: 'error', message: 'Failed', counts: { events: 0 }, problems: [], failure },
    clock.now() + 1500,
  )
  const second = store.runs.start('destination', 1, 'timer', clock.now() + 2000)
  const list = (await ask('GET', '/api/runs')).body as { runs: { id: number }[] }
  assert.deepEqual(
    list.runs.map(({ id }) => id),
    [second, first],
  )
  const filtered = (await ask('GET', '/api/runs?kind=source&item_id=1&limit=5')).body as { runs: { id: number }[] }
  assert.deepEqual(
    filtered.runs.map(({ id }) => id),
    [first],
  )
  assert.deepEqual((await ask('GET', `/api/runs/${first}`)).body, {
    status: 'success',
    message: `Run ${first}`,
    run: {
      id: first,
      kind: 'source',
      item_id: 1,
      trigger: 'manual',
      started_at: '2026-03-01T12:00:00.000Z',
      finished_at: '2026-03-01T12:00:01.500Z',
      status: 'error',
      message: 'Failed',
      counts: { events: 0 },
      problems: [],
      failure: { kind: 'login', message: 'https://***@x refused the login.' },
      undo_of: null,
      can_undo: false,
      operations: [],
      steps: [],
    },
  })
  assert.deepEqual(await ask('GET', '/api/runs/99'), { status: 404, body: error('Run not found') })
  for (const query of ['kind=x', 'item_id=x', 'limit=0', 'limit=201', 'limit=-1'])
    assert.equal((await ask('GET', `/api/runs?${query}`)).status, 400, query)
})

test('the feed may be a source of this service, which has to exist', async (t) => {
  const { ask } = testApp(t)
  const create = (ics_url: string) => ask('POST', '/api/destinations', { json: { ...NEW_DESTINATION, ics_url } })
  const missing = error('ICS URL names a source that does not exist; write source: and the id of a source')
  for (const url of ['source:1', 'source:', 'source:one', 'source:1/../2'])
    assert.deepEqual((await create(url)).body, missing, url)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  const { status, body } = await create('source:1')
  assert.deepEqual([status, destinationOf(body).ics_url], [201, 'source:1'])
})
