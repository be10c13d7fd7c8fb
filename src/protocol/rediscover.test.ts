import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import { startDavServer } from '../../test/fakes/dav-server.ts'
import { never, testHttp } from '../../test/http-client.ts'
import { rediscover } from './rediscover.ts'
import { findTargetCalendar } from './target.ts'

async function setUp(t: TestContext) {
  const server = await startDavServer({})
  const http = testHttp()
  t.after(async () => {
    await http.close()
    await server.stop()
  })
  const find = (known: readonly string[], url?: string) =>
    rediscover(http, server.account(url), { urls: known, areRecent: true }, never())
  const urls = async (known: readonly string[]) => (await find(known)).map(({ url }) => url)
  return { server, http, find, urls }
}

test('calendars that were found together are found again with one request, and new ones beside them', async (t) => {
  const { server, urls } = await setUp(t)
  const known = [server.addCalendar('a'), server.addCalendar('b')]
  const added = server.addCalendar('c')
  assert.deepEqual(await urls(known), [...known, added])
  assert.equal(server.requests.length, 1)
})

test('R3: where the folder no longer names them all, everything is looked for anew', async (t) => {
  const { server, urls } = await setUp(t)
  const a = server.addCalendar('a')
  const gone = a.replace(/a\/$/, 'gone/')
  assert.deepEqual(await urls([a, gone]), [a])
  assert.ok(server.requests.length > 1)
})

test('D6: calendars on another host are found through discovery only', async (t) => {
  const { server, urls } = await setUp(t)
  const a = server.addCalendar('a')
  assert.deepEqual(await urls(['https://other.example/x/', 'https://other.example/y/']), [a])
})

test('R11: a refused login ends it at once', async (t) => {
  const { server, find } = await setUp(t)
  const known = [server.addCalendar('a'), server.addCalendar('b')]
  server.intercept = (_, response) => {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
    return true
  }
  assert.equal((await failureOf(find(known))).kind, 'login')
  assert.equal(server.requests.length, 1)
})

test('a target found by its display name is found again with one request, while it has that name', async (t) => {
  const { server, http } = await setUp(t)
  const knownUrl = server.addCalendar('x1', { displayName: 'Family' })
  const find = (calendarName: string) => findTargetCalendar(http, server.account(), { calendarName, knownUrl }, never())
  assert.equal((await find('Family')).url, knownUrl)
  assert.equal(server.requests.length, 1)
  const other = server.addCalendar('x2', { displayName: 'School' })
  assert.equal((await find('School')).url, other)
})

test('R3: an address that led to its calendar itself never leads to the others of the account, whatever it answers', async (t) => {
  const { server, find } = await setUp(t)
  const work = server.addCalendar('work')
  server.addCalendar('private')
  for (const [status, kind] of [
    [500, 'busy'],
    [405, 'refused'],
    [200, 'protocol'],
    [404, 'not-found'],
  ] as const) {
    server.intercept = ({ path }, response) => {
      if (!work.endsWith(path) && !work.endsWith(`${path}/`)) return false
      response.writeHead(status, { 'content-type': 'text/html' }).end('<html><title>Sign in</title></html>')
      return true
    }
    assert.equal((await failureOf(find([work], work))).kind, kind)
    server.intercept = null
    assert.deepEqual(
      (await find([work], work)).map(({ url }) => url),
      [work],
    )
  }
})

test('R3: at the first look too, a server that fails at the address is no reason to take all calendars', async (t) => {
  const { server, find } = await setUp(t)
  const work = server.addCalendar('work')
  server.addCalendar('private')
  server.intercept = ({ path }, response) => {
    if (!work.endsWith(path)) return false
    response.writeHead(500).end()
    return true
  }
  assert.equal((await failureOf(find([], work))).kind, 'busy')
})
