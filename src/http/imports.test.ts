import assert from 'node:assert/strict'
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { calendarText } from '../../test/fakes/world.ts'
import { inspectFeed } from '../sync/inspect.ts'
import { NEW_DESTINATION, testApp } from './test-app.ts'

const TEXT = calendarText(['a@x', 'Dentist'])

function setUp(t: Parameters<typeof testApp>[0]) {
  const app = testApp(
    t,
    {},
    {
      inspect: (request, signal) =>
        inspectFeed(request, { defaultZone: 'Europe/Berlin', clock: { now: () => 0 } } as never, signal),
    },
  )
  const put = async (name: string, body: string | Uint8Array = TEXT) => {
    const answer = await app.send('PUT', `/api/imports/${name}`, { body, headers: { 'content-type': 'text/calendar' } })
    return { status: answer.status, body: (await answer.json()) as { message: string; ics_url?: string } }
  }
  return { ...app, put }
}

test('a file is uploaded, listed with who uses it, replaced, and deleted once nobody does', async (t) => {
  const { put, ask, imports } = setUp(t)
  assert.deepEqual(await ask('GET', '/api/imports'), { status: 200, body: { imports: [] } })
  assert.deepEqual(await put('school.ics'), {
    status: 200,
    body: { status: 'success', message: 'school.ics is stored; it holds 1 event', ics_url: 'import:school.ics' },
  })
  const made = await ask('POST', '/api/destinations', { json: { ...NEW_DESTINATION, ics_url: 'import:school.ics' } })
  assert.equal(made.status, 201)
  const { body } = await ask('GET', '/api/imports')
  const [file] = (body as { imports: { name: string; bytes: number; destinations: number[] }[] }).imports
  assert.deepEqual([file?.name, file?.bytes, file?.destinations], ['school.ics', TEXT.length, [1]])
  assert.equal((await ask('DELETE', '/api/imports/school.ics')).status, 409)
  assert.equal((await put('school.ics', calendarText(['b@x', 'Other']))).status, 200)
  assert.match(Buffer.from(imports.read('school.ics')).toString(), /Other/)
  await ask('DELETE', '/api/destinations/1')
  assert.equal((await ask('DELETE', '/api/imports/school.ics')).status, 200)
  assert.equal((await ask('DELETE', '/api/imports/school.ics')).status, 404)
})

test('I1, I2: what is no whole calendar never takes the place of a good file', async (t) => {
  const { put, imports } = setUp(t)
  await put('school.ics')
  for (const wrong of ['', '<html>sign in</html>', TEXT.slice(0, -20), new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])]) {
    const { status, body } = await put('school.ics', wrong)
    assert.equal(status, 400, body.message)
  }
  assert.equal(Buffer.from(imports.read('school.ics')).toString(), TEXT)
})

test('A18: a name never leads out of the import folder', async (t) => {
  const { put, send, imports } = setUp(t)
  await put('good.ics')
  const outside = readdirSync(join(imports.path, '..')).sort()
  for (const name of [
    '..%2fx.ics',
    '%2e%2e%2fx.ics',
    '..%5cx.ics',
    '.hidden.ics',
    'x.txt',
    'a%00.ics',
    '%2ftmp%2fx.ics',
    'a%0a.ics',
    'CON%3a.ics',
  ]) {
    const answer = await send('PUT', `/api/imports/${name}`, {
      body: TEXT,
      headers: { 'content-type': 'text/calendar' },
    })
    assert.ok(answer.status >= 400 && answer.status < 500, `${name}: ${answer.status}`)
    const gone = await send('DELETE', `/api/imports/${name}`)
    assert.ok(gone.status >= 400 && gone.status < 500, `${name}: ${gone.status}`)
  }
  assert.deepEqual(readdirSync(imports.path), ['good.ics'])
  assert.deepEqual(readdirSync(join(imports.path, '..')).sort(), outside)
})

test('A18: a link in the import folder is not followed', async (t) => {
  const { put, imports } = setUp(t)
  await put('good.ics')
  const secret = join(imports.path, '..', 'secret.txt')
  writeFileSync(secret, TEXT)
  symlinkSync(secret, join(imports.path, 'link.ics'))
  assert.throws(() => imports.read('link.ics'), /There is no file "link\.ics"/)
  assert.deepEqual(
    imports.list().map(({ name }) => name),
    ['good.ics'],
  )
  await put('link.ics', calendarText(['b@x', 'Other']))
  assert.equal(readFileSync(secret, 'utf8'), TEXT, 'an upload replaces the link, not what it leads to')
})

test('413 for a file over 32 MiB, before all of it is read', async (t) => {
  const { send } = setUp(t)
  const headers = { 'content-type': 'text/calendar', 'content-length': String(33 * 1024 * 1024) }
  assert.equal((await send('PUT', '/api/imports/large.ics', { body: 'x', headers })).status, 413)
})

test('S4: a page of another site can neither upload nor delete', async (t) => {
  const { send } = setUp(t)
  for (const method of ['PUT', 'DELETE'] as const) {
    const headers = { 'content-type': 'text/calendar', origin: 'https://evil.example' }
    const body = method === 'PUT' ? { body: TEXT } : {}
    assert.equal((await send(method, '/api/imports/x.ics', { headers, ...body })).status, 403)
  }
})

test('a destination may name a file that is still to come, but none that never can', async (t) => {
  const { ask } = setUp(t)
  const create = (ics_url: string) => ask('POST', '/api/destinations', { json: { ...NEW_DESTINATION, ics_url } })
  assert.equal((await create('import:later.ics')).status, 201)
  const refused = await create('import:../x.ics')
  assert.deepEqual(refused.body, {
    status: 'error',
    message: 'ICS URL names a file that cannot be imported; write import: and a name ending in .ics',
  })
})
