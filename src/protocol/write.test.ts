import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import type { DavServer } from '../../test/fakes/dav-state.ts'
import { hrefOf, numbered, withCalendar } from '../../test/fakes/work-calendar.ts'
import { never } from '../../test/http-client.ts'
import { eventText } from '../../test/servers/caldav-server.ts'
import type { ETag } from '../core/types.ts'

describe('writing', () => {
  const answerWith = (server: DavServer, status: number, body = '', headers: Record<string, string> = {}) => {
    server.intercept = (_, response) => {
      response.writeHead(status, headers).end(body)
      return true
    }
  }
  const text = eventText('x', 'x')
  const ref = { href: hrefOf('x.ics'), etag: '"1"' as ETag }

  test('W6: only 200, 201 and 204 count as stored, and a 207 is opened', async () => {
    await withCalendar([], {}, async (calendar, server) => {
      for (const status of [200, 201, 204]) {
        answerWith(server, status, '', { etag: '"2"' })
        assert.equal(await calendar.update(ref, text, never()), '"2"')
        assert.deepEqual(await calendar.create('x.ics', text, never()), { href: hrefOf('x.ics'), etag: '"2"' })
      }
      for (const status of [
        202, 203, 206, 301, 303, 307, 308, 400, 403, 404, 405, 409, 412, 413, 415, 422, 423, 500, 501, 507,
      ]) {
        answerWith(server, status, '', { location: '/elsewhere' })
        const error = await failureOf(calendar.create('x.ics', text, never()))
        assert.deepEqual([['refused', 'protocol'].includes(error.kind), error.details.status], [true, status])
        assert.equal((await failureOf(calendar.update(ref, text, never()))).details.status, status)
      }
      const inner = (status: number) =>
        `<multistatus xmlns="DAV:"><response><href>/x</href><status>HTTP/1.1 ${status} X</status></response></multistatus>`
      answerWith(server, 207, inner(403))
      assert.equal((await failureOf(calendar.create('x.ics', text, never()))).details.status, 403)
      answerWith(server, 207, inner(201), { etag: '"3"' })
      assert.equal((await calendar.create('x.ics', text, never())).etag, '"3"')
      answerWith(server, 207, '<multistatus xmlns="DAV:"/>')
      assert.equal((await failureOf(calendar.create('x.ics', text, never()))).kind, 'refused')
    })
  })

  test('H3, W7: a UID conflict carries its precondition and the holder', async () => {
    await withCalendar([], {}, async (calendar, server) => {
      const body =
        '<D:error xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><C:no-uid-conflict><D:href>/cal/held.ics</D:href></C:no-uid-conflict></D:error>'
      answerWith(server, 409, body)
      const { kind, details } = await failureOf(calendar.create('x.ics', text, never()))
      assert.deepEqual(
        [kind, details.status, details.preconditions, details.conflictHref],
        ['refused', 409, ['no-uid-conflict'], '/cal/held.ics'],
      )
    })
  })

  test('W4, W5: each write carries its condition, its type, and no word to guests', async () => {
    await withCalendar([], {}, async (calendar, server) => {
      answerWith(server, 204)
      await calendar.create('x.ics', text, never())
      await calendar.update(ref, text, never())
      await calendar.update({ ...ref, etag: 'http://etags.example/691-1' as ETag }, text, never())
      await calendar.update({ ...ref, etag: 'W/"1"' as ETag }, text, never())
      await calendar.update({ ...ref, etag: null }, text, never())
      await calendar.remove(ref, never())
      const sent = server.requests.map(({ method, headers }) => [
        method,
        headers['if-none-match'],
        headers['if-match'],
        headers['schedule-reply'],
      ])
      assert.deepEqual(sent, [
        ['PUT', '*', undefined, undefined],
        ['PUT', undefined, '"1"', undefined],
        ['PUT', undefined, 'http://etags.example/691-1', undefined],
        ['PUT', undefined, '"1"', undefined],
        ['PUT', undefined, undefined, undefined],
        ['DELETE', undefined, '"1"', 'F'],
      ])
      assert.equal(server.requests[0]?.headers['content-type'], 'text/calendar; charset=utf-8')
      assert.equal(server.requests[0]?.body, text)
    })
  })

  test('D7: an href that leads out of the calendar by an encoding is never asked for, written or removed', async () => {
    await withCalendar([], {}, async (calendar, server) => {
      for (const name of ['%2e%2e/x.ics', '%2E%2e%2Fx.ics', '%2e%2e%5cx.ics', '%2e%2e%5c%ffx.ics']) {
        const outside = { ...ref, href: hrefOf(name) }
        assert.match((await failureOf(calendar.update(outside, text, never()))).message, /does not lie in the calendar/)
        assert.match((await failureOf(calendar.remove(outside, never()))).message, /does not lie in the calendar/)
        assert.equal((await calendar.fetch([outside.href], never())).unreadable.length, 1)
      }
      assert.deepEqual(server.requests, [])
    })
  })

  test('H14: a DELETE of what is gone is done, of what changed is not', async () => {
    await withCalendar([], {}, async (calendar, server) => {
      for (const status of [404, 410]) {
        answerWith(server, status)
        await calendar.remove(ref, never())
      }
      answerWith(server, 412)
      assert.equal((await failureOf(calendar.remove(ref, never()))).details.status, 412)
    })
  })

  test('an account-wide refusal has its own kind', async () => {
    await withCalendar([], {}, async (calendar, server) => {
      for (const [status, kind] of [
        [401, 'login'],
        [429, 'busy'],
        [503, 'busy'],
        [502, 'unreachable'],
      ] as const) {
        answerWith(server, status)
        assert.equal((await failureOf(calendar.create('x.ics', text, never()))).kind, kind)
      }
    })
  })

  test('an ETag that no header can carry counts as none', async () => {
    await withCalendar(numbered(1), {}, async (calendar, server) => {
      server.intercept = (_, response) => {
        const body = `<multistatus xmlns="DAV:"><response><href>${hrefOf('e0.ics')}</href><propstat><prop><getetag>"a&#10;X-Evil: 1"</getetag></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>`
        response.writeHead(207, { 'content-type': 'text/xml' }).end(body)
        return true
      }
      assert.deepEqual((await calendar.list(never())).resources, [{ href: hrefOf('e0.ics'), etag: null }])
    })
  })
})
