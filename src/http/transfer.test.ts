import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SyncError } from '../core/errors.ts'
import { NEW_DESTINATION, NEW_SOURCE, testApp } from './test-app.ts'

const EMPTY = { format: 'caldav-ics-sync', version: 1, sources: [], destinations: [] }

type Entries = {
  readonly message: string
  readonly entries: { kind: string; name: string; result: string; message: string }[]
}

async function filled(t: Parameters<typeof testApp>[0]) {
  const app = testApp(t)
  await app.ask('POST', '/api/sources', {
    json: {
      ...NEW_SOURCE,
      calendars: ['https://anna:canary@cloud.example.com/dav/work/'],
      connection: { headers: { 'X-Key': 'canary' }, user_agent: 'Mine' },
    },
  })
  await app.ask('POST', '/api/sources/1/paths', { json: { path: 'second', is_public: true } })
  await app.ask('POST', '/api/destinations', {
    json: { ...NEW_DESTINATION, ics_url: 'source:1', remove_dropped: true },
  })
  const rules = [{ when: [], actions: [{ do: 'busy' }] }]
  await app.ask('POST', '/api/links', { json: { source_ids: [1], label: 'Aunt', rules } })
  return app
}

test('what was set up here is set up elsewhere by one file, which holds no secret', async (t) => {
  const { send, store } = await filled(t)
  const answer = await send('GET', '/api/export')
  assert.match(answer.headers.get('content-disposition') ?? '', /caldav-ics-sync-2026-03-01\.json/)
  const text = await answer.text()
  for (const secret of ['canary', 'pw-source', 'pw-destination']) assert.ok(!text.includes(secret))

  const elsewhere = testApp(t)
  const { body } = await elsewhere.ask('POST', '/api/import', { json: JSON.parse(text) })
  const { message, entries } = body as Entries
  assert.equal(message, '3 of 3 entries were added')
  assert.deepEqual(
    entries.map(({ kind, name, result }) => [kind, name, result]),
    [
      ['source', 'Family', 'created'],
      ['destination', 'Team', 'created'],
      ['link', 'Aunt', 'created'],
    ],
  )
  const source = elsewhere.store.sources.get(1)
  assert.deepEqual([source?.paused, source?.calendars], [true, ['https://anna:***@cloud.example.com/dav/work/']])
  assert.match(source?.last_sync_error ?? '', /^Enter the password/)
  assert.equal(elsewhere.store.destinations.get(1)?.ics_url, 'source:1')
  const path = store.links.list().find(({ kind }) => kind === 'own')?.path
  assert.equal(elsewhere.store.links.list().find(({ kind }) => kind === 'own')?.path, path)
  assert.equal(elsewhere.store.sourcePaths.has('second'), true)

  const again = (await elsewhere.ask('POST', '/api/import', { json: JSON.parse(text) })).body as Entries
  assert.deepEqual(new Set(again.entries.map(({ result }) => result)), new Set(['exists']))
  assert.equal((await send('GET', '/api/import')).status, 405)
})

test('passwords may be written into the file, or are those of the same account here; a bad entry stops no other', async (t) => {
  const { ask, store } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  const { password: _known, ...withoutPassword } = NEW_SOURCE
  const { body } = await ask('POST', '/api/import', {
    json: {
      format: 'caldav-ics-sync',
      version: 1,
      sources: [
        { ...withoutPassword, ics_path: 'same-account' },
        { ...withoutPassword, ics_path: 'public/no' },
        { ...withoutPassword, ics_path: 'other', username: 'berta', password: 'hers' },
      ],
      destinations: [],
    },
  })
  const { entries } = body as Entries
  assert.deepEqual(
    entries.map(({ result }) => result),
    ['created', 'refused', 'created'],
  )
  assert.deepEqual(
    [2, 3].map((id) => store.sources.password(id)?.reveal()),
    ['pw-source', 'hers'],
  )
  assert.equal(store.sources.get(2)?.paused, false)
  assert.equal((await ask('POST', '/api/import', { json: { format: 'other' } })).status, 422)
})

test('a feed that is a source of the other service is never taken for the source that has its id here', async (t) => {
  const { ask, store } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  const { body } = await ask('POST', '/api/import', {
    json: { ...EMPTY, destinations: [{ ...NEW_DESTINATION, ics_url: 'source:1' }] },
  })
  const [entry] = (body as Entries).entries
  assert.deepEqual([entry?.result, store.destinations.list()], ['refused', []])
  assert.match(entry?.message ?? '', /source at the path 1/)
})

test('links keep the order of their sources, and one whose feed cannot be made stops no other', async (t) => {
  const fails = async () => Promise.reject(new SyncError('internal', 'It could not be made.'))
  const { ask, store, log } = testApp(t, {}, { linkFeeds: { refresh: fails, sourceChanged: fails } })
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  await ask('POST', '/api/sources', { json: { ...NEW_SOURCE, ics_path: 'school' } })
  const sources = ['school', 'family']
  const { status, body } = await ask('POST', '/api/import', {
    json: {
      ...EMPTY,
      links: [
        { path: 'one', sources },
        { path: 'two', sources },
      ],
    },
  })
  assert.deepEqual([status, (body as Entries).entries.map(({ result }) => result)], [200, ['created', 'created']])
  const own = store.links.list().filter(({ kind }) => kind === 'own')
  assert.deepEqual(
    own.map(({ source_ids }) => source_ids),
    [
      [2, 1],
      [2, 1],
    ],
  )
  assert.equal(log.lines.filter(({ level }) => level === 'error').length, 2)
})
