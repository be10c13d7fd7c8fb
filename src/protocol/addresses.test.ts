import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import { startDavServer } from '../../test/fakes/dav-server.ts'
import { PRINCIPAL_PATH } from '../../test/fakes/dav-state.ts'
import { never, testHttp } from '../../test/http-client.ts'
import { calendarUserAddresses } from './addresses.ts'

async function setUp(t: TestContext, status: number, props: string) {
  const server = await startDavServer()
  const http = testHttp()
  t.after(async () => {
    await http.close()
    await server.stop()
  })
  const url = server.addCalendar('work')
  server.intercept = ({ body }, response) => {
    if (!body.includes('calendar-user-address-set')) return false
    const answer = `<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><d:href>${PRINCIPAL_PATH}</d:href>${props}</d:response></d:multistatus>`
    response.writeHead(status, { 'content-type': 'application/xml' }).end(answer)
    return true
  }
  return { server, ask: () => calendarUserAddresses(http, server.account(), url, never()) }
}

const propstat = (inside: string, status: string) =>
  `<d:propstat><d:prop>${inside}</d:prop><d:status>HTTP/1.1 ${status}</d:status></d:propstat>`

test('W4: the addresses of the account are those its principal names', async (t) => {
  const set =
    '<c:calendar-user-address-set><d:href>mailto:Ann@Example.org</d:href><d:href> /principals/ann/ </d:href></c:calendar-user-address-set>'
  const { server, ask } = await setUp(t, 207, propstat(set, '200 OK'))
  assert.deepEqual(await ask(), ['mailto:Ann@Example.org', '/principals/ann/'])
  assert.equal(server.requests.length, 2)
})

test('W4: a server that does not schedule names none', async (t) => {
  const { ask } = await setUp(t, 207, propstat('<c:calendar-user-address-set/>', '404 Not Found'))
  assert.equal(await ask(), null)
})

test('W4: that it could not be asked is not the same as none', async (t) => {
  const { ask } = await setUp(t, 503, '')
  assert.equal((await failureOf(ask())).kind, 'busy')
})
