import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import { hrefOf, numbered, reportsIn, withCalendar } from '../../test/fakes/work-calendar.ts'
import { never } from '../../test/http-client.ts'
import { eventText } from '../../test/servers/caldav-server.ts'

describe('reading', () => {
  test('a first read of a known calendar is two requests', async () => {
    await withCalendar(numbered(230), {}, async (calendar, server) => {
      const { resources } = await calendar.list(never())
      const fetched = await calendar.fetch(
        resources.map(({ href }) => href),
        never(),
      )
      assert.deepEqual([fetched.resources.length, server.requests.length], [230, 2])
    })
  })

  test('R13: what a query for all leaves out is asked for in batches', async () => {
    await withCalendar(numbered(130), { query: 'empty' }, async (calendar) => {
      const { resources } = await calendar.list(never())
      const fetched = await calendar.fetch(
        resources.map(({ href }) => href),
        never(),
      )
      assert.deepEqual([fetched.resources.length, fetched.gone, fetched.unreadable], [130, [], []])
    })
  })

  test('Q3, R13: a query for all that gets no answer is replaced by batches', async () => {
    for (const cut of ['at once', 'in the middle', 'by a gateway']) {
      await withCalendar(numbered(130), {}, async (calendar, server) => {
        server.intercept = ({ body }, response) => {
          if (!body.includes('calendar-query')) return false
          if (cut === 'by a gateway') response.writeHead(504).end()
          else if (cut === 'at once') response.destroy()
          else {
            response.writeHead(207, { 'content-type': 'text/xml' })
            response.write('<multistatus xmlns="DAV:"><response>', () => response.destroy())
          }
          return true
        }
        const { resources } = await calendar.list(never())
        const fetched = await calendar.fetch(
          resources.map(({ href }) => href),
          never(),
        )
        assert.deepEqual([fetched.resources.length, fetched.gone, fetched.unreadable], [130, [], []], cut)
        assert.equal(server.requests.filter(({ body }) => body.includes('calendar-multiget')).length, 3, cut)
      })
    }
  })

  test('R14: batches hold at most fifty', async () => {
    await withCalendar(numbered(300), {}, async (calendar, server) => {
      await calendar.list(never())
      const fetched = await calendar.fetch(numbered(120).map(hrefOf), never())
      assert.equal(fetched.resources.length, 120)
      const sizes = reportsIn(server)
        .slice(1)
        .map(({ body }) => body.split('<d:href>').length - 1)
      assert.deepEqual(sizes, [50, 50, 20])
    })
  })

  test('R4: omitted, emptied and denied resources are read singly, and nothing is lost', async () => {
    for (const multiget of ['omits-odd', 'empties-odd', 'denies-odd', 'fails-on-odd'] as const) {
      const names = [...numbered(9), 'odd.ics', 'odd-2.ics']
      await withCalendar(names, { multiget }, async (calendar) => {
        const fetched = await calendar.fetch(names.map(hrefOf), never())
        assert.deepEqual(new Set(fetched.resources.map(({ href }) => href)), new Set(names.map(hrefOf)), multiget)
        assert.deepEqual([fetched.resources.length, fetched.gone, fetched.unreadable], [names.length, [], []], multiget)
        assert.ok(
          fetched.resources.every(({ text }) => text.startsWith('BEGIN:VCALENDAR')),
          multiget,
        )
      })
    }
  })

  test('R4: what cannot be read at all is named, and is not gone', async () => {
    await withCalendar([...numbered(3), 'odd.ics'], { multiget: 'denies-odd' }, async (calendar, server) => {
      server.intercept = ({ method, path }, response) => {
        if (method !== 'GET' || !path.includes('odd')) return false
        response.writeHead(403).end()
        return true
      }
      const fetched = await calendar.fetch([...numbered(3), 'odd.ics'].map(hrefOf), never())
      assert.deepEqual([fetched.resources.length, fetched.gone], [3, []])
      assert.deepEqual(
        fetched.unreadable.map(({ href, problem }) => [href, problem.code, problem.subject]),
        [[hrefOf('odd.ics'), 'resource-unreadable', 'odd.ics']],
      )
    })
  })

  test('R4: when every listed event is denied, nothing is believed to be gone', async () => {
    await withCalendar([], {}, async (calendar) => {
      const error = await failureOf(calendar.fetch(numbered(6).map(hrefOf), never()))
      assert.match(error.message, /answers 404 for every one/)
    })
    await withCalendar(numbered(60), {}, async (calendar, server) => {
      server.intercept = (_, response) => {
        response.writeHead(403).end()
        return true
      }
      const error = await failureOf(calendar.fetch(numbered(60).map(hrefOf), never()))
      assert.equal(error.details.status, 403)
      assert.ok(server.requests.length < 30, `${server.requests.length} requests`)
    })
  })

  test('Q4, Q7: a server that fails at every event is given up soon, with its own error', async () => {
    for (const [status, kind] of [
      [500, 'busy'],
      [403, 'refused'],
      [200, 'protocol'],
    ] as const) {
      for (const count of [20, 1000]) {
        await withCalendar(numbered(count), {}, async (calendar, server) => {
          const { resources } = await calendar.list(never())
          server.intercept = (_, response) => {
            response.writeHead(status, { 'content-type': 'text/html' }).end('<html>')
            return true
          }
          const hrefs = resources.map(({ href }) => href)
          const error = await failureOf(calendar.fetch(hrefs, never()))
          assert.deepEqual([error.kind, error.details.status], [kind, status])
          assert.ok(server.requests.length < 40, `${server.requests.length} requests for ${count}`)
        })
      }
    }
  })

  test('Q4: many events that fail do not hold back those that are read, nor those read at earlier runs', async () => {
    const odd = numbered(8).map((name) => `odd-${name}`)
    await withCalendar([...odd, ...numbered(40)], { multiget: 'denies-odd' }, async (calendar, server) => {
      server.intercept = ({ method, path }, response) => {
        if (method !== 'GET' || !path.includes('odd')) return false
        response.writeHead(500).end()
        return true
      }
      const { resources } = await calendar.list(never())
      const hrefs = resources.map(({ href }) => href)
      const first = await calendar.fetch(hrefs, never())
      assert.deepEqual([first.resources.length, first.unreadable.length], [40, 8])
      const next = await calendar.fetch(odd.map(hrefOf), never())
      assert.deepEqual([next.resources.length, next.unreadable.length, next.gone], [0, 8, []])
    })
  })

  test('R5: a poisoned event is read without what XML forbids, the others as they are', async () => {
    await withCalendar(numbered(4), {}, async (calendar, server) => {
      const objects = server.calendars.get('work')?.objects
      objects?.set('bad.ics', eventText('bad', 'Po\u0008i\uffffson'))
      const fetched = await calendar.fetch([...numbered(4), 'bad.ics'].map(hrefOf), never())
      assert.equal(fetched.resources.length, 5)
      assert.match(fetched.resources.find(({ href }) => href === hrefOf('bad.ics'))?.text ?? '', /SUMMARY:Poison\r\n/)
    })
  })

  test('R5: an answer that stays unreadable is halved until one event stands alone', async () => {
    await withCalendar([...numbered(40), 'odd.ics'], {}, async (calendar, server) => {
      server.intercept = ({ method, body }, response) => {
        if (method !== 'REPORT' || !body.includes('odd')) return false
        response.writeHead(207, { 'content-type': 'text/xml' }).end('<multistatus xmlns="DAV:"><response>&broken')
        return true
      }
      const fetched = await calendar.fetch([...numbered(40), 'odd.ics'].map(hrefOf), never())
      assert.deepEqual([fetched.resources.length, fetched.unreadable, fetched.gone], [41, [], []])
    })
  })

  test('H8, D13: a login revoked in the middle is refused at most twice', async () => {
    await withCalendar(numbered(300), {}, async (calendar, server) => {
      let refused = 0
      const held: ServerResponse[] = []
      // The answers are held back for a moment, so that everything that goes out at once has arrived.
      server.intercept = (_, response) => {
        refused += 1
        held.push(response)
        if (refused === 2) setTimeout(() => held.map((one) => one.writeHead(401).end()), 30)
        return true
      }
      const error = await failureOf(calendar.fetch(numbered(300).map(hrefOf), never()))
      assert.equal(error.kind, 'login')
      assert.ok(refused <= 2, `${refused} refusals`)
    })
  })

  test('an unreachable server is given up after a few batches', async () => {
    await withCalendar(numbered(300), {}, async (calendar, server) => {
      server.intercept = (_, response) => {
        response.destroy()
        return true
      }
      const error = await failureOf(calendar.fetch(numbered(300).map(hrefOf), never()))
      assert.equal(error.kind, 'unreachable')
      assert.ok(server.requests.length <= 12, `${server.requests.length} requests`)
    })
  })

  test('an abort ends the reading as aborted', async () => {
    await withCalendar(numbered(60), {}, async (calendar, server) => {
      const controller = new AbortController()
      server.intercept = () => {
        controller.abort()
        return true
      }
      assert.equal((await failureOf(calendar.fetch(numbered(60).map(hrefOf), controller.signal))).kind, 'aborted')
    })
  })
})
