import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendarText, freshFeed, sourceSettings, TestWorld } from '../../test/fakes/world.ts'
import { inspectFeed } from './inspect.ts'

const { signal } = new AbortController()

test('looks at a feed by its address and keeps nothing of it', async (t) => {
  const { deps, ...world } = new TestWorld(t)
  const text = calendarText(['a', 'One'], ['b', 'Two'])
  Object.assign(deps, { downloadFeed: async () => freshFeed(text, '"1"') })
  const found = await inspectFeed({ url: 'https://x.example/a.ics' }, deps, signal)
  assert.deepEqual([found.counts.objects, found.size, found.cheap_to_poll], [2, text.length, true])
  assert.deepEqual(world.store.runs.list({ limit: 1 }), [])
})

test('looks at a text, and at the feed of a source of this service', async (t) => {
  const { deps, store } = new TestWorld(t)
  const text = calendarText(['a', 'One'])
  assert.equal((await inspectFeed({ text }, deps, signal)).cheap_to_poll, null)
  const { id } = store.sources.create(sourceSettings)
  store.feeds.publish(id, Buffer.from(text), { gzip: null, br: null, zstd: null }, 0)
  assert.equal((await inspectFeed({ url: `source:${id}` }, deps, signal)).counts.objects, 1)
})

test('I1: what is no calendar is an error that says what it is', async (t) => {
  const { deps } = new TestWorld(t)
  await assert.rejects(inspectFeed({ text: '<html><title>Sign in</title></html>' }, deps, signal), { kind: 'protocol' })
})
