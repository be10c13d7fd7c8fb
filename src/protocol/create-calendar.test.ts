import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import { startDavServer } from '../../test/fakes/dav-server.ts'
import { HOME_PATH } from '../../test/fakes/dav-state.ts'
import { never, testHttp } from '../../test/http-client.ts'
import { createCalendar, type NewCalendar } from './create-calendar.ts'

type Answer = readonly [status: number, body?: string]

/** A server that answers the methods that make a calendar, one after the other, with these; a 201 makes it. */
async function setUp(t: TestContext, answers: Answer[], shownAs?: string) {
  const server = await startDavServer()
  const http = testHttp()
  t.after(async () => {
    await http.close()
    await server.stop()
  })
  const asked: string[] = []
  server.intercept = ({ method, path, body }, response) => {
    if (!['MKCALENDAR', 'MKCOL', 'PROPPATCH'].includes(method)) return false
    asked.push(`${method} ${path.replace(HOME_PATH, '')}`)
    const [status, text = ''] = answers.shift() ?? [500]
    const name = /<d:displayname>(.*)<\/d:displayname>/.exec(body)?.[1]
    if (status === 201) server.addCalendar(path.split('/').at(-2) ?? '', { displayName: shownAs ?? name ?? 'unnamed' })
    response.writeHead(status, { 'content-type': 'application/xml' }).end(text)
    return true
  }
  const create = (changes: Partial<NewCalendar> = {}) =>
    createCalendar(
      http,
      server.account(),
      { calendarName: 'team', feedName: 'Team & friends', color: '#0078D7', ...changes },
      never(),
    )
  return { server, asked, create }
}

test('W13: makes the calendar in the home, under its name, called and coloured as the feed', async (t) => {
  const { server, asked, create } = await setUp(t, [[201]])
  const made = await create()
  assert.deepEqual(asked, ['MKCALENDAR team/'])
  assert.equal(made.url, `${server.home}team/`)
  const body = server.requests.find(({ method }) => method === 'MKCALENDAR')?.body ?? ''
  assert.match(body, /<d:displayname>Team &amp; friends<\/d:displayname><a:calendar-color>#0078D7</)
  assert.match(body, /<c:comp name="VEVENT"\/>/)
})

test('W13: a name that no URL takes as it is becomes the shown name, at an address of letters and digits', async (t) => {
  const { asked, create } = await setUp(t, [[201]])
  assert.equal((await create({ calendarName: 'Übungen / Club' })).displayName, 'Übungen / Club')
  assert.match(asked[0] ?? '', /^MKCALENDAR u-bungen-club-[0-9a-f]{6}\/$/)
})

test('W13: where MKCALENDAR is refused, MKCOL and then MKCALENDAR without properties are tried', async (t) => {
  const second = await setUp(t, [[403], [201]])
  await second.create()
  assert.deepEqual(second.asked, ['MKCALENDAR team/', 'MKCOL team/'])
  const third = await setUp(t, [[400], [405], [201], [207, '<multistatus xmlns="DAV:"/>']])
  await third.create()
  assert.deepEqual(third.asked, ['MKCALENDAR team/', 'MKCOL team/', 'MKCALENDAR team/', 'PROPPATCH team/'])
})

test('W6: a refusal hidden in a 207 is a refusal', async (t) => {
  const hidden =
    '<multistatus xmlns="DAV:"><response><href>/x</href><status>HTTP/1.1 403 Forbidden</status></response></multistatus>'
  const { create } = await setUp(t, [
    [207, hidden],
    [207, hidden],
    [207, hidden],
  ])
  const error = await failureOf(create())
  assert.equal(error.details.status, 403)
  assert.match(error.message, /"team" could not be made: .*Make it on the server/)
})

test('a refused login or a server that asks for patience is not asked in other ways', async (t) => {
  for (const [status, kind] of [
    [401, 'login'],
    [503, 'busy'],
  ] as const) {
    const { asked, create } = await setUp(t, [[status]])
    assert.equal((await failureOf(create())).kind, kind)
    assert.equal(asked.length, 1)
  }
})

test('a calendar that the server shows under another name is told, so that it is found again', async (t) => {
  const { create } = await setUp(t, [[201]], 'something else')
  assert.match(
    (await failureOf(create({ calendarName: 'A b' }))).message,
    /Enter "a-b-[0-9a-f]{6}" as the calendar name/,
  )
})
