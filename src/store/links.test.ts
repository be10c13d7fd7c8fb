import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewLink } from '../core/links.ts'
import { openTestStore } from './test-store.ts'

const options: Omit<NewLink, 'path' | 'source_ids'> = {
  is_public: false,
  label: '',
  name: null,
  paused: false,
  expires_at: null,
  freshness_secs: null,
  mark: 'none',
  rules: [],
}

test('the feeds made of a source are those of links that name it, and its own addresses only with options', (t) => {
  const { store } = openTestStore(t)
  const both = store.links.create({ ...options, path: 'both', source_ids: [1, 2] })
  const second = store.links.create({ ...options, path: 'second', source_ids: [2] })
  const showing = (sourceId: number) => store.links.showing(sourceId).map(({ id }) => id)
  assert.deepEqual([showing(1), showing(2)], [[both.id], [both.id, second.id]])
  const main = store.links.list().find(({ kind, source_ids }) => kind === 'main' && source_ids.includes(1))
  assert.ok(main)
  store.links.update(main.id, { mark: 'prefix' })
  assert.deepEqual(showing(1), [both.id, main.id])
})
