import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { NEW_SOURCE, type TestApp, testApp } from './test-app.ts'

async function withTwoSources(t: TestContext): Promise<TestApp> {
  const made = testApp(t)
  await made.ask('POST', '/api/sources', { json: NEW_SOURCE })
  await made.ask('POST', '/api/sources', {
    json: { ...NEW_SOURCE, ics_path: 'second', public_ics: true, public_ics_path: 'second-public' },
  })
  return made
}

const error = (message: string) => ({ status: 'error', message })
const CREATED_AT = /"created_at":"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"/

test('creates, lists, changes and deletes paths', async (t) => {
  const { ask } = await withTwoSources(t)
  const created = await ask('POST', '/api/sources/1/paths', { json: { path: '  extra/one ' } })
  assert.equal(created.status, 201)
  assert.match(JSON.stringify(created.body), CREATED_AT)
  const path = (created.body as { path: { created_at: string } }).path
  const { created_at } = path
  assert.deepEqual(created.body, {
    status: 'success',
    message: 'Path created with id 1',
    path: { id: 1, source_id: 1, path: 'extra/one', is_public: false, created_at },
  })
  assert.deepEqual(await ask('PUT', '/api/sources/1/paths/1', { json: { is_public: true, path: null } }), {
    status: 200,
    body: { status: 'success', message: 'Path updated', path: { ...path, is_public: true } },
  })
  assert.deepEqual(await ask('GET', '/api/sources/1/paths'), {
    status: 200,
    body: { paths: [{ ...path, is_public: true }] },
  })
  assert.deepEqual(await ask('DELETE', '/api/sources/1/paths/1'), {
    status: 200,
    body: { status: 'success', message: 'Path deleted' },
  })
  assert.deepEqual(await ask('DELETE', '/api/sources/1/paths/1'), { status: 404, body: error('Path not found') })
})

test('an unknown source has no paths, and gets none', async (t) => {
  const { ask } = await withTwoSources(t)
  assert.deepEqual(await ask('GET', '/api/sources/9/paths'), { status: 200, body: { paths: [] } })
  assert.deepEqual(await ask('POST', '/api/sources/9/paths', { json: { path: 'x' } }), {
    status: 400,
    body: error('Source not found'),
  })
})

test('a path of another source is not found', async (t) => {
  const { ask } = await withTwoSources(t)
  await ask('POST', '/api/sources/1/paths', { json: { path: 'x' } })
  const notFound = { status: 404, body: error('Path not found') }
  assert.deepEqual(await ask('PUT', '/api/sources/2/paths/1', { json: { path: 'y' } }), notFound)
  assert.deepEqual(await ask('DELETE', '/api/sources/2/paths/1'), notFound)
})

test('refuses in the order of the contract', async (t) => {
  const { ask } = await withTwoSources(t)
  await ask('POST', '/api/sources/1/paths', { json: { path: 'taken' } })
  const rows: [string, string][] = [
    [' ', 'Path cannot be empty'],
    [' public ', "ICS path cannot start with 'public' — reserved for public ICS URLs"],
    ['public/..', "ICS path cannot start with 'public' — reserved for public ICS URLs"],
    ['/a/..', 'Path must not start with /'],
    ['a..b', 'Path must not contain ..'],
    ['family', 'Path conflicts with an existing source ICS path'],
    [' second-public ', 'Path conflicts with an existing source ICS path'],
    ['taken', 'Duplicate path is not allowed'],
    ['a?b', 'Path must not contain ?'],
  ]
  for (const [path, message] of rows) {
    assert.deepEqual(await ask('POST', '/api/sources/1/paths', { json: { path } }), {
      status: 400,
      body: error(message),
    })
    if (path === 'taken') continue
    assert.deepEqual(await ask('PUT', '/api/sources/1/paths/1', { json: { path } }), {
      status: 400,
      body: error(message),
    })
  }
  assert.equal((await ask('PUT', '/api/sources/1/paths/1', { json: { path: 'taken' } })).status, 200)
})

test('both ids are read before the body', async (t) => {
  const { ask } = await withTwoSources(t)
  const text = { body: 'x', headers: { 'content-type': 'text/plain' } }
  assert.equal((await ask('PUT', '/api/sources/1/paths/x', text)).status, 400)
  assert.equal((await ask('PUT', '/api/sources/x/paths/1', text)).status, 400)
  assert.equal((await ask('PUT', '/api/sources/1/paths/9', text)).status, 415)
})

test('deleting a source takes its paths along', async (t) => {
  const { ask } = await withTwoSources(t)
  await ask('POST', '/api/sources/1/paths', { json: { path: 'x' } })
  await ask('DELETE', '/api/sources/1')
  assert.deepEqual((await ask('GET', '/api/sources/1/paths')).body, { paths: [] })
  assert.equal((await ask('POST', '/api/sources/2/paths', { json: { path: 'x' } })).status, 201)
})
