import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import { startDavServer } from '../../test/fakes/dav-server.ts'
import { never, testHttp } from '../../test/http-client.ts'
import type { Diagnosis, Stage } from '../core/diagnosis.ts'
import { Secret } from '../core/types.ts'
import { diagnose } from './diagnose.ts'

async function setUp(t: TestContext) {
  const server = await startDavServer({})
  const http = testHttp()
  t.after(async () => {
    await http.close()
    await server.stop()
  })
  const look = (url?: string, testWrite = false) => diagnose(http, server.account(url), testWrite, never())
  return { server, http, look }
}

const states = ({ stages }: Diagnosis) => stages.map(({ stage, state }) => `${stage} ${state}`).join(', ')
const saidOf = ({ stages }: Diagnosis, stage: Stage) => stages.find((one) => one.stage === stage)?.message ?? ''

test('an account that works is told step by step, and its calendars with what they hold', async (t) => {
  const { server, look } = await setUp(t)
  const url = server.addCalendar('work', { displayName: 'Work' })
  server.calendars.get('work')?.objects.set('a.ics', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n')
  const found = await look(server.origin)
  assert.equal(
    states(found),
    'address ok, tls skipped, login ok, principal ok, home ok, calendars ok, read ok, write skipped',
  )
  assert.match(saidOf(found, 'tls'), /not encrypted.*https/)
  assert.equal(saidOf(found, 'read'), '1 event in 1 calendar can be read.')
  assert.deepEqual(
    found.calendars.map(({ url, display_name, events }) => [url, display_name, events]),
    [[url, 'Work', 1]],
  )
  assert.ok(!server.requests.some(({ method }) => method === 'PUT' || method === 'DELETE'))
})

test('the write test leaves nothing behind, also where the removal is told to wait for the store', async (t) => {
  const { server, look } = await setUp(t)
  server.addCalendar('work')
  const found = await look(server.origin, true)
  assert.match(states(found), /write ok$/)
  const writes = server.requests.filter(({ method }) => method === 'PUT' || method === 'DELETE')
  assert.deepEqual(
    writes.map(({ method }) => method),
    ['PUT', 'DELETE'],
  )
  assert.match(writes[0]?.body ?? '', /SUMMARY:CalDAV\/ICS Sync: write test/)
  assert.doesNotMatch(writes[0]?.body ?? '', /ATTENDEE|ORGANIZER|VALARM/)
  assert.equal(server.calendars.get('work')?.objects.size, 0)
})

test('a calendar that may not be written to fails the write test alone', async (t) => {
  const { server, look } = await setUp(t)
  server.addCalendar('work')
  server.intercept = ({ method }, response) => {
    if (method !== 'PUT') return false
    response.writeHead(403).end()
    return true
  }
  const found = await look(server.origin, true)
  assert.match(states(found), /read ok, write failed$/)
  assert.match(saidOf(found, 'write'), /403.*not allowed/)
})

test('an event of the write test that stays behind is named, so that a person can remove it', async (t) => {
  const { server, look } = await setUp(t)
  server.addCalendar('work')
  server.intercept = ({ method }, response) => {
    if (method !== 'DELETE') return false
    response.writeHead(403).end()
    return true
  }
  assert.match(saidOf(await look(server.origin, true), 'write'), /"CalDAV\/ICS Sync: write test".*delete it by hand/)
})

test('R11: a wrong password is one login, told at its step', async (t) => {
  const { server, look } = await setUp(t)
  server.intercept = (_, response) => {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
    return true
  }
  const found = await look(server.origin)
  assert.match(states(found), /^address ok, tls skipped, login failed, principal skipped, home skipped/)
  assert.match(saidOf(found, 'login'), /refused the user name or password/)
  assert.equal(server.requests.length, 1)
})

test('a server that is not there fails the first step; what is no address is refused', async (t) => {
  const { look, http } = await setUp(t)
  const found = await look('http://127.0.0.1:9/dav/')
  assert.match(states(found), /^address failed, tls skipped, login skipped/)
  assert.match(saidOf(found, 'address'), /Nothing answers at 127\.0\.0\.1:9/)
  const plain = await look('http://127.0.0.1:9/').then(saidOfAll)
  assert.ok(!plain.includes('canary'))
  const account = { url: 'ftp://x', username: 'a', password: new Secret('canary') }
  assert.match(saidOfAll(await diagnose(http, account, false, never())), /not an http or https address/)
})

test('TLS that cannot be spoken fails at its own step', async (t) => {
  const { server, look } = await setUp(t)
  const found = await look(server.origin.replace('http:', 'https:'))
  assert.match(states(found), /^address ok, tls failed, login skipped/)
})

test('a host without CalDAV is told at the principal, an account without calendars at the calendars', async (t) => {
  const { server, look } = await setUp(t)
  const empty = await look(server.origin)
  assert.match(states(empty), /login ok, principal ok, home ok, calendars failed, read failed/)
  server.intercept = (_, response) => {
    response.writeHead(404).end()
    return true
  }
  const none = await look(`${server.origin}/nothing/`)
  assert.match(states(none), /^address ok, tls skipped, login skipped, principal failed/)
  assert.match(saidOf(none, 'principal'), /Tried: /)
})

test('an abort is thrown, not told as the fault of the server', async (t) => {
  const { server, http } = await setUp(t)
  const stopped = AbortSignal.abort()
  assert.equal((await failureOf(diagnose(http, server.account(), false, stopped))).kind, 'aborted')
})

function saidOfAll({ stages }: Diagnosis): string {
  return stages.map(({ message }) => message).join('\n')
}
