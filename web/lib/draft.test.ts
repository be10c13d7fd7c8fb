import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dropDraft, readDraft, writeDraft } from './draft.ts'

function shelf() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

const blank = { account: { username: '', password: '' }, address: '', name: '' }

test('a draft comes back with its step and without its passwords', () => {
  const here = shelf()
  const draft = {
    account: { username: 'anna', password: 'canary' },
    address: 'https://anna:canary@example.com/feed.ics',
    name: 'School',
  }
  writeDraft(here, 'source', { step: 2, draft })
  assert.ok(![...here.kept.values()].some((text) => text.includes('canary')))
  assert.deepEqual(readDraft(here, 'source', blank), {
    step: 2,
    draft: {
      account: { username: 'anna', password: '' },
      address: 'https://anna@example.com/feed.ics',
      name: 'School',
    },
  })
})

test('there is no draft of another wizard, after it was dropped, or where it cannot be read', () => {
  const here = shelf()
  writeDraft(here, 'source', { step: 1, draft: blank })
  assert.equal(readDraft(here, 'destination', blank), null)
  for (const key of here.kept.keys()) here.kept.set(key, '{')
  assert.equal(readDraft(here, 'source', blank), null)
  dropDraft(here, 'source')
  assert.equal(here.kept.size, 0)
})

test('a browser that keeps nothing is no failure', () => {
  const full = {
    ...shelf(),
    setItem: () => {
      throw new Error('full')
    },
  }
  assert.doesNotThrow(() => writeDraft(full, 'source', { step: 0, draft: blank }))
})
