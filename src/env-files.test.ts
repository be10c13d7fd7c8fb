import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { tempFolder } from '../test/temp-folder.ts'
import { ConfigError } from './config.ts'
import { readEnvironment } from './env-files.ts'

/** A folder two levels deep, and a way to write files into it and its parents. */
function openTestFolder(t: TestContext) {
  const outer = tempFolder(t)
  const inner = join(outer, 'a', 'b')
  mkdirSync(inner, { recursive: true })
  return { outer, inner, write: (path: string, text: string) => writeFileSync(join(outer, path), text) }
}

test('real variables win over .env.local, and that over .env', (t) => {
  const { inner, write } = openTestFolder(t)
  write('a/b/.env', 'ONE=env\nTWO=env\nTHREE=env\n')
  write('a/b/.env.local', 'ONE=local\nTWO=local\n')
  const { ONE, TWO, THREE } = readEnvironment({ ONE: 'real', TWO: undefined }, inner)
  assert.deepEqual([ONE, TWO, THREE], ['real', 'local', 'env'])
})

test('a real variable that is empty wins, too', (t) => {
  const { inner, write } = openTestFolder(t)
  write('a/b/.env', 'ONE=env')
  assert.equal(readEnvironment({ ONE: '' }, inner).ONE, '')
})

test('of each file the nearest one is read, and only that one', (t) => {
  const { inner, write } = openTestFolder(t)
  write('.env', 'ONE=far\nFAR=far')
  write('a/.env', 'ONE=near')
  write('.env.local', 'TWO=far')
  const { ONE, TWO, FAR } = readEnvironment({}, inner)
  assert.deepEqual([ONE, TWO, FAR], ['near', 'far', undefined])
})

test('quotes, comments, exports, Windows line ends and a byte order mark are understood', (t) => {
  const { inner, write } = openTestFolder(t)
  write(
    'a/b/.env',
    '\uFEFFONE=1\r\n# comment\r\nexport TWO=\'$argon2id$v=19$x\'\r\nTHREE="a b" # more\r\nFOUR=\r\nnonsense\r\n',
  )
  const { ONE, TWO, THREE, FOUR } = readEnvironment({}, inner)
  assert.deepEqual([ONE, TWO, THREE, FOUR], ['1', '$argon2id$v=19$x', 'a b', ''])
})

test('no file and a folder of that name change nothing', (t) => {
  const { inner } = openTestFolder(t)
  mkdirSync(join(inner, '.env'))
  assert.equal(readEnvironment({ ONE: 'real' }, inner).ONE, 'real')
})

test('a file that cannot be read is named', (t) => {
  const { outer, inner } = openTestFolder(t)
  // A name too long for any file system, where a missing right would not stop a test run by root.
  const unreadable = join(inner, 'x'.repeat(5000))
  assert.throws(
    () => readEnvironment({}, unreadable),
    (thrown) =>
      thrown instanceof ConfigError && thrown.message.includes(outer) && /cannot be read; make it/.test(thrown.message),
  )
})
