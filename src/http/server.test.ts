import assert from 'node:assert/strict'
import { createServer, request as httpRequest } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { Secret } from '../core/types.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { type RunningServer, type ServerLimits, serve } from './server.ts'
import { basic, NEW_SOURCE, notingLog, publish, type TestApp, testApp } from './test-app.ts'

const LOGIN = { username: 'anna', password: { kind: 'plain' as const, secret: new Secret('pw') } }

async function started(
  t: TestContext,
  made: TestApp,
  limits: Partial<ServerLimits> = {},
): Promise<RunningServer & { url: string }> {
  const server = await serve(made.app, { host: '127.0.0.1', port: 0, log: made.log, limits })
  t.after(() => server.close())
  return { ...server, url: `http://127.0.0.1:${server.port}` }
}

/** Writes raw bytes and returns everything that comes back until the connection ends. */
function exchange(port: number, text: string, keep?: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
    keep?.(socket)
  })
}

test('answers over a real port, with the same headers as in process', async (t) => {
  const made = testApp(t)
  const { url } = await started(t, made)
  const created = await fetch(`${url}/api/sources`, {
    method: 'POST',
    body: JSON.stringify(NEW_SOURCE),
    headers: { 'content-type': 'application/json' },
  })
  assert.equal(created.status, 201)
  publish(made.store, 1, 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n')
  for (const path of ['/ics/family', '/api/health', '/api/x', '/']) {
    const answer = await fetch(url + path)
    for (const [name, value] of Object.entries(SECURITY_HEADERS))
      if (name !== 'content-security-policy') assert.equal(answer.headers.get(name), value, `${name} of ${path}`)
    await answer.arrayBuffer()
  }
  const head = await fetch(`${url}/ics/family`, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
  assert.deepEqual([head.status, head.headers.get('content-length')], [200, '32'])
  const wrongMethod = await fetch(`${url}/api/sources`, { method: 'PATCH' })
  assert.deepEqual(
    [wrongMethod.status, wrongMethod.headers.get('content-type'), await wrongMethod.text()],
    [405, null, ''],
  )
})

test('1.8: a refusal has no content type on the wire', async (t) => {
  const { url } = await started(t, testApp(t, { login: LOGIN }))
  const answer = await fetch(`${url}/api/sources`)
  assert.deepEqual(
    [answer.status, answer.headers.get('content-type'), answer.headers.get('www-authenticate'), await answer.text()],
    [401, null, 'Basic realm="caldav-ics-sync"', 'Unauthorized'],
  )
  assert.equal((await fetch(`${url}/api/sources`, { headers: basic('anna', 'pw') })).status, 200)
})

test('413 over the wire, and the connection serves the next request or ends', async (t) => {
  const { url } = await started(t, testApp(t))
  const body = JSON.stringify({ ...NEW_SOURCE, x: 'x'.repeat(3 * 1024 * 1024) })
  const answer = await fetch(`${url}/api/sources`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  assert.equal(answer.status, 413)
  assert.equal((await fetch(`${url}/api/health`)).status, 200)
})

test('A10, A12: ambiguous requests are 400 before any route', async (t) => {
  const { port } = await started(t, testApp(t))
  const targets = [
    '/ics/public/../../api/sources',
    '/ics/public/%2e%2e/%2E./api/sources',
    '/ics/public/..\\x',
    '/\\evil/api/sources',
    '/api/./sources',
    '/..',
    'http://x/../api/sources',
  ]
  for (const target of targets) {
    const answer = await exchange(port, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    assert.match(answer, /^HTTP\/1\.1 400 /, target)
    assert.match(answer, /x-frame-options: DENY/i)
  }
  const twoHosts = await exchange(port, 'GET /api/health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n')
  assert.match(twoHosts, /^HTTP\/1\.1 400 /)
  for (const bad of [
    'GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n',
    'nonsense\r\n\r\n',
    'GET /api/health HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
  ])
    assert.match(await exchange(port, bad), /^HTTP\/1\.1 400 /)
  const trace = await exchange(port, 'TRACE /api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  assert.match(trace, /^HTTP\/1\.1 405 /)
  const absolute = await exchange(port, 'GET http://x/api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  assert.match(absolute, /^HTTP\/1\.1 200 [\s\S]*\{"status":"ok"\}$/)
})

test('A5: an Authorization header longer than all headers may be is refused, not a failure', async (t) => {
  const { port } = await started(t, testApp(t, { login: LOGIN }))
  const answer = await exchange(port, `GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ${'x'.repeat(20_000)}\r\n\r\n`)
  assert.match(answer, /^HTTP\/1\.1 431 /)
  const two = `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic eDp5\r\nAuthorization: ${basic('anna', 'pw').authorization}\r\n\r\n`
  assert.match(await exchange(port, two), /^HTTP\/1\.1 401 /)
})

test('A14: headers and bodies that never come end the connection; others are served meanwhile', async (t) => {
  const { port, url } = await started(t, testApp(t), { headersMs: 150, requestMs: 300 })
  const slowHeaders = exchange(port, 'GET /api/health HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  const slowBody = exchange(
    port,
    'POST /api/sources HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  )
  assert.equal((await fetch(`${url}/api/health`)).status, 200)
  assert.match(await slowHeaders, /^HTTP\/1\.1 408 /)
  assert.match(await slowBody, /^HTTP\/1\.1 (?:408|400|500) |^$/)
  assert.equal((await fetch(`${url}/api/health`)).status, 200)
})

test('A14: connections beyond the limit are dropped at once', async (t) => {
  const { port } = await started(t, testApp(t), { sockets: 3 })
  const sockets: Socket[] = []
  const ended = Array.from({ length: 6 }, () => exchange(port, '', (socket) => sockets.push(socket)).catch(() => ''))
  await Promise.any([Promise.all(ended.slice(3)), Promise.all(ended.slice(0, 3))])
  assert.equal(sockets.filter((socket) => socket.destroyed || socket.readableEnded).length >= 3, true)
  for (const socket of sockets) socket.destroy()
  await Promise.all(ended)
})

test('S2: a run asked for by a client that hangs up goes on to its end', async (t) => {
  const made = testApp(t)
  await made.ask('POST', '/api/sources', { json: NEW_SOURCE })
  const { port } = await started(t, made)
  const begun = Promise.withResolvers<void>()
  const hungUp = Promise.withResolvers<void>()
  const finished = Promise.withResolvers<void>()
  made.runner.run = async () => {
    begun.resolve()
    await hungUp.promise
    finished.resolve()
    return { status: 'ok', message: '', counts: {}, problems: [], failure: null }
  }
  const answer = exchange(port, 'POST /api/sources/1/sync HTTP/1.1\r\nHost: x\r\n\r\n', (socket) => {
    begun.promise.then(() => socket.destroy(), assert.fail)
  })
  await answer
  hungUp.resolve()
  await finished.promise
})

test('S10: close lets an answer under way finish and takes no new ones', async (t) => {
  const made = testApp(t)
  await made.ask('POST', '/api/sources', { json: NEW_SOURCE })
  const { url, close } = await started(t, made)
  const begun = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  made.runner.run = async () => {
    begun.resolve()
    await goOn.promise
    return { status: 'ok', message: 'done', counts: { events: 1, calendars: 1 }, problems: [], failure: null }
  }
  const answer = fetch(`${url}/api/sources/1/sync`, { method: 'POST' })
  await begun.promise
  const closed = close()
  await assert.rejects(fetch(`${url}/api/health`))
  goOn.resolve()
  assert.equal((await answer).status, 200)
  await closed
})

test('S10: close does not wait for ever', async (t) => {
  const made = testApp(t)
  await made.ask('POST', '/api/sources', { json: NEW_SOURCE })
  const { url, close } = await started(t, made, { closeMs: 50 })
  const begun = Promise.withResolvers<void>()
  made.runner.run = () => {
    begun.resolve()
    return new Promise(() => {})
  }
  const answer = fetch(`${url}/api/sources/1/sync`, { method: 'POST' })
  await begun.promise
  await Promise.all([close(), assert.rejects(answer)])
})

test('a port in use and an address this machine lacks are one clear sentence', async (t) => {
  const made = testApp(t)
  const { port } = await started(t, made)
  const again = serve(made.app, { host: '127.0.0.1', port, log: notingLog() })
  await assert.rejects(again, {
    message: `Port ${port} is already in use; stop the program that uses it or set SERVER_PORT to another port.`,
  })
  await assert.rejects(
    serve(made.app, { host: '192.0.2.1', port: 0, log: notingLog() }),
    /no address 192\.0\.2\.1; set SERVER_HOST/,
  )
})

/** A UI server that takes websocket upgrades and says back what it hears. */
async function echoServer(
  t: TestContext,
): Promise<{ port: number; seen: { url: string; headers: NodeJS.Dict<string | string[]> }[] }> {
  const seen: { url: string; headers: NodeJS.Dict<string | string[]> }[] = []
  const server = createServer((_, answer) => answer.end('UI'))
  server.on('upgrade', (request, socket) => {
    seen.push({ url: request.url ?? '', headers: request.headers })
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
    )
    socket.on('data', (chunk) => socket.write(`echo ${chunk}`))
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { port: (server.address() as AddressInfo).port, seen }
}

function upgrade(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; socket: Socket | null }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      port,
      host: '127.0.0.1',
      path,
      headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'x', ...headers },
    })
    request.on('response', (answer) => {
      answer.resume()
      resolve({ status: answer.statusCode ?? 0, socket: null })
    })
    request.on('upgrade', (answer, socket) => resolve({ status: answer.statusCode ?? 0, socket: socket as Socket }))
    request.on('error', reject)
    request.end()
  })
}

test('a websocket upgrade reaches the UI server inside the login, and only from our own pages', async (t) => {
  const ui = await echoServer(t)
  const { port, close } = await started(t, testApp(t, { login: LOGIN, proxyUrl: `http://127.0.0.1:${ui.port}` }))
  const login = basic('anna', 'pw')
  assert.equal((await upgrade(port, '/_next/webpack-hmr')).status, 401)
  assert.equal((await upgrade(port, '/_next/webpack-hmr', { ...login, origin: 'https://evil.example' })).status, 403)
  assert.equal((await upgrade(port, '/api/sources', login)).status, 400)
  assert.equal((await upgrade(port, '/ics/x', login)).status, 404)
  assert.equal(ui.seen.length, 0)

  const { status, socket } = await upgrade(port, '/_next/webpack-hmr?id=1', {
    ...login,
    origin: `http://127.0.0.1:${port}`,
  })
  assert.equal(status, 101)
  assert.deepEqual(
    [ui.seen[0]?.url, ui.seen[0]?.headers.authorization, ui.seen[0]?.headers['sec-websocket-key']],
    ['/_next/webpack-hmr?id=1', undefined, 'x'],
  )
  const heard = Promise.withResolvers<string>()
  socket?.once('data', (chunk) => heard.resolve(chunk.toString()))
  socket?.write('hello')
  assert.equal(await heard.promise, 'echo hello')
  const ended = new Promise((resolve) => socket?.once('close', resolve))
  await close()
  await ended
})

test('pages and forms reach the UI server over real connections', async (t) => {
  const ui = createServer((incoming, answer) => {
    incoming.setEncoding('utf8')
    let body = ''
    incoming.on('data', (chunk) => {
      body += chunk
    })
    incoming.on('end', () => {
      answer.writeHead(200, { 'content-encoding': 'gzip', 'set-cookie': ['a=1', 'b=2'] })
      answer.end(gzipSync(`${incoming.method} ${incoming.url} ${body}`))
    })
  })
  await new Promise<void>((resolve) => ui.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    ui.close()
    ui.closeAllConnections()
  })
  const { url } = await started(t, testApp(t, { proxyUrl: `http://127.0.0.1:${(ui.address() as AddressInfo).port}` }))
  const page = await fetch(`${url}/page?x=1`)
  assert.deepEqual([await page.text(), page.headers.getSetCookie()], ['GET /page?x=1 ', ['a=1', 'b=2']])
  const form = await fetch(`${url}/form`, { method: 'POST', body: 'x'.repeat(100_000) })
  assert.equal((await form.text()).length, 'POST /form '.length + 100_000)
})

test('a websocket upgrade without a UI server is refused', async (t) => {
  const alone = await started(t, testApp(t))
  assert.equal((await upgrade(alone.port, '/hmr')).status, 404)
  const ui = await echoServer(t)
  const gone = createServer()
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
  const gonePort = (gone.address() as AddressInfo).port
  await new Promise((resolve) => gone.close(resolve))
  assert.notEqual(gonePort, ui.port)
  const { port } = await started(t, testApp(t, { proxyUrl: `http://127.0.0.1:${gonePort}` }))
  assert.equal((await upgrade(port, '/hmr')).status, 502)
})
