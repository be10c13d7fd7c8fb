import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NEW_SOURCE, START, testApp } from './test-app.ts'

test('tells the last runs of each item and the counts of the last days, without secrets', async (t) => {
  const { ask, store } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  const id = store.runs.start('source', 1, 'timer', START)
  const failure = { kind: 'login', message: 'no' } as const
  const report = {
    status: 'error',
    message: 'https://u:canary@x refused',
    counts: { fetched: 2 },
    problems: [],
    failure,
  } as const
  store.runs.finish(id, report, START + 9)
  store.activity.note('error', 2, START)
  store.activity.note('ok', 2, START - 15 * 24 * 60 * 60_000)
  assert.deepEqual((await ask('GET', '/api/overview')).body, {
    runs: [
      {
        id,
        kind: 'source',
        item_id: 1,
        started_at: '2026-03-01T12:00:00.000Z',
        finished_at: '2026-03-01T12:00:00.009Z',
        status: 'error',
        message: 'https://***@x refused',
        failure: 'login',
        changes: 2,
      },
    ],
    activity: [{ at: '2026-03-01T12:00:00.000Z', status: 'error', runs: 1, changes: 2 }],
  })
})

test('tells what the service is and how it was set up, secrets hidden', async (t) => {
  const { ask } = testApp(t)
  const { body } = await ask('GET', '/api/system')
  const { database, memory, ...system } = body as {
    database: { bytes: number; path: string }
    memory: { used_bytes: number; heap_bytes: number }
  }
  assert.ok(database.bytes > 4096 && memory.used_bytes > memory.heap_bytes)
  assert.deepEqual(system, {
    version: '9.8.7',
    runtime: `Node.js ${process.versions.node} on ${process.platform}`,
    started_at: '2026-03-01T12:00:00.000Z',
    login: { on: false, username: null },
    journal: { bytes: 0, entries: 0, days: 30 },
    environment: [{ name: 'AUTH_PASSWORD', value: '***', secret: true }],
    warnings: [
      'Login is off: whoever reaches this address can read and change everything. Set AUTH_USERNAME and AUTH_PASSWORD.',
    ],
  })
})
