/** Feeds made of the feed before and a few changes, against feeds made of everything. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { calendar, event, zone } from '../../../test/ical-samples.ts'
import { atOnce } from '../steps.ts'
import { whyNotPublishable } from './check-feed.ts'
import { feedBytes } from './feed-parts.ts'
import { mergeFeed } from './merge.ts'
import type { CalendarObject } from './model.ts'
import { readCalendar } from './objects.ts'
import { type FeedIndex, indexFeed, spliceFeed } from './splice.ts'
import { defineZone } from './zones-define.ts'
import { sameOffsets } from './zones-same.ts'

const RUNS = Number(process.env.SPLICES ?? 300)
const OPTIONS = { name: 'Feed', defineZone, sameZone: sameOffsets, fallbackZone: 'UTC' }
const A = zone('A', '+0100')
const B = zone('B', '+0200')

/** The same clock in other words: after and before those of A, and a clock of another hour. */
const WORDINGS: Readonly<Record<string, string>> = {
  later: zone('A', '+0100', 'X-LIC-LOCATION:A'),
  earlier: zone('A', '+0100', 'COMMENT:first by its words'),
  other: zone('A', '+0300'),
}

function objectOf(uid: string, ...lines: readonly string[]): CalendarObject {
  const inA = Object.entries(WORDINGS).find(([word]) => lines.includes(`X-WORDS:${word}`))?.[1] ?? A
  const zones = [inA, B].filter((_, index) => lines.some((line) => line.includes(index === 0 ? 'TZID=A:' : 'TZID=B:')))
  const [object] = readCalendar(calendar(...zones, event(uid, ...lines))).objects
  assert.ok(object)
  return object
}

const forms: readonly (readonly string[])[] = [
  ['SUMMARY:plain'],
  ['DTSTART;TZID=A:20260301T100000', 'SUMMARY:in A'],
  ['DTSTART;TZID=B:20260301T100000', 'SUMMARY:in B ä🎉'],
  ['RRULE:FREQ=DAILY;UNTIL=20300101T000000Z'],
  ['DTSTART;TZID=A:20260301T100000', 'X-WORDS:later'],
  ['DTSTART;TZID=A:20260301T100000', 'X-WORDS:earlier'],
  ['DTSTART;TZID=A:20260301T100000', 'X-WORDS:other'],
  ['DTSTART:21500301T100000Z'],
  ['DTSTART;TZID=A:19500301T100000'],
  ['X-A;B', 'SUMMARY:needs a tree'],
  ['DTSTART;TZID=Lost:20260301T100000'],
]
const change = fc.record({
  uid: fc.integer({ min: 0, max: 9 }).map((n) => `uid-${n}`),
  form: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 5 }) },
    fc.integer({ min: 6, max: forms.length - 1 }),
  ),
  gone: fc.boolean(),
  edition: fc.integer({ min: 0, max: 99 }),
})

function spliceWhere(index: FeedIndex | null, body: Buffer, changes: ReadonlyMap<string, CalendarObject | null>) {
  return index === null ? null : spliceFeed(index, body, changes)
}

test('a spliced feed is to the byte the one made of everything, however often it is spliced', () => {
  let spliced = 0
  fc.assert(
    fc.property(
      fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 }),
      (steps) => {
        const objects = new Map(
          Array.from({ length: 8 }, (_, n) => [`uid-${n}`, objectOf(`uid-${n}`, ...(forms[n % 3] ?? []))]),
        )
        let body: Buffer = Buffer.alloc(0)
        let index: FeedIndex | null = null
        for (const step of [[], ...steps]) {
          const changes = new Map<string, CalendarObject | null>()
          for (const { uid, form, gone, edition } of step) {
            const object = gone ? null : objectOf(uid, ...(forms[form] ?? []), `X-EDITION:${edition}`)
            changes.set(uid, object)
            if (object) objects.set(uid, object)
            else objects.delete(uid)
          }
          const all = [...objects.values()]
          const whole = mergeFeed([all], OPTIONS)
          const part = spliceWhere(index, body, changes)
          const bytes = feedBytes(part?.feed ?? whole, 0)
          body = bytes.body
          if (part && index) {
            spliced += 1
            const { feed } = part
            assert.equal(feed.text, whole.text)
            assert.deepEqual([feed.events, feed.findings], [whole.events, whole.findings])
            assert.deepEqual(body, feedBytes(whole, 0).body)
            assert.equal(atOnce(whyNotPublishable(bytes, feed)), null)
            index = part.index(bytes)
          } else index = indexFeed(whole, bytes, all)
        }
      },
    ),
    { numRuns: RUNS },
  )
  assert.ok(spliced > RUNS, `only ${spliced} were spliced`)
})

const standing = [objectOf('a', 'DTSTART;TZID=A:20260301T100000'), objectOf('b', 'SUMMARY:b')]
const feed = mergeFeed([standing], OPTIONS)
const bytes = feedBytes(feed, 0)
const splice = (changes: readonly (readonly [string, CalendarObject | null])[]) => {
  const index = indexFeed(feed, bytes, standing)
  assert.ok(index)
  return spliceFeed(index, bytes.body, new Map(changes))
}

test('a feed is made of everything where a zone comes, goes or would be worded otherwise in it, or may have to cover other years', () => {
  assert.ok(splice([['b', objectOf('b', 'SUMMARY:other')]]))
  assert.equal(splice([['c', objectOf('c', 'DTSTART;TZID=B:20260301T100000')]]), null, 'a zone comes')
  assert.equal(splice([['a', null]]), null, 'a zone goes')
  const inA = 'DTSTART;TZID=A:20260301T100000'
  assert.ok(splice([['c', objectOf('c', inA, 'X-WORDS:later')]]), 'worded otherwise, and not the first')
  assert.equal(splice([['c', objectOf('c', inA, 'X-WORDS:earlier')]]), null, 'the first by its words')
  assert.equal(splice([['c', objectOf('c', inA, 'X-WORDS:other')]]), null, 'another clock')
  assert.equal(splice([['a', objectOf('a', inA, 'X-WORDS:later')]]), null, 'the last with these words goes')
  assert.equal(splice([['b', objectOf('b', 'DTSTART:19010301T100000Z')]]), null, 'an early year')
  assert.equal(splice([['b', objectOf('b', 'X-A;B')]]), null, 'a tree')
})

test('nothing is spliced onto a feed in which something was found', () => {
  const objects = [...standing, objectOf('c', 'DTSTART;TZID=Lost:20260301T100000')]
  const found = mergeFeed([objects], OPTIONS)
  assert.ok(found.findings.length > 0)
  assert.equal(indexFeed(found, feedBytes(found, 0), objects), null)
})
