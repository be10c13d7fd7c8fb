import type { TestContext } from 'node:test'
import type { Destination, DestinationSettings, Source } from '../../../src/core/items.ts'
import type { RunReport, RunTrigger } from '../../../src/core/runs.ts'
import { openCalendar } from '../../../src/protocol/calendar.ts'
import { createCalendar } from '../../../src/protocol/create-calendar.ts'
import { rediscover } from '../../../src/protocol/rediscover.ts'
import { findTargetCalendar } from '../../../src/protocol/target.ts'
import type { EngineDeps } from '../../../src/sync/engine-deps.ts'
import { createLocks } from '../../../src/sync/locks.ts'
import { createRunSwitch } from '../../../src/sync/run-control.ts'
import { runDestination } from '../../../src/sync/run-destination.ts'
import { runSource } from '../../../src/sync/run-source.ts'
import { runUndo } from '../../../src/sync/run-undo.ts'
import { feedAt } from '../../feed-at.ts'
import { testHttp } from '../../http-client.ts'
import { destinationSettings, freshFeed, sourceSettings, TestWorld } from '../world.ts'
import { type ServerKind, USERNAME } from './kind.ts'
import { startKindServer } from './server.ts'

const HOUR = 3_600_000

/** The whole engine, its real client included, beside a server of one kind. Each run is an hour after the last. */
export async function openKindWorld(t: TestContext, kind: ServerKind) {
  const world = new TestWorld(t)
  const { store, clock } = world
  const server = await startKindServer(kind, () => clock.now())
  const http = testHttp({ clock })
  t.after(async () => {
    await http.close()
    await server.stop()
  })
  const target = server.addCalendar('target')
  const deps: EngineDeps = {
    ...world.deps,
    discover: (account, known, signal) => rediscover(http, account, known, signal),
    findTarget: (account, wanted, signal) => findTargetCalendar(http, account, wanted, signal),
    createCalendar: (account, wanted, signal) => createCalendar(http, account, wanted, signal),
    openCalendar: (account, url) => openCalendar(http, account, url),
  }
  const locks = createLocks()
  const login = { caldav_url: server.account().url, username: USERNAME, password: server.account().password }

  const addDestination = (settings: Partial<DestinationSettings> = {}): Destination =>
    store.destinations.create({ ...destinationSettings, ...login, keep_local: false, ...settings })
  const addSource = (): Source => store.sources.create({ ...sourceSettings, ...login })

  async function push(destination: Destination, trigger: RunTrigger = 'timer'): Promise<RunReport> {
    clock.advance(HOUR)
    const id = store.runs.start('destination', destination.id, trigger, clock.now())
    const current = store.destinations.get(destination.id) ?? destination
    const report = await runDestination(current, deps, locks, createRunSwitch().control, { id, trigger })
    store.runs.finish(id, report, clock.now())
    return report
  }

  /** Takes the destination's last run back. */
  async function undo(destination: Destination): Promise<RunReport> {
    clock.advance(HOUR)
    const [last] = store.runs.list({ kind: 'destination', itemId: destination.id, limit: 1 })
    const runId = store.runs.start('destination', destination.id, 'undo', clock.now(), last?.id)
    const order = { undoneRunId: last?.id ?? 0, includeEdited: false, runId }
    const report = await runUndo(destination, order, deps, locks, createRunSwitch().control)
    store.runs.finish(runId, report, clock.now())
    return report
  }

  async function read(source: Source, pauseMs = HOUR): Promise<RunReport> {
    clock.advance(pauseMs)
    return await runSource(source, deps, createRunSwitch().control)
  }

  return {
    server,
    target,
    clock,
    store,
    addDestination,
    addSource,
    push,
    undo,
    read,
    give(text: string) {
      world.feed = freshFeed(text)
    },
    /** The feed that a source serves. */
    feedOf(source: Source): string {
      return Buffer.from(feedAt(store, source.ics_path)?.body ?? []).toString('utf8')
    },
    texts: (calendar = target) => calendar.names().map((name) => calendar.get(name)?.text ?? ''),
    /** What was asked by these methods since this was last called. */
    asked(...methods: string[]) {
      const found = server.asked.filter(({ method }) => methods.includes(method))
      server.asked.length = 0
      return found
    },
  }
}

export type KindWorld = Awaited<ReturnType<typeof openKindWorld>>
