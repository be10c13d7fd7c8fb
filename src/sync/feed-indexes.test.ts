import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FeedIndex } from '../core/ical/splice.ts'
import { createFeedIndexes } from './feed-indexes.ts'

function indexOf(entries: number): FeedIndex {
  const entry = { uid: 'u', events: 1, tzids: [], zones: [], years: null, start: 0, end: 1 }
  return { head: '', entries: Array.from({ length: entries }, () => entry), zones: new Map() }
}

test('an index is given for the very feed it belongs to, and forgotten with it', () => {
  const indexes = createFeedIndexes()
  const index = indexOf(200)
  indexes.put(1, 'tag', index)
  assert.equal(indexes.get(1, 'tag'), index)
  assert.equal(indexes.get(1, 'other'), undefined)
  assert.equal(indexes.get(2, 'tag'), undefined)
  indexes.put(1, 'other', null)
  assert.equal(indexes.get(1, 'tag'), undefined)
})

test('small feeds take no memory, and large ones only so much together', () => {
  const indexes = createFeedIndexes()
  indexes.put(1, 'tag', indexOf(99))
  assert.equal(indexes.get(1, 'tag'), undefined)
  for (const id of [1, 2, 3]) indexes.put(id, 'tag', indexOf(40_000))
  assert.deepEqual(
    [1, 2, 3].map((id) => indexes.get(id, 'tag') !== undefined),
    [false, true, true],
  )
  indexes.put(4, 'tag', indexOf(150_000))
  assert.ok(indexes.get(4, 'tag'), 'one alone is kept however large it is')
  assert.equal(indexes.get(3, 'tag'), undefined)
})
