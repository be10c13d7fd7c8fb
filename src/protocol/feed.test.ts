import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { failureOf } from '../../test/failure.ts'
import { type SeenRequest, startWebServer } from '../../test/fakes/web-server.ts'
import { NOW, never, QUIET, testHttp } from '../../test/http-client.ts'
import { downloadFeed, type FeedRequest } from './feed.ts'

const FEED = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n'
const CANARY = 'canary-4711'

type Handler = Parameters<typeof startWebServer>[0]

/** Downloads from a server that answers like this; `to` makes the URL from its origin. */
async function download(
  handler: Handler,
  to = (origin: string) => `${origin}/feed.ics`,
  known: Partial<FeedRequest> = {},
) {
  const server = await startWebServer(handler)
  const lines: string[] = []
  const log = { ...QUIET, debug: (message: string, fields?: object) => lines.push(inspect([message, fields])) }
  const http = testHttp({ log, limits: { feed: { totalMs: 5000 } } })
  try {
    const result = await downloadFeed(
      http,
      { url: to(server.origin), etag: null, lastModified: null, ...known },
      never(),
    )
    return { result, seen: server.seen, lines }
  } catch (thrown) {
    throw Object.assign(thrown as Error, { seen: server.seen, lines })
  } finally {
    await http.close()
    await server.stop()
  }
}

const sends =
  (status: number, headers: Record<string, string> = {}, body: string | Buffer = ''): Handler =>
  (_, response) =>
    response.writeHead(status, headers).end(body)

test('a fresh feed comes with its bytes, charset and validators', async () => {
  const headers = {
    'content-type': 'text/calendar; charset="ISO-8859-1"',
    etag: 'W/"1"',
    'last-modified': 'Mon, 02 Mar 2026 10:00:00 GMT',
  }
  const { result } = await download(sends(200, headers, Buffer.from(FEED, 'latin1')))
  assert.ok(result.kind === 'fresh')
  assert.deepEqual(
    [Buffer.from(result.bytes).toString('latin1'), result.charset, result.etag, result.lastModified],
    [FEED, 'iso-8859-1', 'W/"1"', 'Mon, 02 Mar 2026 10:00:00 GMT'],
  )
})

test('known validators go out, and 304 means not modified', async () => {
  const known = { etag: '"1"', lastModified: 'Mon, 02 Mar 2026 10:00:00 GMT' }
  const { result, seen } = await download(sends(304), undefined, known)
  assert.deepEqual(result, { kind: 'not-modified' })
  assert.equal(seen[0]?.headers['if-none-match'], '"1"')
  assert.equal(seen[0]?.headers['if-modified-since'], known.lastModified)
})

test('C10: 304 unasked, 203, 204 and 206 are refused', async () => {
  for (const status of [304, 203, 204, 206]) {
    const error = await failureOf(download(sends(status, {}, status === 203 || status === 206 ? FEED : '')))
    assert.deepEqual([error.kind, error.details.status], ['protocol', status])
  }
})

test('C9, I1: what is no calendar is refused, and the message names what came', async () => {
  const cases: [RegExp, string | Buffer, string][] = [
    [
      /an HTML page titled 'Sign in'/,
      '<!DOCTYPE html><html><head><title>Sign\nin</title></head><body/></html>',
      'text/html',
    ],
    [/an HTML page/, '<html><body>BEGIN:VCALENDAR</body></html>', 'text/calendar'],
    [/JSON/, '{"error":"no"}', 'application/json'],
    [/XML/, '<?xml version="1.0"?><error/>', 'text/xml'],
    [/an empty body/, '', 'text/calendar'],
    [/nothing but blanks/, ' \r\n\t', 'text/calendar'],
    [/nothing but blanks/, Buffer.from([0xef, 0xbb, 0xbf]), 'text/calendar'],
    [/gzip-compressed data/, gzipSync(FEED), 'text/calendar'],
    [/binary data/, Buffer.from([0x25, 0x50, 0x44, 0x46, 0, 1, 2, 3]), 'application/pdf'],
  ]
  for (const [message, body, type] of cases) {
    const error = await failureOf(download(sends(200, { 'content-type': type }, body)))
    assert.equal(error.kind, 'protocol')
    assert.match(error.message, message)
    assert.match(error.message, /instead of a calendar/)
  }
})

test('a calendar is taken for one whatever its content type says', async () => {
  for (const type of ['text/html', 'application/octet-stream', 'text/plain']) {
    const { result } = await download(sends(200, { 'content-type': type }, `\ufeff\r\n${FEED}`))
    assert.equal(result.kind, 'fresh')
  }
  const utf16 = await download(sends(200, { 'content-type': 'text/calendar' }, Buffer.from(`\ufeff${FEED}`, 'utf16le')))
  assert.equal(utf16.result.kind, 'fresh')
})

test('G1: every error status fails with its kind', async () => {
  const kinds = {
    login: [401],
    refused: [400, 403, 405, 418, 451, 501],
    'not-found': [404, 410],
    unreachable: [408, 502, 504, 520, 530],
    busy: [429, 500, 503, 507],
  } as const
  for (const [kind, statuses] of Object.entries(kinds)) {
    for (const status of statuses) {
      const error = await failureOf(
        download(sends(status, { 'content-type': 'text/html' }, '<html><body><b>No</b></body></html>')),
      )
      assert.deepEqual([error.kind, error.details.status], [kind, status])
      if (status !== 401) assert.match(error.message, /The server says: No$/)
    }
  }
})

test('G2: Retry-After in seconds and as a date is kept within a minute and two hours', async () => {
  const cases: [string, number | undefined][] = [
    ['300', NOW + 300_000],
    [new Date(NOW + 600_000).toUTCString(), NOW + 600_000],
    ['1', NOW + 60_000],
    [new Date(NOW - 1000).toUTCString(), NOW + 60_000],
    ['315360000', NOW + 7_200_000],
    ['-5', undefined],
    ['soon', undefined],
  ]
  for (const [header, expected] of cases) {
    const error = await failureOf(download(sends(429, { 'retry-after': header })))
    assert.deepEqual([error.kind, error.details.retryAt], ['busy', expected], header)
  }
})

test('I4: webcal is read over https, else http; webcals only over https', async () => {
  const { result } = await download(sends(200, {}, FEED), (origin) => origin.replace('http:', 'webcal:'))
  assert.equal(result.kind, 'fresh')
  const error = await failureOf(download(sends(200, {}, FEED), (origin) => origin.replace('http:', 'webcals:')))
  assert.equal(error.kind, 'unreachable')
})

test('I4: a webcal address with a password is never read over http', async () => {
  const error = await failureOf(
    download(sends(200, {}, FEED), (origin) => origin.replace('http://', `webcal://u:${CANARY}@`)),
  )
  assert.deepEqual((error as unknown as { seen: SeenRequest[] }).seen, [])
})

test('D8: a login inside the URL becomes Basic and is seen nowhere else', async () => {
  const withLogin = (origin: string) =>
    `${origin.replace('http://', `http://us%40er:${CANARY}%20%26@`)}/feed.ics?key=${CANARY}`
  const { seen, lines } = await download(sends(200, {}, FEED), withLogin)
  assert.equal(seen[0]?.headers.authorization, `Basic ${Buffer.from(`us@er:${CANARY} &`).toString('base64')}`)
  assert.equal(lines.length, 1)
  assert.doesNotMatch(lines.join(), new RegExp(CANARY))
  for (const handler of [sends(401), sends(404), sends(200, {}, '<html>'), sends(302, { location: '/feed.ics' })]) {
    const error = await failureOf(download(handler, withLogin))
    assert.doesNotMatch(inspect([error.message, error.details, error.stack]), new RegExp(CANARY))
  }
})

test('D3: other schemes and things that are no URL are refused', async () => {
  for (const url of ['file:///etc/passwd', 'ftp://host/x', 'data:text/calendar,x', 'javascript:1', 'calendar', '']) {
    const error = await failureOf(download(sends(200, {}, FEED), () => url))
    assert.equal(error.kind, 'refused')
  }
})
