import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import type { DavServer } from '../../test/fakes/dav-state.ts'
import { HOME_PATH } from '../../test/fakes/dav-state.ts'
import { hrefOf, numbered, withCalendar } from '../../test/fakes/work-calendar.ts'
import { NOW, never } from '../../test/http-client.ts'
import type { Resource } from '../core/remote.ts'

describe('listing', () => {
  test('H7, R9: paged, refused and failing sync-collection, old deletions and repeats give the same listing', async () => {
    const names = numbered(7)
    for (const sync of ['yes', 'paged', 'old-deletions', 'forbidden', 'failing', 'empty', 'page-only'] as const) {
      await withCalendar(names, { sync }, async (calendar) => {
        const { resources } = await calendar.list(never())
        assert.deepEqual(new Set(resources.map(({ href }) => href)), new Set(names.map(hrefOf)), sync)
        assert.equal(resources.length, names.length, sync)
        assert.ok(resources.every(({ etag }) => etag?.startsWith('"')))
      })
    }
  })

  test('R13: a PROPFIND is the last resort, and a plain listing is one request', async () => {
    await withCalendar(numbered(3), {}, async (calendar, server) => {
      await calendar.list(never())
      assert.deepEqual(
        server.requests.map(({ method }) => method),
        ['REPORT'],
      )
    })
    await withCalendar(numbered(3), { sync: 'forbidden', query: 'refused' }, async (calendar, server) => {
      assert.equal((await calendar.list(never())).resources.length, 3)
      assert.deepEqual(
        server.requests.map(({ method }) => method),
        ['REPORT', 'REPORT', 'PROPFIND'],
      )
      assert.match(server.requests[1]?.body ?? '', /comp-filter name="VEVENT"/)
    })
  })

  test('an empty answer to one report is not believed while another tells of events', async () => {
    for (const quirks of [
      { sync: 'empty' },
      { sync: 'empty', query: 'empty' },
      { sync: 'forbidden', query: 'empty' },
    ] as const) {
      await withCalendar(numbered(3), quirks, async (calendar) => {
        assert.equal((await calendar.list(never())).resources.length, 3)
      })
    }
    await withCalendar([], {}, async (calendar) => {
      assert.deepEqual(await calendar.list(never()), { complete: true, resources: [] })
    })
  })

  test('Q1, H7: an empty answer is not believed while what would confirm it fails', async () => {
    const failing = (server: DavServer, ...ways: string[]) => {
      server.intercept = ({ method, body }, response) => {
        if (!ways.some((way) => method === way || body.includes(way))) return false
        response.writeHead(500).end('Internal Server Error')
        return true
      }
    }
    for (const ways of [['calendar-query', 'PROPFIND'], ['calendar-query'], ['PROPFIND']]) {
      for (const names of [[], numbered(3)]) {
        await withCalendar(names, { sync: 'empty', query: 'empty' }, async (calendar, server) => {
          failing(server, ...ways)
          const found = calendar.list(never())
          if (names.length > 0 && !ways.includes('PROPFIND')) assert.equal((await found).resources.length, 3)
          else assert.deepEqual([(await failureOf(found)).kind, server.requests.length], ['busy', 3], ways.join())
        })
      }
    }
    await withCalendar([], { sync: 'forbidden' }, async (calendar, server) => {
      failing(server, 'PROPFIND')
      assert.equal((await failureOf(calendar.list(never()))).details.status, 500)
    })
    for (const sync of ['empty', 'failing', 'forbidden'] as const) {
      await withCalendar([], { sync, query: 'refused' }, async (calendar) => {
        assert.deepEqual(await calendar.list(never()), { complete: true, resources: [] }, sync)
      })
    }
  })

  test('resources without an ETag are listed with null', async () => {
    await withCalendar(numbered(2), { etags: 'none' }, async (calendar) => {
      assert.deepEqual(
        (await calendar.list(never())).resources.map(({ etag }) => etag),
        [null, null],
      )
    })
  })

  test('D7, H6: hrefs outside are dropped, a resource that may not be seen stays, 507 means not complete', async () => {
    const one = (href: string, status: string) =>
      `<response><href>${href}</href><status>HTTP/1.1 ${status}</status></response>`
    const send = (server: DavServer, ...responses: string[]) => {
      server.intercept = (_, response) => {
        response
          .writeHead(207, { 'content-type': 'text/xml' })
          .end(`<multistatus xmlns="DAV:">${responses.join('')}</multistatus>`)
        return true
      }
    }
    await withCalendar([], {}, async (calendar, server) => {
      const outside = [
        'https://evil.example/x.ics',
        '//evil.example/x.ics',
        '/x.ics',
        `${HOME_PATH}other/x.ics`,
        `${HOME_PATH}work/../x.ics`,
      ]
      send(
        server,
        ...outside.map((href) => one(href, '200 OK')),
        one(hrefOf('a.ics'), '403 Forbidden'),
        one(hrefOf('b.ics'), '404 Not Found'),
      )
      assert.deepEqual((await calendar.list(never())).resources, [{ href: hrefOf('a.ics'), etag: null }])
      send(server, one(hrefOf('a.ics'), '200 OK'), one(`${HOME_PATH}work/`, '507 Insufficient Storage'))
      const error = await failureOf(calendar.list(never()))
      assert.match(error.message, /only lists a part/)
      send(server, one(`${HOME_PATH}work/`, '404 Not Found'))
      assert.equal((await failureOf(calendar.list(never()))).kind, 'not-found')
    })
  })

  test('C4, R1: an answer that is cut off is never a listing', async () => {
    await withCalendar(numbered(3), {}, async (calendar, server) => {
      server.intercept = (_, response) => {
        response.writeHead(207, { 'content-type': 'text/xml' }).end('<multistatus xmlns="DAV:"><response><href>/dav')
        return true
      }
      assert.equal((await failureOf(calendar.list(never()))).kind, 'protocol')
    })
  })

  test('H8, G2: a refused login and a busy server end it at once', async () => {
    for (const [status, kind] of [
      [401, 'login'],
      [429, 'busy'],
      [503, 'busy'],
    ] as const) {
      await withCalendar(numbered(3), {}, async (calendar, server) => {
        server.intercept = (_, response) => {
          response.writeHead(status, { 'retry-after': '600', 'www-authenticate': 'Basic' }).end()
          return true
        }
        const error = await failureOf(calendar.list(never()))
        assert.deepEqual([error.kind, server.requests.length], [kind, 1])
        if (kind === 'busy') assert.equal(error.details.retryAt, NOW + 600_000)
      })
    }
  })

  test('W1: texts come along in one request where the server sends them, and are not asked for again where it does not', async () => {
    let progress = 0
    let taken: Resource[] = []
    const wants = {
      take: (resource: Resource) => void taken.push(resource),
      onProgress: (done: number) => (progress = done),
    }
    await withCalendar(numbered(3), { sync: 'texts' }, async (calendar, server) => {
      const listing = await calendar.list(never(), wants)
      assert.deepEqual([listing.resources.length, taken.length, progress], [3, 3, 3])
      assert.match(taken[1]?.text ?? '', /UID:e1/)
      assert.equal(calendar.profile.dataInSync, true)
      assert.equal(server.requests.length, 1)
      await calendar.list(never())
      assert.doesNotMatch(server.requests[1]?.body ?? '', /calendar-data/)
    })
    await withCalendar(numbered(3), { sync: 'yes' }, async (calendar, server) => {
      taken = []
      const listing = await calendar.list(never(), wants)
      assert.deepEqual([listing.resources.length, taken.length], [3, 0])
      assert.equal(calendar.profile.dataInSync, false)
      assert.equal(server.requests.length, 1)
      await calendar.list(never(), wants)
      assert.doesNotMatch(server.requests[1]?.body ?? '', /calendar-data/)
    })
  })

  test('W1: a server that fails at all texts at once is asked for the bare listing', async () => {
    await withCalendar(numbered(3), { sync: 'texts' }, async (calendar, server) => {
      server.intercept = ({ body }, response) => {
        if (!body.includes('calendar-data')) return false
        response.writeHead(500).end('Out of memory')
        return true
      }
      const taken: Resource[] = []
      const listing = await calendar.list(never(), { take: (resource) => void taken.push(resource) })
      assert.deepEqual([listing.resources.length, taken.length], [3, 0])
      assert.equal(server.requests.length, 2)
    })
    await withCalendar([], { sync: 'texts' }, async (calendar) => {
      assert.equal((await calendar.list(never(), { take: () => undefined })).resources.length, 0)
    })
  })
})
