import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newProfile } from '../core/server-profile.ts'
import { NEW_SOURCE, START, testApp } from './test-app.ts'

test('what was learnt of a server is shown with the items that use it, and of no other', async (t) => {
  const { ask, send, store } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  const profile = { ...newProfile(), software: 'Radicale/3', syncCollection: true, dataInSync: true, batch: 60 }
  const origin = 'https://cloud.example.com'
  store.profiles.put({ origin, username: 'anna', profile, learntAt: START })
  store.profiles.put({ origin, username: 'ben', profile, learntAt: START })
  const { status, body } = await ask('GET', '/api/servers')
  assert.equal(status, 200)
  assert.deepEqual(body, {
    servers: [
      {
        origin,
        username: 'anna',
        software: 'Radicale/3',
        sync_collection: true,
        data_in_sync: true,
        batch: 60,
        writers: 2,
        learnt_at: new Date(START).toISOString(),
        sources: [1],
        destinations: [],
      },
    ],
  })
  assert.equal((await send('POST', '/api/servers')).status, 405)
})
