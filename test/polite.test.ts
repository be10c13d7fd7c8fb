/** How gently the engine treats other people's servers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { downloadFeed } from '../src/protocol/feed.ts'
import { createLocks } from '../src/sync/locks.ts'
import { createRunSwitch } from '../src/sync/run-control.ts'
import { runDestination } from '../src/sync/run-destination.ts'
import { failureOf } from './failure.ts'
import { MemoryCalendar } from './fakes/memory-calendar.ts'
import { startWebServer } from './fakes/web-server.ts'
import { calendarText, destinationSettings, type EventSketch, freshFeed, TestWorld } from './fakes/world.ts'
import { never, testHttp } from './http-client.ts'

test('I10: a feed is asked for by its validators and under our own name, and its wish for patience is kept', async (t) => {
  const later: number[] = []
  const server = await startWebServer(({ headers }, response) => {
    const [seconds] = later
    if (seconds !== undefined) response.writeHead(429, { 'retry-after': String(seconds) }).end()
    else if (headers['if-none-match'] === '"v1"') response.writeHead(304).end()
    else response.writeHead(200, { etag: '"v1"', 'content-type': 'text/calendar' }).end(calendarText(['a', 'One']))
  })
  const http = testHttp({ userAgent: 'CalDAV-ICS-Sync/1.0' })
  t.after(async () => {
    await http.close()
    await server.stop()
  })
  const url = `${server.origin}/feed.ics`
  const ask = (etag: string | null) => downloadFeed(http, { url, etag, lastModified: null }, never())
  const first = await ask(null)
  assert.equal(first.kind, 'fresh')
  assert.equal((await ask('"v1"')).kind, 'not-modified')
  assert.deepEqual(new Set(server.seen.map(({ headers }) => headers['user-agent'])), new Set(['CalDAV-ICS-Sync/1.0']))
  later.push(600)
  const error = await failureOf(ask('"v1"'))
  assert.deepEqual([error.kind, error.details.retryAt], ['busy', http.clock.now() + 600_000])
  assert.equal(server.seen.length, 3, 'a busy server was asked again at once')
})

test('W14: several writes are under way at once, never more than four, and each is told as it is done', async (t) => {
  const world = new TestWorld(t)
  const target = new MemoryCalendar()
  world.calendars.set(target.url, { calendar: target, displayName: 'Target' })
  const create = target.create.bind(target)
  let underWay = 0
  let most = 0
  target.create = async (name, text) => {
    underWay += 1
    most = Math.max(most, underWay)
    await pause(1)
    underWay -= 1
    return await create(name, text)
  }
  world.feed = freshFeed(calendarText(...Array.from({ length: 20 }, (_, n): EventSketch => [`n${n}`, `Event ${n}`])))
  const destination = world.store.destinations.create(destinationSettings)
  const told: number[] = []
  const { control } = createRunSwitch((phase, done, total) => {
    if (phase === 'write' && total === 20) told.push(done)
  })
  const id = world.store.runs.start('destination', destination.id, 'timer', world.clock.now())
  await runDestination(destination, world.deps, createLocks(), control, { id, trigger: 'timer' })
  assert.ok(most > 1 && most <= 4, `${most} at once`)
  assert.deepEqual(
    told.filter((done) => done > 0),
    Array.from({ length: 20 }, (_, n) => n + 1),
  )
})
