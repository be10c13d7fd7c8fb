import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { basic, publish, START } from './test-app.ts'
import { again, FEED, fresh, LOGIN, type Served, served, status } from './test-served.ts'

test('whatever is asked, the answer from memory is that of the routes, byte for byte', async (t) => {
  const made = await served(t)
  made.store.sources.update(1, { public_ics: true, public_ics_path: 'open/abc' })
  const etag = /etag: (\S+)/.exec(await made.get('/ics/family'))?.[1] ?? ''
  const host = 'Host: localhost'
  const conditions = [
    [],
    ['Accept-Encoding: gzip'],
    ['accept-encoding: br;q=0.1, gzip;q=0.9'],
    ['Accept-Encoding:'],
    ['Accept-Encoding: gzip', 'Accept-Encoding: br'],
    [`If-None-Match: ${etag}`],
    [`If-None-Match: W/${etag}`],
    [`If-None-Match: "x", ${etag}`],
    ['If-None-Match: "x"', `If-None-Match: ${etag}`],
    ['If-None-Match: *', 'Accept-Encoding: gzip'],
    [`If-None-Match: ${etag}`, 'Accept-Encoding: gzip'],
    [`If-Modified-Since: ${new Date(START).toUTCString()}`],
    [`If-Modified-Since: ${new Date(START - 1000).toUTCString()}`],
    ['If-Modified-Since: nonsense'],
    ['Range: bytes=0-10'],
    ['User-Agent: one', 'User-Agent: two'],
    ['Content-Length: 3', '', 'abc'],
    ['Expect: 100-continue'],
    ['Authorization: Basic eA=='],
  ]
  const starts = [
    ...['/ics/family', '/ics/family.ics', '/ics/f%61mily', '/ics/public/open/abc', '/ics/open/abc', '/ics/nobody'],
    ...['/ics/family?x=1', '/ics/family?subscribe', '/ics/family#x', '/ics/../ics/family', '/ics//family', '/ics/'],
    ...['http://localhost/ics/family', 'http://other.example/ics/family', '/ics/family/', '/ics/a..b', '/ics/%zz'],
  ].flatMap((target) => ['GET', 'HEAD'].map((method) => `${method} ${target} HTTP/1.1\r\n${host}`))
  starts.push(
    `POST /ics/family HTTP/1.1\r\n${host}`,
    `OPTIONS /ics/family HTTP/1.1\r\n${host}`,
    `GET /ics/family HTTP/1.1\r\n${host}\r\n${host}`,
    'GET /ics/family HTTP/1.1\r\nHost: a/b',
    'GET /ics/family HTTP/1.1\r\nHost: LOCALHOST:80',
    'GET /ics/family HTTP/1.1',
    'GET /ics/family HTTP/1.0',
    `GET /ics/family HTTP/1.0\r\n${host}`,
    `GET /ics/family HTTP/1.0\r\n${host}\r\nConnection: keep-alive`,
  )
  let fast = 0
  for (const start of starts) {
    for (const lines of conditions) {
      // A write of no matter makes the first of the two one for the routes.
      made.store.sources.update(1, { name: 'Family' })
      const close = start.includes('Connection') ? ['If-Match: x'] : ['Connection: close']
      const request = [start, ...close, ...lines, '', ''].join('\r\n')
      made.reads.length = 0
      const ends = start.includes('keep-alive') ? request.replace('keep-alive', 'close') : request
      const [cold, coldIsFast] = await again(made, () => made.wire(ends))
      const noted = made.reads.splice(0)
      const [warm, warmIsFast] = await again(made, () => made.wire(ends))
      assert.equal(coldIsFast, false, request)
      assert.equal(warm, cold, request)
      assert.deepEqual(made.reads, noted, request)
      if (warmIsFast) fast += 1
    }
  }
  assert.ok(fast > 100, `only ${fast} answers came from memory`)
})

test('two requests on one connection, the second from memory, and HEAD sends no body', async (t) => {
  const made = await served(t)
  const head = 'HEAD /ics/family HTTP/1.1\r\nHost: localhost\r\n'
  const answers = (await made.wire(`${head}\r\n${head}\r\n${head}Connection: close\r\n\r\n`)).match(/HTTP\/1\.1 200/g)
  assert.deepEqual([answers?.length, made.atOnce()], [3, 2])
})

test('a change is seen at once, whatever writes it', async (t) => {
  const made = await served(t)
  const { store } = made
  const get = () => fresh(made)
  const first = await get()
  publish(store, 1, FEED.replace('Grüße', 'Gruß'), START + 60_000)
  assert.notEqual(await get(), first)
  store.sources.update(1, { name: 'Renamed' })
  assert.match(await get(), /Renamed\.ics/)
  store.schedule.recordSuccess('source', 1, START)
  await get()
  assert.throws(() =>
    store.transaction(() => {
      store.sources.update(1, { name: 'Rolled back' })
      throw new Error('no')
    }),
  )
  assert.match(await get(), /Renamed\.ics/)
  const [main] = store.links.list()
  const id = main?.id ?? 0
  store.links.update(id, { paused: true })
  assert.equal(status(await get()), 503)
  store.links.update(id, { paused: false })
  assert.equal(status(await get()), 200)
  store.links.rotate(id, 'moved')
  assert.equal(status(await get()), 410)
  assert.equal(status(await fresh(made, '/ics/moved')), 200)
  store.links.update(id, { expires_at: START + 1000 })
  assert.equal(status(await fresh(made, '/ics/moved')), 200)
  made.clock.advance(1000)
  assert.equal(status(await fresh(made, '/ics/moved')), 410)
  store.links.update(id, { expires_at: null })
  assert.equal(status(await fresh(made, '/ics/moved')), 200)
  store.sources.remove(1)
  assert.notEqual(status(await fresh(made, '/ics/moved')), 200)
})

test('what another program writes to the file is seen by the next request', async (t) => {
  const made = await served(t)
  await fresh(made)
  assert.equal((await again(made, () => made.get('/ics/family')))[1], true)
  const other = new DatabaseSync(made.databasePath)
  t.after(() => other.close())
  other.exec("UPDATE sources SET name = 'Elsewhere'")
  assert.match(await fresh(made), /Elsewhere\.ics/)
})

test('the clock: max-age counts down, and what is old is asked of the routes', async (t) => {
  const until = START + 902_500
  const freshForSecs = () => Math.max(0, Math.floor((until - made.clock.now()) / 1000))
  const made: Served = await served(t, {}, { freshForSecs: () => freshForSecs(), freshUntil: () => until })
  const ask = async () => {
    const [answer, isFast] = await again(made, () => made.get('/ics/family'))
    return [/max-age=\d+|no-cache/.exec(answer)?.[0], isFast]
  }
  assert.deepEqual(
    [await ask(), await ask()],
    [
      ['max-age=900', false],
      ['max-age=900', true],
    ],
  )
  made.clock.advance(2_499)
  assert.deepEqual(await ask(), ['max-age=900', true])
  made.clock.advance(2)
  assert.deepEqual(
    [await ask(), await ask()],
    [
      ['max-age=899', false],
      ['max-age=899', true],
    ],
  )
  made.clock.advance(1_000)
  assert.deepEqual(await ask(), ['max-age=898', false])
  // A clock that is set back: memory is of a time to come.
  made.clock.advance(-500)
  assert.deepEqual(await ask(), ['max-age=899', false])
  made.clock.advance(until - made.clock.now())
  assert.deepEqual(
    [await ask(), await ask()],
    [
      ['no-cache', false],
      ['no-cache', false],
    ],
  )
})

test('the rate limit counts answers from memory, under the address that the proxy saw', async (t) => {
  const made = await served(t, { rateLimit: { perSecond: 1, burst: 3 }, trustProxy: true })
  const statuses = async (client: string) => {
    const found: number[] = []
    for (let count = 0; count < 5; count += 1) {
      found.push(status(await made.get('/ics/family', `X-Forwarded-For: ${client}`)))
    }
    return found
  }
  assert.deepEqual(await statuses('192.0.2.7'), [200, 200, 200, 429, 429])
  assert.deepEqual(await statuses('192.0.2.8'), [200, 200, 200, 429, 429])
  assert.ok(made.atOnce() >= 5)
})

test('a host that is not allowed is refused, also where another was answered', async (t) => {
  const made = await served(t, { allowedHosts: ['cal.example.com'] })
  const from = (host: string) => made.wire(`GET /ics/family HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  for (const [host, wanted, isFast] of [
    ['cal.example.com', 200, false],
    ['cal.example.com', 200, true],
    ['evil.example', 421, false],
    ['evil.example', 421, false],
    ['CAL.example.com', 200, false],
  ] as const) {
    const [answer, wasFast] = await again(made, () => from(host))
    assert.deepEqual([host, status(answer), wasFast], [host, wanted, isFast])
  }
})

test('with a login set only what is open without one is answered from memory', async (t) => {
  const made = await served(t, { login: LOGIN })
  const { authorization } = basic('anna', 'pw')
  const right = `Authorization: ${authorization}`
  const wrong = `Authorization: ${basic('anna', 'no').authorization}`
  made.store.sourcePaths.create(1, 'open', true)
  const rows: [path: string, lines: string[], wanted: number, isFast: boolean][] = [
    ['/ics/family', [right], 200, false],
    ['/ics/family', [right], 200, false],
    ['/ics/family', [], 401, false],
    ['/ics/family', [wrong], 401, false],
    ['/ics/open', [], 200, false],
    ['/ics/open', [], 200, true],
    ['/ics/open', [right], 200, false],
    ['/ics/ope%6E', [right], 200, false],
    ['/ics/ope%6E', [], 401, false],
    ['/ics/public/open', [wrong], 200, false],
    ['/ics/public/open', [wrong], 200, true],
    ['/ics/public/open', [], 200, true],
  ]
  for (const [path, lines, wanted, isFast] of rows) {
    const [answer, wasFast] = await again(made, () => made.get(path, ...lines))
    assert.deepEqual([path, lines, status(answer), wasFast], [path, lines, wanted, isFast])
  }
})

test('a database that fails is told of by the routes', async (t) => {
  const made = await served(t)
  await made.get('/ics/family')
  made.store.version = () => {
    throw new Error('disk I/O error')
  }
  assert.equal(status(await made.get('/ics/family')), 500)
  assert.equal(made.log.lines.at(-1)?.level, 'error')
})
