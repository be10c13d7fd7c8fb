import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { type TestApp, testApp } from './test-app.ts'

const INLINE = `self.__next_f.push([1,"</b>"])`
const HOME = `<!doctype html><script src="/_next/static/a.js"></script><script>${INLINE}</script><script async="">x()</script>${'<p>home</p>'.repeat(200)}`
const FILES: Readonly<Record<string, string>> = {
  'index.html': HOME,
  'sources.html': 'sources page',
  'sources/view.html': 'view page',
  'index.txt': 'rsc payload',
  '404.html': 'not found page',
  'icon.svg': '<svg/>',
  '_next/static/chunks/a-b~c.js': 'console.log(1);'.repeat(200),
  '_next/static/media/font.woff2': 'font'.repeat(1000),
}

function webRoot(t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'web-out-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  return root
}

const withPages = (t: TestContext): TestApp => testApp(t, {}, { webRoot: webRoot(t) })

test('serves pages without their extension, payloads and files, each with its type', async (t) => {
  const { send } = withPages(t)
  const rows: [string, string, string][] = [
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/?tab=sources', 'index.html', 'text/html; charset=utf-8'],
    ['/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['/sources', 'sources.html', 'text/html; charset=utf-8'],
    ['/sources/view?id=3', 'sources/view.html', 'text/html; charset=utf-8'],
    ['/index.txt', 'index.txt', 'text/plain; charset=utf-8'],
    ['/icon.svg', 'icon.svg', 'image/svg+xml'],
    ['/_next/static/chunks/a-b~c.js', '_next/static/chunks/a-b~c.js', 'text/javascript; charset=utf-8'],
    ['/_next/static/chunks/a%2Db~c.js', '_next/static/chunks/a-b~c.js', 'text/javascript; charset=utf-8'],
    ['/_next/static/media/font.woff2', '_next/static/media/font.woff2', 'font/woff2'],
  ]
  for (const [path, file, type] of rows) {
    const answer = await send('GET', path)
    assert.deepEqual(
      [path, answer.status, answer.headers.get('content-type'), await answer.text()],
      [path, 200, type, FILES[file]],
    )
    const head = await send('HEAD', path)
    assert.deepEqual(
      [head.status, head.headers.get('content-length'), await head.text()],
      [200, answer.headers.get('content-length'), ''],
    )
  }
})

test('what is not there is 404 with the page for it; nothing outside the folder is there', async (t) => {
  const { send } = withPages(t)
  const paths = [
    '/nothing',
    '/sources/',
    '/Sources',
    '/%',
    '/%zz',
    '/..%2fpackage.json',
    '/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '/sources%00',
    '/_next',
    '/_next/static/',
    '//index.html',
    '/sources.html/x',
  ]
  for (const path of paths) {
    const answer = await send('GET', path)
    assert.deepEqual([path, answer.status, await answer.text()], [path, 404, 'not found page'])
  }
  const write = await send('POST', '/sources')
  assert.deepEqual([write.status, write.headers.get('allow')], [405, 'GET, HEAD'])
  assert.equal((await send('POST', '/nothing')).status, 404)
})

test('pages are asked for anew and answered 304; files with a hash in their name are kept for ever', async (t) => {
  const { send } = withPages(t)
  const page = await send('GET', '/')
  assert.equal(page.headers.get('cache-control'), 'no-cache')
  const tag = page.headers.get('etag') ?? ''
  const again = await send('GET', '/', { headers: { 'if-none-match': `W/${tag}` } })
  assert.deepEqual([again.status, again.headers.get('etag'), await again.text()], [304, tag, ''])
  const chunk = await send('GET', '/_next/static/chunks/a-b~c.js')
  assert.equal(chunk.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.equal((await send('GET', '/_next/static/missing.js')).headers.get('cache-control'), 'no-cache')
})

test('texts are compressed as asked, fonts are not', async (t) => {
  const { send } = withPages(t)
  const ask = (path: string) => send('GET', path, { headers: { 'accept-encoding': 'gzip, br' } })
  const page = await ask('/')
  assert.equal(page.headers.get('content-encoding'), 'br')
  assert.equal(brotliDecompressSync(Buffer.from(await page.arrayBuffer())).toString(), HOME)
  const zipped = await send('GET', '/', { headers: { 'accept-encoding': 'gzip' } })
  assert.equal(gunzipSync(Buffer.from(await zipped.arrayBuffer())).toString(), HOME)
  assert.notEqual(zipped.headers.get('etag'), page.headers.get('etag'))
  for (const path of ['/_next/static/media/font.woff2', '/icon.svg'])
    assert.equal((await ask(path)).headers.get('content-encoding'), null)
})

test('A11: the page allows its own inline scripts by hash and no other', async (t) => {
  const { send } = withPages(t)
  const policy = (await send('GET', '/')).headers.get('content-security-policy') ?? ''
  const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`
  assert.ok(policy.includes(`script-src 'self' ${hash(INLINE)} ${hash('x()')};`), policy)
  assert.ok(policy.includes("style-src 'self' 'unsafe-inline';"))
  const other = (await send('GET', '/sources')).headers.get('content-security-policy') ?? ''
  assert.ok(other.includes("script-src 'self';"))
})

test('without a built dashboard one page says how to build it', async (t) => {
  const { send } = testApp(t)
  const page = await send('GET', '/')
  assert.deepEqual([page.status, page.headers.get('content-type')], [503, 'text/html; charset=utf-8'])
  assert.match(await page.text(), /The dashboard is not built[\s\S]*npm start/)
  const other = await send('GET', '/sources')
  assert.deepEqual([other.status, await other.text()], [404, 'Not found'])
})
