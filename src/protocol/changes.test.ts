import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import { startDavServer } from '../../test/fakes/dav-server.ts'
import { never, testHttp } from '../../test/http-client.ts'
import { openCalendar } from './calendar.ts'

type Answer = readonly [status: number, body: string]

const multistatus = (token: string, ...responses: string[]) =>
  `<d:multistatus xmlns:d="DAV:">${responses.join('')}<d:sync-token>${token}</d:sync-token></d:multistatus>`
const changed = (href: string, etag: string) =>
  `<d:response><d:href>${href}</d:href><d:propstat><d:prop><d:getetag>${etag}</d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`
const withStatus = (href: string, status: string) =>
  `<d:response><d:href>${href}</d:href><d:status>HTTP/1.1 ${status}</d:status></d:response>`

/** A calendar whose server gives these answers to sync-collection, one after the other. */
async function setUp(t: TestContext, ...answers: Answer[]) {
  const server = await startDavServer()
  const http = testHttp()
  t.after(async () => {
    await http.close()
    await server.stop()
  })
  const url = server.addCalendar('work')
  server.intercept = ({ body }, response) => {
    if (!body.includes('sync-collection')) return false
    const [status, text] = answers.shift() ?? [500, '']
    response.writeHead(status, { 'content-type': 'application/xml' }).end(text)
    return true
  }
  const calendar = openCalendar(http, server.account(), url)
  return {
    server,
    path: new URL(url).pathname,
    profile: calendar.profile,
    ask: (withTexts = true) => calendar.changes('http://example.com/sync/1?a&b', withTexts, never()),
  }
}

test('R9: one request tells what changed and what is said to be gone, and the next token', async (t) => {
  const { server, path, ask } = await setUp(t, [
    207,
    multistatus(
      't2',
      changed(`${DAV}a.ics`, '"2"'),
      withStatus(`${DAV}b.ics`, '404 Not Found'),
      withStatus(DAV, '200 OK'),
    ),
  ])
  assert.equal(path, DAV)
  assert.deepEqual(await ask(), {
    complete: false,
    changed: [{ href: `${DAV}a.ics`, etag: '"2"' }],
    removed: [`${DAV}b.ics`],
    read: [],
    syncToken: 't2',
  })
  assert.equal(server.requests.length, 1)
  assert.match(server.requests[0]?.body ?? '', /<d:sync-token>http:\/\/example.com\/sync\/1\?a&amp;b<\/d:sync-token>/)
})

const DAV = '/dav/calendars/alice/work/'

test('texts are asked for only where somebody wants them, and not asking says nothing of the server', async (t) => {
  const answer = [207, multistatus('t2', changed(`${DAV}a.ics`, '"2"'))] as const
  const { server, ask, profile } = await setUp(t, [...answer], [...answer])
  await ask(false)
  assert.doesNotMatch(server.requests[0]?.body ?? '', /calendar-data|caldav/)
  assert.equal(profile.dataInSync, null)
  await ask(true)
  assert.match(server.requests[1]?.body ?? '', /<c:calendar-data xmlns:c="urn:ietf:params:xml:ns:caldav"\/>/)
  assert.equal(profile.dataInSync, false)
})

test('R9: an answer in pages is followed by its tokens; what a later page names again is not gone', async (t) => {
  const cut = withStatus(DAV, '507 Insufficient Storage')
  const { server, ask } = await setUp(
    t,
    [207, multistatus('t2', withStatus(`${DAV}a.ics`, '404 Not Found'), changed(`${DAV}c.ics`, '"1"'), cut)],
    [207, multistatus('t3', changed(`${DAV}a.ics`, '"9"'))],
  )
  const answer = await ask()
  assert.deepEqual(answer?.changed.map(({ href }) => href).toSorted(), [`${DAV}a.ics`, `${DAV}c.ics`])
  assert.deepEqual([answer?.removed, answer?.syncToken, server.requests.length], [[], 't3', 2])
})

for (const [server, status, body] of [
  ['Radicale, Cyrus and sabre', 403, '<d:error xmlns:d="DAV:"><d:valid-sync-token/></d:error>'],
  ['Xandikos', 500, 'Internal Server Error'],
  ['others', 409, ''],
  ['others', 410, ''],
  ['a page that goes nowhere', 207, multistatus('http://example.com/sync/1?a&amp;b', withStatus(DAV, '507 No'))],
] as const) {
  test(`R9: a token refused with ${status}, as by ${server}, is no error: everything is listed instead`, async (t) => {
    const { ask } = await setUp(t, [status, body])
    assert.equal(await ask(), null)
  })
}

test('a refused login and a busy server are no matter of tokens', async (t) => {
  for (const [status, kind] of [
    [401, 'login'],
    [503, 'busy'],
  ] as const) {
    const { ask } = await setUp(t, [status, ''])
    assert.equal((await failureOf(ask())).kind, kind)
  }
})
