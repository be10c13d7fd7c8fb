import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { MemoryCalendar } from '../../test/fakes/memory-calendar.ts'
import { calendarText, sourceSettings, TestWorld } from '../../test/fakes/world.ts'
import { feedAt } from '../../test/feed-at.ts'
import { SyncError } from '../core/errors.ts'
import type { Resource } from '../core/remote.ts'
import type { ETag, Href } from '../core/types.ts'
import { createRunSwitch } from './run-control.ts'
import { runSource } from './run-source.ts'

const EVENTS = 150

/** A source with a calendar of many events, and on request another one of one. */
function setUp(t: TestContext, others: readonly string[] = []) {
  const world = new TestWorld(t)
  const large = new MemoryCalendar({}, 'large')
  for (let number = 0; number < EVENTS; number += 1) {
    large.putByOther(`${number}.ics`, calendarText([`large-${number}`, `Event ${number}`]))
  }
  world.calendars.set(large.url, { calendar: large, displayName: 'Large' })
  for (const name of others) {
    const other = new MemoryCalendar({}, name)
    other.putByOther('1.ics', calendarText([`${name}-1`, 'Dentist']))
    world.calendars.set(other.url, { calendar: other, displayName: name })
  }
  const source = world.store.sources.create(sourceSettings)
  const run = () => runSource(source, world.deps, createRunSwitch().control)
  const feed = () => Buffer.from(feedAt(world.store, 'family')?.body ?? '').toString()
  const stored = () =>
    world.store.remote.calendars('source', source.id).flatMap(({ id }) => world.store.remote.outlines(id))
  return { world, large, source, run, feed, stored }
}

const eventsIn = (feed: string) => feed.match(/BEGIN:VEVENT/g)?.length ?? 0

/** The connection is cut after so many events. */
function breakOffAfter(calendar: MemoryCalendar, count: number): void {
  const whole = calendar.fetch.bind(calendar)
  calendar.fetch = async (hrefs, signal, options) => {
    await whole(hrefs.slice(0, count), signal, options)
    throw new SyncError('unreachable', 'The connection was cut.')
  }
}

/** Everything comes along with the listing, one resource after the other. */
function sendWithListing(calendar: MemoryCalendar, change: (resources: Resource[]) => Resource[] = (all) => all): void {
  const list = calendar.list.bind(calendar)
  const whole = calendar.fetch.bind(calendar)
  calendar.list = async (signal?: AbortSignal, wants: Parameters<MemoryCalendar['fetch']>[2] = {}) => {
    const listing = await list()
    const all: Resource[] = []
    await whole(
      listing.resources.map(({ href }) => href),
      signal,
      { take: (resource) => void all.push(resource) },
    )
    for (const resource of change(all)) wants.take?.(resource)
    return listing
  }
}

test('a first read that breaks off publishes nothing, and the next one reads only what is still missing', async (t) => {
  const { world, large, source, run, feed, stored } = setUp(t)
  const { fetch } = large
  breakOffAfter(large, 100)
  await assert.rejects(run(), { kind: 'unreachable' })
  assert.equal(feed(), '')
  assert.equal(stored().length, 64, 'whole batches are kept')
  assert.equal(world.store.remote.calendars('source', source.id)[0]?.readAt, null)
  large.fetch = fetch
  large.editByOther('UID:large-3\r', (text) => text.replace('Event 3', 'Moved'))
  const report = await run()
  assert.equal(report.counts.fetched, EVENTS - 64 + 1)
  assert.equal(report.message, `Synchronized ${EVENTS} events from 1 calendars`)
  assert.equal(eventsIn(feed()), EVENTS)
  assert.match(feed(), /SUMMARY:Moved/)
  assert.doesNotMatch(feed(), /SUMMARY:Event 3\r/)
})

test('a first read that breaks off again and again gets further each time', async (t) => {
  const { large, run, feed, stored } = setUp(t)
  const { fetch } = large
  for (const kept of [64, 128]) {
    large.fetch = fetch
    breakOffAfter(large, 80)
    await assert.rejects(run(), { kind: 'unreachable' })
    assert.equal(stored().length, kept)
  }
  large.fetch = fetch
  large.removeByOther('UID:large-5\r')
  assert.equal((await run()).counts.fetched, EVENTS - 128)
  assert.equal(eventsIn(feed()), EVENTS - 1)
  assert.equal(stored().length, EVENTS - 1)
})

test('what an interrupted first read left is no part of the feed, and is one as soon as the calendar was read', async (t) => {
  const { world, large, run, feed, stored } = setUp(t, ['home'])
  const { list, fetch } = large
  sendWithListing(large)
  const sent = large.list
  large.list = async (...asked) => {
    await sent.apply(large, asked)
    throw new SyncError('unreachable', 'The connection was cut.')
  }
  assert.equal((await run()).status, 'partial')
  assert.equal(stored().length, 128 + 1)
  assert.equal(eventsIn(feed()), 1)
  // All that was missing is stored by now: nothing is left to be read, and the feed must change all the same.
  large.list = list
  large.fetch = fetch
  breakOffAfter(large, EVENTS)
  await run()
  const kept = stored()
  for (const { href, etag } of (await large.list()).resources) {
    if (kept.some((one) => one.href === href)) continue
    const [calendar] = world.store.remote.calendars('source', 1)
    const { resources } = await fetch.call(large, [href])
    const [resource] = resources
    assert.ok(calendar && resource)
    const known = { ...resource, etag, uid: 'any', current: null, sent: null, owned: false }
    world.store.remote.arrive(calendar.id, [known])
  }
  large.fetch = fetch
  const report = await run()
  assert.deepEqual([report.status, report.counts.fetched], ['ok', 0])
  assert.equal(eventsIn(feed()), EVENTS + 1)
})

test('the feed of a calendar stored as it came is that of one read in any other way', async (t) => {
  const whole = setUp(t)
  await whole.run()
  const sent = setUp(t)
  sendWithListing(sent.large)
  assert.equal((await sent.run()).counts.fetched, EVENTS)
  assert.equal(sent.feed(), whole.feed())
  const texts = (made: typeof sent) =>
    made
      .stored()
      .map(({ href, etag, uid, text }) => [href, etag, uid, text].join())
      .sort()
  assert.deepEqual(texts(sent), texts(whole))
  assert.equal((await sent.run()).counts.fetched, 0)
})

test('what comes twice counts as it came last, and what the listing does not have is not kept', async (t) => {
  const { large, run, feed, stored } = setUp(t)
  sendWithListing(large, ([first, second, ...others]) => {
    assert.ok(first && second)
    const older = { ...second, etag: '"older"' as ETag, text: second.text.replace('Event 1', 'Older') }
    const elsewhere = { ...first, href: first.href.replace('0.ics', '%30.ics') as typeof first.href }
    const gone = { ...first, href: first.href.replace('0.ics', 'gone.ics') as typeof first.href }
    return [elsewhere, older, gone, ...others, first, second]
  })
  await run()
  assert.equal(eventsIn(feed()), EVENTS)
  assert.doesNotMatch(feed(), /Older/)
  assert.deepEqual(
    stored().filter(({ href }) => /gone|%30/.test(href)),
    [],
  )
  assert.equal(stored().length, EVENTS)
})

test('what came with another ETag than the listing names is read again', async (t) => {
  const { large, run, feed } = setUp(t)
  sendWithListing(large, (all) =>
    all.map((one, index) =>
      index < 2 ? { ...one, etag: '"old"' as ETag, text: one.text.replace('Event', 'Old') } : one,
    ),
  )
  assert.equal((await run()).counts.fetched, EVENTS + 2)
  assert.doesNotMatch(feed(), /SUMMARY:Old/)
})

test('R5: an event that cannot be read is named, tried again at the next run, and does not spoil the first read', async (t) => {
  const { large, run, feed } = setUp(t)
  large.editByOther('UID:large-7\r', () => 'no calendar')
  sendWithListing(large)
  const report = await run()
  assert.equal(report.status, 'partial')
  assert.equal(eventsIn(feed()), EVENTS - 1)
  large.editByOther('no calendar', () => calendarText(['large-7', 'Event 7']))
  assert.equal((await run()).status, 'ok')
  assert.equal(eventsIn(feed()), EVENTS)
})

test('an event whose text came and which has gone since is neither stored nor in the feed', async (t) => {
  const { large, run, feed, stored } = setUp(t)
  sendWithListing(large, ([first, ...others]) => {
    assert.ok(first)
    return [{ ...first, etag: '"old"' as ETag }, ...others]
  })
  large.fetch = async (hrefs) => {
    large.removeByOther('UID:large-0\r')
    return { resources: [], unreadable: [], gone: hrefs }
  }
  assert.equal((await run()).status, 'ok')
  assert.equal(eventsIn(feed()), EVENTS - 1)
  assert.equal(stored().length, EVENTS - 1)
})

test('an event out of the ordinary is read from what was stored, and is in the feed as any other', async (t) => {
  const { large, run, feed } = setUp(t)
  large.editByOther('UID:large-9\r', (text) => text.replace(/DTSTAMP.*\r\n/, ''))
  sendWithListing(large)
  assert.equal((await run()).status, 'ok')
  assert.equal(eventsIn(feed()), EVENTS)
  assert.match(feed(), /UID:large-9\r/)
})

test('of one resource stored in two spellings by a read that broke off nothing is left once it has gone', async (t) => {
  const { world, large, source, run, feed, stored } = setUp(t)
  const { fetch } = large
  breakOffAfter(large, 100)
  await assert.rejects(run(), { kind: 'unreachable' })
  large.fetch = fetch
  const [calendar] = world.store.remote.calendars('source', source.id)
  const twin = stored().find(({ href }) => href.endsWith('/1.ics'))
  assert.ok(calendar && twin)
  world.store.remote.arrive(calendar.id, [{ ...twin, href: twin.href.replace('1.ics', '%31.ics') as Href }])
  large.removeByOther('UID:large-1\r')
  await run()
  assert.equal(stored().length, EVENTS - 1)
  assert.equal(eventsIn(feed()), EVENTS - 1)
})
