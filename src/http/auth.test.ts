import assert from 'node:assert/strict'
import { argon2Sync, randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { LoginSettings } from '../core/settings.ts'
import { Secret } from '../core/types.ts'
import { createAuthenticator, type Verdict } from './auth.ts'
import { basic, heldClock, NEW_SOURCE, publish, type TestApp, testApp } from './test-app.ts'

const PASSWORD = 'pass:wörd'
const PLAIN: LoginSettings = { username: 'anna', password: { kind: 'plain', secret: new Secret(PASSWORD) } }

/** A hash as cheap as allowed, so that the tests do not wait for it. */
function hashed(password: string): LoginSettings {
  const nonce = randomBytes(16)
  const hash = argon2Sync('argon2id', { message: password, nonce, parallelism: 1, tagLength: 32, memory: 8, passes: 1 })
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  const phc = `$argon2id$v=19$m=8,t=1,p=1$${text(nonce)}$${text(hash)}`
  return { username: 'anna', password: { kind: 'argon2', secret: new Secret(phc) } }
}

const RIGHT = basic('anna', PASSWORD)

async function closedApp(t: TestContext, login: LoginSettings = PLAIN): Promise<TestApp> {
  const made = testApp(t, { login })
  const paths = ['private', 'open', 'custom']
  for (const ics_path of paths) {
    const json = {
      ...NEW_SOURCE,
      ics_path,
      public_ics: ics_path !== 'private',
      public_ics_path: ics_path === 'custom' ? 'custom-open' : null,
    }
    assert.equal((await made.ask('POST', '/api/sources', { json, headers: RIGHT })).status, 201)
  }
  for (const id of [1, 2, 3]) publish(made.store, id, 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n')
  await made.ask('POST', '/api/sources/1/paths', { json: { path: 'extra-open', is_public: true }, headers: RIGHT })
  await made.ask('POST', '/api/sources/1/paths', { json: { path: 'extra-closed' }, headers: RIGHT })
  return made
}

async function status(
  app: TestApp,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<number> {
  return (await app.send(method, path, { headers })).status
}

test('a refusal: 401, the realm, the word, no content type', async (t) => {
  const { send } = await closedApp(t)
  const answer = await send('GET', '/api/sources')
  assert.equal(answer.status, 401)
  assert.equal(answer.headers.get('www-authenticate'), 'Basic realm="caldav-ics-sync"')
  assert.equal(answer.headers.get('content-type'), null)
  assert.equal(await answer.text(), 'Unauthorized')
})

for (const [kind, login] of [
  ['plain', PLAIN],
  ['argon2', hashed(PASSWORD)],
] as const)
  test(`A5: ${kind} password: the right login passes, every odd header is 401`, async (t) => {
    const app = await closedApp(t, login)
    assert.equal(await status(app, '/api/sources', RIGHT), 200)
    assert.equal(await status(app, '/api/sources', { authorization: RIGHT.authorization.replace(/=+$/, '') }), 200)
    const encode = (text: string | Buffer) => Buffer.from(text).toString('base64')
    const credentials = RIGHT.authorization.slice('Basic '.length)
    const odd = [
      '',
      'Basic',
      'Basic ',
      `basic ${credentials}`,
      `BASIC ${credentials}`,
      `Bearer ${credentials}`,
      `Digest username="anna"`,
      `Basic ${encode(`anna:${PASSWORD}x`)}`,
      `Basic ${encode('anna:pass:wörD')}`,
      `Basic ${encode('anna:pass')}`,
      `Basic ${encode('anna:')}`,
      `Basic ${encode(`Anna:${PASSWORD}`)}`,
      `Basic ${encode(`anna :${PASSWORD}`)}`,
      `Basic ${encode(`:${PASSWORD}`)}`,
      `Basic ${encode('anna')}`,
      `Basic ${encode(`${PASSWORD}:anna`)}`,
      `Basic ${encode(`anna:${PASSWORD}\0`)}`,
      `Basic ${encode(`anna\0:${PASSWORD}`)}`,
      `Basic ${encode(Buffer.from([0xff, 0x3a, 0xfe]))}`,
      `Basic ${encode(Buffer.from(`anna:${PASSWORD}`, 'latin1'))}`,
      `Basic ${credentials}, Basic ${credentials}`,
      `Basic ${credentials} x`,
      'Basic !!!!',
      'Basic %%%',
      `Basic ${credentials.slice(0, 5)}`,
      `Basic ${encode('x'.repeat(16_384))}`,
      'null',
      `Basic=${credentials}`,
      `Basic\u00a0${credentials}`,
      `Basic ${credentials}===`,
    ]
    for (const [index, authorization] of odd.entries()) {
      const answer = await app.send('GET', '/api/sources', { headers: { authorization }, from: `198.51.100.${index}` })
      assert.deepEqual([authorization, answer.status], [authorization, 401])
    }
    t.diagnostic(`${odd.length} odd headers`)
  })

test('A13: without a login only health and public feeds answer', async (t) => {
  const app = await closedApp(t)
  const rows: [string, number][] = [
    ['/api/health', 200],
    ['/api/health/', 401],
    ['/api/health/detailed', 401],
    ['/API/health', 401],
    ['/ics/public/custom-open', 200],
    ['/ics/public/extra-open', 200],
    ['/ics/public/extra-closed', 404],
    ['/ics/public/nobody', 404],
    ['/ics/public/private', 404],
    ['/ics/open', 200],
    ['/ics/extra-open', 200],
    ['/ics/%6Fpen', 401],
    ['/ics/custom', 401],
    ['/ics/private', 401],
    ['/ics/extra-closed', 401],
    ['/ics/nobody', 401],
    ['/ics/public', 401],
    ['/ics/', 401],
    ['/', 401],
    ['/index.html', 401],
    ['/_next/static/x.js', 401],
    ['/api/openapi.json', 401],
    ['/api/swagger-ui/', 401],
    ['/api/unknown', 401],
    ['/metrics', 401],
  ]
  for (const [path, expected] of rows)
    for (const method of ['GET', 'HEAD'])
      assert.deepEqual([path, await status(app, path, {}, method)], [path, expected])
  assert.deepEqual(await (await app.send('GET', '/api/health')).json(), { status: 'ok' })
  for (const path of ['/api/health', '/ics/open', '/ics/public/custom-open', '/api/sources', '/'])
    for (const method of ['OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'])
      assert.deepEqual([method, path, await status(app, path, {}, method)], [method, path, 401])
})

test('A12: no spelling of a path gets past the login', async (t) => {
  const app = await closedApp(t)
  const targets = [
    '/api/sources',
    '/api/sources/1',
    '/api/destinations',
    '/api/health/detailed',
    '/api/openapi.json',
    '/ics/private',
    '/ics/custom',
    '/',
  ]
  const tricks: ((path: string) => string)[] = [
    (path) => `/ics/public/..${path}`,
    (path) => `/ics/public/%2e%2e/%2e%2e${path}`,
    (path) => `/ics/public/..%2f..%2f${path.slice(1)}`,
    (path) => `/ics/public/%2e%2e%2f%2e%2e${path.replaceAll('/', '%2f')}`,
    (path) => `/ics/public/..\\..${path}`,
    (path) => `/ics/public/%5c..%5c..${path}`,
    (path) => `/ics/open/../..${path}`,
    (path) => `/ics/open;${path}`,
    (path) => `/api/health/..${path}`,
    (path) => `/api/health;/..${path}`,
    (path) => `/api/health%00${path}`,
    (path) => `/api/health%3f${path}`,
    (path) => `/api/health%2f..${path}`,
    (path) => `/${path}`,
    (path) => `//evil.example${path}`,
    (path) => `/\\evil.example${path}`,
    (path) => path.toUpperCase(),
    (path) => `${path}/`,
    (path) => `${path}.`,
    (path) => `${path};x`,
    (path) => `${path}%00`,
    (path) => `${path}%ff`,
    (path) => `${path}?x=/api/health`,
    (path) => `${path}#/api/health`,
    (path) => path.replace(/[a-z]/g, (char) => `%${char.charCodeAt(0).toString(16)}`),
    (path) => path.replace('s', '%73'),
    (path) => path.replaceAll('/', '//'),
    (path) => path.replaceAll('/', '/./'),
    (path) => path.replace('/', '/%c0%af'),
    (path) => `http://localhost${path}`,
  ]
  let tried = 0
  for (const target of targets)
    for (const first of tricks)
      for (const second of [(path: string) => path, ...tricks]) {
        const path = second(first(target))
        const url = path.startsWith('http') ? path : `http://localhost${path}`
        if (!URL.canParse(url)) continue
        const answer = await app.app.request(new Request(url), undefined, {})
        const body = await answer.text()
        const isExempt =
          new URL(url).pathname.startsWith('/ics/public/') ||
          ['/api/health', '/ics/open'].includes(new URL(url).pathname)
        assert.ok(
          [400, 401, 404].includes(answer.status) || (isExempt && answer.status === 200),
          `${url}: ${answer.status}`,
        )
        assert.doesNotMatch(body, /cloud\.example\.com|openapi/)
        tried += 1
      }
  t.diagnostic(`${tried} paths`)
})

test('A6: ten failures in a minute block a client, each time for twice as long, others go on', async (t) => {
  const { send, clock } = await closedApp(t)
  const wrong = basic('anna', 'wrong')
  const attempt = async (headers: Record<string, string>, from = '203.0.113.5') => {
    const answer = await send('GET', '/api/sources', { headers, from })
    return [answer.status, answer.headers.get('retry-after')]
  }
  for (let n = 0; n < 10; n++) assert.deepEqual(await attempt(wrong), [401, null])
  assert.deepEqual(await attempt(wrong), [429, '60'])
  assert.deepEqual(await attempt(RIGHT), [429, '60'])
  assert.deepEqual(await attempt({ ...wrong, 'x-forwarded-for': '198.51.100.77' }), [429, '60'])
  assert.deepEqual(await attempt(RIGHT, '203.0.113.6'), [200, null])
  assert.deepEqual(await attempt({}), [401, null])
  clock.advance(60_000)
  for (let n = 0; n < 10; n++) assert.deepEqual(await attempt(wrong), [401, null])
  assert.deepEqual(await attempt(wrong), [429, '120'])
  clock.advance(119_500)
  assert.deepEqual(await attempt(wrong), [429, '1'])
  clock.advance(500)
  assert.deepEqual(await attempt(RIGHT), [200, null])
})

test('A6: nine failures a minute are never blocked; an IPv6 network counts as one client', async (t) => {
  const { send, clock } = await closedApp(t)
  const headers = basic('anna', 'wrong')
  for (let minute = 0; minute < 5; minute++) {
    for (let n = 0; n < 9; n++) assert.equal((await send('GET', '/', { headers, from: '203.0.113.9' })).status, 401)
    clock.advance(60_000)
  }
  for (let n = 0; n < 10; n++) await send('GET', '/', { headers, from: `2001:db8:1:2::${n}` })
  assert.equal((await send('GET', '/', { headers, from: '2001:db8:1:2:ffff::1' })).status, 429)
  assert.equal((await send('GET', '/', { headers, from: '2001:db8:1:3::1' })).status, 401)
})

test('A6: 100,000 addresses cost under 20 MiB', () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const authenticate = createAuthenticator(PLAIN, heldClock())
  const { authorization } = basic('anna', 'wrong')
  collect()
  const before = process.memoryUsage().heapUsed
  for (let n = 0; n < 100_000; n++) void authenticate(authorization, `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`)
  collect()
  assert.ok(process.memoryUsage().heapUsed - before < 20 * 1024 * 1024)
  assert.deepEqual(authenticate(RIGHT.authorization, 'home'), { kind: 'welcome' })
})

test('A7: a flood of wrong passwords waits in a short queue; a remembered login passes it', async () => {
  const authenticate = createAuthenticator(hashed(PASSWORD), heldClock())
  assert.deepEqual(await authenticate(RIGHT.authorization, 'home'), { kind: 'welcome' })
  const flood = Array.from({ length: 50 }, (_, n) => authenticate(basic('anna', `wrong${n}`).authorization, `bot${n}`))
  assert.deepEqual(authenticate(RIGHT.authorization, 'home'), { kind: 'welcome' }, 'at once, without a verification')
  const verdicts = await Promise.all(flood)
  const kinds = (kind: Verdict['kind']) => verdicts.filter((verdict) => verdict.kind === kind).length
  assert.deepEqual([kinds('refused'), kinds('wait'), kinds('welcome')], [10, 40, 0])
  assert.deepEqual(
    verdicts.find(({ kind }) => kind === 'wait'),
    { kind: 'wait', seconds: 1 },
  )
})

test('A7: equal logins under way share one verification', async () => {
  const authenticate = createAuthenticator(hashed(PASSWORD), heldClock())
  const all = await Promise.all(Array.from({ length: 30 }, () => authenticate(RIGHT.authorization, 'home')))
  assert.ok(all.every(({ kind }) => kind === 'welcome'))
})

test('S7, A7: a login is remembered for ten minutes, for its client, user and password only', async () => {
  const clock = heldClock()
  const authenticate = createAuthenticator(hashed(PASSWORD), clock)
  const isImmediate = (username: string, password: string, client = 'home') => {
    const verdict = authenticate(basic(username, password).authorization, client)
    if (verdict instanceof Promise) return verdict.then(({ kind }) => `later ${kind}`)
    return verdict.kind
  }
  assert.equal(await isImmediate('anna', PASSWORD), 'later welcome')
  assert.equal(await isImmediate('anna', PASSWORD), 'welcome')
  assert.equal(await isImmediate('anna', `${PASSWORD}x`), 'later refused')
  assert.equal(await isImmediate('annap', PASSWORD.slice(1)), 'later refused')
  assert.equal(await isImmediate('bob', PASSWORD), 'later refused')
  assert.equal(await isImmediate('anna', PASSWORD, 'elsewhere'), 'later welcome')
  clock.advance(10 * 60_000)
  assert.equal(await isImmediate('anna', PASSWORD), 'later welcome')
  for (let n = 0; n < 64; n++) await isImmediate('anna', PASSWORD, `client ${n}`)
  assert.equal(await isImmediate('anna', PASSWORD), 'later welcome', 'the oldest of 65 was forgotten')
})

test('A6: a remembered login passes while its client is throttled, a fresh guess does not', async () => {
  const authenticate = createAuthenticator(PLAIN, heldClock())
  assert.deepEqual(authenticate(RIGHT.authorization, 'home'), { kind: 'welcome' })
  for (let n = 0; n < 10; n++) await authenticate(basic('anna', `wrong${n}`).authorization, 'home')
  assert.deepEqual(authenticate(basic('anna', 'wrong').authorization, 'home'), { kind: 'wait', seconds: 60 })
  assert.deepEqual(authenticate(RIGHT.authorization, 'home'), { kind: 'welcome' })
})

test('A3: a hash that cannot be used never becomes a login', () => {
  const broken: LoginSettings = { username: 'anna', password: { kind: 'argon2', secret: new Secret('$2b$10$canary') } }
  assert.throws(
    () => createAuthenticator(broken, heldClock()),
    /AUTH_PASSWORD_HASH cannot be used: this is a bcrypt hash/,
  )
})
