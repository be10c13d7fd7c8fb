import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { failureOf } from '../../test/failure.ts'
import { ask, rawServer, serve } from '../../test/one-request.ts'

describe('bodies', () => {
  const bomb = Buffer.alloc(8 * 1024 * 1024, 'A')
  const coders = {
    gzip: gzipSync,
    deflate: deflateSync,
    br: brotliCompressSync,
    zstd: zstdCompressSync,
  } as const

  test('compressed bodies are decoded, bare deflate and two layers included', async () => {
    const text = 'BEGIN:VCALENDAR é '.repeat(1000)
    const bodies: [string, Buffer][] = Object.entries(coders).map(([name, code]) => [name, code(text)])
    bodies.push(
      ['deflate', deflateRawSync(text)],
      ['gzip, br', brotliCompressSync(gzipSync(text))],
      ['identity', Buffer.from(text)],
    )
    for (const [encoding, body] of bodies) {
      await serve(
        (_, response) => response.setHeader('content-encoding', encoding).end(body),
        async (origin) => assert.equal((await ask({ url: origin })).text, text, encoding),
      )
    }
  })

  test('C5: a bomb stops at the limit, whatever its encoding', async () => {
    const bodies: [string, Buffer][] = Object.entries(coders).map(([name, code]) => [name, code(bomb)])
    bodies.push(['gzip, gzip', gzipSync(gzipSync(bomb))], ['identity', bomb])
    for (const [encoding, body] of bodies) {
      await serve(
        (_, response) => {
          response.setHeader('content-encoding', encoding)
          response.write(body.subarray(0, 10))
          response.end(body.subarray(10))
        },
        async (origin) => {
          const error = await failureOf(ask({ url: origin }, { maxBytes: 1024 * 1024 }))
          assert.deepEqual(
            [error.kind, /larger than 1 MiB/.test(error.message)],
            ['refused', true],
            `${encoding}: ${error.message}`,
          )
        },
      )
    }
  })

  test('C5: towers of encodings and unknown ones are refused', async () => {
    for (const encoding of ['gzip, gzip, gzip', 'x-unheard-of']) {
      await serve(
        (_, response) => response.setHeader('content-encoding', encoding).end('x'),
        async (origin) => assert.equal((await failureOf(ask({ url: origin }))).kind, 'protocol'),
      )
    }
  })

  test('C5: a declared length over the limit is refused unread', async () => {
    await serve(
      (_, response) => response.writeHead(200, { 'content-length': '4000000' }).write('x'),
      async (origin) => {
        assert.match((await failureOf(ask({ url: origin }, { maxBytes: 1_000_000 }))).message, /larger than 1 MiB/)
      },
    )
  })

  test('C8: a body shorter than declared, cut chunks and cut compression are errors', async () => {
    const zipped = gzipSync('BEGIN:VCALENDAR\r\n'.repeat(500))
    const answers: Record<string, (head: string) => Buffer> = {
      'Content-Length': (head) => Buffer.from(`${head}Content-Length: 100\r\n\r\nshort`),
      chunked: (head) => Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`),
      gzip: (head) =>
        Buffer.concat([
          Buffer.from(`${head}Content-Encoding: gzip\r\nContent-Length: ${zipped.length - 9}\r\n\r\n`),
          zipped.subarray(0, -9),
        ]),
    }
    for (const [name, make] of Object.entries(answers)) {
      const raw = await rawServer(() => make('HTTP/1.1 200 OK\r\n'))
      const error = await failureOf(ask({ url: raw.url }))
      assert.ok(['unreachable', 'protocol'].includes(error.kind), `${name}: ${error.kind}`)
      assert.match(error.message, /cut off/, name)
      raw.stop()
    }
  })
})
