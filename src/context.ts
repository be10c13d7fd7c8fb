/** The composition root: everything that is made once and handed to everything else is made here. */
import type { Diagnosis, StageResult } from './core/diagnosis.ts'
import { SyncError } from './core/errors.ts'
import { defineZone } from './core/ical/zones-define.ts'
import type { DestinationSettings, WithPassword } from './core/items.ts'
import type { Account } from './core/remote.ts'
import type { RunReport } from './core/runs.ts'
import type { Settings } from './core/settings.ts'
import type { Clock, Logger } from './core/types.ts'
import { calendarUserAddresses } from './protocol/addresses.ts'
import { openCalendar } from './protocol/calendar.ts'
import { createCalendar } from './protocol/create-calendar.ts'
import { diagnose } from './protocol/diagnose.ts'
import { downloadFeed } from './protocol/feed.ts'
import { createLazyHttp } from './protocol/lazy-http.ts'
import { rediscover } from './protocol/rediscover.ts'
import { findTargetCalendar } from './protocol/target.ts'
import type { ImportFolder } from './store/imports.ts'
import type { Store } from './store/types.ts'
import type { EngineDeps } from './sync/engine-deps.ts'
import { createEventBus, type EventBus } from './sync/events.ts'
import { createFeedIndexes } from './sync/feed-indexes.ts'
import { createFetchFresh, type FetchFresh } from './sync/fetch-fresh.ts'
import { createImportWatch, watchFolder } from './sync/import-watch.ts'
import { inspectFeed } from './sync/inspect.ts'
import { createLinkFeeds } from './sync/link-feeds.ts'
import { createLocks } from './sync/locks.ts'
import { planDraft } from './sync/plan-draft.ts'
import { createProfiles } from './sync/profiles.ts'
import { createReadTrail } from './sync/read-trail.ts'
import { runDestination } from './sync/run-destination.ts'
import { runSource } from './sync/run-source.ts'
import { runUndo } from './sync/run-undo.ts'
import { createRunner, type Execute } from './sync/runner.ts'
import { createScheduler, type Timers } from './sync/scheduler.ts'
import { createShown } from './sync/shown.ts'
import type { InspectedFeed, InspectRequest, LinkFeeds, ReadTrail, Runner, Shown } from './sync/types.ts'
import { uploadMemo } from './sync/upload-memo.ts'

/** Runs at once in all, and against one host: enough for many accounts, gentle to a home server. */
const LIMITS = { atOnce: 8, atOncePerHost: 2 }

export interface World {
  readonly settings: Settings
  readonly store: Store
  readonly imports: ImportFolder
  readonly clock: Clock
  readonly log: Logger
  readonly version: string
}

/** The engine, ready to start. */
export interface Engine {
  readonly runner: Runner
  readonly events: EventBus
  readonly freshen: FetchFresh['freshen']
  readonly freshForSecs: FetchFresh['freshForSecs']
  readonly freshUntil: FetchFresh['freshUntil']
  readonly linkFeeds: LinkFeeds
  readonly trail: ReadTrail
  readonly shown: Shown
  readonly inspect: (request: InspectRequest, signal: AbortSignal) => Promise<InspectedFeed>
  readonly diagnose: (
    account: Account,
    testWrite: boolean,
    signal: AbortSignal,
    onStage?: (result: StageResult) => void,
  ) => Promise<Diagnosis>
  readonly planDraft: (settings: DestinationSettings & WithPassword, signal: AbortSignal) => Promise<RunReport>
  start(): void
  /** No new runs; those under way end at a safe point within `graceMs`, by force after that. */
  stop(graceMs: number): Promise<void>
}

export function createEngine({ settings, store, imports, clock, log, version }: World): Engine {
  const http = createLazyHttp({
    clock,
    log,
    userAgent: `CalDAV-ICS-Sync/${version}`,
    allowPrivateNetworks: settings.allowPrivateNetworks,
    allowedPrivateHosts: settings.allowedPrivateHosts,
    outgoingProxy: settings.outgoingProxy,
  })
  const deps: EngineDeps = {
    store,
    clock,
    log,
    defaultZone: Temporal.Now.timeZoneId(),
    discover: (account, known, signal) => rediscover(http, account, known, signal),
    findTarget: (account, wanted, signal) => findTargetCalendar(http, account, wanted, signal),
    createCalendar: (account, wanted, signal) => createCalendar(http, account, wanted, signal),
    userAddresses: (account, calendarUrl, signal) => calendarUserAddresses(http, account, calendarUrl, signal),
    openCalendar: (account, url) => openCalendar(http, account, url),
    downloadFeed: (request, signal) => downloadFeed(http, request, signal),
    builtFeeds: new Map(),
    feedIndexes: createFeedIndexes(),
    uploads: uploadMemo(),
    profiles: createProfiles(store, clock),
    imports,
    defineZone,
    publicUrl: settings.publicUrl,
  }
  const timers: Timers = { set: setTimeout, clear: (timer) => clearTimeout(timer as NodeJS.Timeout) }
  const linkFeeds = createLinkFeeds(deps)
  const trail = createReadTrail(deps, timers)
  const locks = createLocks()
  const events = createEventBus(clock)
  const execute: Execute = async (kind, id, control, run) => {
    if (kind === 'source') {
      const source = store.sources.get(id)
      if (source) {
        const report = await runSource(source, deps, control)
        await linkFeeds.sourceChanged(id)
        return report
      }
    } else {
      const destination = store.destinations.get(id)
      if (destination && run?.undo) {
        return runUndo(destination, { ...run.undo, runId: run.id }, deps, locks, control)
      }
      if (destination) return runDestination(destination, deps, locks, control, run)
    }
    throw new SyncError('aborted', `This ${kind} was deleted.`)
  }
  const runner = createRunner({
    deps,
    execute,
    events,
    limits: LIMITS,
    random: Math.random,
    journalDays: settings.journalDays,
    onScheduleChanged: () => scheduler.wake(),
  })
  const scheduler = createScheduler({
    deps,
    runner,
    random: Math.random,
    timers,
  })
  const fresh = createFetchFresh({ deps, runner, linkFeeds, timers, waitMs: settings.fetchWaitMs })
  const importWatch = createImportWatch({
    deps,
    timers,
    onChange: watchFolder,
    onScheduleChanged: () => scheduler.wake(),
  })
  return {
    runner,
    events,
    freshen: fresh.freshen,
    freshForSecs: fresh.freshForSecs,
    freshUntil: fresh.freshUntil,
    linkFeeds,
    trail,
    shown: createShown(deps),
    inspect: (request, signal) => inspectFeed(request, deps, signal),
    diagnose: (account, testWrite, signal, onStage) => diagnose(http, account, testWrite, signal, onStage),
    planDraft: (settings, signal) => planDraft(settings, deps, locks, signal),
    start() {
      scheduler.start()
      importWatch.start()
    },
    async stop(graceMs) {
      scheduler.stop()
      importWatch.stop()
      await runner.stop(graceMs)
      events.close()
      trail.flush()
      await http.close()
    },
  }
}
