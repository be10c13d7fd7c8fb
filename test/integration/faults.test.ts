/** Runs through a proxy that spoils exchanges by chance, in front of real servers; then runs in peace. */

import assert from 'node:assert/strict'
import { after, before, describe, type TestContext, test } from 'node:test'
import { openCalendar } from '../../src/protocol/calendar.ts'
import type { Http } from '../../src/protocol/http.ts'
import { rediscover } from '../../src/protocol/rediscover.ts'
import { findTargetCalendar } from '../../src/protocol/target.ts'
import type { EngineDeps } from '../../src/sync/engine-deps.ts'
import { createLocks } from '../../src/sync/locks.ts'
import { createRunSwitch } from '../../src/sync/run-control.ts'
import { runDestination } from '../../src/sync/run-destination.ts'
import { runSource } from '../../src/sync/run-source.ts'
import { type FaultProxy, faults, seededRandom, startFaultProxy } from '../fakes/fault-proxy.ts'
import {
  calendarText,
  destinationSettings,
  type EventSketch,
  freshFeed,
  sourceSettings,
  TestWorld,
} from '../fakes/world.ts'
import { feedAt } from '../feed-at.ts'
import { testHttp } from '../http-client.ts'
import { type CalDavServer, eventText } from '../servers/caldav-server.ts'
import { isRadicaleInstalled, startRadicale } from '../servers/radicale.ts'
import { isXandikosInstalled, startXandikos } from '../servers/xandikos.ts'

const HISTORIES = 4
const FAULTY_RUNS = 6
const EVENTS = 8
const FAULT_RATE = 0.2
const DAY = 86_400_000
/** The client under faults waits this long; the proxy's late answers come after. */
const PATIENCE = { headersMs: 300, idleMs: 300, totalMs: 2000 }
const LATE_MS = 500

const seed = Number(process.env.FAULT_SEED ?? Date.now() % 2 ** 31)

const KINDS = [
  { name: 'Radicale', installed: isRadicaleInstalled(), start: startRadicale },
  { name: 'Xandikos', installed: isXandikosInstalled(), start: startXandikos },
]

/** What lies in a calendar, read without the code under test: summary and ETag by UID; a UID twice fails. */
async function contents(server: CalDavServer, url: string): Promise<Map<string, string>> {
  const body = '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
  const headers = { depth: '1', 'content-type': 'application/xml' }
  const listing = await server.request('PROPFIND', url, { headers, body })
  assert.equal(listing.status, 207, listing.text)
  const found = new Map<string, string>()
  for (const [, href = '', etag = ''] of listing.text.matchAll(/<(?:\w+:)?href>([^<]*\.ics)<.*?getetag>([^<]*)</gs)) {
    const { text } = await server.request('GET', href)
    const uid = /^UID:(.*?)\r?$/m.exec(text)?.[1] ?? href
    assert.ok(!found.has(uid), `${uid} lies there twice`)
    found.set(uid, uid.startsWith('foreign') ? etag : (/^SUMMARY:(.*?)\r?$/m.exec(text)?.[1] ?? text))
  }
  return found
}

/** One engine, its client behind the proxy. */
function engine(t: TestContext, server: CalDavServer, proxy: FaultProxy, http: () => Http) {
  const world = new TestWorld(t)
  const deps: EngineDeps = {
    ...world.deps,
    discover: (account, known, signal) => rediscover(http(), account, known, signal),
    findTarget: (account, wanted, signal) => findTargetCalendar(http(), account, wanted, signal),
    openCalendar: (account, url) => openCalendar(http(), account, url),
  }
  const { username, password } = server.account()
  const login = (url: string) => ({ caldav_url: proxy.origin + new URL(url).pathname, username, password })
  return { world, deps, login }
}

for (const { name, installed, start } of KINDS) {
  const skip = installed ? false : `${name.toUpperCase()} IS NOT INSTALLED: this suite did not run`
  describe(`faults in front of ${name} (FAULT_SEED=${seed})`, { skip }, () => {
    let server: CalDavServer
    let proxy: FaultProxy
    const random = seededRandom(seed)
    const hasty = testHttp({ limits: { calendar: PATIENCE, discovery: PATIENCE } })
    const patient = testHttp()
    const http = () => (proxy.rate > 0 || proxy.next !== null ? hasty : patient)

    before(async () => {
      server = await start()
      proxy = await startFaultProxy(server.origin, random, LATE_MS)
    })
    after(async () => {
      await hasty.close()
      await patient.close()
      await proxy.stop()
      await server.stop()
    })

    for (let history = 0; history < HISTORIES; history += 1) {
      const mirror = history % 2 === 1
      test(`W15, W5: a ${mirror ? 'mirror' : 'shared calendar'} is the feed exactly in the end, history ${history}`, async (t) => {
        const calendar = await server.makeCalendar(`push-${history}`)
        if (!mirror)
          for (const n of [1, 2]) await server.putObject(calendar, `f${n}.ics`, eventText(`foreign-${n}`, 'Foreign'))
        const foreign = await contents(server, calendar)
        const { world, deps, login } = engine(t, server, proxy, http)
        const destination = world.store.destinations.create({
          ...destinationSettings,
          ...login(calendar),
          calendar_name: `push-${history}`,
          keep_local: !mirror,
          remove_dropped: !mirror,
        })
        const locks = createLocks()
        const run = async () => {
          world.clock.advance(DAY / 4)
          const id = world.store.runs.start('destination', destination.id, 'approve', world.clock.now())
          const identity = { id, trigger: 'approve' } as const
          return await runDestination(destination, deps, locks, createRunSwitch().control, identity)
        }
        let events: EventSketch[] = []
        proxy.rate = FAULT_RATE
        for (let turn = 0; turn < FAULTY_RUNS; turn += 1) {
          events = Array.from(
            { length: EVENTS },
            (_, n): EventSketch => [`e${n}`, `Event ${n} ${Math.floor(random() * 3)}`],
          )
          // One of eight comes and goes: too little for the governor to hold.
          if (random() < 0.5) events.pop()
          world.feed = freshFeed(calendarText(...events))
          await run().catch(() => undefined)
        }
        proxy.rate = 0
        world.clock.advance(DAY * 2)
        for (let turn = 0; turn < 3; turn += 1) {
          const report = await run()
          assert.notEqual(report.status, 'error', report.message)
        }
        assert.deepEqual(
          await contents(server, calendar),
          new Map([...events.map(([uid, summary]): [string, string] => [uid, summary]), ...foreign]),
        )
        const settled = await run()
        assert.deepEqual([settled.counts.uploaded, settled.counts.deleted], [0, 0], settled.message)
      })
    }

    test('R1, R4: a feed is what the calendar holds in the end, and a spoiled answer never empties it', async (t) => {
      const calendar = await server.makeCalendar('read')
      for (let n = 0; n < EVENTS; n += 1)
        await server.putObject(calendar, `e${n}.ics`, eventText(`e${n}`, `Event ${n}`))
      const { world, deps, login } = engine(t, server, proxy, http)
      const source = world.store.sources.create({ ...sourceSettings, ...login(calendar) })
      const run = async () => {
        world.clock.advance(DAY / 4)
        return await runSource(source, deps, createRunSwitch().control)
      }
      const feed = () => {
        const body = feedAt(world.store, source.ics_path)?.body ?? new Uint8Array()
        const found = Buffer.from(body)
          .toString('utf8')
          .matchAll(/SUMMARY:(.*)\r/g)
        return [...found].map(([, summary = '']) => summary)
      }
      await run()
      assert.equal(feed().length, EVENTS)
      for (let turn = 0; turn < FAULTY_RUNS * 2; turn += 1) {
        const edited = `e${turn % EVENTS}`
        await server.putObject(calendar, `${edited}.ics`, eventText(edited, `Event ${edited} ${turn}`))
        proxy.rate = FAULT_RATE
        await run().catch(() => undefined)
        proxy.rate = 0
        assert.ok(feed().length > 0, `emptied after turn ${turn}`)
      }
      world.clock.advance(DAY * 2)
      await run()
      assert.equal(feed().length, EVENTS)
      assert.deepEqual(new Set(feed()), new Set((await contents(server, calendar)).values()))
    })

    for (const fault of faults) {
      test(`W15: ${fault} at any one request of a first push: each event is there once after the next run`, async (t) => {
        const calendar = await server.makeCalendar(`one-${fault}`)
        const { world, deps, login } = engine(t, server, proxy, http)
        const events: EventSketch[] = [
          ['a', 'One'],
          ['b', 'Two'],
        ]
        world.feed = freshFeed(calendarText(...events))
        const destination = world.store.destinations.create({
          ...destinationSettings,
          ...login(calendar),
          calendar_name: `one-${fault}`,
          keep_local: false,
        })
        const run = async () => {
          world.clock.advance(DAY)
          const id = world.store.runs.start('destination', destination.id, 'manual', world.clock.now())
          const identity = { id, trigger: 'manual' } as const
          return await runDestination(destination, deps, createLocks(), createRunSwitch().control, identity)
        }
        // The write is where an answer that is lost or wrong does the most harm.
        let asked = 0
        const { openCalendar: open } = deps
        const spoil: EngineDeps = {
          ...deps,
          openCalendar(account, url) {
            const real = open(account, url)
            return {
              ...real,
              create(...given) {
                if (asked === 0) proxy.next = fault
                asked += 1
                return real.create(...given)
              },
            }
          },
        }
        const id = world.store.runs.start('destination', destination.id, 'manual', world.clock.now())
        const identity = { id, trigger: 'manual' } as const
        await runDestination(destination, spoil, createLocks(), createRunSwitch().control, identity).catch(
          () => undefined,
        )
        assert.ok(asked > 0, 'nothing was spoiled')
        proxy.next = null
        await run()
        assert.deepEqual(await contents(server, calendar), new Map(events.map(([uid, summary]) => [uid, summary])))
        await run()
        assert.equal((await run()).counts.uploaded, 0)
      })
    }

    test('every fault was injected', () => {
      assert.deepEqual(new Set(proxy.injected.keys()), new Set(faults))
    })
  })
}
