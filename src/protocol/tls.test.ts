import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import { never, testHttp } from '../../test/http-client.ts'
import { Secret } from '../core/types.ts'

const hasOpenssl = spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0
const skip = hasOpenssl ? false : 'OPENSSL IS NOT INSTALLED: the certificate checks were not tried'

/** Serves https on loopback with a certificate made for the occasion. */
async function withCertificate(options: readonly string[], use: (origin: string, seen: string[]) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'))
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile]
  const made = spawnSync('openssl', ['req', '-x509', ...key, '-out', certFile, '-subj', '/CN=test', ...options])
  assert.equal(made.status, 0, made.stderr.toString())
  const seen: string[] = []
  const server = createServer({ key: await readFile(keyFile), cert: await readFile(certFile) }, (request, response) => {
    seen.push(request.headers.authorization ?? '')
    response.end('hello')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  try {
    await use(`https://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`, seen)
  } finally {
    server.close()
    server.closeAllConnections()
    await rm(folder, { recursive: true })
  }
}

test('D11: a self-signed certificate is refused with a remedy, and the password is not sent', { skip }, async () => {
  await withCertificate(['-days', '2', '-addext', 'subjectAltName=IP:127.0.0.1'], async (url, seen) => {
    const http = testHttp()
    const credentials = { username: 'alice', password: new Secret('canary') }
    const asked = http.request({
      method: 'PROPFIND',
      url,
      body: '<x/>',
      credentials,
      signal: never(),
      limits: 'discovery',
    })
    const error = await failureOf(asked)
    assert.equal(error.kind, 'refused')
    assert.match(error.message, /certificate of 127\.0\.0\.1:\d+ is self-signed\. .*NODE_EXTRA_CA_CERTS/)
    assert.deepEqual(seen, [])
    await http.close()
  })
})
