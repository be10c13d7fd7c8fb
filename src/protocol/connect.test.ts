import assert from 'node:assert/strict'
import type { LookupAddress } from 'node:dns'
import { after, before, test } from 'node:test'
import { request } from 'undici'
import { failureOf } from '../../test/failure.ts'
import { startWebServer, type WebServer } from '../../test/fakes/web-server.ts'
import { never, testHttp } from '../../test/http-client.ts'
import { openNetwork } from './connect.ts'
import type { HttpOptions } from './http.ts'

let server: WebServer
before(async () => {
  server = await startWebServer((_, response) => response.end('hello'))
})
after(() => server.stop())

async function get(url: string, options: Partial<HttpOptions> = {}): Promise<string> {
  const http = testHttp(options)
  try {
    const response = await http.request({ method: 'GET', url, signal: never(), limits: 'feed' })
    return Buffer.from(await response.bytes()).toString()
  } finally {
    await http.close()
  }
}

const answering =
  (...addresses: readonly string[]): NonNullable<HttpOptions['resolve']> =>
  (_, done) =>
    done(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

const SPELLINGS = [
  'http://169.254.169.254/',
  'http://169.254.169.254./',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://0251.0376.0251.0376/',
  'http://0xa9.0xfe.0xa9.0xfe/',
  'http://169.254.43518/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[2002:a9fe:a9fe::1]/',
  'http://[fe80::1]/',
  'http://[fd00:ec2::254]/',
  'http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/',
  'http://169。254。169。254/',
  'http://0/',
  'http://0.0.0.0/',
  'http://100.100.100.200/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
]

test('D1: metadata and link-local addresses are refused in every spelling', async () => {
  for (const url of SPELLINGS) {
    const error = await failureOf(get(url, { resolve: answering('169.254.169.254') }))
    assert.equal(error.kind, 'refused', url)
    assert.match(error.message, /never connected to/, url)
  }
})

test('D1: a name that resolves to a forbidden address is refused, also where private hosts are allowed by name', async () => {
  const options = { resolve: answering('169.254.169.254', 'fe80::1'), allowedPrivateHosts: ['metadata.example'] }
  const error = await failureOf(get('http://metadata.example/', options))
  assert.equal(error.kind, 'refused')
})

test('D2: of several addresses only the permitted ones are used', async () => {
  const url = `http://calendar.example:${server.port}/`
  assert.equal(await get(url, { resolve: answering('fe80::1', '127.0.0.1') }), 'hello')
})

test('D2: a name that changes its address between requests is judged anew at each connection', async () => {
  const answers = ['127.0.0.1', '169.254.169.254']
  const http = testHttp({ resolve: (name, done) => answering(answers.shift() ?? '')(name, done) })
  const url = `http://rebinding.example:${server.port}/`
  const ask = () =>
    http.request({ method: 'GET', url, headers: { connection: 'close' }, signal: never(), limits: 'feed' })
  await (await ask()).bytes()
  const count = server.seen.length
  assert.equal((await failureOf(ask())).kind, 'refused')
  assert.equal(server.seen.length, count)
  await http.close()
})

test('D1: with private networks off, private hosts are refused save those on the list', async () => {
  const off = { allowPrivateNetworks: false }
  const byName = `http://nas.example:${server.port}/`
  const resolve = answering('127.0.0.1')
  for (const url of [`${server.origin}/`, `http://[::1]:${server.port}/`, byName]) {
    const error = await failureOf(get(url, { ...off, resolve }))
    assert.match(error.message, /ALLOW_PRIVATE_NETWORKS/, url)
  }
  assert.equal(await get(byName, { ...off, resolve, allowedPrivateHosts: ['NAS.example'] }), 'hello')
  assert.equal(await get(`${server.origin}/`, { ...off, allowedPrivateHosts: [`127.0.0.1:${server.port}`] }), 'hello')
  await failureOf(get(`${server.origin}/`, { ...off, allowedPrivateHosts: ['127.0.0.1:1'] }))
})

test('D1: a hop named by a public host reaches no private address, listed or not', async () => {
  const network = openNetwork({ allowPrivateNetworks: true, allowedPrivateHosts: ['127.0.0.1'] })
  const error = await failureOf(
    request(server.origin, { dispatcher: network.dispatcher(new URL(server.origin), null, true) }),
  )
  assert.match(error.message, /public server sends us on/)
  assert.equal(network.isPublic(server.origin), false)
  await network.close()
})
