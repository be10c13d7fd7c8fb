import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Secret } from '../core/types.ts'
import { basic, NEW_SOURCE, testApp } from './test-app.ts'

const PROXY = 'http://127.0.0.1:6766/base/'

interface UiServer {
  readonly seen: Request[]
  readonly fetchImpl: typeof fetch
  isUp: boolean
}

function uiServer(): UiServer {
  const seen: Request[] = []
  const server: UiServer = {
    seen,
    isUp: true,
    fetchImpl: async (input, init) => {
      if (!server.isUp) throw new TypeError('fetch failed: connection refused')
      const request = new Request(input, init)
      seen.push(request)
      const headers = {
        'content-type': 'text/html',
        'content-security-policy': "script-src 'unsafe-eval'",
        'x-frame-options': 'ALLOW',
        connection: 'close',
      }
      return new Response(`UI ${request.method} ${await request.text()}`, { status: 202, headers })
    },
  }
  return server
}

function webRoot(t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'web-out-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  writeFileSync(join(root, 'index.html'), 'built dashboard')
  return root
}

test('everything but /api, /ics and /metrics goes to the UI server, path and query unchanged', async (t) => {
  const ui = uiServer()
  const { send } = testApp(t, { proxyUrl: PROXY }, { fetchImpl: ui.fetchImpl })
  for (const path of ['/', '/a%20b?x=1&y=%2F', '//evil.example/x', '/_next/static/a.js', '/apix']) {
    const answer = await send('GET', path)
    assert.deepEqual([answer.status, await answer.text()], [202, 'UI GET '])
    assert.equal(ui.seen.at(-1)?.url, `http://127.0.0.1:6766/base${path}`)
  }
  const post = await send('POST', '/form', { body: 'x=1', headers: { 'content-type': 'text/plain' } })
  assert.equal(await post.text(), 'UI POST x=1')
  const count = ui.seen.length
  for (const path of ['/api', '/api/x', '/api/health', '/ics/x', '/ics', '/metrics'])
    assert.notEqual((await send('GET', path)).status, 202)
  assert.equal(ui.seen.length, count)
})

test('A16, A17: the login is asked for first and never passed on', async (t) => {
  const ui = uiServer()
  const login = { username: 'anna', password: { kind: 'plain' as const, secret: new Secret('canary') } }
  const { send } = testApp(t, { proxyUrl: PROXY, login }, { fetchImpl: ui.fetchImpl })
  assert.equal((await send('GET', '/')).status, 401)
  assert.equal(ui.seen.length, 0)
  assert.equal(
    (await send('GET', '/', { headers: { ...basic('anna', 'canary'), host: 'cal.example', 'x-other': 'kept' } }))
      .status,
    202,
  )
  const headers = ui.seen[0]?.headers
  assert.deepEqual(
    ['authorization', 'x-other', 'x-forwarded-host', 'x-forwarded-for'].map((name) => headers?.get(name)),
    [null, 'kept', 'cal.example', '192.0.2.1'],
  )
})

test('A11: what the UI server answers may not be framed either', async (t) => {
  const { send } = testApp(t, { proxyUrl: PROXY }, { fetchImpl: uiServer().fetchImpl })
  const { headers } = await send('GET', '/')
  assert.deepEqual(
    ['x-frame-options', 'x-content-type-options', 'content-security-policy', 'connection'].map((name) =>
      headers.get(name),
    ),
    ['DENY', 'nosniff', "script-src 'unsafe-eval'", null],
  )
})

test('a UI server that does not answer: the built dashboard is served, the log says so once', async (t) => {
  const ui = uiServer()
  const { send, log } = testApp(t, { proxyUrl: PROXY }, { fetchImpl: ui.fetchImpl, webRoot: webRoot(t) })
  const warnings = () => log.lines.filter(({ message }) => message.includes('SERVER_PROXY_URL')).length
  ui.isUp = false
  for (let n = 0; n < 3; n++) assert.equal(await (await send('GET', '/')).text(), 'built dashboard')
  assert.equal(warnings(), 1)
  ui.isUp = true
  assert.equal((await send('GET', '/')).status, 202)
  ui.isUp = false
  await send('GET', '/')
  assert.equal(warnings(), 2)
})

test('neither UI server nor dashboard: 502, and the API goes on', async (t) => {
  const ui = uiServer()
  ui.isUp = false
  const { send } = testApp(t, { proxyUrl: PROXY }, { fetchImpl: ui.fetchImpl })
  const answer = await send('GET', '/')
  assert.deepEqual([answer.status, await answer.text()], [502, 'Server not available'])
  assert.equal((await send('POST', '/api/sources', { json: NEW_SOURCE })).status, 201)
})
