import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ReadingSource, ringOf as ringAmong, type WritingDestination } from './loops.ts'

const source = (id: number, ...calendars: string[]): ReadingSource => ({ id, name: `source ${id}`, calendars })
const into = (calendar: string, sourceId: number | null): WritingDestination => ({
  name: `into ${calendar}`,
  calendar,
  sourceIds: sourceId === null ? [] : [sourceId],
})

const ringOf = (
  destination: WritingDestination,
  sources: readonly ReadingSource[],
  destinations: readonly WritingDestination[],
) =>
  ringAmong(destination, {
    source: (id) => sources.find((one) => one.id === id),
    writersOf: (calendar) => destinations.filter((one) => one.calendar === calendar),
  })

test('a destination that writes into a calendar its own source reads is a ring', () => {
  assert.deepEqual(ringOf(into('home', 1), [source(1, 'work', 'home')], []), ['source 1', 'into home', 'source 1'])
})

test('a ring by way of another source and destination is found', () => {
  const sources = [source(1, 'a'), source(2, 'b')]
  assert.deepEqual(ringOf(into('b', 1), sources, [into('a', 2), into('b', 1)]), [
    'source 1',
    'into b',
    'source 2',
    'into a',
    'source 1',
  ])
})

test('a chain that does not come back is none, nor is a feed from elsewhere', () => {
  const sources = [source(1, 'a'), source(2, 'b')]
  assert.equal(ringOf(into('b', 1), sources, [into('c', 2)]), null)
  assert.equal(ringOf(into('a', null), sources, []), null)
  assert.equal(ringOf(into('a', 9), sources, []), null)
})

test('rings among others do not keep the search from ending', () => {
  const sources = [source(1, 'a'), source(2, 'b', 'c'), source(3, 'c')]
  assert.equal(ringOf(into('b', 1), sources, [into('c', 2), into('c', 3), into('b', 3)]), null)
})
