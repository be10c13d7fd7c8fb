import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NEW_SOURCE, testApp } from './test-app.ts'

const SHOWN = {
  id: 1,
  name: 'Family',
  caldav_url: 'https://cloud.example.com/dav/',
  username: 'anna',
  ics_path: 'family',
  sync_interval_secs: 3600,
  public_ics: false,
  public_ics_path: null,
  connection: null,
  paused: false,
  calendars: null,
  last_synced: null,
  last_sync_status: null,
  last_sync_error: null,
  last_attempt_at: null,
  last_success_at: null,
  failures: 0,
}

function withoutTimes(source: unknown): unknown {
  assert.ok(typeof source === 'object' && source !== null)
  const { created_at, next_run_at, ...rest } = source as Record<string, unknown>
  assert.match(String(created_at), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  assert.ok(next_run_at === null || /^\d{4}-\d\d-\d\dT.*Z$/.test(String(next_run_at)))
  return rest
}

function sourceOf(body: unknown): Record<string, unknown> {
  assert.ok(typeof body === 'object' && body !== null && 'source' in body)
  return body.source as Record<string, unknown>
}

const error = (message: string) => ({ status: 'error', message })

test('creates a source, answers 201 with its id, and tells the runner', async (t) => {
  const { ask, runner } = testApp(t)
  const { status, body } = await ask('POST', '/api/sources', { json: NEW_SOURCE })
  assert.equal(status, 201)
  assert.deepEqual(
    { ...(body as object), source: withoutTimes(sourceOf(body)) },
    {
      status: 'success',
      message: 'Source created with id 1',
      source: SHOWN,
    },
  )
  assert.deepEqual(runner.calls, ['changed source 1'])
})

test('lists sources by id', async (t) => {
  const { ask } = testApp(t)
  assert.deepEqual(await ask('GET', '/api/sources'), { status: 200, body: { sources: [] } })
  for (const ics_path of ['b', 'a']) await ask('POST', '/api/sources', { json: { ...NEW_SOURCE, ics_path } })
  const { body } = await ask('GET', '/api/sources')
  assert.ok(typeof body === 'object' && body !== null && 'sources' in body && Array.isArray(body.sources))
  assert.deepEqual(
    body.sources.map(({ id, ics_path }) => [id, ics_path]),
    [
      [1, 'b'],
      [2, 'a'],
    ],
  )
})

test('answers one source and its status', async (t) => {
  const { ask, store, clock } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  const one = await ask('GET', '/api/sources/1')
  assert.equal(one.status, 200)
  assert.deepEqual(withoutTimes(sourceOf(one.body)), SHOWN)
  const never = await ask('GET', '/api/sources/1/status')
  assert.deepEqual([never.status, (never.body as { message: string }).message], [200, 'Last synced: never'])
  store.schedule.recordSuccess('source', 1, clock.now())
  const synced = await ask('GET', '/api/sources/1/status')
  assert.equal((synced.body as { message: string }).message, 'Last synced: 2026-03-01 12:00:00')
  assert.equal(sourceOf(synced.body).last_success_at, '2026-03-01T12:00:00.000Z')
})

test('deletes a source: no source in the answer, its row gone first, then the runner told', async (t) => {
  const { ask, runner, store } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  runner.removed = (kind, id) => void runner.calls.push(`removed ${kind} ${id} ${store.sources.get(id) ?? 'gone'}`)
  assert.deepEqual(await ask('DELETE', '/api/sources/1'), {
    status: 200,
    body: { status: 'success', message: 'Source deleted' },
  })
  assert.equal(runner.calls.at(-1), 'removed source 1 gone')
  assert.deepEqual(await ask('DELETE', '/api/sources/1'), { status: 404, body: error('Source not found') })
})

test('answers 404 for an unknown source on every route with an id', async (t) => {
  const { ask } = testApp(t)
  const notFound = { status: 404, body: error('Source not found') }
  assert.deepEqual(await ask('GET', '/api/sources/7'), notFound)
  assert.deepEqual(await ask('PUT', '/api/sources/7', { json: {} }), notFound)
  assert.deepEqual(await ask('DELETE', '/api/sources/7'), notFound)
  assert.deepEqual(await ask('GET', '/api/sources/7/status'), notFound)
  assert.deepEqual(await ask('GET', '/api/sources/9223372036854775807'), notFound)
  assert.deepEqual(await ask('POST', '/api/sources/7/sync'), {
    status: 404,
    body: { status: 'error', message: 'Source not found', events: 0, calendars: 0 },
  })
})

test('a sync by hand answers the counts of the run, or 500 with zeros', async (t) => {
  const { ask, runner } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  const done = { status: 'success', message: 'Synchronized 12 events from 3 calendars', events: 12, calendars: 3 }
  assert.deepEqual(await ask('POST', '/api/sources/1/sync'), { status: 200, body: done })
  assert.equal(runner.calls.at(-1), 'run source 1 manual')
  runner.report = {
    status: 'partial',
    message: 'Synchronized 2 events from 1 calendars',
    counts: { events: 2, calendars: 1 },
    problems: [],
    failure: null,
  }
  assert.equal((await ask('POST', '/api/sources/1/sync')).status, 200)
  const failure = { kind: 'unreachable' as const, message: 'cloud.example.com does not answer.' }
  runner.report = { status: 'error', message: 'Failed', counts: { events: 5 }, problems: [], failure }
  assert.deepEqual(await ask('POST', '/api/sources/1/sync'), {
    status: 500,
    body: { status: 'error', message: 'cloud.example.com does not answer.', events: 0, calendars: 0 },
  })
  runner.report = new Error('stopping')
  assert.equal((await ask('POST', '/api/sources/1/sync')).status, 503)
})

test('S2: a client that goes away does not stop the run', async (t) => {
  const { app, runner, send } = testApp(t)
  await send('POST', '/api/sources', { json: NEW_SOURCE })
  let finished = false
  const gate = Promise.withResolvers<void>()
  runner.run = async () => {
    await gate.promise
    finished = true
    return { status: 'ok', message: '', counts: {}, problems: [], failure: null }
  }
  const gone = new AbortController()
  const answer = app.request('/api/sources/1/sync', { method: 'POST', signal: gone.signal })
  gone.abort()
  gate.resolve()
  await answer
  assert.equal(finished, true)
})

test('refuses in the order of the contract, each with its message', async (t) => {
  const { ask } = testApp(t)
  await ask('POST', '/api/sources', {
    json: { ...NEW_SOURCE, ics_path: 'taken', public_ics: true, public_ics_path: 'taken-public' },
  })
  await ask('POST', '/api/sources/1/paths', { json: { path: 'taken-path' } })
  const reserved = "ICS path cannot start with 'public' — reserved for public ICS URLs"
  const open = { public_ics: true }
  // Each row breaks its own rule and the next ones as well.
  const rows: [object, string][] = [
    [{ name: ' ', caldav_url: '', username: '', password: '', ics_path: '' }, 'Name cannot be empty'],
    [{ caldav_url: ' ', username: '', password: '', ics_path: '' }, 'CalDAV URL cannot be empty'],
    [{ username: '', password: '', ics_path: '' }, 'Username cannot be empty'],
    [{ password: ' ', ics_path: '' }, 'Password cannot be empty'],
    [{ ics_path: ' ', sync_interval_secs: -1 }, 'ICS Path cannot be empty'],
    [{ ics_path: ' public ', sync_interval_secs: -1 }, reserved],
    [{ ics_path: 'public/x', sync_interval_secs: -1 }, reserved],
    [{ ics_path: 'taken', sync_interval_secs: -1 }, 'Sync interval cannot be negative'],
    [{ ics_path: 'taken', ...open, public_ics_path: '/x' }, 'Duplicate ICS Path is not allowed'],
    [{ ics_path: 'taken-public' }, 'Duplicate ICS Path is not allowed'],
    [{ ics_path: 'taken-path', ...open, public_ics_path: '/x' }, 'ICS path conflicts with an existing source path'],
    [{ ...open, public_ics_path: '/a/../b' }, 'Public ICS path must not start with /'],
    [{ ...open, public_ics_path: 'public/a..b' }, 'Public ICS path must not contain ..'],
    [{ ...open, public_ics_path: 'public/x' }, reserved],
    [{ ...open, public_ics_path: ' taken ' }, 'Duplicate public ICS path is not allowed'],
    [{ ...open, public_ics_path: 'taken-public' }, 'Duplicate public ICS path is not allowed'],
    [{ ...open, public_ics_path: 'taken-path' }, 'Public path conflicts with an existing source path'],
    [
      { ...open, public_ics_path: 'family', caldav_url: 'nonsense' },
      'Public ICS path cannot be the same as the ICS path',
    ],
  ]
  for (const [change, message] of rows)
    assert.deepEqual(await ask('POST', '/api/sources', { json: { ...NEW_SOURCE, ...change } }), {
      status: 400,
      body: error(message),
    })
})

test('stores texts as sent, the public path trimmed, blank as null', async (t) => {
  const { ask } = testApp(t)
  const sent = {
    ...NEW_SOURCE,
    name: ' Family\t',
    username: ' anna ',
    public_ics: true,
    public_ics_path: '  open/abc  ',
  }
  const created = sourceOf((await ask('POST', '/api/sources', { json: sent })).body)
  assert.deepEqual([created.name, created.username, created.public_ics_path], [' Family\t', ' anna ', 'open/abc'])
  const blank = sourceOf((await ask('PUT', '/api/sources/1', { json: { public_ics_path: ' ' } })).body)
  assert.deepEqual([blank.public_ics, blank.public_ics_path], [true, null])
  const closed = { ...NEW_SOURCE, ics_path: 'second', public_ics: false, public_ics_path: '/../' }
  assert.equal(sourceOf((await ask('POST', '/api/sources', { json: closed })).body).public_ics_path, null)
})

test('update: absent and null keep, null clears the public path only, public_ics false clears it', async (t) => {
  const { ask } = testApp(t)
  await ask('POST', '/api/sources', { json: { ...NEW_SOURCE, public_ics: true, public_ics_path: 'open' } })
  const update = async (json: object) => sourceOf((await ask('PUT', '/api/sources/1', { json })).body)
  const nulls = Object.fromEntries(
    ['name', 'caldav_url', 'username', 'password', 'ics_path', 'sync_interval_secs', 'public_ics'].map((key) => [
      key,
      null,
    ]),
  )
  const kept = await update(nulls)
  assert.deepEqual(withoutTimes(kept), { ...SHOWN, public_ics: true, public_ics_path: 'open' })
  assert.equal((await update({ public_ics_path: null })).public_ics_path, null)
  assert.equal((await update({ public_ics_path: 'other' })).public_ics_path, 'other')
  assert.equal((await update({})).public_ics_path, 'other')
  assert.equal((await update({ public_ics: false })).public_ics_path, null)
})

test('update: own paths do not count as duplicates, a blank password keeps the stored one', async (t) => {
  const { ask, store } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  assert.equal((await ask('PUT', '/api/sources/1', { json: { ...NEW_SOURCE, password: ' ' } })).status, 200)
  assert.equal(store.sources.password(1)?.reveal(), 'pw-source')
  await ask('PUT', '/api/sources/1', { json: { password: 'new' } })
  assert.equal(store.sources.password(1)?.reveal(), 'new')
})

test('the runner hears of what a run uses, of an interval, and of nothing else', async (t) => {
  const { ask, runner } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  const callsFor = async (json: object) => {
    runner.calls.length = 0
    assert.equal((await ask('PUT', '/api/sources/1', { json })).status, 200)
    return runner.calls.join()
  }
  assert.equal(await callsFor({ name: 'Renamed', ics_path: 'moved', public_ics: true }), '')
  assert.equal(await callsFor({ sync_interval_secs: 3600, username: 'anna' }), '')
  assert.equal(await callsFor({ sync_interval_secs: 60 }), 'rescheduled source 1')
  assert.equal(await callsFor({ sync_interval_secs: 90, username: 'bob' }), 'changed source 1')
  assert.equal(await callsFor({ password: 'again' }), 'changed source 1')
  assert.equal(await callsFor({ caldav_url: 'https://cloud.example.com/other/' }), 'changed source 1')
})

test('S5, A16: a URL on another server needs the password again', async (t) => {
  const { ask, store } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  const message =
    'CalDAV URL now points to another server; enter the password again, so that it is not sent there unasked'
  for (const caldav_url of [
    'http://cloud.example.com/dav/',
    'https://cloud.example.com:8443/dav/',
    'https://evil.example/dav/',
  ]) {
    assert.deepEqual(await ask('PUT', '/api/sources/1', { json: { caldav_url } }), {
      status: 400,
      body: error(message),
    })
    assert.equal((await ask('PUT', '/api/sources/1', { json: { caldav_url, password: '' } })).status, 400)
  }
  assert.equal(store.sources.get(1)?.caldav_url, NEW_SOURCE.caldav_url)
  const same = 'https://CLOUD.example.com:443/elsewhere'
  assert.equal((await ask('PUT', '/api/sources/1', { json: { caldav_url: same } })).status, 200)
  const moved = { caldav_url: 'https://evil.example/', password: 'pw' }
  assert.equal((await ask('PUT', '/api/sources/1', { json: moved })).status, 200)
})

test('D3, D10: addresses and texts that cannot work are refused by name', async (t) => {
  const { ask } = testApp(t)
  const rows: [object, RegExp][] = [
    [{ caldav_url: 'nonsense' }, /^CalDAV URL is not a valid URL/],
    [{ caldav_url: 'ftp://x/' }, /^CalDAV URL must begin with http/],
    [{ caldav_url: 'webcal://x/' }, /^CalDAV URL must begin with http/],
    [{ caldav_url: 'https://u:p@x/' }, /^CalDAV URL must not contain a user name or password/],
    [{ caldav_url: 'https://x/\r\nEvil: 1' }, /^CalDAV URL must not contain control characters/],
    [{ username: 'a\r\nb' }, /^Username must not contain line breaks/],
    [{ password: 'a\0b' }, /^Password must not contain line breaks/],
  ]
  for (const [change, message] of rows) {
    const { status, body } = await ask('POST', '/api/sources', { json: { ...NEW_SOURCE, ...change } })
    assert.equal(status, 400)
    assert.match((body as { message: string }).message, message)
  }
})

test('A18: feed paths that cannot come back from a URL unchanged are refused', async (t) => {
  const { ask } = testApp(t)
  const bad = [
    '/x',
    'a..b',
    'a/../b',
    '%2e%2e',
    'a?b',
    'a#b',
    'a\0',
    'a\rb',
    'a\nb',
    'a\\b',
    ' a',
    'a ',
    'a\u202eb',
    'a\u200b',
    'u\u0308ber',
    './a',
    'x'.repeat(10_240),
    'a\ud800',
  ]
  for (const ics_path of bad) {
    const { status, body } = await ask('POST', '/api/sources', { json: { ...NEW_SOURCE, ics_path } })
    assert.deepEqual([ics_path, status], [ics_path, 400])
    assert.match((body as { message: string }).message, /^ICS path /)
    const open = { ...NEW_SOURCE, public_ics: true, public_ics_path: ics_path }
    if (ics_path.trim() === ics_path) assert.equal((await ask('POST', '/api/sources', { json: open })).status, 400)
  }
  for (const ics_path of ['a', 'a/b', 'über', 'my calendar', 'a-_.b', '日本', 'a.ics'])
    assert.equal((await ask('POST', '/api/sources', { json: { ...NEW_SOURCE, ics_path } })).status, 201)
})

test('rows of an old database that break our additional rules can be edited', async (t) => {
  const { ask, store } = testApp(t)
  const { Secret } = await import('../core/types.ts')
  const old = { ...NEW_SOURCE, caldav_url: 'not a url', ics_path: ' /odd ', public_ics: false, public_ics_path: null }
  store.sources.create({ ...old, password: new Secret('x') })
  const put = (json: object) => ask('PUT', '/api/sources/1', { json })
  assert.equal((await put({ name: 'n', caldav_url: 'not a url', ics_path: ' /odd ' })).status, 200)
  assert.equal((await put({ caldav_url: 'https://new.example/' })).status, 400)
  assert.equal((await put({ caldav_url: 'https://new.example/', password: 'again' })).status, 200)
  assert.equal((await put({ ics_path: '/other' })).status, 400)
})

test('I4, A17: a login in a stored URL is shown masked, and the masked form sent back changes nothing', async (t) => {
  const { ask, store } = testApp(t)
  const { Secret } = await import('../core/types.ts')
  const old = { ...NEW_SOURCE, caldav_url: 'https://anna:canary@x.example/', public_ics: false, public_ics_path: null }
  store.sources.create({ ...old, password: new Secret('x') })
  const shown = sourceOf((await ask('GET', '/api/sources/1')).body).caldav_url
  assert.equal(shown, 'https://anna:***@x.example/')
  assert.equal((await ask('PUT', '/api/sources/1', { json: { caldav_url: shown } })).status, 200)
  assert.equal(store.sources.get(1)?.caldav_url, 'https://anna:canary@x.example/')
})

test('an interval of any size is accepted', async (t) => {
  const { send, ask } = testApp(t)
  const text = JSON.stringify(NEW_SOURCE).replace('3600', '9223372036854775807')
  const headers = { 'content-type': 'application/json' }
  assert.equal((await send('POST', '/api/sources', { body: text, headers })).status, 201)
  const shown = sourceOf((await ask('GET', '/api/sources/1')).body).sync_interval_secs
  assert.equal(shown, Number.MAX_SAFE_INTEGER)
})

test('connection options are stored, shown without their secrets, kept on update and cleared by {}', async (t) => {
  const { ask, runner, store } = testApp(t)
  const connection = { auth_method: 'bearer', headers: { 'X-Key': 'canary' }, user_agent: 'Family/1.0' }
  const made = await ask('POST', '/api/sources', { json: { ...NEW_SOURCE, connection } })
  assert.equal(made.status, 201)
  const rest = { ca_certificate: null, client_certificate: null, client_key: null }
  const shown = { ...connection, headers: { 'x-key': '***' }, ...rest }
  assert.deepEqual(sourceOf(made.body).connection, shown)
  const update = async (json: object) => sourceOf((await ask('PUT', '/api/sources/1', { json })).body).connection
  assert.deepEqual(await update({ name: 'Other' }), shown)
  assert.equal(store.sources.get(1)?.connection?.headers['x-key']?.reveal(), 'canary')
  runner.calls.length = 0
  assert.equal(await update({ connection: {} }), null)
  assert.deepEqual(runner.calls, ['changed source 1'])
  const moved = await ask('PUT', '/api/sources/1', { json: { connection: { headers: { a: 'b\nc' } } } })
  assert.equal(moved.status, 400)
})
