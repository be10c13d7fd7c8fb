import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import { startDavServer } from '../../test/fakes/dav-server.ts'
import { type DavServer, HOME_PATH, type Intercept, PRINCIPAL_PATH, type Quirks } from '../../test/fakes/dav-state.ts'
import { never, testHttp } from '../../test/http-client.ts'
import { discoverCalendars } from './discover.ts'
import type { Http } from './http.ts'
import { findTargetCalendar } from './target.ts'

const called = (calendarName: string) => ({ calendarName, knownUrl: null })

async function withServer(
  use: (server: DavServer, http: Http) => Promise<void>,
  quirks: Partial<Quirks> = {},
  intercept: Intercept | null = null,
): Promise<void> {
  const server = await startDavServer(quirks)
  server.intercept = intercept
  const http = testHttp()
  try {
    await use(server, http)
  } finally {
    await http.close()
    await server.stop()
  }
}

const asked = (server: DavServer) => server.requests.map(({ path, headers }) => `${path} ${headers.depth ?? ''}`)

describe('from whatever URL', () => {
  test('R6: the principal, the DAV root, the host and .well-known lead to the calendars', async () => {
    await withServer(async (server, http) => {
      const url = server.addCalendar('work')
      for (const path of [
        PRINCIPAL_PATH,
        PRINCIPAL_PATH.slice(0, -1),
        '/dav/',
        '',
        '/',
        '/.well-known/caldav',
        '/help/page',
      ]) {
        const found = await discoverCalendars(http, server.account(server.origin + path), never())
        assert.deepEqual(
          found.map((one) => one.url),
          [url],
          path,
        )
      }
    })
  })

  test('R3: with a lost path the other calendars of the account do not take its place', async () => {
    await withServer(async (server, http) => {
      server.addCalendar('private')
      const gone = server.account(`${server.origin}${HOME_PATH}shared/`)
      const error = await failureOf(discoverCalendars(http, gone, never(), 'never-for-a-lost-path'))
      assert.equal(error.kind, 'not-found')
      assert.match(error.message, /shared\/ is not there \(404\)/)
      assert.equal((await discoverCalendars(http, gone, never())).length, 1)
    })
  })

  test('a known home takes two requests, a calendar one', async () => {
    await withServer(async (server, http) => {
      const url = server.addCalendar('work')
      await discoverCalendars(http, server.account(), never())
      assert.deepEqual(asked(server).splice(0), [`${HOME_PATH} 0`, `${HOME_PATH} 1`])
      server.requests.length = 0
      await discoverCalendars(http, server.account(url), never())
      assert.equal(server.requests.length, 1)
    })
  })

  test('R11: the slash is toggled on 404 and 405 only, and never after a refused login', async () => {
    for (const status of [404, 405, 401, 403, 500, 503]) {
      const intercept: Intercept = ({ path }, response) => {
        if (!path.startsWith('/here')) return false
        response.writeHead(status, { 'www-authenticate': 'Basic realm="x"' }).end()
        return true
      }
      await withServer(
        async (server, http) => {
          await discoverCalendars(http, server.account(`${server.origin}/here`), never()).catch(() => undefined)
          const here = server.requests.map(({ path }) => path).filter((path) => path.startsWith('/here'))
          assert.deepEqual(here, status === 404 || status === 405 ? ['/here', '/here/'] : ['/here'], String(status))
          if (status === 401) assert.equal(server.requests.length, 1)
        },
        {},
        intercept,
      )
    }
  })

  test('R6: a calendar home on another host is followed only over https', async () => {
    const intercept: Intercept = ({ path }, response) => {
      if (path !== PRINCIPAL_PATH) return false
      const home =
        '<c:calendar-home-set xmlns:c="urn:ietf:params:xml:ns:caldav"><href>http://other.example/home/</href></c:calendar-home-set>'
      const body = `<multistatus xmlns="DAV:"><response><href>${path}</href><propstat><prop>${home}</prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>`
      response.writeHead(207, { 'content-type': 'text/xml' }).end(body)
      return true
    }
    await withServer(
      async (server, http) => {
        assert.equal(
          (await failureOf(discoverCalendars(http, server.account(`${server.origin}/dav/`), never()))).kind,
          'not-found',
        )
      },
      {},
      intercept,
    )
  })

  test('R6: .well-known may name another host, which is asked with the credentials over https only', async () => {
    await withServer(async (other) => {
      other.addCalendar('work')
      const intercept: Intercept = ({ path }, response) => {
        if (path === '/.well-known/caldav') response.writeHead(301, { location: `${other.origin}/dav/` }).end()
        else response.writeHead(404).end()
        return true
      }
      const ask = async (server: DavServer, http: Http) => {
        await failureOf(discoverCalendars(http, server.account(server.origin), never()))
        assert.deepEqual(other.requests, [])
      }
      await withServer(ask, {}, intercept)
    })
  })
})

describe('what counts as a calendar', () => {
  test('R8, H16: inbox, outbox, proxies, mirrors, the bin and task lists do not', async () => {
    await withServer(
      async (server, http) => {
        const url = server.addCalendar('work')
        server.addCalendar('tasks', { components: ['VTODO'] })
        const anything = server.addCalendar('anything', { components: null })
        const found = await discoverCalendars(http, server.account(), never())
        assert.deepEqual(
          found.map((one) => [one.url, one.components]),
          [
            [url, ['VEVENT']],
            [anything, null],
          ],
        )
      },
      { crowdedHome: true },
    )
  })

  test('the URL of a task list is an error that says so', async () => {
    await withServer(async (server, http) => {
      const url = server.addCalendar('tasks', { components: ['VTODO'] })
      const error = await failureOf(discoverCalendars(http, server.account(url), never()))
      assert.deepEqual([error.kind, /task list/.test(error.message)], ['not-found', true])
      assert.match(
        (await failureOf(findTargetCalendar(http, server.account(), called('tasks'), never()))).message,
        /task list/,
      )
    })
  })

  test('two calendars with one display name are never guessed between', async () => {
    await withServer(async (server, http) => {
      const first = server.addCalendar('a', { displayName: 'Team' })
      server.addCalendar('b', { displayName: 'Team' })
      assert.equal(
        (await failureOf(findTargetCalendar(http, server.account(), called('Team'), never()))).kind,
        'not-found',
      )
      assert.equal((await findTargetCalendar(http, server.account(), called('a'), never())).url, first)
    })
  })

  test('W13: a calendar name cannot lead out of the folder of the account', async () => {
    await withServer(async (server, http) => {
      server.addCalendar('work')
      for (const name of ['..', '../../principals/alice', '%2e%2e', '?x', '#x']) {
        assert.equal(
          (await failureOf(findTargetCalendar(http, server.account(), called(name), never()))).kind,
          'not-found',
          name,
        )
      }
      for (const { path } of server.requests) assert.ok(path.startsWith(HOME_PATH), path)
    })
  })
})

describe('failures', () => {
  test('R3: no calendar at all is an error that says what was tried', async () => {
    await withServer(async (server, http) => {
      const error = await failureOf(discoverCalendars(http, server.account(), never()))
      assert.equal(error.kind, 'not-found')
      assert.match(error.message, /no calendar for events in .*\/dav\/calendars\/alice\//)
      const lost = await failureOf(discoverCalendars(http, server.account(`${server.origin}/nowhere/`), never()))
      assert.equal(lost.kind, 'not-found')
    })
    await withServer(
      async (server, http) => {
        const error = await failureOf(
          discoverCalendars(http, server.account(`${server.origin}/x/?key=canary`), never()),
        )
        assert.match(error.message, /Tried: .*\/x\/ \(404\), .*\/\.well-known\/caldav \(404\), .*\/ \(404\)/)
        assert.doesNotMatch(error.message, /canary/)
      },
      {},
      (_, response) => {
        response.writeHead(404).end()
        return true
      },
    )
  })

  test('R2: an error with an XML body, and a page with status 200, are errors with their cause', async () => {
    const answers: [number, string, RegExp][] = [
      [500, '<multistatus xmlns="DAV:"/>', /500/],
      [200, '<html><title>Welcome</title></html>', /200/],
      [403, '<d:error xmlns:d="DAV:"><d:need-privileges/></d:error>', /403/],
    ]
    for (const [status, body, message] of answers) {
      await withServer(
        async (server, http) => {
          const error = await failureOf(discoverCalendars(http, server.account(), never()))
          assert.match(error.message, message)
        },
        {},
        (_, response) => {
          response.writeHead(status, { 'content-type': 'text/html' }).end(body)
          return true
        },
      )
    }
  })

  test('D12: a server that wants a token, or a Digest unknown here, is named after one request', async () => {
    for (const [challenge, message] of [
      ['Digest realm="x", nonce="y", algorithm="SHA-1"', /it asks for digest SHA-1/],
      ['Bearer realm="x"', /does not accept a user name and password/],
    ] as const) {
      await withServer(
        async (server, http) => {
          const error = await failureOf(discoverCalendars(http, server.account(), never()))
          assert.equal(error.kind, 'login')
          assert.match(error.message, message)
          assert.equal(server.requests.length, 1)
        },
        {},
        (_, response) => {
          response.writeHead(401, { 'www-authenticate': challenge }).end()
          return true
        },
      )
    }
  })

  test('a busy server ends the search at once', async () => {
    await withServer(
      async (server, http) => {
        const error = await failureOf(discoverCalendars(http, server.account(), never()))
        assert.deepEqual([error.kind, server.requests.length], ['busy', 1])
      },
      {},
      (_, response) => {
        response.writeHead(503, { 'retry-after': '120' }).end()
        return true
      },
    )
  })
})
