import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { ServiceEvent } from '../sync/events.ts'
import { NEW_SOURCE, testApp } from './test-app.ts'

const started: ServiceEvent = { type: 'run-started', run_id: 7, kind: 'source', item_id: 1, trigger: 'timer' }

/** Opens the stream; `next` waits for the next event in it, without the comments between. */
async function watch(
  t: TestContext,
  app: ReturnType<typeof testApp>,
  headers: Record<string, string> = {},
  query = '',
) {
  const response = await app.send('GET', `/api/events${query}`, { headers })
  assert.equal(response.status, 200)
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
  const reader = response.body?.getReader()
  assert.ok(reader)
  t.after(() => reader.cancel().catch(() => undefined))
  const decoder = new TextDecoder()
  let text = ''
  const next = async (): Promise<{ id: number; event: string; data: Record<string, unknown> } | null> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        const [, id, event, data] = /^id: (\d+)\nevent: (.*)\ndata: (.*)$/.exec(block) ?? []
        if (id !== undefined) return { id: Number(id), event: event ?? '', data: JSON.parse(data ?? '{}') }
        continue
      }
      const { done, value } = await reader.read()
      if (done) return null
      text += decoder.decode(value, { stream: true })
    }
  }
  return { next, cancel: () => reader.cancel() }
}

test('tells what happens, as it happens, without secrets', async (t) => {
  const app = testApp(t)
  const { next } = await watch(t, app)
  app.events.publish(started)
  const first = await next()
  assert.deepEqual(first?.data, { ...started, at: '2026-03-01T12:00:00.000Z' })
  const message = 'https://u:canary@x.example refused the login.'
  app.events.publish({
    type: 'run-finished',
    run_id: 7,
    kind: 'source',
    item_id: 1,
    status: 'error',
    message,
    counts: {},
  })
  assert.equal((await next())?.data.message, 'https://***@x.example refused the login.')
})

test('a reader that comes back is told what it missed, by header or by query', async (t) => {
  const app = testApp(t)
  const { next } = await watch(t, app)
  app.events.publish(started)
  const id = (await next())?.id ?? 0
  app.events.publish({ ...started, run_id: 8 })
  for (const again of [
    await watch(t, app, { 'last-event-id': String(id) }),
    await watch(t, app, {}, `?last_event_id=${id}`),
  ])
    assert.equal((await again.next())?.data.run_id, 8)
})

test('a reader whose last event nobody knows any more is told to load everything anew', async (t) => {
  const app = testApp(t)
  const { next } = await watch(t, app, { 'last-event-id': '5' })
  assert.equal((await next())?.event, 'reset')
})

test('a created, changed and deleted item is told', async (t) => {
  const app = testApp(t)
  const { next } = await watch(t, app)
  await app.ask('POST', '/api/sources', { json: NEW_SOURCE })
  await app.ask('PUT', '/api/sources/1', { json: { name: 'Other' } })
  await app.ask('DELETE', '/api/sources/1')
  const changes = [await next(), await next(), await next()].map((one) => one?.data.change)
  assert.deepEqual(changes, ['created', 'updated', 'deleted'])
})

test('S10: every stream ends when the service stops', async (t) => {
  const app = testApp(t)
  const { next } = await watch(t, app)
  app.events.close()
  assert.equal(await next(), null)
})

test('one client has twenty streams at most, and one that is given up makes room', async (t) => {
  const app = testApp(t)
  const streams = []
  for (let count = 0; count < 20; count += 1) streams.push(await watch(t, app))
  assert.equal((await app.send('GET', '/api/events')).status, 503)
  const other = await app.send('GET', '/api/events', { from: '198.51.100.9' })
  assert.equal(other.status, 200)
  await other.body?.cancel()
  await streams[0]?.cancel()
  await watch(t, app)
})

test('a reader that takes nothing is cut off instead of filling the memory', async (t) => {
  const app = testApp(t)
  const { next } = await watch(t, app)
  for (let count = 0; count < 1000; count += 1) app.events.publish({ ...started, run_id: count })
  let told = 0
  while ((await next()) !== null) told += 1
  assert.ok(told > 100 && told < 400, `${told} events were kept for it`)
})

test('a stream is kept open by a comment every twenty seconds', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const app = testApp(t)
  const response = await app.send('GET', '/api/events')
  const reader = response.body?.getReader()
  assert.ok(reader)
  const read = async () => Buffer.from((await reader.read()).value ?? []).toString()
  assert.equal(await read(), 'retry: 3000\n\n')
  t.mock.timers.tick(20_000)
  assert.equal(await read(), ':\n\n')
  await reader.cancel()
})

test('HEAD and other methods open no stream', async (t) => {
  const app = testApp(t)
  for (let count = 0; count < 30; count += 1) assert.equal((await app.send('HEAD', '/api/events')).status, 200)
  assert.equal((await app.send('POST', '/api/events')).status, 405)
  await watch(t, app)
})
