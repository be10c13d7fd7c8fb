import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '../core/types.ts'
import { clientKey } from './client-address.ts'
import { createRateLimiter } from './rate-limit.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { basic, heldClock, NEW_SOURCE, publish, START, testApp } from './test-app.ts'

const LOGIN = { username: 'anna', password: { kind: 'plain' as const, secret: new Secret('pw') } }

const WRITES: readonly (readonly [string, string])[] = [
  ['POST', '/api/sources'],
  ['PUT', '/api/sources/1'],
  ['DELETE', '/api/sources/1'],
  ['POST', '/api/sources/1/sync'],
  ['POST', '/api/sources/1/paths'],
  ['PUT', '/api/sources/1/paths/1'],
  ['DELETE', '/api/sources/1/paths/1'],
  ['POST', '/api/destinations'],
  ['PUT', '/api/destinations/1'],
  ['DELETE', '/api/destinations/1'],
  ['POST', '/api/destinations/1/sync'],
]

test('S4, A8: a write from another origin is 403 on every route and changes nothing', async (t) => {
  const { send, runner, store } = testApp(t)
  await send('POST', '/api/sources', { json: NEW_SOURCE })
  runner.calls.length = 0
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:8080' },
    { origin: 'http://localhost.evil.example' },
    { origin: 'http://evil.example/localhost' },
    { origin: 'file://' },
    { origin: 'http://localhost, http://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
  ]
  for (const [method, path] of WRITES)
    for (const headers of foreign) {
      const answer = await send(method, path, { headers: { host: 'localhost', ...headers }, json: NEW_SOURCE })
      assert.deepEqual([method, path, headers, answer.status], [method, path, headers, 403])
      assert.equal(((await answer.json()) as { status: string }).status, 'error')
    }
  assert.deepEqual([runner.calls, store.sources.list().length], [[], 1])
})

test('A8: our own pages, and programs that say nothing of an origin, may write', async (t) => {
  const { send } = testApp(t)
  await send('POST', '/api/sources', { json: NEW_SOURCE })
  const own: Record<string, string>[] = [
    {},
    { host: 'cal.example:6765', origin: 'http://cal.example:6765' },
    { host: 'cal.example', origin: 'https://cal.example' },
    { host: 'cal.example:443', origin: 'https://cal.example' },
    { host: '[::1]:6765', origin: 'http://[::1]:6765' },
    { 'sec-fetch-site': 'same-origin', origin: 'https://cal.example', host: '127.0.0.1:6765' },
    { 'sec-fetch-site': 'none' },
  ]
  for (const headers of own)
    assert.deepEqual([headers, (await send('PUT', '/api/sources/1', { headers, json: {} })).status], [headers, 200])
  const override = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' }
  assert.equal((await send('POST', '/api/sources/1', { headers: override })).status, 405)
  assert.equal((await send('GET', '/api/sources/1?_method=DELETE', { headers: override })).status, 200)
})

test('A8: X-Forwarded-Host counts behind a trusted proxy only', async (t) => {
  const headers = { host: '127.0.0.1:6765', origin: 'https://cal.example', 'x-forwarded-host': 'cal.example' }
  for (const [trustProxy, status] of [
    [true, 404],
    [false, 403],
  ] as const) {
    const { send } = testApp(t, { trustProxy })
    assert.equal((await send('PUT', '/api/sources/1', { headers, json: {} })).status, status)
  }
})

test('A8: the address that PUBLIC_URL names is our own, however the proxy in front of us writes Host', async (t) => {
  const { send } = testApp(t, {}, { publicUrl: 'https://cal.example/calendars' })
  for (const [origin, status] of [
    ['https://cal.example', 404],
    ['https://cal.example:8443', 403],
    ['https://evil.example', 403],
  ] as const) {
    const headers = { host: '127.0.0.1:6765', origin }
    assert.equal((await send('PUT', '/api/sources/1', { headers, json: {} })).status, status)
  }
  const crossSite = { 'sec-fetch-site': 'cross-site', origin: 'https://cal.example', host: '127.0.0.1:6765' }
  assert.equal((await send('PUT', '/api/sources/1', { headers: crossSite, json: {} })).status, 403)
})

test('A9: no CORS header anywhere, and a preflight is not answered', async (t) => {
  const { send } = testApp(t)
  const headers = {
    origin: 'https://evil.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  }
  for (const [method, path] of [
    ['OPTIONS', '/api/sources'],
    ['GET', '/api/sources'],
    ['GET', '/ics/x'],
    ['GET', '/'],
    ['POST', '/api/sources'],
  ] as const) {
    const answer = await send(method, path, { headers })
    assert.deepEqual(
      [...answer.headers.keys()].filter((name) => name.startsWith('access-control')),
      [],
    )
    if (method === 'OPTIONS') assert.equal(answer.status, 405)
  }
})

test('A11: every answer carries the security headers and names no server', async (t) => {
  const open = testApp(t, { swaggerUi: true })
  await open.send('POST', '/api/sources', { json: NEW_SOURCE })
  publish(open.store, 1, 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n')
  const closed = testApp(t, { login: LOGIN, allowedHosts: ['cal.example.com'] })
  const failing = testApp(t)
  failing.store.sources.list = () => {
    throw new Error('disk I/O error')
  }
  const answers: [number, Response][] = [
    [200, await open.send('GET', '/api/sources')],
    [201, await open.send('POST', '/api/sources', { json: { ...NEW_SOURCE, ics_path: 'b' } })],
    [200, await open.send('GET', '/ics/family')],
    [304, await open.send('GET', '/ics/family', { headers: { 'if-none-match': '*' } })],
    [404, await open.send('GET', '/ics/x')],
    [400, await open.send('GET', '/ics/a..b')],
    [400, await open.send('GET', '/api/sources/x')],
    [403, await open.send('POST', '/api/sources', { headers: { origin: 'null' } })],
    [404, await open.send('GET', '/api/x')],
    [405, await open.send('PUT', '/api/sources')],
    [415, await open.send('POST', '/api/sources', { body: 'x' })],
    [422, await open.send('POST', '/api/sources', { json: {} })],
    [503, await open.send('GET', '/')],
    [404, await open.send('GET', '/x')],
    [200, await open.send('GET', '/api/swagger-ui/')],
    [308, await open.send('GET', '/api/swagger-ui')],
    [200, await open.send('GET', '/api/swagger-ui/swagger-ui.css')],
    [200, await open.send('GET', '/api/openapi.json')],
    [401, await closed.send('GET', '/')],
    [200, await closed.send('GET', '/api/health')],
    [421, await closed.send('GET', '/', { headers: { host: 'evil.example' } })],
    [500, await failing.send('GET', '/api/sources')],
  ]
  for (const [status, answer] of answers) {
    assert.equal(answer.status, status)
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      const given = answer.headers.get(name)
      if (name !== 'content-security-policy') assert.equal(given, value, `${name} of ${status}`)
      else
        for (const part of [
          "default-src 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "form-action 'self'",
          "object-src 'none'",
        ])
          assert.ok(given?.includes(part), `${part} of ${status}`)
    }
    assert.doesNotMatch(answer.headers.get('content-security-policy') ?? '', /script-src[^;]*unsafe/)
    assert.deepEqual([answer.headers.get('server'), answer.headers.get('x-powered-by')], [null, null])
  }
})

test('A10: with ALLOWED_HOSTS set, names that a stranger could point at us are 421', async (t) => {
  const { send } = testApp(t, { allowedHosts: ['cal.example.com', 'other.example:8443'] })
  const status = async (host: string, more: Record<string, string> = {}) =>
    (await send('GET', '/api/health', { headers: { host, ...more } })).status
  const fine = [
    'cal.example.com',
    'CAL.example.com:6765',
    'cal.example.com.',
    'other.example:8443',
    'localhost',
    'localhost:6765',
    '127.0.0.1:6765',
    '[::1]:6765',
    '[fe80::1]',
    'nas',
    'nas.local',
    'nas.lan:80',
    'x.home.arpa',
    'x.internal',
  ]
  for (const host of fine) assert.deepEqual([host, await status(host)], [host, 200])
  const bad = [
    'evil.example',
    'evil.example:6765',
    'cal.example.com.evil.example',
    'xcal.example.com',
    'other.example',
    'evil.example.',
    '127.0.0.1.evil.example',
    'evil.local.example',
    '999.1.1.1',
  ]
  for (const host of bad) assert.deepEqual([host, await status(host)], [host, 421])
  assert.equal(await status('evil.example', { 'x-forwarded-host': 'cal.example.com' }), 421)
  const absolute = await testApp(t, { allowedHosts: ['cal.example.com'] }).app.request(
    'http://evil.example/api/health',
    { headers: { host: 'cal.example.com' } },
  )
  assert.equal(absolute.status, 421)
  assert.equal((await testApp(t).send('GET', '/api/health', { headers: { host: 'evil.example' } })).status, 200)
})

test('1.9: over the limit: 429, the sentence, both headers, one token per period', async (t) => {
  const { send, clock } = testApp(t, { rateLimit: { perSecond: 3, burst: 2 } })
  const ask = async (path: string, from = '192.0.2.1') => {
    const answer = await send('GET', path, { from, headers: { 'x-forwarded-for': `10.0.0.${clock.now() % 7}` } })
    return [
      answer.status,
      answer.headers.get('retry-after'),
      answer.headers.get('x-ratelimit-after'),
      answer.status === 429 ? await answer.text() : '',
    ]
  }
  assert.equal((await ask('/api/health'))[0], 200)
  assert.equal((await ask('/ics/x'))[0], 404)
  assert.deepEqual(await ask('/api/sources'), [429, '0', '0', 'Too Many Requests! Wait for 0s'])
  assert.equal((await ask('/'))[0], 503, 'the dashboard is never limited')
  assert.equal((await ask('/api/sources', '192.0.2.2'))[0], 200)
  clock.advance(332)
  assert.equal((await ask('/api/sources'))[0], 429)
  clock.advance(1)
  assert.equal((await ask('/api/sources'))[0], 200, 'a token every 1000/3 = 333 ms')
  assert.equal((await ask('/api/sources'))[0], 429)
})

test('1.9: the bucket holds BURST tokens, waits are whole seconds rounded down, the period is at least 1 ms', () => {
  const clock = heldClock()
  const take = createRateLimiter({ perSecond: 0, burst: 3 }, clock)
  assert.deepEqual([take('a'), take('a'), take('a'), take('a'), take('b')], [null, null, null, 1, null])
  clock.advance(1)
  assert.equal(take('a'), 0)
  clock.advance(10_000)
  assert.deepEqual([take('a'), take('a'), take('a'), take('a')], [null, null, null, 1])
  const fast = createRateLimiter({ perSecond: 5000, burst: 1 }, clock)
  assert.deepEqual([fast('a'), fast('a')], [null, 0])
  clock.advance(1)
  assert.equal(fast('a'), null)
})

test('1.9: a flood of addresses does not grow the memory of buckets, and takes nobody a token', () => {
  const take = createRateLimiter({ perSecond: 1, burst: 1 }, heldClock())
  assert.equal(take('first'), null)
  for (let n = 0; n < 20_000; n++) assert.equal(take(`client ${n}`), null)
  assert.equal(take('client 19999'), 1)
  assert.equal(take('first'), null, 'forgotten, so its bucket is full again')
})

test('I6: a clock set back does not lock a client out', () => {
  const clock = heldClock(START + 86_400_000)
  const take = createRateLimiter({ perSecond: 1, burst: 1 }, clock)
  take('a')
  clock.advance(-86_400_000)
  assert.equal(take('a'), 1)
  clock.advance(2000)
  assert.equal(take('a'), null)
})

test('1.9: a 401 costs no token', async (t) => {
  const { send } = testApp(t, { login: LOGIN, rateLimit: { perSecond: 1, burst: 1 } })
  for (let n = 0; n < 5; n++) assert.equal((await send('GET', '/api/sources')).status, 401)
  const headers = basic('anna', 'pw')
  assert.equal((await send('GET', '/api/sources', { headers })).status, 200)
  assert.equal((await send('GET', '/api/sources', { headers })).status, 429)
})

test('a client is its address, its IPv6 network, or what a trusted proxy saw', () => {
  const none = () => undefined
  const key = (peer: string) => clientKey(peer, none, false)
  assert.equal(key('192.0.2.1'), '192.0.2.1')
  assert.equal(key('::ffff:192.0.2.1'), '192.0.2.1')
  assert.equal(key('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(key('2001:DB8:1:2::'), '2001:db8:1:2::/64')
  assert.equal(key('2001:db8::1'), '2001:db8:0:0::/64')
  assert.equal(key('::1'), '0:0:0:0::/64')
  assert.equal(key('fe80::1%eth0'), 'fe80:0:0:0::/64')
  assert.equal(key('64:ff9b::192.0.2.1'), '64:ff9b:0:0::/64')
  const behind = (headers: Record<string, string>) => clientKey('10.0.0.1', (name) => headers[name], true)
  assert.equal(behind({ 'x-forwarded-for': 'forged, 198.51.100.1, 203.0.113.7' }), '203.0.113.7')
  assert.equal(behind({ 'x-forwarded-for': '203.0.113.7:1234' }), '203.0.113.7')
  assert.equal(behind({ 'x-real-ip': '203.0.113.8' }), '203.0.113.8')
  assert.equal(behind({ forwarded: 'for=1.1.1.1, for="[2001:db8::9]:443";proto=https' }), '2001:db8:0:0::/64')
  assert.equal(behind({ 'x-forwarded-for': 'unknown' }), '10.0.0.1')
  assert.equal(behind({}), '10.0.0.1')
})
