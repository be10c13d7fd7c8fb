import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import type { Diagnosis } from '../core/diagnosis.ts'
import { SyncError } from '../core/errors.ts'
import type { Account } from '../core/remote.ts'
import type { AppDeps } from './deps.ts'
import { serve } from './server.ts'
import { NEW_DESTINATION, NEW_SOURCE, notingLog, testApp } from './test-app.ts'

const GIVEN = { caldav_url: 'https://cloud.example.com', username: 'anna', password: 'canary' }

const FOUND: Diagnosis = {
  stages: [
    { stage: 'address', state: 'ok', message: 'The server answers.' },
    { stage: 'login', state: 'failed', message: 'https://u:canary@cloud.example.com refused it.' },
  ],
  calendars: [],
  software: null,
  features: ['1', 'calendar-access'],
}

test('tells the steps without secrets, and the first that failed in one sentence', async (t) => {
  const asked: [Account, boolean][] = []
  const diagnose = async (account: Account, testWrite: boolean) => {
    asked.push([account, testWrite])
    return FOUND
  }
  const { ask } = testApp(t, {}, { diagnose })
  const { status, body } = await ask('POST', '/api/discover', { json: { ...GIVEN, test_write: true } })
  const message = 'https://***@cloud.example.com refused it.'
  assert.equal(status, 200)
  assert.deepEqual(body, {
    status: 'success',
    message,
    ok: false,
    software: null,
    features: ['1', 'calendar-access'],
    stages: [FOUND.stages[0], { ...FOUND.stages[1], message }],
    calendars: [],
  })
  assert.equal(asked[0]?.[0].password.reveal(), 'canary')
  assert.equal(asked[0]?.[1], true)
})

test('refuses what is no account, field by field', async (t) => {
  const { ask, send } = testApp(t)
  const refusal = async (json: object) => (await ask('POST', '/api/discover', { json })).body
  const error = (message: string) => ({ status: 'error', message })
  assert.deepEqual(await refusal({ ...GIVEN, username: ' ' }), error('Username cannot be empty'))
  assert.deepEqual(
    await refusal({ ...GIVEN, caldav_url: 'ftp://x/' }),
    error('CalDAV URL must begin with http://, https://'),
  )
  assert.equal((await ask('POST', '/api/discover', { json: {} })).status, 422)
  assert.equal((await send('GET', '/api/discover')).status, 405)
})

test('at most four servers are looked at at once, and a place is free again afterwards', async (t) => {
  const gate = Promise.withResolvers<Diagnosis>()
  const { ask } = testApp(t, {}, { diagnose: () => gate.promise })
  const looks = [1, 2, 3, 4].map(() => ask('POST', '/api/discover', { json: GIVEN }))
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal((await ask('POST', '/api/discover', { json: GIVEN })).status, 429)
  gate.resolve(FOUND)
  assert.deepEqual(
    (await Promise.all(looks)).map(({ status }) => status),
    [200, 200, 200, 200],
  )
  assert.equal((await ask('POST', '/api/discover', { json: GIVEN })).status, 200)
})

test('each step is told as a line as soon as it is done, and then the whole answer', async (t) => {
  const { send } = testApp(
    t,
    {},
    {
      diagnose: async (_account, _write, _signal, onStage) => {
        for (const stage of FOUND.stages) onStage?.(stage)
        return FOUND
      },
    },
  )
  const answer = await send('POST', '/api/discover', { json: GIVEN, headers: { accept: 'application/x-ndjson' } })
  assert.equal(answer.headers.get('content-type'), 'application/x-ndjson')
  const text = await answer.text()
  assert.ok(!text.includes('canary'))
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, { stage?: string; ok?: boolean }>)
  assert.deepEqual(
    lines.map(({ stage }) => stage?.stage),
    ['address', 'login', undefined],
  )
  assert.equal(lines[2]?.answer?.ok, false)
})

test('an account that stands already is looked at with its stored password', async (t) => {
  const asked: Account[] = []
  const { ask } = testApp(
    t,
    {},
    {
      diagnose: async (account) => {
        asked.push(account)
        return FOUND
      },
    },
  )
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  assert.equal((await ask('POST', '/api/sources/1/discover')).status, 200)
  assert.deepEqual([asked[0]?.url, asked[0]?.password.reveal()], [NEW_SOURCE.caldav_url, 'pw-source'])
  assert.equal((await ask('POST', '/api/destinations/1/discover')).status, 404)
})

test('a look ends when nobody reads its lines any more, and frees its place', async (t) => {
  const left: AbortSignal[] = []
  const diagnose: AppDeps['diagnose'] = (_account, _write, signal, onStage) => {
    left.push(signal)
    for (const stage of FOUND.stages) onStage?.(stage)
    const { promise, reject } = Promise.withResolvers<never>()
    signal.addEventListener('abort', () => reject(new SyncError('aborted', 'The request was stopped.')))
    return promise
  }
  const { app, send } = testApp(t, {}, { diagnose })
  const server = await serve(app, { host: '127.0.0.1', port: 0, log: notingLog() })
  t.after(() => server.close())
  for (let time = 0; time < 5; time += 1) {
    const answer = await fetch(`http://127.0.0.1:${server.port}/api/discover`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
      body: JSON.stringify(GIVEN),
    })
    const reader = answer.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    const signal = left[time] ?? assert.fail('All places are taken.')
    if (!signal.aborted) await once(signal, 'abort')
  }
  assert.equal(
    (await send('POST', '/api/discover', { json: GIVEN, headers: { accept: 'application/x-ndjson' } })).status,
    200,
  )
})

test('a look and a plan end when whoever asked for them goes away', async (t) => {
  const { promise: looked, resolve: look } = Promise.withResolvers<AbortSignal>()
  const { promise: planned, resolve: plan } = Promise.withResolvers<AbortSignal>()
  const never = new Promise<never>(() => undefined)
  const diagnose: AppDeps['diagnose'] = (_account, _write, signal) => {
    look(signal)
    return never
  }
  const planDraft: AppDeps['planDraft'] = (_settings, signal) => {
    plan(signal)
    return never
  }
  const { app } = testApp(t, {}, { diagnose, planDraft })
  const server = await serve(app, { host: '127.0.0.1', port: 0, log: notingLog() })
  t.after(() => server.close())
  for (const [path, begun] of [
    ['/api/discover', looked],
    ['/api/destinations/plan', planned],
  ] as const) {
    const caller = new AbortController()
    const answer = fetch(`http://127.0.0.1:${server.port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(NEW_DESTINATION),
      signal: caller.signal,
    })
    const signal = await begun
    caller.abort()
    await assert.rejects(answer)
    if (!signal.aborted) await once(signal, 'abort')
  }
})

test('a look that fails in the middle ends its lines with a sentence, and the log says why', async (t) => {
  const { send, log } = testApp(t, {}, { diagnose: async () => Promise.reject(new Error('https://u:canary@x')) })
  const answer = await send('POST', '/api/discover', { json: GIVEN, headers: { accept: 'application/x-ndjson' } })
  assert.deepEqual(JSON.parse(await answer.text()), {
    error: 'The service failed while it looked at the server; see its log',
  })
  assert.deepEqual(
    log.lines.map(({ level, fields }) => [level, fields]),
    [['error', '{"reason":"Error: https://***@x"}']],
  )
})
