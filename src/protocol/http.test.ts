import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import { never, testHttp } from '../../test/http-client.ts'
import { ask, rawServer, serve } from '../../test/one-request.ts'
import { Secret } from '../core/types.ts'

const CANARY = 'canary-4711'
const credentials = { username: 'alice', password: new Secret(CANARY) }

describe('what goes out', () => {
  test('Radicale: a body has a Content-Length, is not chunked, and nothing expects 100-continue', async () => {
    await serve(
      (_, response) => response.end(),
      async (origin, seen) => {
        for (const method of ['PROPFIND', 'REPORT', 'PUT'] as const) await ask({ method, url: origin, body: 'é<x/>' })
        for (const { headers, body } of seen) {
          assert.equal(body, 'é<x/>')
          assert.equal(headers['content-length'], '6')
          assert.equal(headers['transfer-encoding'], undefined)
          assert.equal(headers.expect, undefined)
        }
      },
    )
  })

  test('Basic credentials go out at once and in UTF-8', async () => {
    await serve(
      (_, response) => response.end(),
      async (origin, seen) => {
        await ask({ url: origin, credentials: { username: 'alice', password: new Secret('p w&<>é:') } })
        const [, encoded = ''] = seen[0]?.headers.authorization?.split(' ') ?? []
        assert.equal(Buffer.from(encoded, 'base64').toString('utf8'), 'alice:p w&<>é:')
      },
    )
  })

  test('cookies are not kept', async () => {
    await serve(
      (_, response) => response.setHeader('set-cookie', 'PHPSESSID=1').end(),
      async (origin, seen) => {
        const http = testHttp()
        for (let i = 0; i < 2; i += 1) {
          await (await http.request({ method: 'GET', url: origin, signal: never(), limits: 'feed' })).bytes()
        }
        await http.close()
        assert.equal(seen[1]?.headers.cookie, undefined)
      },
    )
  })

  test('REPORTs share their connections', async () => {
    const ports = new Set<number | undefined>()
    await serve(
      (_, response) => {
        ports.add(response.socket?.remotePort)
        response.end('x')
      },
      async (origin) => {
        const http = testHttp()
        for (let i = 0; i < 6; i += 1) {
          await (
            await http.request({ method: 'REPORT', url: origin, body: '<x/>', signal: never(), limits: 'feed' })
          ).bytes()
        }
        await http.close()
      },
    )
    // A connection is free again a moment after the body has ended, so a second one may be opened.
    assert.ok(ports.size <= 2, `${ports.size} connections for 6 REPORTs`)
  })
})

describe('time', () => {
  test('C7: silence before the headers ends the request, one header at a time does not stretch it', async () => {
    const silent = await rawServer(() => null)
    assert.equal((await failureOf(ask({ url: silent.url }, { headersMs: 300 }))).kind, 'unreachable')
    silent.stop()
    const drip = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const timer = setInterval(() => socket.write('X-A: b\r\n'), 50)
      socket.on('close', () => clearInterval(timer))
      return null
    })
    assert.equal((await failureOf(ask({ url: drip.url }, { headersMs: 300, totalMs: 10_000 }))).kind, 'unreachable')
    drip.stop()
  })

  test('C6: a body that stops, and one that never ends, are given up', async () => {
    await serve(
      (_, response) => response.write('BEGIN'),
      async (origin) => {
        const error = await failureOf(ask({ url: origin }, { idleMs: 300 }))
        assert.match(error.message, /stopped in the middle/)
      },
    )
    await serve(
      (_, response) => {
        const timer = setInterval(() => response.write('x'), 20)
        response.on('close', () => clearInterval(timer))
      },
      async (origin) => assert.match((await failureOf(ask({ url: origin }, { totalMs: 300 }))).message, /given up/),
    )
  })

  test('an abort ends the request as aborted, before and in the body', async () => {
    await serve(
      (_, response) => response.write('BEGIN'),
      async (origin) => {
        const controller = new AbortController()
        const http = testHttp()
        const response = await http.request({ method: 'GET', url: origin, signal: controller.signal, limits: 'feed' })
        controller.abort()
        assert.equal((await failureOf(response.bytes())).kind, 'aborted')
        const again = http.request({ method: 'GET', url: origin, signal: controller.signal, limits: 'feed' })
        assert.equal((await failureOf(again)).kind, 'aborted')
        await http.close()
      },
    )
  })
})

describe('connections that die', () => {
  test('a read on a connection that was closed under it is asked once more, a PUT is not', async () => {
    for (const [method, expected] of [
      ['GET', 'answered'],
      ['REPORT', 'answered'],
      ['PUT', 'unreachable'],
      ['DELETE', 'unreachable'],
    ] as const) {
      let connections = 0
      const raw = await rawServer((socket) => {
        connections += 1
        if (connections > 1) return Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
        socket.destroy()
        return null
      })
      const outcome = await ask({ method, url: raw.url, ...(method === 'GET' ? {} : { body: 'x' }) }).then(
        () => 'answered',
        (error: { kind: string }) => error.kind,
      )
      assert.deepEqual([outcome, connections], [expected, expected === 'answered' ? 2 : 1], method)
      raw.stop()
    }
  })

  test('a server that always resets is asked twice and no more', async () => {
    let connections = 0
    const raw = await rawServer((socket) => {
      connections += 1
      socket.destroy()
      return null
    })
    const error = await failureOf(ask({ url: raw.url, credentials }))
    assert.deepEqual([error.kind, connections], ['unreachable', 2])
    assert.doesNotMatch(`${error.message}${error.stack}`, new RegExp(CANARY))
    raw.stop()
  })

  test('nothing listening, an unknown host and plain HTTP on a TLS address are said in words', async () => {
    const closed = await rawServer(() => null)
    closed.stop()
    assert.match((await failureOf(ask({ url: closed.url }))).message, /Nothing answers at/)
    const lost = Object.assign(new Error('lost'), { code: 'ENOTFOUND' })
    const http = testHttp({ resolve: (_, done) => done(lost, []) })
    const asked = http.request({ method: 'GET', url: 'http://nowhere.example/', signal: never(), limits: 'feed' })
    assert.match((await failureOf(asked)).message, /could not be found/)
    await http.close()
    await serve(
      (_, response) => response.end(),
      async (origin) => {
        assert.match((await failureOf(ask({ url: origin.replace('http:', 'https:') }))).message, /TLS/)
      },
    )
  })
})
