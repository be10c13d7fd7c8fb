/** What the client does with each server of servers.md, beside the suite that real servers go through. */
import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { openCalendar } from '../src/protocol/calendar.ts'
import { diagnose } from '../src/protocol/diagnose.ts'
import { hrefKey } from '../src/protocol/href.ts'
import { rediscover } from '../src/protocol/rediscover.ts'
import { failureOf } from './failure.ts'
import { HOME, type ServerKind } from './fakes/quirks/kind.ts'
import { kinds } from './fakes/quirks/kinds.ts'
import { startKindServer } from './fakes/quirks/server.ts'
import { NOW, never, testHttp } from './http-client.ts'
import { eventText } from './servers/caldav-server.ts'

const UIDS = ['one', 'two', 'three']

async function setUp(t: TestContext, kind: ServerKind) {
  const server = await startKindServer(kind, () => NOW)
  const http = testHttp()
  t.after(async () => {
    await http.close()
    await server.stop()
  })
  const state = server.addCalendar('work')
  for (const uid of UIDS) state.put(`${uid}.ics`, eventText(uid, uid))
  const url = `${server.origin}${HOME}work/`
  return { server, http, state, url, calendar: openCalendar(http, server.account(), url) }
}

for (const kind of kinds) {
  describe(`the CalDAV client against ${kind.name}`, () => {
    test('finds the calendar, also a second time', async (t) => {
      const { server, http, url } = await setUp(t, kind)
      for (const known of [[], [url]]) {
        const found = await rediscover(http, server.account(), { urls: known, areRecent: true }, never())
        assert.deepEqual(
          found.map((one) => hrefKey(one.url, server.origin)),
          [hrefKey(url, server.origin)],
        )
      }
    })

    test('R4: lists every resource once, and reads each or says why not, but never takes it for gone', async (t) => {
      const { calendar, url } = await setUp(t, kind)
      const { resources } = await calendar.list(never())
      assert.equal(new Set(resources.map(({ href }) => hrefKey(href, url))).size, UIDS.length)
      const fetched = await calendar.fetch(
        resources.map(({ href }) => href),
        never(),
      )
      assert.equal(fetched.resources.length + fetched.unreadable.length, UIDS.length)
      assert.deepEqual(fetched.gone, [])
      if (kind.multiget.denies) return
      for (const uid of UIDS) assert.ok(fetched.resources.some(({ text }) => text.includes(uid)))
    })

    test('an empty calendar is empty, one that is not there is not found', async (t) => {
      const { server, http } = await setUp(t, kind)
      server.addCalendar('empty')
      const open = (segment: string) => openCalendar(http, server.account(), `${server.origin}${HOME}${segment}/`)
      const listing = await open('empty').list(never())
      assert.deepEqual(listing.resources, [])
      assert.equal((await failureOf(open('nope').list(never()))).kind, 'not-found')
    })

    test('a look at the account finds nothing wrong up to the calendars, with one login', async (t) => {
      const { server, http } = await setUp(t, kind)
      const { stages } = await diagnose(http, server.account(), false, never())
      const failed = stages.filter(({ state }) => state === 'failed').map(({ stage }) => stage)
      assert.deepEqual(failed, [])
    })
  })
}
