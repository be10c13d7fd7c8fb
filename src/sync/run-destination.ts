import { SyncError } from '../core/errors.ts'
import { guestsFor } from '../core/ical/scheduling.ts'
import type { Destination } from '../core/items.ts'
import type { Declined } from '../core/plan-push.ts'
import type { Account } from '../core/remote.ts'
import type { RunReport } from '../core/runs.ts'
import { collectionKey } from '../protocol/href.ts'
import { accountOf } from './account.ts'
import type { Outcome } from './apply-push.ts'
import { type FeedReading, readDestinationFeed } from './destination-feed.ts'
import { destinationReport } from './destination-report.ts'
import { withRules } from './destination-rules.ts'
import { findTarget, openTarget, type Target } from './destination-target.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { Locks } from './locks.ts'
import { refuseLoop } from './own-feeds.ts'
import { type PushInput, type PushResult, push } from './push.ts'
import { pushNames } from './push-names.ts'
import { reportOf } from './report.ts'
import { inTurns, type RunControl } from './run-control.ts'
import type { RunIdentity } from './runner.ts'
import { type WantedObjects, wantedObjects } from './wanted.ts'

/** How many earlier runs tell what the usual size of a feed is; those that held deletions back do not count. */
const RECENT_RUNS = 50
/** A server's own failure over one event may pass; it is tried again after this long. */
const RETRY_SERVER_FAILURE_MS = 24 * 60 * 60 * 1000

/**
 * One run of a destination (design: paths of data): download and read the feed, find and read the target calendar,
 * plan, write, delete, remember. With `run` null it stops after the plan, and nothing is written anywhere. Throws SyncError where the feed or the target cannot
 * be read: nothing was written.
 */
export async function runDestination(
  destination: Destination,
  deps: EngineDeps,
  locks: Locks,
  control: RunControl,
  run: RunIdentity | null,
): Promise<RunReport> {
  const account = accountOf('destination', destination, deps)
  control.progress('download', 0, 1)
  const whole = await readDestinationFeed(destination, deps, control.soft)
  const feedSize = whole.calendar.objects.length + whole.calendar.protectedUids.length
  if (feedSize === 0 && destination.keep_local && !destination.remove_dropped) return emptyReport()
  const feed = withRules(whole, destination, deps)

  control.progress('discover', 0, 1)
  const target = await findTarget(destination, account, feed.calendar, deps, control.soft, run === null)
  refuseLoop(destination, target.calendar.url, feed.tag, deps)
  const now = deps.clock.now()
  const guests = guestsFor(destination.guests, target.calendar.url)
  const wanted = await inTurns(wantedObjects(feed.calendar.objects, { ...deps, now, guests }), control.soft)
  const result = await locks.hold(collectionKey(target.calendar.url), control.soft, () =>
    push(pushInput(destination, account, target, feed, wanted, now, deps, run), control),
  )
  if (run !== null) remember(destination, feed, wanted, result, run, deps)
  return destinationReport(result, {
    feedSize,
    findings: [...feed.findings, ...wanted.findings],
    wanted,
    dryRun: run === null,
  })
}

function pushInput(
  destination: Destination,
  account: Account,
  { calendar, remote, changes }: Target,
  feed: FeedReading,
  wanted: WantedObjects,
  now: number,
  deps: EngineDeps,
  run: RunIdentity | null,
): PushInput {
  const { store } = deps
  const { id } = destination
  const url = collectionKey(calendar.url)
  const decisions = store.decisions.list(id)
  return {
    clock: deps.clock,
    remote,
    marks: calendar.marks,
    changes,
    memory: openTarget(destination, calendar, deps, run === null),
    wanted,
    protectedUids: new Set(feed.calendar.protectedUids),
    writtenByOthers: store.remote.uidsWrittenByOthers(id, url),
    options: {
      syncAll: destination.sync_all,
      keepLocal: destination.keep_local,
      removeDropped: destination.remove_dropped,
      localEdits: destination.local_edits,
    },
    names: pushNames(destination),
    recentFeedSizes: recentFeedSizes(destination, deps),
    deleteLimit: destination.delete_limit ?? null,
    waiting: store.held.get(id),
    declined: new Map(
      decisions.flatMap(({ uid, kind, fingerprint, message, retryAt }): [string, Declined][] => {
        if (kind === 'released' || fingerprint === null) return []
        // A person who presses Sync Now has perhaps just put right what the server refused.
        const again = run?.trigger === 'manual' || (retryAt !== null && retryAt <= now)
        return kind === 'refused' && again ? [] : [[uid, { why: kind, fingerprint, message }]]
      }),
    ),
    released: new Set(decisions.flatMap(({ kind, uid }) => (kind === 'released' ? [uid] : []))),
    journal: ({ before, ...note }) => {
      if (run === null) throw new SyncError('internal', 'A dry run was about to write; nothing was written.')
      store.journal.record({
        ...note,
        runId: run.id,
        destinationId: id,
        calendarUrl: url,
        before,
        at: deps.clock.now(),
      })
    },
    now,
    defaultZone: deps.defaultZone,
    username: destination.username,
    addresses: (signal) => deps.userAddresses(account, calendar.url, signal),
    dryRun: run === null,
  }
}

/** Stores what the run learnt beside the resources themselves: the feed's text, what waits, and what was refused. */
function remember(
  { id }: Destination,
  feed: FeedReading,
  wanted: WantedObjects,
  result: PushResult,
  run: { readonly id: number },
  { store, clock }: EngineDeps,
): void {
  const prints = new Map(wanted.list.map(({ uid, fingerprint }) => [uid, fingerprint]))
  store.transaction(() => {
    if (feed.download) store.downloads.put(id, feed.download)
    store.held.put(id, result.verdict.remember)
    for (const outcome of result.outcomes) {
      const { op } = outcome
      if (op.kind === 'delete') continue
      const fingerprint = prints.get(op.uid)
      if (outcome.result === 'done')
        for (const kind of ['refused', 'undone', 'released'] as const) store.decisions.remove(id, kind, op.uid)
      else if (result.stopped === null && fingerprint !== undefined && isRefusal(outcome)) {
        const { message, details } = outcome.error
        const retryAt = (details.status ?? 0) >= 500 ? clock.now() + RETRY_SERVER_FAILURE_MS : null
        store.decisions.put(id, {
          uid: op.uid,
          kind: 'refused',
          fingerprint,
          message,
          runId: run.id,
          at: clock.now(),
          retryAt,
        })
      }
    }
  })
}

/** The server answered and did not want this one event (pitfall W8); what concerns the connection says nothing of it. */
function isRefusal(outcome: Outcome): outcome is Outcome & { readonly result: 'failed' } {
  if (outcome.result !== 'failed') return false
  const { kind, details } = outcome.error
  return details.status !== undefined && ['refused', 'protocol', 'not-found'].includes(kind)
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

function recentFeedSizes(destination: Destination, deps: EngineDeps): number[] {
  const runs = deps.store.runs.list({ kind: 'destination', itemId: destination.id, limit: RECENT_RUNS })
  return runs.flatMap(({ counts }) => (counts.feed === undefined || (counts.held ?? 0) > 0 ? [] : [counts.feed]))
}
