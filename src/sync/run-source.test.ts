import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { MemoryCalendar } from '../../test/fakes/memory-calendar.ts'
import { calendarText, sourceSettings, TestWorld } from '../../test/fakes/world.ts'
import { feedAt } from '../../test/feed-at.ts'
import { SyncError } from '../core/errors.ts'
import type { Source } from '../core/items.ts'
import type { Href } from '../core/types.ts'
import { createRunSwitch } from './run-control.ts'
import { runSource } from './run-source.ts'

/** A source with two calendars, `work` and `home`, of one event each. */
function setUp(t: TestContext) {
  const world = new TestWorld(t)
  const work = new MemoryCalendar({}, 'work')
  const home = new MemoryCalendar({}, 'home')
  work.putByOther('1.ics', calendarText(['w1', 'Meeting']))
  home.putByOther('1.ics', calendarText(['h1', 'Dentist']))
  world.calendars.set(work.url, { calendar: work, displayName: 'Work' })
  world.calendars.set(home.url, { calendar: home, displayName: 'Home' })
  const source: Source = world.store.sources.create(sourceSettings)
  const run = () => runSource(source, world.deps, createRunSwitch().control)
  const feed = () => Buffer.from(feedAt(world.store, 'family')?.body ?? '').toString()
  return { world, work, home, source, run, feed }
}

const cut = () => Promise.reject(new SyncError('unreachable', 'The connection was cut.'))

test('publishes one feed of all calendars and counts its events', async (t) => {
  const { run, feed } = setUp(t)
  const report = await run()
  assert.equal(report.message, 'Synchronized 2 events from 2 calendars')
  assert.equal(report.status, 'ok')
  assert.deepEqual([report.counts.events, report.counts.calendars], [2, 2])
  assert.match(feed(), /SUMMARY:Dentist/)
  assert.match(feed(), /SUMMARY:Meeting/)
})

test('reads only what changed the next time', async (t) => {
  const { run, work, feed } = setUp(t)
  await run()
  work.editByOther('UID:w1', (text) => text.replace('Meeting', 'Workshop'))
  const report = await run()
  assert.equal(report.counts.fetched, 1)
  assert.match(feed(), /SUMMARY:Workshop/)
})

test('F3: equal content gives equal bytes and the same tag', async (t) => {
  const { run, world } = setUp(t)
  await run()
  const before = feedAt(world.store, 'family')
  world.clock.advance(60_000)
  await run()
  const after = feedAt(world.store, 'family')
  assert.equal(after?.tag, before?.tag)
  assert.equal(after?.modifiedAt, before?.modifiedAt)
})

test('W2: where nothing changed the feed is not made again, and its events are still counted', async (t) => {
  const { run, world } = setUp(t)
  await run()
  let published = 0
  const { publish } = world.store.feeds
  world.store.feeds.publish = (...args) => {
    published += 1
    return publish(...args)
  }
  assert.equal((await run()).message, 'Synchronized 2 events from 2 calendars')
  assert.equal(published, 0)
})

test('an event deleted on the server leaves the feed', async (t) => {
  const { run, work, feed } = setUp(t)
  await run()
  work.removeByOther('UID:w1')
  await run()
  assert.doesNotMatch(feed(), /Meeting/)
  assert.match(feed(), /Dentist/)
})

test('R1: keeps the last good part of a calendar that cannot be read, and says so', async (t) => {
  const { run, work, feed } = setUp(t)
  await run()
  work.list = cut
  const report = await run()
  assert.equal(report.status, 'partial')
  assert.match(
    report.message,
    /kept the last good events of 1 calendar that could not be read: Work \(The connection was cut/,
  )
  assert.match(feed(), /SUMMARY:Meeting/)
  assert.match(feed(), /SUMMARY:Dentist/)
})

test('when no calendar can be read the run fails and the feed stays', async (t) => {
  const { run, work, home, feed } = setUp(t)
  await run()
  const before = feed()
  work.list = cut
  home.list = cut
  await assert.rejects(run(), { kind: 'unreachable' })
  assert.equal(feed(), before)
})

test('R3: no calendar found is an error, and the feed stays', async (t) => {
  const { run, world, feed } = setUp(t)
  await run()
  const before = feed()
  world.discoveryFailure = new SyncError('not-found', 'No calendar was found.')
  await assert.rejects(run(), { kind: 'not-found' })
  assert.equal(feed(), before)
})

test('R3: a calendar that discovery no longer names stays while the server still has it', async (t) => {
  const { run, world, work, feed } = setUp(t)
  await run()
  const { openCalendar } = world.deps
  const deps = {
    ...world.deps,
    openCalendar: (account: Parameters<typeof openCalendar>[0], url: string) =>
      url === work.url ? work : openCalendar(account, url),
  }
  world.calendars.delete(work.url)
  Object.assign(world.deps, deps)
  await run()
  assert.match(feed(), /Meeting/)
  work.list = () => Promise.reject(new SyncError('not-found', 'There is no calendar at this address.'))
  const report = await run()
  assert.doesNotMatch(feed(), /Meeting/)
  assert.ok(report.problems.some((problem) => problem.code === 'calendar-gone'))
})

test('an event that cannot be read keeps its last good form and is named', async (t) => {
  const { run, work, feed } = setUp(t)
  await run()
  work.editByOther('UID:w1', () => 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:w1\r\n')
  const report = await run()
  assert.equal(report.status, 'partial')
  assert.match(feed(), /SUMMARY:Meeting/)
  assert.ok(report.problems.some((problem) => problem.code === 'resource-unreadable'))
})

test('R5: an event whose characters were mended on the way is named', async (t) => {
  const { run, home } = setUp(t)
  const fetchAll = home.fetch.bind(home)
  home.fetch = (hrefs, signal, options) =>
    fetchAll(hrefs, signal, { ...options, take: (resource) => options?.take?.({ ...resource, mended: true }) })
  const [problem] = (await run()).problems
  assert.deepEqual([problem?.code, problem?.uid, problem?.repaired], ['forbidden-characters', 'h1', true])
})

test('R4: an event that is listed and yet answered with 404 keeps its last good form and is named', async (t) => {
  const { run, work, feed } = setUp(t)
  await run()
  work.editByOther('UID:w1', (text) => text.replace('Meeting', 'Workshop'))
  work.fetch = async (hrefs) => ({ resources: [], unreadable: [], gone: hrefs })
  const report = await run()
  assert.equal(report.status, 'partial')
  assert.match(feed(), /SUMMARY:Meeting/)
})

test('an event deleted between our two looks leaves the feed', async (t) => {
  const { run, work, feed } = setUp(t)
  await run()
  work.editByOther('UID:w1', (text) => text.replace('Meeting', 'Workshop'))
  work.fetch = async (hrefs) => {
    work.removeByOther('UID:w1')
    return { resources: [], unreadable: [], gone: hrefs }
  }
  assert.equal((await run()).status, 'ok')
  assert.doesNotMatch(feed(), /Meeting|Workshop/)
})

test('R1: the feed of the existing service is not replaced by a part of it', async (t) => {
  const { run, work, world, source, feed } = setUp(t)
  const old = new TextEncoder().encode(calendarText(['w1', 'Meeting'], ['h1', 'Dentist']))
  world.store.feeds.publish(source.id, old, { gzip: null, br: null, zstd: null }, world.clock.now())
  work.list = cut
  await assert.rejects(run(), { kind: 'unreachable' })
  assert.match(feed(), /Meeting/)
})

test('G2: a calendar that asks for patience is heard, and its server is not asked for the next one', async (t) => {
  const { run, work, home, world } = setUp(t)
  await run()
  const retryAt = world.clock.now() + 600_000
  work.list = () => Promise.reject(new SyncError('busy', 'Too many requests.', { status: 429, retryAt }))
  let asked = 0
  home.list = () => {
    asked += 1
    return cut()
  }
  await assert.rejects(run(), { details: { status: 429, retryAt } })
  assert.equal(asked, 0)
})

test('R7: another spelling of an href does not leave two rows behind', async (t) => {
  const { run, work, world, source } = setUp(t)
  work.putByOther('a%40b.ics', calendarText(['at', 'At']))
  await run()
  const list = work.list.bind(work)
  const other = (href: string) => href.replace('%40', '@') as Href
  work.list = async () => {
    const { resources } = await list()
    return { complete: true, resources: resources.map((each) => ({ ...each, href: other(each.href), etag: null })) }
  }
  const fetchAll = work.fetch.bind(work)
  work.fetch = async (hrefs) => {
    const answer = await fetchAll(hrefs.map((href) => href.replace('@', '%40') as Href))
    return { ...answer, resources: answer.resources.map((each) => ({ ...each, href: other(each.href) })) }
  }
  await run()
  const [calendar] = world.store.remote.calendars('source', source.id)
  assert.equal(world.store.remote.resources(calendar?.id ?? 0).length, 2)
})

test('a run that is told to end publishes nothing', async (t) => {
  const { world, source } = setUp(t)
  const runSwitch = createRunSwitch()
  const { openCalendar } = world.deps
  Object.assign(world.deps, {
    openCalendar: (...args: Parameters<typeof openCalendar>) => {
      runSwitch.stop('The service is stopping.')
      return openCalendar(...args)
    },
  })
  await assert.rejects(runSource(source, world.deps, runSwitch.control), { kind: 'aborted' })
  assert.equal(feedAt(world.store, 'family'), undefined)
})

test('R11: a refused login fails the run at once, without asking the other calendars', async (t) => {
  const { run, work, home } = setUp(t)
  let asked = 0
  work.list = () => {
    asked += 1
    return Promise.reject(new SyncError('login', 'The user name or password was refused.'))
  }
  home.list = work.list
  await assert.rejects(run(), { kind: 'login' })
  assert.equal(asked, 1)
})

test('R4: a listing that lacks much is asked for again, and what is back in it never left the feed', async (t) => {
  const { run, work, world, source } = setUp(t)
  for (let number = 0; number < 20; number += 1)
    work.putByOther(`many-${number}.ics`, calendarText([`many-${number}`, `Event ${number}`]))
  await run()
  const events = () =>
    Buffer.from(world.store.feeds.ofSource(source.id)?.body ?? [])
      .toString()
      .split('BEGIN:VEVENT').length - 1
  const before = events()
  const list = work.list.bind(work)
  let looks = 0
  work.list = async () => {
    const listing = await list()
    looks += 1
    return looks === 1 ? { ...listing, resources: listing.resources.slice(0, 3) } : listing
  }
  await run()
  assert.deepEqual([looks, events()], [2, before])
  for (let number = 0; number < 20; number += 1) work.removeByOther(`UID:many-${number}\r\n`)
  await run()
  assert.equal(events(), before - 20)
})

test('W14: a run tells its phases in order, and counts what it reads', async (t) => {
  const { source, world } = setUp(t)
  const told: string[] = []
  const { control } = createRunSwitch((phase, done, total) => told.push(`${phase} ${done}/${total}`))
  await runSource(source, world.deps, control)
  assert.deepEqual(told, ['discover 0/1', 'list 0/1', 'fetch 0/1', 'list 0/1', 'fetch 0/1', 'publish 0/1'])
})

test('F6: a feed that does not pass its own check leaves the last good one, and the run says so', async (t) => {
  const { world, work, source, run, feed } = setUp(t)
  await run()
  const before = feed()
  work.editByOther('UID:w1', (text) => text.replace(/DTSTART[^\r]*/, 'DTSTART;TZID=Nowhere:20260301T100000'))
  const deps = { ...world.deps, defineZone: () => null }
  const report = await runSource(source, deps, createRunSwitch().control)
  assert.equal(report.status, 'partial')
  assert.match(report.message, /did not pass its own check \(the time zone Nowhere is used but not defined\)/)
  assert.ok(report.problems.some(({ code }) => code === 'feed-refused'))
  assert.equal(feed(), before)
  assert.equal((await run()).status, 'ok', 'and the next run tries again')
  assert.match(feed(), /TZID=Europe\/Berlin:20260301T100000/)
})

test('F3: LAST-MODIFIED moves with the content, and not with time', async (t) => {
  const { world, work, run, feed } = setUp(t)
  await run()
  const first = feed()
  assert.match(first, /LAST-MODIFIED:20260301T120000Z\r\n/)
  world.clock.advance(3_600_000)
  world.deps.builtFeeds.clear()
  await run()
  assert.equal(feed(), first)
  work.editByOther('UID:w1', (text) => text.replace('Meeting', 'Workshop'))
  await run()
  assert.match(feed(), /LAST-MODIFIED:20260301T130000Z\r\n/)
})

test('only the chosen calendars are read; one that is chosen no longer leaves the feed without a question to the server', async (t) => {
  const { world, source, feed, work, home } = setUp(t)
  const runWith = (calendars: readonly string[] | null) => {
    const chosen = world.store.sources.update(source.id, { calendars }) ?? source
    return runSource(chosen, world.deps, createRunSwitch().control)
  }
  assert.equal((await runWith(null)).counts.calendars, 2)
  const report = await runWith([home.url])
  assert.deepEqual([report.counts.calendars, report.problems], [1, []])
  assert.doesNotMatch(feed(), /Meeting/)
  assert.deepEqual(
    world.store.remote.calendars('source', source.id).map(({ url }) => url),
    [home.url],
  )
  await runWith([work.url, home.url])
  assert.match(feed(), /SUMMARY:Meeting/)
  assert.match(feed(), /SUMMARY:Dentist/)
})

test('where none of the chosen calendars is left, the feed stays and the run says what to do', async (t) => {
  const { world, source, run, feed } = setUp(t)
  await run()
  const before = feed()
  const chosen = world.store.sources.update(source.id, { calendars: ['https://dav.example.org/gone/'] }) ?? source
  await assert.rejects(
    runSource(chosen, world.deps, createRunSwitch().control),
    /Choose the calendars of this source anew/,
  )
  assert.equal(feed(), before)
})

test('after another choice the calendars are looked for anew, and not only where those read so far lie', async (t) => {
  const { world, source, work, home } = setUp(t)
  const { discover } = world.deps
  const areRecent: boolean[] = []
  Object.assign(world.deps, {
    discover: (...args: Parameters<typeof discover>) => {
      areRecent.push(args[1].areRecent)
      return discover(...args)
    },
  })
  const runWith = (calendars: readonly string[] | null) => {
    const chosen = world.store.sources.update(source.id, { calendars }) ?? source
    return runSource(chosen, world.deps, createRunSwitch().control)
  }
  await runWith([work.url])
  await runWith([work.url])
  await runWith([work.url, home.url])
  await runWith([work.url, home.url])
  await runWith(null)
  assert.deepEqual(areRecent.slice(1), [true, false, true, false])
})

test('a chosen calendar that is not on the server is named in every run', async (t) => {
  const { world, source, home } = setUp(t)
  const calendars = [home.url.replace(/\/$/, ''), 'https://u:canary@calendar.example/user/moved/?x']
  const chosen = world.store.sources.update(source.id, { calendars }) ?? source
  for (let run = 0; run < 2; run += 1) {
    const { status, problems } = await runSource(chosen, world.deps, createRunSwitch().control)
    assert.deepEqual(
      [status, problems.map(({ code, subject }) => [code, subject])],
      ['ok', [['calendar-gone', 'https://calendar.example/user/moved/']]],
    )
  }
})

test('a run that finds the marks of its calendar unmoved stores nothing of it', async (t) => {
  const { clock, store, deps } = new TestWorld(t)
  const calendar = new MemoryCalendar({}, 'work')
  calendar.putByOther('a.ics', calendarText(['a', 'One']))
  const found = { url: calendar.url, displayName: 'work', color: null, components: ['VEVENT'] }
  const withMarks = {
    ...deps,
    discover: async () => [{ ...found, marks: calendar.marks() }],
    openCalendar: () => calendar,
  }
  const source = store.sources.create(sourceSettings)
  const run = async () => {
    clock.advance(60_000)
    const { counts } = await runSource(source, withMarks, createRunSwitch().control)
    return { fetched: counts.fetched, readAt: store.remote.calendars('source', source.id)[0]?.readAt }
  }
  const first = await run()
  assert.equal(first.readAt, clock.now())
  assert.deepEqual(await run(), { ...first, fetched: 0 })
  calendar.putByOther('b.ics', calendarText(['b', 'Two']))
  assert.deepEqual(await run(), { fetched: 1, readAt: clock.now() })
})

test('of a large calendar a change is spliced into the feed, to the byte as if all had been made anew', async (t) => {
  const { world, work, source, feed } = setUp(t)
  for (let n = 0; n < 120; n += 1) work.putByOther(`many-${n}.ics`, calendarText([`many-${n}`, `Event ${n}`]))
  const chosen = world.store.sources.update(source.id, { calendars: [work.url] }) ?? source
  const runChosen = () => runSource(chosen, world.deps, createRunSwitch().control)
  await runChosen()
  const steps: readonly (() => void)[] = [
    () => work.editByOther('UID:many-7', (text) => text.replace('Event 7', 'Workshop')),
    () => work.removeByOther('UID:many-9'),
    () => work.putByOther('added.ics', calendarText(['added', 'Added'])),
    () => work.editByOther('UID:many-11', (text) => text.replace('UID:many-11', 'UID:renamed')),
  ]
  for (const step of steps) {
    step()
    let wholeReads = 0
    const { resources } = world.store.remote
    world.store.remote.resources = (id) => {
      wholeReads += 1
      return resources(id)
    }
    await runChosen()
    world.store.remote.resources = resources
    assert.equal(wholeReads, 0, 'no event but the changed one was read')
    const spliced = feed()
    world.deps.builtFeeds.clear()
    await runChosen()
    assert.equal(feed(), spliced)
  }
  assert.match(feed(), /SUMMARY:Workshop/)
  assert.match(feed(), /UID:renamed/)
  assert.doesNotMatch(feed(), /UID:many-(9|11)\r/)
})
