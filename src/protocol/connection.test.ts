import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createPlainServer, request as forward, type IncomingMessage, type Server } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import { never, testHttp } from '../../test/http-client.ts'
import type { Connection } from '../core/connection.ts'
import { Secret } from '../core/types.ts'
import { downloadFeed } from './feed.ts'
import type { Http } from './http.ts'
import { networkError } from './network-error.ts'

const hasOpenssl = spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0
const skip = hasOpenssl ? false : 'OPENSSL IS NOT INSTALLED: the certificates of an item were not tried'

const PLAIN: Connection = {
  auth_method: 'password',
  user_agent: null,
  headers: {},
  ca_certificate: null,
  client_certificate: null,
  client_key: null,
}

const login = (connection: Partial<Connection> = {}) => ({
  username: 'alice',
  password: new Secret('token-1'),
  connection: { ...PLAIN, ...connection },
})

const ask = (http: Http, url: string, credentials: ReturnType<typeof login>) =>
  http.request({ method: 'GET', url, credentials, signal: never(), limits: 'discovery' })

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

function close(server: Server): void {
  server.close()
  server.closeAllConnections()
}

/** Answers whatever it is asked, and keeps what it was asked. */
async function withRecorder(
  use: (url: string, seen: IncomingMessage[]) => Promise<void>,
  answer: { status: number; headers?: Record<string, string> } = { status: 200 },
): Promise<void> {
  const seen: IncomingMessage[] = []
  const server = createPlainServer((request, response) => {
    seen.push(request)
    response.writeHead(answer.status, answer.headers ?? {}).end('hello')
  })
  try {
    await use(`http://127.0.0.1:${await listen(server)}/`, seen)
  } finally {
    close(server)
  }
}

test('R12: a bearer token goes out with the first request, and a refused one is not tried in another way', async () => {
  const refusal = { status: 401, headers: { 'www-authenticate': 'Basic realm="x", Digest realm="x", nonce="n"' } }
  await withRecorder(async (url, seen) => {
    const http = testHttp()
    const answer = await ask(http, url, login({ auth_method: 'bearer' }))
    assert.equal(answer.status, 401)
    await answer.discard()
    assert.deepEqual(
      seen.map(({ headers }) => headers.authorization),
      ['Bearer token-1'],
    )
    await http.close()
  }, refusal)
})

test('I10: headers and User-Agent of an item go to its server, also for a feed without a login', async () => {
  await withRecorder(async (url, seen) => {
    const http = testHttp()
    const headers = { 'x-api-key': new Secret('canary') }
    const connection = { ...PLAIN, user_agent: 'Mozilla/5.0 (family)', headers }
    await (await ask(http, url, login({ ...connection }))).discard()
    await downloadFeed(http, { url, etag: null, lastModified: null, connection }, never())
    assert.equal(seen.length, 2)
    for (const { headers } of seen) {
      assert.equal(headers['user-agent'], 'Mozilla/5.0 (family)')
      assert.equal(headers['x-api-key'], 'canary')
    }
    await http.close()
  })
})

test('D6: headers of an item stay behind where a redirect leads to another site', async () => {
  await withRecorder(async (other, seenThere) => {
    const redirect = { status: 302, headers: { location: other } }
    await withRecorder(async (url, seen) => {
      const http = testHttp()
      const answer = await ask(http, url, login({ headers: { 'x-api-key': new Secret('canary') } }))
      await answer.discard()
      assert.equal(seen[0]?.headers['x-api-key'], 'canary')
      assert.equal(seenThere.length, 1)
      assert.equal(seenThere[0]?.headers['x-api-key'], undefined)
      assert.equal(seenThere[0]?.headers.authorization, undefined)
      await http.close()
    }, redirect)
  })
})

const folder = mkdtempSync(join(tmpdir(), 'certificates-'))
const file = (name: string) => readFileSync(join(folder, name), 'utf8')

function openssl(...args: string[]): void {
  const made = spawnSync('openssl', args, { cwd: folder })
  assert.equal(made.status, 0, made.stderr.toString())
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']

before(() => {
  if (!hasOpenssl) return
  openssl('req', '-x509', ...NEW_KEY, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Family CA')
  const signed = (name: string, ...more: string[]) =>
    openssl(
      ...['req', '-x509', ...NEW_KEY, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-subj', `/CN=${name}`, ...more],
      ...['-keyout', `${name}.key`, '-out', `${name}.pem`],
    )
  signed('server', '-addext', 'subjectAltName=IP:127.0.0.1')
  signed('alice')
})

after(() => rmSync(folder, { recursive: true, force: true }))

async function withTls(options: ServerOptions, use: (url: string, names: string[]) => Promise<void>): Promise<void> {
  const names: string[] = []
  const own = { key: file('server.key'), cert: file('server.pem') }
  const server = createServer({ ...own, ...options }, (request, response) => {
    const { subject } = (request.socket as import('node:tls').TLSSocket).getPeerCertificate()
    names.push(String(subject?.CN ?? ''))
    response.end('hello')
  })
  try {
    await use(`https://127.0.0.1:${await listen(server)}/`, names)
  } finally {
    close(server)
  }
}

test('D11: the authority of one item is trusted for that item alone', { skip }, async () => {
  await withTls({}, async (url) => {
    const http = testHttp()
    const trusting = await ask(http, url, login({ ca_certificate: file('ca.pem') }))
    assert.equal(trusting.status, 200)
    await trusting.discard()
    const error = await failureOf(ask(http, url, login()))
    assert.match(error.message, /certificate of .* is signed by an unknown authority.*ca_certificate/)
    await http.close()
  })
})

test('D11: a client certificate is shown to the server that wants one', { skip }, async () => {
  const options = { requestCert: true, rejectUnauthorized: true, ca: hasOpenssl ? file('ca.pem') : '' }
  await withTls(options, async (url, names) => {
    const http = testHttp()
    const ca = { ca_certificate: file('ca.pem') }
    const pair = { client_certificate: file('alice.pem'), client_key: new Secret(file('alice.key')) }
    await (await ask(http, url, login({ ...ca, ...pair }))).discard()
    assert.deepEqual(names, ['alice'])
    await failureOf(ask(http, url, login(ca)))
    assert.deepEqual(names, ['alice'])
    await http.close()
  })
})

test('D11: a server that refuses the handshake for want of a client certificate is told so', () => {
  const thrown = Object.assign(new Error('alert'), { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' })
  const error = networkError(thrown, 'https://calendar.test/')
  assert.equal(error.kind, 'login')
  assert.match(error.message, /^calendar\.test wants a client certificate.*client_key/)
})

/** A forward proxy that wants a login; tells which ways it was asked for. */
async function withProxy(use: (origin: string, ways: string[]) => Promise<void>): Promise<void> {
  const ways: string[] = []
  const isKnown = ({ headers }: IncomingMessage) =>
    headers['proxy-authorization'] === `Basic ${Buffer.from('ann:secret').toString('base64')}`
  const server = createPlainServer((request, response) => {
    const { method, url = '', headers } = request
    ways.push(`${method} ${url}`)
    if (!isKnown(request)) {
      response.writeHead(407).end()
      return
    }
    const onward = { ...headers }
    delete onward['proxy-authorization']
    const { pathname } = new URL(url)
    const target = { host: '127.0.0.1', port: targetPort, path: pathname, method, headers: onward }
    request.pipe(
      forward(target, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      }),
    )
  })
  const open = new Set<Socket>()
  server.on('connect', (request, socket: Socket) => {
    ways.push(`CONNECT ${request.url}`)
    open.add(socket)
    if (!isKnown(request)) {
      socket.end('HTTP/1.1 407 No\r\n\r\n')
      return
    }
    const onward = connect(targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    open.add(onward)
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  try {
    await use(`127.0.0.1:${await listen(server)}`, ways)
  } finally {
    close(server)
    for (const socket of open) socket.destroy()
  }
}

/** Where the proxy brings everybody, whatever name was asked for. */
let targetPort = 0

test('a proxy from the environment carries requests, except to the hosts that are left out', async () => {
  await withRecorder(async (url, seen) => {
    targetPort = Number(new URL(url).port)
    await withProxy(async (proxy, ways) => {
      const outgoingProxy = { http: new Secret(`http://ann:secret@${proxy}`), https: null, except: 'direct.test' }
      const resolve = (_: string, done: (error: null, found: { address: string; family: number }[]) => void) =>
        done(null, [{ address: '127.0.0.1', family: 4 }])
      const http = testHttp({ outgoingProxy, resolve })
      await (await ask(http, 'http://calendar.test/home/', login())).discard()
      await (await ask(http, `http://direct.test:${targetPort}/home/`, login())).discard()
      assert.deepEqual(ways, ['GET http://calendar.test/home/'])
      assert.equal(seen.length, 2)
      assert.equal(seen[0]?.headers['proxy-authorization'], undefined)
      await http.close()
    })
  })
})

test('a proxy that refuses the way is named in the error, with what to check', { skip }, async () => {
  await withProxy(async (proxy) => {
    const http = testHttp({ outgoingProxy: { http: new Secret(`http://${proxy}`), https: null, except: '' } })
    for (const url of ['http://calendar.test/', 'https://calendar.test/']) {
      const error = await failureOf(ask(http, url, login()))
      assert.match(error.message, /^The proxy refuses the way to calendar\.test \(407\)\..*HTTPS_PROXY/)
    }
    await http.close()
  })
})

test('an https server is reached through the tunnel of a proxy, with the authority of the item', { skip }, async () => {
  await withTls({}, async (url) => {
    targetPort = Number(new URL(url).port)
    await withProxy(async (proxy, ways) => {
      const outgoingProxy = { http: null, https: new Secret(`http://ann:secret@${proxy}`), except: '' }
      const http = testHttp({ outgoingProxy })
      const error = await failureOf(ask(http, 'https://calendar.test/', login({ ca_certificate: file('ca.pem') })))
      // The tunnel ends at a server for 127.0.0.1: its name is checked behind the proxy as well.
      assert.match(error.message, /is for another host name/)
      assert.deepEqual(ways, ['CONNECT calendar.test:443'])
      await http.close()
    })
  })
})

test('D1: a proxy is not asked for a metadata address', async () => {
  await withProxy(async (proxy, ways) => {
    const http = testHttp({ outgoingProxy: { http: new Secret(`http://${proxy}`), https: null, except: '' } })
    const error = await failureOf(ask(http, 'http://169.254.169.254/latest/', login()))
    assert.match(error.message, /link-local, metadata or reserved/)
    assert.deepEqual(ways, [])
    await http.close()
  })
})
