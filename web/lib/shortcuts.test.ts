import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createShortcutReader } from './shortcuts.ts'

/** Reads the keys, each a tenth of a second after the one before. */
const read = (...keys: readonly string[]) => {
  const reader = createShortcutReader()
  return keys.map((key, place) => reader({ key, at: place * 100 }))
}

test('g and a letter go to a page, and to nothing else', () => {
  assert.deepEqual(read('g', 's'), [null, { does: 'go', href: '/sources' }])
  assert.deepEqual(read('g', 'o'), [null, { does: 'go', href: '/' }])
  assert.deepEqual(read('g', 't'), [null, { does: 'go', href: '/settings' }])
  assert.deepEqual(read('g', 'x', 's'), [null, null, null])
  assert.deepEqual(read('s'), [null])
  assert.deepEqual(read('g', 'constructor'), [null, null])
})

test('g pressed twice waits for the letter, and so does one letter only', () => {
  assert.deepEqual(read('g', 'g', 'd', 'd'), [null, null, { does: 'go', href: '/destinations' }, null])
})

test('a letter that comes late after g is a letter alone', () => {
  const reader = createShortcutReader()
  reader({ key: 'g', at: 0 })
  assert.equal(reader({ key: 's', at: 1501 }), null)
})

test('/ searches and ? helps, after g too', () => {
  assert.deepEqual(read('/', '?'), [{ does: 'search' }, { does: 'help' }])
  assert.deepEqual(read('g', '/'), [null, { does: 'search' }])
})
