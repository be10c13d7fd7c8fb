import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { Secret } from '../core/types.ts'
import { checkConnection, connectionView, updateConnection } from './connection.ts'
import { ApiError } from './errors.ts'

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.status === 400) return thrown.message
    throw thrown
  }
  assert.fail('it was accepted')
}

const check = (given: Parameters<typeof checkConnection>[1]) => checkConnection('connection', given, null)

test('nothing special is stored as nothing', () => {
  assert.equal(check({}), null)
  assert.equal(check({ auth_method: 'password', user_agent: ' ', headers: {}, ca_certificate: '' }), null)
})

test('S5: what is shown holds no secret, and sent back as shown it keeps them', () => {
  const stored = check({ auth_method: 'bearer', headers: { 'X-Api-Key': 'canary' } })
  const view = connectionView(stored)
  assert.deepEqual(view?.headers, { 'x-api-key': '***' })
  assert.ok(!JSON.stringify([view, stored]).includes('canary'))
  assert.ok(view)
  const again = checkConnection('connection', view, stored)
  assert.equal(again?.headers['x-api-key']?.reveal(), 'canary')
})

test('D10: a header that would break the request is refused by its name', () => {
  assert.match(
    refusal(() => check({ headers: { 'x-a': 'one\r\nx-b: two' } })),
    /^connection\.headers: x-a must not/,
  )
  assert.match(
    refusal(() => check({ headers: { 'x a': '1' } })),
    /"x a" is no header name/,
  )
  assert.match(
    refusal(() => check({ user_agent: 'a\nb' })),
    /^connection\.user_agent must not contain line breaks/,
  )
  for (const name of ['Host', 'content-length', 'Transfer-Encoding', 'If-Match', 'Proxy-Authorization', 'Depth']) {
    assert.match(
      refusal(() => check({ headers: { [name]: '1' } })),
      /is set by the service itself/,
    )
  }
})

test('certificates and keys are checked before they are stored', () => {
  assert.match(
    refusal(() => check({ ca_certificate: 'hello' })),
    /ca_certificate is not a certificate in PEM/,
  )
  assert.match(
    refusal(() => check({ client_key: 'k' })),
    /client_certificate is missing/,
  )
  assert.match(
    refusal(() => check({ client_certificate: 'c' })),
    /client_key is missing/,
  )
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=x'],
    ...['-keyout', '-', '-out', '-'],
  ])
  if (made.status !== 0) return
  const pem = made.stdout.toString()
  const key = /-----BEGIN PRIVATE KEY-----[\s\S]*END PRIVATE KEY-----/.exec(pem)?.[0] ?? ''
  const certificate = /-----BEGIN CERTIFICATE-----[\s\S]*END CERTIFICATE-----/.exec(pem)?.[0] ?? ''
  const stored = check({ client_certificate: certificate, client_key: key })
  assert.equal(stored?.client_key?.reveal(), key)
  assert.equal(connectionView(stored)?.client_key, '***')
  assert.match(
    refusal(() => check({ client_certificate: certificate, client_key: 'nonsense' })),
    /is not a private key/,
  )
})

test('S5: stored headers do not go to another server unasked', () => {
  const connection = check({ headers: { 'x-api-key': 'canary' } })
  const before = { label: 'CalDAV URL', url: 'https://a.example/dav/', connection }
  const update = (given: Parameters<typeof updateConnection>[1], url: string) =>
    updateConnection('connection', given, before, url)
  assert.equal(update(undefined, 'https://a.example/other/'), connection)
  assert.match(
    refusal(() => update(undefined, 'https://b.example/')),
    /CalDAV URL now points to another server/,
  )
  assert.match(
    refusal(() => update({ headers: { 'x-api-key': '***' } }, 'https://b.example/')),
    /another server/,
  )
  assert.equal(update({}, 'https://b.example/'), null)
  assert.ok(update({ headers: { 'x-api-key': 'new' } }, 'https://b.example/')?.headers['x-api-key'] instanceof Secret)
})
