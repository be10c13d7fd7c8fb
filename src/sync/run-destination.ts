import { SyncError } from '../core/errors.ts'
import type { Destination } from '../core/items.ts'
import type { Account, DiscoveredCalendar } from '../core/remote.ts'
import type { RunReport } from '../core/runs.ts'
import { collectionKey } from '../protocol/href.ts'
import { readDestinationFeed } from './destination-feed.ts'
import { destinationReport } from './destination-report.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { Locks } from './locks.ts'
import { push, type TargetMemory } from './push.ts'
import { pushNames } from './push-names.ts'
import { reportOf } from './report.ts'
import type { RunControl } from './run-control.ts'
import { describeResource, wantedObjects } from './wanted.ts'

/** How many earlier runs tell what the usual size of a feed is; those that held deletions back do not count. */
const RECENT_RUNS = 50

/**
 * One run of a destination (design: paths of data): download and read the feed, find and read the target calendar,
 * plan, write, delete, remember. Throws SyncError where the feed or the target cannot be read: nothing was written.
 */
export async function runDestination(
  destination: Destination,
  deps: EngineDeps,
  locks: Locks,
  control: RunControl,
): Promise<RunReport> {
  const { store, clock } = deps
  const password = store.destinations.password(destination.id)
  if (!password) throw new SyncError('aborted', 'The destination was deleted.')
  const feed = await readDestinationFeed(destination, deps, control.soft)
  const names = pushNames(destination)
  const now = clock.now()
  const wanted = wantedObjects(feed.calendar.objects, { ...deps, now, aliasOf: names.aliasOf })
  const protectedUids = new Set(feed.calendar.protectedUids)
  if (wanted.list.length === 0 && protectedUids.size === 0 && destination.keep_local) return emptyReport()

  const account: Account = { url: destination.caldav_url, username: destination.username, password }
  const target = await deps.findTarget(account, destination.calendar_name, control.soft)
  refuseReplacement(destination, target, deps)
  const result = await locks.hold(collectionKey(target.url), control.soft, () => {
    const memory = targetMemory(destination, target, deps)
    return push(
      {
        remote: deps.openCalendar(account, target.url),
        memory,
        wanted,
        protectedUids,
        writtenByOthers: store.remote.uidsWrittenByOthers(destination.id, collectionKey(target.url)),
        options: { syncAll: destination.sync_all, keepLocal: destination.keep_local },
        names,
        recentFeedSizes: recentFeedSizes(destination, deps),
        waiting: store.held.get(destination.id),
        now,
        defaultZone: deps.defaultZone,
        username: destination.username,
      },
      control,
    )
  })
  store.transaction(() => {
    if (feed.download) store.downloads.put(destination.id, feed.download)
    store.held.put(destination.id, result.verdict.remember)
  })
  return destinationReport(result, {
    feedSize: wanted.list.length + protectedUids.size,
    findings: [...feed.findings, ...wanted.findings],
    describe: (op) => (op.kind === 'delete' ? describeResource(op.resource) : op.subject),
    describeResource,
  })
}

/** An empty feed asks for nothing, and where local events are kept there is nothing to remove either (contract 1.12). */
function emptyReport(): RunReport {
  return reportOf({
    status: 'ok',
    message: 'Uploaded 0 of 0 events (0 unchanged); deleted 0 orphans',
    counts: { uploaded: 0, skipped: 0, deleted: 0, total: 0, feed: 0 },
    problems: [],
  })
}

/**
 * With unchanged settings the calendar has to be the one this destination wrote to. Another one that took its name
 * (the first was deleted or renamed) is not to be mirrored over.
 */
function refuseReplacement(destination: Destination, target: DiscoveredCalendar, deps: EngineDeps): void {
  const key = collectionKey(target.url)
  const remembered = deps.store.remote.calendars('destination', destination.id)[0]
  if (!remembered || collectionKey(remembered.url) === key) return
  throw new SyncError(
    'not-found',
    `The calendar this destination wrote to (${remembered.url}) is gone, and "${target.displayName}" at ${target.url} now has its name. If that is the one to write to, enter the last part of its address as the calendar name.`,
    { url: target.url },
  )
}

/** The memory of this target. */
function targetMemory(destination: Destination, target: DiscoveredCalendar, deps: EngineDeps): TargetMemory {
  const { remote } = deps.store
  const { displayName, color } = target
  const url = collectionKey(target.url)
  const saved = remote.saveCalendar('destination', destination.id, {
    url,
    displayName,
    color,
    readAt: deps.clock.now(),
  })
  return {
    known: () => remote.resources(saved.id),
    apply: (change) => remote.apply(saved.id, change),
  }
}

function recentFeedSizes(destination: Destination, deps: EngineDeps): number[] {
  const runs = deps.store.runs.list({ kind: 'destination', itemId: destination.id, limit: RECENT_RUNS })
  return runs.flatMap(({ counts }) => (counts.feed === undefined || (counts.held ?? 0) > 0 ? [] : [counts.feed]))
}
