import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { NEW_DESTINATION, NEW_SOURCE, testApp } from './test-app.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const WRONG_TYPE = { status: 'error', message: 'Expected request with `Content-Type: application/json`' }
const DESERIALIZE = 'Failed to deserialize the JSON body into the target type: '

function messageOf(body: unknown): string {
  assert.ok(typeof body === 'object' && body !== null && 'message' in body && 'status' in body)
  assert.equal(body.status, 'error')
  return String(body.message)
}

test('415 for a body that is not declared as JSON, any JSON type and parameter accepted', async (t) => {
  const { ask, send } = testApp(t)
  const body = JSON.stringify(NEW_SOURCE)
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
    'application/jsonx',
  ])
    assert.deepEqual(await ask('POST', '/api/sources', { body, headers: { 'content-type': type } }), {
      status: 415,
      body: WRONG_TYPE,
    })
  const types = [
    'application/json',
    'APPLICATION/JSON',
    'application/json ; charset=utf-8',
    'application/vnd.api2+json; a=b;c="d"',
    'application/merge-patch+json',
  ]
  for (const [index, type] of types.entries()) {
    const text = body.replace('"ics_path":"family"', `"ics_path":"family${index}"`)
    assert.equal(
      (await send('POST', '/api/sources', { body: text, headers: { 'content-type': type } })).status,
      201,
      type,
    )
  }
})

test('A8: a write without a body refuses a form that comes with it', async (t) => {
  const { ask, runner } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  runner.calls.length = 0
  for (const [method, path] of [
    ['POST', '/api/sources/1/sync'],
    ['DELETE', '/api/sources/1'],
  ] as const)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
      assert.deepEqual(await ask(method, path, { body: 'a=b', headers: { 'content-type': type } }), {
        status: 415,
        body: WRONG_TYPE,
      })
  assert.deepEqual(runner.calls, [])
})

test('400 for broken JSON, without repeating what was sent', async (t) => {
  const { ask } = testApp(t)
  const broken = [
    '',
    ' ',
    '{',
    '{"password": "canary"',
    '{"password": canary}',
    '{"a":1,}',
    "{'a':1}",
    'canary',
    '{"password":"canary" "b":1}',
    '\u0000canary',
  ]
  for (const body of broken) {
    const answer = await ask('POST', '/api/sources', { body, headers: JSON_TYPE })
    assert.equal(answer.status, 400, body)
    assert.match(messageOf(answer.body), /^Failed to parse the request body as JSON: \S/)
    assert.doesNotMatch(messageOf(answer.body), /canary/)
  }
})

test('A15: nesting without end and bytes that are not UTF-8 are refused', async (t) => {
  const { ask, app } = testApp(t)
  const deep = await ask('POST', '/api/sources', { body: `{"x":${'['.repeat(100_000)}`, headers: JSON_TYPE })
  assert.equal(deep.status, 400)
  const strings = await ask('POST', '/api/sources', {
    body: JSON.stringify({ ...NEW_SOURCE, x: '['.repeat(1000) }),
    headers: JSON_TYPE,
  })
  assert.equal(strings.status, 201)
  const latin1 = await app.request('/api/sources', {
    method: 'POST',
    body: Buffer.from('{"name":"\xfc"}', 'latin1'),
    headers: JSON_TYPE,
  })
  assert.equal(latin1.status, 400)
})

test('413 for a body over 2 MiB, with and without a declared length', async (t) => {
  const { ask, app } = testApp(t)
  const body = JSON.stringify({ ...NEW_SOURCE, x: 'x'.repeat(2 * 1024 * 1024) })
  const declared = await ask('POST', '/api/sources', {
    body,
    headers: { ...JSON_TYPE, 'content-length': String(body.length) },
  })
  assert.equal(declared.status, 413)
  assert.match(messageOf(declared.body), /2 MiB/)
  const stream = new Blob([body]).stream()
  const streamed = await app.request('/api/sources', {
    method: 'POST',
    body: stream,
    headers: JSON_TYPE,
    duplex: 'half',
  })
  assert.equal(streamed.status, 413)
  const fits = JSON.stringify({ ...NEW_SOURCE, x: 'x'.repeat(2 * 1024 * 1024 - 1000) })
  assert.equal((await ask('POST', '/api/sources', { body: fits, headers: JSON_TYPE })).status, 201)
})

test('422 names every missing field and every field of the wrong type, never its value', async (t) => {
  const { ask } = testApp(t)
  const shape = async (body: string) => {
    const answer = await ask('POST', '/api/sources', { body, headers: JSON_TYPE })
    assert.equal(answer.status, 422, body)
    const message = messageOf(answer.body)
    assert.ok(message.startsWith(DESERIALIZE), message)
    return message.slice(DESERIALIZE.length)
  }
  const change = (field: string, json: string) => JSON.stringify({ ...NEW_SOURCE, [field]: '@' }).replace('"@"', json)
  const { name: _, username: __, ...incomplete } = NEW_SOURCE
  assert.equal(await shape(JSON.stringify(incomplete)), 'missing field `name`; missing field `username`')
  assert.equal(await shape(change('name', '5')), 'name: invalid type: number, expected string')
  assert.equal(await shape(change('name', 'null')), 'name: invalid type: null, expected string')
  assert.equal(await shape(change('password', '["canary"]')), 'password: invalid type: array, expected string')
  assert.equal(await shape(change('public_ics', 'null')), 'public_ics: invalid type: null, expected boolean')
  assert.equal(await shape(change('public_ics', '1')), 'public_ics: invalid type: number, expected boolean')
  for (const number of ['1.5', '1.0', '1e3', '1e400'])
    assert.equal(
      await shape(change('sync_interval_secs', number)),
      'sync_interval_secs: invalid type: floating point, expected an integer',
    )
  assert.equal(
    await shape(change('sync_interval_secs', '99999999999999999999')),
    'sync_interval_secs: the number is out of range',
  )
  assert.equal(
    await shape(change('sync_interval_secs', '"60"')),
    'sync_interval_secs: invalid type: string, expected number',
  )
  assert.equal(await shape(`{"name":"a",${JSON.stringify(NEW_SOURCE).slice(1)}`), 'duplicate field `name`')
  for (const body of ['[]', '5', 'null', '"x"']) assert.notEqual(await shape(body), '')
})

test('an interval has to fit 64 bits', async (t) => {
  const { ask } = testApp(t)
  for (const [number, status] of [
    ['9223372036854775807', 201],
    ['9223372036854775808', 422],
    ['-9223372036854775809', 422],
  ] as const) {
    const body = JSON.stringify({ ...NEW_SOURCE, sync_interval_secs: '@' }).replace('"@"', number)
    assert.deepEqual(
      [number, (await ask('POST', '/api/sources', { body, headers: JSON_TYPE })).status],
      [number, status],
    )
  }
})

test('an empty body may be called a form: so does curl -X POST -d ""', async (t) => {
  const { ask } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '0' }
  assert.equal((await ask('POST', '/api/sources/1/sync', { headers })).status, 200)
  assert.equal(
    (await ask('POST', '/api/sources/1/sync', { headers: { ...headers, 'content-length': '3' }, body: 'a=b' })).status,
    415,
  )
})

test('unknown fields are ignored, whatever they hold', async (t) => {
  const { ask } = testApp(t)
  const body = `{"__proto__":{"name":"x"},"constructor":1.5,"id":7,"extra":[{"name":1.0}],${JSON.stringify(NEW_SOURCE).slice(1)}`
  const answer = await ask('POST', '/api/sources', { body, headers: JSON_TYPE })
  assert.equal(answer.status, 201)
  assert.equal((answer.body as { source: { id: number } }).source.id, 1)
  assert.equal(Reflect.get({}, 'name'), undefined)
})

test('order: path id, then body, then existence', async (t) => {
  const { ask } = testApp(t)
  const text = { body: 'x', headers: { 'content-type': 'text/plain' } }
  const broken = { body: '{', headers: JSON_TYPE }
  for (const kind of ['sources', 'destinations']) {
    assert.deepEqual(await ask('PUT', `/api/${kind}/abc`, text), {
      status: 400,
      body: { status: 'error', message: 'Invalid URL: Cannot parse `abc` to a `i64`' },
    })
    assert.equal((await ask('PUT', `/api/${kind}/7`, text)).status, 415)
    assert.equal((await ask('PUT', `/api/${kind}/7`, broken)).status, 400)
    assert.equal((await ask('PUT', `/api/${kind}/7`, { json: { name: 5 } })).status, 422)
    assert.equal((await ask('PUT', `/api/${kind}/7`, { json: { name: '' } })).status, 404)
  }
})

test('ids have the range of a 64-bit integer', async (t) => {
  const { ask } = testApp(t)
  for (const id of [
    'abc',
    '1.5',
    '0x1',
    '9223372036854775808',
    '-9223372036854775809',
    '1%20',
    '%C3%A4',
    '1e3',
    `${'9'.repeat(400)}`,
  ]) {
    const { status, body } = await ask('GET', `/api/sources/${id}`)
    assert.deepEqual(
      [status, messageOf(body)],
      [400, `Invalid URL: Cannot parse \`${decodeURIComponent(id)}\` to a \`i64\``],
    )
  }
  for (const id of ['9223372036854775807', '-9223372036854775808', '+1', '007', '%31', '9007199254740993'])
    assert.equal((await ask('GET', `/api/sources/${id}`)).status, 404)
})

const ROUTES: readonly (readonly [path: string, allow: string])[] = [
  ['/api/health', 'GET, HEAD'],
  ['/api/health/detailed', 'GET, HEAD'],
  ['/api/sources', 'GET, HEAD, POST'],
  ['/api/sources/1', 'GET, HEAD, PUT, DELETE'],
  ['/api/sources/1/sync', 'POST'],
  ['/api/sources/1/status', 'GET, HEAD'],
  ['/api/sources/1/paths', 'GET, HEAD, POST'],
  ['/api/sources/1/paths/1', 'PUT, DELETE'],
  ['/api/destinations', 'GET, HEAD, POST'],
  ['/api/destinations/1', 'GET, HEAD, PUT, DELETE'],
  ['/api/destinations/1/sync', 'POST'],
  ['/api/destinations/1/status', 'GET, HEAD'],
  ['/api/destinations/check-overlap', 'GET, HEAD'],
  ['/api/runs', 'GET, HEAD'],
  ['/api/runs/1', 'GET, HEAD'],
  ['/api/openapi.json', 'GET, HEAD'],
  ['/api/swagger-ui', 'GET, HEAD'],
  ['/api/swagger-ui/', 'GET, HEAD'],
  ['/ics/some/path', 'GET, HEAD'],
  ['/ics/public/some/path', 'GET, HEAD'],
]

test('a known route with another method: 405, Allow, empty body', async (t) => {
  const { send } = testApp(t)
  for (const [path, allow] of ROUTES)
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      if (allow.split(', ').includes(method)) continue
      const answer = await send(method, path)
      assert.deepEqual(
        [path, method, answer.status, answer.headers.get('allow'), await answer.text()],
        [path, method, 405, allow, ''],
      )
    }
})

test('HEAD is answered wherever GET is, with the same status and no body', async (t) => {
  const { send, ask } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  await ask('POST', '/api/destinations', { json: NEW_DESTINATION })
  for (const [path, allow] of ROUTES) {
    if (!allow.startsWith('GET')) continue
    const [head, get] = [await send('HEAD', path), await send('GET', path)]
    assert.deepEqual([path, head.status, await head.text()], [path, get.status, ''])
    assert.equal(head.headers.get('content-type'), get.headers.get('content-type'))
  }
})

test('no route matches with a slash added, and what is unknown under /api is 404 in JSON', async (t) => {
  const { ask } = testApp(t)
  const paths = ROUTES.map(([path]) => `${path}/`).filter(
    (path) => path.startsWith('/api') && !path.includes('swagger'),
  )
  for (const path of [
    ...paths,
    '/api',
    '/api/',
    '/api/x',
    '/api/sources//sync',
    '/API/sources',
    '/api/swagger-ui/x',
    '/metrics',
  ]) {
    if (!path.startsWith('/api') && path !== '/metrics') continue
    const { status, body } = await ask('GET', path)
    assert.deepEqual([path, status, messageOf(body)], [path, 404, `There is nothing at ${path}`])
  }
})

test('A15: mutated bodies are answered 4xx with a sentence, or accepted, never 5xx', async (t) => {
  const { send } = testApp(t)
  const fields = [
    ...new Set([
      ...Object.keys(NEW_SOURCE),
      ...Object.keys(NEW_DESTINATION),
      'public_ics',
      'public_ics_path',
      'sync_all',
      'keep_local',
    ]),
  ]
  const value = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
    fc.constantFrom('1e400', '-1', '1.5', 'null', 'true', '{}', '[]', '"https://x.example/"', '__proto__'),
  )
  const runs = 500
  const seed = Math.floor(Math.random() * 2 ** 31)
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        ['POST', '/api/sources'],
        ['PUT', '/api/sources/1'],
        ['POST', '/api/destinations'],
        ['PUT', '/api/destinations/1'],
        ['POST', '/api/sources/1/paths'],
      ),
      fc.array(fc.tuple(fc.constantFrom(...fields, '__proto__', 'path', 'is_public'), value), { maxLength: 4 }),
      fc.boolean(),
      async ([method = '', path = ''], changes, isWhole) => {
        const base = isWhole ? { ...NEW_SOURCE, ...NEW_DESTINATION, path: 'p' } : {}
        const members = Object.entries(base).map(([key, given]) => [key, JSON.stringify(given)])
        const merged = new Map([...members, ...changes] as [string, string][])
        const body = `{${[...merged].map(([key, json]) => `${JSON.stringify(key)}:${json}`).join()}}`
        const answer = await send(method, path, { body, headers: JSON_TYPE })
        if (answer.status < 300) accepted += 1
        else {
          assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} for ${body}`)
          assert.notEqual(messageOf(await answer.json()), '')
        }
      },
    ),
    { numRuns: runs, seed },
  )
  t.diagnostic(`${runs} bodies, ${accepted} accepted, seed ${seed}`)
})
