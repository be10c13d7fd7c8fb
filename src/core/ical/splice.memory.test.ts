import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { calendar, event } from '../../../test/ical-samples.ts'
import { feedBytes } from './feed-parts.ts'
import { mergeFeed } from './merge.ts'
import { readCalendar } from './objects.ts'
import { type FeedIndex, indexFeed } from './splice.ts'

const COUNT = 200
const LINES = Array.from({ length: 1500 }, (_, n) => `X-LONG-${n}:${'x'.repeat(50)}`)
const TEXT_BYTES = LINES.join('\r\n').length

function index(): FeedIndex | null {
  const objects = Array.from({ length: COUNT }, (_, n) => {
    // Joined text, as it comes from a server; one that was written here may be held in pieces anyway.
    const text = Buffer.from(calendar(event(`a-uid-of-some-length-${n}`, ...LINES))).toString()
    return readCalendar(text).objects
  }).flat()
  const feed = mergeFeed([objects])
  return indexFeed(feed, feedBytes(feed, 0), objects)
}

test('the index of a feed keeps none of the texts it was made from', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const before = process.memoryUsage().heapUsed
  const kept = index()
  collect()
  assert.equal(kept?.entries.length, COUNT)
  const grown = process.memoryUsage().heapUsed - before
  assert.ok(grown < (COUNT * TEXT_BYTES) / 4, `${grown} bytes are kept of ${COUNT * TEXT_BYTES}`)
})
