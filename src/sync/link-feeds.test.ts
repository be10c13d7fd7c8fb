import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sourceSettings, TestWorld } from '../../test/fakes/world.ts'
import { calendar, event } from '../../test/ical-samples.ts'
import { readCalendar } from '../core/ical/objects.ts'
import type { NewLink } from '../core/links.ts'
import { createLinkFeeds } from './link-feeds.ts'

const LINK: Omit<NewLink, 'source_ids' | 'path'> = {
  label: '',
  name: null,
  is_public: true,
  paused: false,
  expires_at: null,
  freshness_secs: null,
  mark: 'none',
  rules: [],
}
const NONE = { gzip: null, br: null, zstd: null }

function setUp(t: TestContext) {
  const world = new TestWorld(t)
  const { store } = world
  const linkFeeds = createLinkFeeds(world.deps)
  const addSource = (name: string, ...lines: readonly string[]) => {
    const source = world.store.sources.create({ ...sourceSettings, name, ics_path: name.toLowerCase() })
    store.feeds.publish(source.id, Buffer.from(calendar(...lines)), NONE, world.clock.now())
    return source.id
  }
  const addLink = async (link: Partial<NewLink> & Pick<NewLink, 'source_ids'>) => {
    const { id } = store.links.create({ ...LINK, path: `p${store.links.list().length}`, ...link })
    await linkFeeds.refresh(id)
    return id
  }
  const textOf = (id: number) => Buffer.from(store.links.feed(id)?.body ?? []).toString()
  return { world, store, linkFeeds, addSource, addLink, textOf }
}

test('several sources are one feed, each event marked with its source where that is wanted', async (t) => {
  const { addSource, addLink, textOf } = setUp(t)
  const work = addSource('Work', event('a', 'SUMMARY:Review'), event('both', 'SUMMARY:Lunch'))
  const home = addSource('Home', event('b', 'CATEGORIES:Kids'), event('both', 'SUMMARY:Lunch'))
  const source_ids = [work, home]
  const plain = textOf(await addLink({ source_ids }))
  assert.match(plain, /NAME:Work\\, Home\r\n/)
  assert.deepEqual(
    readCalendar(plain)
      .objects.map(({ uid }) => uid)
      .sort((a, b) => a.localeCompare(b)),
    ['a', 'b', 'both'],
  )
  const prefixed = textOf(await addLink({ source_ids, mark: 'prefix', name: 'All' }))
  assert.match(prefixed, /NAME:All\r\n/)
  assert.deepEqual(prefixed.match(/SUMMARY:[^\r]*/g), ['SUMMARY:Work: Review', 'SUMMARY:Home', 'SUMMARY:Home: Lunch'])
  const categories = textOf(await addLink({ source_ids, mark: 'category' })).match(/CATEGORIES:[^\r]*/g)
  assert.deepEqual(categories, ['CATEGORIES:Work', 'CATEGORIES:Kids', 'CATEGORIES:Home', 'CATEGORIES:Home'])
})

test('F3: the bytes of a link change only when what it shows does', async (t) => {
  const { world, store, linkFeeds, addSource, addLink } = setUp(t)
  const id = addSource('Work', event('a', 'CLASS:PUBLIC'), event('secret', 'CLASS:PRIVATE'))
  const rules = [{ when: [{ if: 'class' as const, value: 'PRIVATE' as const }], actions: [{ do: 'drop' as const }] }]
  const link = await addLink({ source_ids: [id], rules })
  const before = store.links.feed(link)
  world.clock.advance(60_000)
  store.feeds.publish(id, Buffer.from(calendar(event('a', 'CLASS:PUBLIC'))), NONE, world.clock.now())
  await linkFeeds.sourceChanged(id)
  const after = store.links.feed(link)
  assert.notEqual(after?.madeOf, before?.madeOf)
  assert.deepEqual([after?.tag, after?.modifiedAt], [before?.tag, before?.modifiedAt])
})

test('rules that look at the clock are asked again every hour, others never', async (t) => {
  const { world, linkFeeds, addSource, addLink, textOf } = setUp(t)
  const id = addSource('Work', event('a'), event('later', 'DTSTART:20260302T000000Z', 'DTEND:20260302T010000Z'))
  const still = await addLink({ source_ids: [id], rules: [{ when: [], actions: [{ do: 'strip-alarms' }] }] })
  const window = { if: 'window' as const, from: 'PT0S' }
  const timed = await addLink({ source_ids: [id], rules: [{ when: [window], actions: [{ do: 'keep' }] }] })
  assert.deepEqual([linkFeeds.isDue(still), linkFeeds.isDue(timed)], [false, false])
  assert.deepEqual(
    readCalendar(textOf(timed)).objects.map(({ uid }) => uid),
    ['later'],
  )
  world.clock.advance(20 * 3_600_000)
  assert.deepEqual([linkFeeds.isDue(still), linkFeeds.isDue(timed)], [false, true])
  await linkFeeds.refresh(timed)
  assert.deepEqual(readCalendar(textOf(timed)).objects, [])
})

test('a source that was never read leaves its part out, and one that goes takes only its own part with it', async (t) => {
  const { world, store, linkFeeds, addSource, addLink, textOf } = setUp(t)
  const never = world.store.sources.create({ ...sourceSettings, name: 'Never', ics_path: 'never' }).id
  const alone = await addLink({ source_ids: [never] })
  assert.equal(store.links.feed(alone), undefined)
  const work = addSource('Work', event('a'))
  const home = addSource('Home', event('b'))
  const link = await addLink({ source_ids: [never, work, home] })
  assert.equal(readCalendar(textOf(link)).objects.length, 2)
  store.sources.remove(work)
  await linkFeeds.refresh(link)
  assert.deepEqual(
    readCalendar(textOf(link)).objects.map(({ uid }) => uid),
    ['b'],
  )
})

test('a link tells its own address as the source of its feed, never that of another one', async (t) => {
  const { world, addSource, store } = setUp(t)
  const linkFeeds = createLinkFeeds({ ...world.deps, publicUrl: 'https://cal.example.org' })
  const id = addSource('Work', event('a'))
  const link = store.links.create({ ...LINK, path: 'abc', source_ids: [id] })
  await linkFeeds.refresh(link.id)
  const text = Buffer.from(store.links.feed(link.id)?.body ?? []).toString()
  assert.match(text, /SOURCE;VALUE=URI:https:\/\/cal\.example\.org\/ics\/abc\r\n/)
  assert.doesNotMatch(text, /ics\/work/)
})

test('busy events have other UIDs in each link, and the same at every making', async (t) => {
  const { world, linkFeeds, addSource, addLink, textOf } = setUp(t)
  const id = addSource('Work', event('a', 'SUMMARY:Layoffs'))
  const rules = [{ when: [], actions: [{ do: 'busy' as const }] }]
  const links = [await addLink({ source_ids: [id], rules }), await addLink({ source_ids: [id], rules })]
  const uids = () => links.map((link) => readCalendar(textOf(link)).objects[0]?.uid)
  const before = uids()
  assert.notEqual(before[0], before[1])
  world.clock.advance(86_400_000)
  for (const link of links) await linkFeeds.refresh(link)
  assert.deepEqual(uids(), before)
  assert.doesNotMatch(links.map(textOf).join(''), /Layoffs/)
})

test('F6: a link whose feed does not pass its own check keeps the last good one, and says so', async (t) => {
  const { world, store, addSource, addLink, textOf } = setUp(t)
  const id = addSource('Work', event('a'))
  const link = await addLink({ source_ids: [id] })
  const before = textOf(link)
  const lost = calendar(event('a', 'DTSTART;TZID=Nowhere:20260301T100000'))
  store.feeds.publish(id, Buffer.from(lost), NONE, world.clock.now())
  const broken = createLinkFeeds({ ...world.deps, defineZone: () => null })
  await broken.sourceChanged(id)
  assert.equal(textOf(link), before)
  assert.deepEqual(
    store.links.feed(link)?.findings.map(({ code }) => code),
    ['feed-refused'],
  )
  await createLinkFeeds(world.deps).sourceChanged(id)
  assert.notEqual(textOf(link), before)
})
