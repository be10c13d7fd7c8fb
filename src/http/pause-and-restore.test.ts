import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Source } from '../core/items.ts'
import { NEW_DESTINATION, NEW_SOURCE, publish, testApp } from './test-app.ts'

test('a paused item has no next run, and one that goes on again runs at once', async (t) => {
  const { ask, runner, store } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  await ask('POST', '/api/destinations', { json: { ...NEW_DESTINATION, paused: true } })
  assert.equal(store.destinations.get(1)?.next_run_at, null)
  runner.calls.length = 0
  const paused = (await ask('PUT', '/api/sources/1', { json: { paused: true } })).body as { source: Source }
  assert.deepEqual(
    [paused.source.paused, paused.source.next_run_at, paused.source.sync_interval_secs],
    [true, null, 3600],
  )
  assert.deepEqual(runner.calls, ['rescheduled source 1'])
  await ask('PUT', '/api/sources/1', { json: { name: 'Renamed' } })
  assert.equal(store.sources.get(1)?.paused, true)
  await ask('PUT', '/api/sources/1', { json: { paused: false } })
  await ask('PUT', '/api/destinations/1', { json: { paused: false } })
  assert.deepEqual(runner.calls.slice(1), ['changed source 1', 'changed destination 1'])
})

test('chosen calendars are kept until the account changes, and null means all again', async (t) => {
  const { ask, runner, store } = testApp(t)
  const chosen = ['https://cloud.example.com/dav/work/']
  await ask('POST', '/api/sources', { json: { ...NEW_SOURCE, calendars: chosen } })
  runner.calls.length = 0
  await ask('PUT', '/api/sources/1', { json: { name: 'Renamed', calendars: chosen } })
  assert.deepEqual([store.sources.get(1)?.calendars, runner.calls], [chosen, []])
  await ask('PUT', '/api/sources/1', { json: { calendars: null } })
  assert.deepEqual([store.sources.get(1)?.calendars, runner.calls], [null, ['changed source 1']])
  await ask('PUT', '/api/sources/1', { json: { calendars: chosen } })
  await ask('PUT', '/api/sources/1', { json: { username: 'berta' } })
  assert.equal(store.sources.get(1)?.calendars, null)
  const { status, body } = await ask('PUT', '/api/sources/1', { json: { calendars: [] } })
  assert.deepEqual([status, /calendars/.test(JSON.stringify(body))], [422, true])
})

test('the limit of deletions is kept, and null means the usual number', async (t) => {
  const { ask, store } = testApp(t)
  await ask('POST', '/api/destinations', { json: { ...NEW_DESTINATION, delete_limit: 40 } })
  await ask('PUT', '/api/destinations/1', { json: { name: 'Renamed' } })
  assert.equal(store.destinations.get(1)?.delete_limit, 40)
  await ask('PUT', '/api/destinations/1', { json: { delete_limit: null } })
  assert.equal(store.destinations.get(1)?.delete_limit, null)
  assert.equal((await ask('PUT', '/api/destinations/1', { json: { delete_limit: 0 } })).status, 422)
})

test('a deleted item is brought back with its feed and runs again; later there is nothing to bring back', async (t) => {
  const { ask, send, runner, store, clock } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  publish(store, 1, 'BEGIN:VCALENDAR')
  await ask('DELETE', '/api/sources/1')
  assert.equal((await send('GET', '/ics/family')).status, 404)
  runner.calls.length = 0
  const { status, body } = await ask('POST', '/api/sources/1/restore')
  assert.deepEqual([status, (body as { message: string }).message], [200, 'Source restored'])
  assert.equal(await (await send('GET', '/ics/family')).text(), 'BEGIN:VCALENDAR')
  assert.deepEqual(runner.calls, ['changed source 1', 'make links of source 1'])

  await ask('POST', '/api/destinations', { json: NEW_DESTINATION })
  await ask('DELETE', '/api/destinations/1')
  clock.advance(11 * 60_000)
  const late = await ask('POST', '/api/destinations/1/restore')
  assert.equal(late.status, 404)
  assert.match(JSON.stringify(late.body), /ten minutes have passed/)
})

test('another address of the same account keeps the chosen calendars, and what is no address is no calendar', async (t) => {
  const { ask, store } = testApp(t)
  const chosen = ['https://cloud.example.com/dav/work/']
  await ask('POST', '/api/sources', { json: { ...NEW_SOURCE, calendars: chosen } })
  await ask('PUT', '/api/sources/1', { json: { caldav_url: 'https://cloud.example.com/dav' } })
  assert.deepEqual(store.sources.get(1)?.calendars, chosen)
  await ask('PUT', '/api/sources/1', { json: { caldav_url: 'https://other.example.com/dav', password: 'p' } })
  assert.equal(store.sources.get(1)?.calendars, null)
  for (const url of ['work', 'ftp://cloud.example.com/work/']) {
    const { status, body } = await ask('PUT', '/api/sources/1', { json: { calendars: [url] } })
    assert.deepEqual([status, /calendars/.test(JSON.stringify(body))], [400, true])
  }
})

test('a source whose address is taken meanwhile is not brought back, and the message says what to do', async (t) => {
  const { ask } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  await ask('DELETE', '/api/sources/1')
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  const { status, body } = await ask('POST', '/api/sources/1/restore')
  assert.equal(status, 409)
  assert.match(JSON.stringify(body), /another one has its address now/)
})
