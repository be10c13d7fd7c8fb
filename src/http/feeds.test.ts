import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { NEW_SOURCE, publish, START, type TestApp, testApp } from './test-app.ts'

const FEED = `BEGIN:VCALENDAR\r\nSUMMARY:Grüße\r\n${'X-LINE:repeated\r\n'.repeat(50)}END:VCALENDAR\r\n`

async function withFeed(t: TestContext, change: object = {}): Promise<TestApp> {
  const made = testApp(t)
  const created = await made.ask('POST', '/api/sources', { json: { ...NEW_SOURCE, ...change } })
  assert.equal(created.status, 201)
  publish(made.store, 1, FEED)
  return made
}

async function textOf(answer: Response): Promise<[number, string | null, string]> {
  return [answer.status, answer.headers.get('content-type'), await answer.text()]
}

const NOT_FOUND = [404, 'text/plain; charset=utf-8', 'ICS not found']

test('serves the stored bytes with type, validators and file name', async (t) => {
  const { send } = await withFeed(t)
  const answer = await send('GET', '/ics/family')
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'text/calendar; charset=utf-8')
  assert.equal(answer.headers.get('last-modified'), 'Sun, 01 Mar 2026 12:00:00 GMT')
  assert.match(answer.headers.get('etag') ?? '', /^"[^"]+"$/)
  assert.equal(answer.headers.get('vary'), 'Accept-Encoding')
  assert.equal(answer.headers.get('cache-control'), 'private, no-cache')
  assert.equal(answer.headers.get('content-length'), String(Buffer.byteLength(FEED)))
  assert.equal(answer.headers.get('content-disposition'), `inline; filename="Family.ics"; filename*=UTF-8''Family.ics`)
  assert.equal(await answer.text(), FEED)
})

test('HEAD tells the same headers and sends no body', async (t) => {
  const { send } = await withFeed(t)
  const [head, get] = [await send('HEAD', '/ics/family'), await send('GET', '/ics/family')]
  assert.deepEqual([...head.headers], [...get.headers])
  assert.deepEqual([head.status, await head.text()], [200, ''])
})

test('the path is found decoded, case-sensitive, and never with a slash added', async (t) => {
  const { send } = await withFeed(t, { ics_path: 'Über/mein Kalender.ics' })
  assert.equal((await send('GET', '/ics/%C3%9Cber/mein%20Kalender.ics')).status, 200)
  assert.equal((await send('GET', '/ics/%C3%9Cber%2Fmein%20Kalender.ics')).status, 200)
  for (const path of [
    '/ics/%C3%BCber/mein%20Kalender.ics',
    '/ics/%C3%9Cber/mein%20Kalender.ics/',
    '/ics/',
    '/ics',
    '/ics/public',
    '/ics/public/',
  ])
    assert.deepEqual(await textOf(await send('GET', path)), NOT_FOUND, path)
})

test('an unknown path and a source never synced are 404 alike', async (t) => {
  const { send, ask } = testApp(t)
  await ask('POST', '/api/sources', { json: NEW_SOURCE })
  assert.deepEqual(await textOf(await send('GET', '/ics/family')), NOT_FOUND)
  assert.deepEqual(await textOf(await send('GET', '/ics/nobody')), NOT_FOUND)
})

test('A18: `..`, a leading slash, NUL and broken encoding in the decoded path are 400', async (t) => {
  const { send } = await withFeed(t)
  const bad = [
    'a..b',
    '..%2ffamily',
    '%2e%2e%2ffamily',
    '%2Ffamily',
    '/family',
    'x%00',
    '%',
    '%zz',
    '%c0%ae%c0%ae/x',
    '%ff',
  ]
  for (const prefix of ['/ics/', '/ics/public/'])
    for (const path of bad)
      assert.deepEqual(
        await textOf(await send('GET', prefix + path)),
        [400, 'text/plain; charset=utf-8', 'Invalid path'],
        path,
      )
})

test('public paths: the custom path under /ics/public, the main path never there', async (t) => {
  const { send } = await withFeed(t, { public_ics: true, public_ics_path: 'open/abc' })
  const open = await send('GET', '/ics/public/open/abc')
  assert.deepEqual([open.status, open.headers.get('cache-control')], [200, 'no-cache'])
  for (const path of ['/ics/public/family', '/ics/open/abc'])
    assert.deepEqual(await textOf(await send('GET', path)), NOT_FOUND)
  assert.equal((await send('GET', '/ics/family')).status, 200)
})

test('further paths: under /ics/ all of them, under /ics/public the public ones', async (t) => {
  const { send, ask } = await withFeed(t)
  await ask('POST', '/api/sources/1/paths', { json: { path: 'closed' } })
  await ask('POST', '/api/sources/1/paths', { json: { path: 'open', is_public: true } })
  const statuses = ['/ics/closed', '/ics/open', '/ics/public/open', '/ics/public/closed'].map(
    async (path) => (await send('GET', path)).status,
  )
  assert.deepEqual(await Promise.all(statuses), [200, 200, 200, 404])
})

test('a new path moves the feed at once; a deleted source takes it along', async (t) => {
  const { send, ask } = await withFeed(t)
  await ask('PUT', '/api/sources/1', { json: { ics_path: 'moved' } })
  assert.deepEqual([(await send('GET', '/ics/family')).status, (await send('GET', '/ics/moved')).status], [404, 200])
  await ask('DELETE', '/api/sources/1')
  assert.equal((await send('GET', '/ics/moved')).status, 404)
})

test('compresses as asked, each form with its own ETag', async (t) => {
  const { send } = await withFeed(t)
  const rows: [string | undefined, string | null][] = [
    [undefined, null],
    ['', null],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, zstd', 'zstd'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['BR; q=1.000', 'br'],
    ['identity, gzip;q=0.5', null],
    ['*', 'br'],
    ['*;q=0.5, br;q=0', 'zstd'],
    ['*;q=0', null],
    ['deflate', null],
    ['gzip;q=', 'gzip'],
    [';;,q=1,,', null],
  ]
  const decode = { gzip: gunzipSync, br: brotliDecompressSync, zstd: zstdDecompressSync }
  const tags = new Map<string, string>()
  for (const [asked, coding] of rows) {
    const answer = await send('GET', '/ics/family', {
      headers: asked === undefined ? {} : { 'accept-encoding': asked },
    })
    assert.equal(answer.headers.get('content-encoding'), coding, String(asked))
    assert.equal(answer.headers.get('vary'), 'Accept-Encoding')
    const bytes = Buffer.from(await answer.arrayBuffer())
    assert.equal(answer.headers.get('content-length'), String(bytes.length))
    const plain = coding === null ? bytes : decode[coding as keyof typeof decode](bytes)
    assert.equal(plain.toString(), FEED)
    tags.set(coding ?? 'identity', answer.headers.get('etag') ?? '')
  }
  assert.equal(new Set(tags.values()).size, 4)
})

test('304 for a tag the reader holds or for a date not before the change', async (t) => {
  const { send } = await withFeed(t)
  const tag = (await send('GET', '/ics/family')).headers.get('etag') ?? ''
  const date = new Date(START).toUTCString()
  const later = new Date(START + 5000).toUTCString()
  const earlier = new Date(START - 1000).toUTCString()
  const rows: [Record<string, string>, number][] = [
    [{ 'if-none-match': tag }, 304],
    [{ 'if-none-match': `W/${tag}` }, 304],
    [{ 'if-none-match': `"x", "a,b" , ${tag}` }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': '"x"' }, 200],
    [{ 'if-none-match': tag.replaceAll('"', '') }, 200],
    [{ 'if-modified-since': date }, 304],
    [{ 'if-modified-since': later }, 304],
    [{ 'if-modified-since': earlier }, 200],
    [{ 'if-modified-since': 'nonsense' }, 200],
    [{ 'if-none-match': '"x"', 'if-modified-since': later }, 200],
    [{ 'if-none-match': tag, 'accept-encoding': 'gzip' }, 200],
  ]
  for (const [headers, status] of rows)
    for (const method of ['GET', 'HEAD']) {
      const answer = await send(method, '/ics/family', { headers })
      assert.deepEqual([headers, answer.status], [headers, status])
      if (status !== 304) continue
      assert.deepEqual(
        [
          answer.headers.get('etag'),
          answer.headers.get('last-modified'),
          answer.headers.get('content-type'),
          await answer.text(),
        ],
        [tag, date, null, ''],
      )
    }
})

test('the tag and the date change with the bytes and only with them', async (t) => {
  const { send, store } = await withFeed(t)
  const validators = async () => {
    const { headers } = await send('GET', '/ics/family')
    return [headers.get('etag'), headers.get('last-modified')].join()
  }
  const first = await validators()
  publish(store, 1, FEED, START + 60_000)
  assert.equal(await validators(), first)
  publish(store, 1, FEED.replace('Grüße', 'Gruß'), START + 60_000)
  assert.notEqual(await validators(), first)
})

test('a Range is ignored: a feed is served whole or not at all', async (t) => {
  const { send } = await withFeed(t)
  const answer = await send('GET', '/ics/family', { headers: { range: 'bytes=0-10' } })
  assert.deepEqual([answer.status, await answer.text()], [200, FEED])
})

test('B3: no name of a source breaks the Content-Disposition header', async (t) => {
  const { send, ask } = await withFeed(t)
  const rows: [string, string, string][] = [
    ['a\r\nSet-Cookie: x=1', 'aSet-Cookie_ x_1.ics', 'aSet-Cookie_%20x%3D1.ics'],
    ['say "hi"; x=\\', 'say _hi__ x__.ics', 'say%20_hi_%3B%20x%3D_.ics'],
    ['Família 🎉', 'Fam_lia __.ics', 'Fam%C3%ADlia%20%F0%9F%8E%89.ics'],
    ["it's (50%)", 'it_s _50__.ics', 'it%27s%20%2850%25%29.ics'],
    ['../../etc/passwd', '.._.._etc_passwd.ics', '.._.._etc_passwd.ics'],
    ['\u202e\u0000\u2028', 'calendar.ics', 'calendar.ics'],
    ['x'.repeat(5000), `${'x'.repeat(100)}.ics`, `${'x'.repeat(100)}.ics`],
  ]
  for (const [name, ascii, encoded] of rows) {
    assert.equal((await ask('PUT', '/api/sources/1', { json: { name } })).status, 200)
    const { headers } = await send('GET', '/ics/family')
    assert.equal(headers.get('content-disposition'), `inline; filename="${ascii}"; filename*=UTF-8''${encoded}`)
    assert.equal(headers.get('content-type'), 'text/calendar; charset=utf-8')
    assert.equal(headers.get('set-cookie'), null)
  }
})

test('a database that fails answers 500 in plain words and goes to the log', async (t) => {
  const { send, store, log } = await withFeed(t)
  store.links.at = () => {
    throw new Error('disk I/O error')
  }
  assert.deepEqual(await textOf(await send('GET', '/ics/family')), [500, 'text/plain; charset=utf-8', 'Internal error'])
  assert.equal(log.lines.at(-1)?.level, 'error')
})
