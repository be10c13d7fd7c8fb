import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readCalendar } from './ical/objects.ts'
import { pairingSide } from './ical/pairing-key.ts'
import { isUnstable, type PairingSide, pairLeftovers } from './pairing.ts'

function side(key: string, changes: Partial<PairingSide> = {}): PairingSide {
  return { key, start: 's', end: 'e', summary: 'Dentist', location: 'here', rule: '', ...changes }
}

const pairs = (newcomers: PairingSide[], leftovers: PairingSide[]) => [...pairLeftovers(newcomers, leftovers)]

test('I7: an event under a new UID is known by its content', () => {
  assert.deepEqual(pairs([side('new')], [side('other', { start: 't' }), side('old')]), [['new', 'old']])
})

test('I7: equal events are paired one to one, and the surplus is left', () => {
  const found = pairs([side('n1'), side('n2'), side('n3')], [side('o1'), side('o2')])
  assert.deepEqual(found, [
    ['n1', 'o1'],
    ['n2', 'o2'],
  ])
})

test('I7: a changed end or place is an update where start and summary are unique', () => {
  assert.deepEqual(pairs([side('new', { end: 'later' })], [side('old')]), [['new', 'old']])
  assert.deepEqual(pairs([side('new', { end: 'later' })], [side('o1'), side('o2', { end: 'x' })]), [])
  assert.deepEqual(pairs([side('n1', { end: 'a' }), side('n2', { end: 'b' })], [side('old')]), [])
})

test('I7: a series is not taken for a single event', () => {
  assert.deepEqual(pairs([side('new', { rule: 'FREQ=DAILY' })], [side('old')]), [])
})

test('I7: whatever the lists, no leftover is given twice and both sides exist', () => {
  const list = fc.uniqueArray(
    fc.record({
      key: fc.string({ minLength: 1, maxLength: 3 }),
      start: fc.constantFrom('a', 'b'),
      end: fc.constantFrom('a', 'b'),
      summary: fc.constantFrom('a', 'b'),
      location: fc.constant(''),
      rule: fc.constantFrom('', 'r'),
    }),
    { selector: (one) => one.key, maxLength: 8 },
  )
  fc.assert(
    fc.property(list, list, (newcomers, leftovers) => {
      const found = pairLeftovers(newcomers, leftovers)
      const given = [...found.values()]
      assert.equal(new Set(given).size, given.length)
      for (const [key, other] of found) {
        const newcomer = newcomers.find((one) => one.key === key)
        const leftover = leftovers.find((one) => one.key === other)
        assert.deepEqual([newcomer?.start, newcomer?.summary], [leftover?.start, leftover?.summary])
      }
    }),
  )
})

test('I7: two spellings of a zone and of a rule are the same', () => {
  const text = (zone: string, rule: string) =>
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=${zone}:20260301T090000\r\nSUMMARY:A  b\r\nRRULE:${rule}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
  const of = (zone: string, rule: string) => pairingSide('k', readCalendar(text(zone, rule)).objects[0]?.events ?? [])
  assert.deepEqual(
    of('W. Europe Standard Time', 'COUNT=3;FREQ=DAILY').start,
    of('Europe/Berlin', 'FREQ=DAILY;COUNT=3').start,
  )
  assert.equal(of('Europe/Berlin', 'COUNT=3;FREQ=DAILY').rule, of('Europe/Berlin', 'FREQ=DAILY;COUNT=3').rule)
})

test('I7: a feed counts as unstable when most of it came under new UIDs and was known by content', () => {
  assert.equal(isUnstable(10, 10, 10), true)
  assert.equal(isUnstable(10, 4, 10), false)
  assert.equal(isUnstable(2, 2, 2), false)
  assert.equal(isUnstable(5, 5, 100), false)
})
