import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { stillClock } from '../test/clock-and-log.ts'
import type { LogLevel } from './core/settings.ts'
import type { LogFields } from './core/types.ts'
import { Secret } from './core/types.ts'
import { createLogger } from './log.ts'

function logged(message: string, fields?: LogFields): string {
  const lines: string[] = []
  createLogger('debug', (line) => lines.push(line), stillClock()).info(message, fields)
  assert.equal(lines.length, 1)
  return lines[0] ?? ''
}

test('a line has time, level, message and fields', () => {
  assert.equal(
    logged('Sync finished', { source: 3, name: 'My calendar', ok: true, error: null, skipped: undefined }),
    '2026-03-01T12:00:00.000Z INFO  Sync finished source=3 name="My calendar" ok=true error=null',
  )
})

test('values that could be taken for more than one field are quoted', () => {
  assert.match(logged('m', { a: '', b: 'x=y', c: 'say "hi"', d: 'plain' }), / a="" b="x=y" c="say \\"hi\\"" d=plain$/)
})

test('only the chosen level and graver ones are written', () => {
  const levels: readonly LogLevel[] = ['error', 'warn', 'info', 'debug']
  for (const [index, level] of levels.entries()) {
    const seen: string[] = []
    const log = createLogger(level, (line) => seen.push(line.split(/\s+/)[1] ?? ''), stillClock())
    for (const each of levels) log[each]('m')
    assert.deepEqual(
      seen,
      levels.slice(0, index + 1).map((each) => each.toUpperCase()),
    )
  }
})

test('line ends, control characters and marks that turn text around are shown, not written', () => {
  const line = logged('a\nERROR forged\r\t\u001b[31m', { b: '\u0000\u0085\u2028\u202e', 'k\ney': 'v' })
  assert.ok(line.endsWith('a\\nERROR forged\\r\\t\\u001b[31m b=\\u0000\\u0085\\u2028\\u202e k\\ney=v'), line)
})

test('F1: a secret, and a login inside a URL, are not printed', () => {
  const secret: unknown = new Secret('canary')
  // A field of this type does not pass the compiler; at run time it may still happen.
  const line = logged('GET https://ann:canary@host/x failed', {
    url: 'webcal://ann:canary@host/',
    password: secret as string,
  })
  assert.doesNotMatch(line, /canary/)
  assert.match(line, /GET https:\/\/\[secret\]@host\/x failed url=webcal:\/\/\[secret\]@host\/ password=\[secret\]$/)
})

test('long texts are cut, and never inside a login', () => {
  assert.ok(logged('x'.repeat(1_000_000)).length < 2100)
  for (const length of [1985, 1990, 1995, 1999, 2000]) {
    assert.doesNotMatch(logged(`${'x'.repeat(length)} https://ann:canary-canary@host/`), /cana/)
  }
})

test('whatever is logged, it is one line of printable text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (message, value) => {
      assert.doesNotMatch(logged(message, { value }), /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u)
    }),
    { numRuns: 300 },
  )
})
