import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesIn, countsOf } from './run-counts.ts'

const told = (counts: Readonly<Record<string, number>>) => countsOf(counts).map(({ name, count }) => `${count} ${name}`)

test('a destination run tells what it did always, and what it left alone only where there was any', () => {
  const counts = { uploaded: 3, created: 2, updated: 1, skipped: 5, deleted: 0, total: 8, failed: 0, past: 4, feed: 12 }
  assert.deepEqual(told(counts), ['2 created', '1 updated', '0 deleted', '5 unchanged', '4 past'])
})

test('a run from before created and updated were told apart says how many it wrote', () => {
  assert.deepEqual(told({ uploaded: 3, skipped: 5, deleted: 1 }), ['3 written', '1 deleted', '5 unchanged'])
})

test('a plan, a source run and an undo have words of the same kind', () => {
  assert.deepEqual(told({ create: 1, update: 0, delete: 2, held: 1, unchanged: 4, foreign: 3 }), [
    '1 created',
    '0 updated',
    '2 deleted',
    '4 unchanged',
    '1 held',
    '3 foreign',
  ])
  assert.deepEqual(told({ events: 3, calendars: 2, fetched: 0, problems: 0 }), ['3 events', '2 calendars', '0 fetched'])
  assert.deepEqual(told({ undone: 2, failed: 0, edited: 1, unchanged: 0, operations: 2 }), [
    '2 undone',
    '0 unchanged',
    '1 edited',
  ])
  assert.deepEqual(told({}), [])
})

test('changes are what was written, removed, read anew or taken back', () => {
  assert.equal(changesIn({ uploaded: 2, created: 1, updated: 1, deleted: 3, skipped: 9 }), 5)
  assert.equal(changesIn({ events: 9, fetched: 4 }), 4)
})
