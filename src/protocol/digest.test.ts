import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { type TestContext, test } from 'node:test'
import { never, testHttp } from '../../test/http-client.ts'
import { Secret } from '../core/types.ts'
import { parseChallenges } from './challenge.ts'
import { digestAuthorization, digestSession } from './digest.ts'

const EXAMPLE = `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=ALGORITHM,
  nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`
const CNONCE = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'
const MUFASA = { username: 'Mufasa', password: new Secret('Circle of Life') }

for (const [algorithm, response] of [
  ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
] as const) {
  test(`R12: answers the example of RFC 7616 section 3.9.1 by ${algorithm}`, () => {
    const session = digestSession(parseChallenges(EXAMPLE.replace('ALGORITHM', algorithm).replace(/\s+/g, ' ')))
    assert.ok(session)
    const header = digestAuthorization(session, MUFASA, 'GET', '/dir/index.html', CNONCE)
    assert.match(header, new RegExp(`response="${response}"`))
    assert.match(header, /^Digest username="Mufasa", realm="http-auth@example.org", .*nc=00000001/)
  })
}

test('reads several challenges in one header, quoted commas and all', () => {
  const found = parseChallenges('Negotiate, Digest realm="a, \\"b\\"", nonce=x , Basic realm="c", charset="UTF-8"')
  assert.deepEqual(
    found.map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]),
    [
      ['negotiate', {}],
      ['digest', { realm: 'a, "b"', nonce: 'x' }],
      ['basic', { realm: 'c', charset: 'UTF-8' }],
    ],
  )
  assert.deepEqual(parseChallenges(null), [])
  assert.deepEqual(parseChallenges('=?'), [])
})

test('takes the strongest challenge that it can answer', () => {
  const choose = (header: string) => digestSession(parseChallenges(header))?.algorithm
  assert.equal(choose('Digest nonce="a", algorithm=MD5, Digest nonce="b", algorithm=SHA-256'), 'SHA-256')
  assert.equal(choose('Digest nonce="a", qop="auth-int"'), undefined)
  assert.equal(choose('Digest nonce="a", algorithm=SHA-1'), undefined)
  assert.equal(choose('Digest nonce="a"'), null)
})

interface Demand {
  readonly algorithm: string
  readonly qop: boolean
  /** After this many requests the nonce is another one. */
  readonly nonceLasts?: number
  readonly saysStale?: boolean
}

/** A server that takes nothing but Digest, and checks each answer by itself. */
async function startServer(t: TestContext, { algorithm, qop, nonceLasts = 1e9, saysStale = true }: Demand) {
  const seen: { method: string; authorization: string; body: string }[] = []
  const name = /^MD5/i.test(algorithm) ? 'md5' : 'sha256'
  const digest = (text: string) => createHash(name).update(text).digest('hex')
  let taken = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { authorization = '' } = request.headers
      seen.push({ method: request.method ?? '', authorization, body: Buffer.concat(chunks).toString() })
      const nonce = `nonce-${Math.floor(taken / nonceLasts)}`
      const [given] = parseChallenges(authorization)
      const field = (key: string) => given?.parameters.get(key) ?? ''
      let user = digest('ann:realm:pä"ss')
      if (/-sess$/i.test(algorithm)) user = digest(`${user}:${nonce}:${field('cnonce')}`)
      const asked = digest(`${request.method}:${request.url}`)
      const middle = qop ? `${nonce}:${field('nc')}:${field('cnonce')}:auth` : nonce
      const right = given?.scheme === 'digest' && field('response') === digest(`${user}:${middle}:${asked}`)
      if (right) {
        taken += 1
        response.writeHead(200).end('in')
        return
      }
      const stale = saysStale && given?.scheme === 'digest' && field('nonce') !== nonce ? ', stale=true' : ''
      const offer = `Digest realm="realm", nonce="${nonce}", algorithm=${algorithm}${qop ? ', qop="auth"' : ''}${stale}`
      response.writeHead(401, { 'www-authenticate': offer }).end('no')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const http = testHttp()
  t.after(async () => {
    await http.close()
    await new Promise((resolve) => server.close(resolve))
  })
  const ask = async (method: 'GET' | 'PUT' | 'REPORT' = 'GET', password = 'pä"ss', body?: string) => {
    const response = await http.request({
      method,
      url: `${origin}/cal/a.ics?x=1`,
      credentials: { username: 'ann', password: new Secret(password) },
      ...(body === undefined ? {} : { body }),
      signal: never(),
      limits: 'calendar',
    })
    await response.discard()
    return response.status
  }
  return { seen, ask }
}

for (const demand of [
  { algorithm: 'MD5', qop: true },
  { algorithm: 'MD5', qop: false },
  { algorithm: 'SHA-256', qop: true },
  { algorithm: 'SHA-256-sess', qop: true },
]) {
  const { algorithm, qop } = demand
  test(`R12: ${algorithm}${qop ? '' : ' without qop'}: one request more at first, none once the nonce is known`, async (t) => {
    const { seen, ask } = await startServer(t, demand)
    assert.equal(await ask(), 200)
    assert.equal(seen.length, 2)
    for (const method of ['GET', 'REPORT', 'PUT'] as const) assert.equal(await ask(method, undefined, 'text'), 200)
    assert.equal(seen.length, 5)
    assert.equal(seen.at(-1)?.body, 'text')
  })
}

test('R12: a write that meets the challenge first is sent again with its body', async (t) => {
  const { seen, ask } = await startServer(t, { algorithm: 'MD5', qop: true })
  assert.equal(await ask('PUT', undefined, 'BEGIN:VCALENDAR'), 200)
  assert.deepEqual(
    seen.map(({ body }) => body),
    ['BEGIN:VCALENDAR', 'BEGIN:VCALENDAR'],
  )
})

for (const saysStale of [true, false]) {
  test(`R12: a nonce that has expired costs one more request${saysStale ? '' : ', also where the server does not say so'}`, async (t) => {
    const { seen, ask } = await startServer(t, { algorithm: 'MD5', qop: true, nonceLasts: 2, saysStale })
    for (let request = 0; request < 4; request += 1) assert.equal(await ask(), 200)
    assert.equal(seen.length, 6)
  })
}

test('R11: a wrong password is tried once, and then not blindly again', async (t) => {
  const { seen, ask } = await startServer(t, { algorithm: 'MD5', qop: true })
  assert.equal(await ask('GET', 'wrong'), 401)
  const digests = () => seen.filter(({ authorization }) => authorization.startsWith('Digest')).length
  assert.equal(digests(), 1)
  assert.equal(await ask('GET', 'wrong'), 401)
  assert.equal(digests(), 2)
})

test('a password over an open line is not sent readably to a server that once asked for Digest', async (t) => {
  const { seen, ask } = await startServer(t, { algorithm: 'MD5', qop: true })
  await ask()
  for (let request = 0; request < 3; request += 1) await ask()
  assert.equal(seen.filter(({ authorization }) => authorization.startsWith('Basic')).length, 1)
})
