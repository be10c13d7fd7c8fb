import { type SyncError, toSyncError } from '../core/errors.ts'
import { type Destination, type ItemKind, type Source, scheduledSecs } from '../core/items.ts'
import { changesOf, type RunReport, type RunStep } from '../core/runs.ts'
import { nextRunAt } from '../core/schedule.ts'
import type { EngineDeps } from './engine-deps.ts'
import { failedReport } from './report.ts'

/** When an item runs again whose run could not be recorded: the disk was full, or the database locked. */
const UNRECORDED_RETRY_MS = 60_000
/** How many runs of one item are kept as its history, beside those that can still be undone. */
const KEPT_RUNS = 200
const DAY_MS = 24 * 60 * 60 * 1000

export interface RecordOptions {
  readonly deps: Pick<EngineDeps, 'store' | 'clock' | 'log' | 'profiles'>
  /** In [0, 1). */
  readonly random: () => number
  /** How long what runs replaced is kept. */
  readonly journalDays: number
}

/** One run that has ended. */
export interface EndedRun {
  readonly kind: ItemKind
  readonly id: number
  /** Null where not even its beginning could be recorded. */
  readonly runId: number | null
  readonly report: RunReport
  readonly failure: SyncError | null
  readonly steps: readonly RunStep[]
}

/** The item with this id, of whichever kind. */
export function itemOf(store: EngineDeps['store'], kind: ItemKind, id: number): Source | Destination | undefined {
  return kind === 'source' ? store.sources.get(id) : store.destinations.get(id)
}

/** Puts the end of a run down and sets the item's next due time; gives the report as it is to be told. Never throws. */
export function recordRun(ended: EndedRun, options: RecordOptions): RunReport {
  const { kind, id, report } = ended
  const { log } = options.deps
  try {
    record(ended, options)
    return report
  } catch (thrown) {
    const error = toSyncError(thrown)
    log.error('A run could not be recorded', { kind, id, reason: error.message })
    tryAgainLater(ended, options)
    return report.status === 'ok' ? failedReport(error) : report
  }
}

function record({ kind, id, runId, report, failure, steps }: EndedRun, options: RecordOptions): void {
  const { store, clock, log } = options.deps
  const now = clock.now()
  const { message } = report
  const fields = { kind, id, status: report.status, message }
  if (failure && failure.kind !== 'aborted') log.warn('Run failed', fields)
  else log.info('Run ended', fields)
  if (failure?.kind === 'internal') log.error('Internal error', { kind, id, stack: stackOf(failure) })
  // What the run wrote is on the disk by now; that it ended can be found out by another one.
  store.lightly(() => {
    if (runId !== null) store.runs.finish(runId, report, now, steps)
    store.activity.note(report.status, changesOf(kind, report.counts), now)
    store.journal.prune(now - options.journalDays * DAY_MS)
    store.runs.prune(kind, id, KEPT_RUNS)
    const item = itemOf(store, kind, id)
    if (!item) return
    options.deps.profiles.save({ url: item.caldav_url, username: item.username })
    if (report.status === 'interrupted') {
      store.schedule.setNext(kind, id, scheduledSecs(item) > 0 ? now : null)
      return
    }
    if (report.status === 'ok') store.schedule.recordSuccess(kind, id, now)
    else {
      const published = report.status === 'partial'
      store.schedule.recordFailure(kind, id, message, now, { published, failed: failure !== null })
    }
    const next = nextRunAt({
      intervalSecs: scheduledSecs(item),
      failure,
      failures: failure ? item.failures + 1 : 0,
      now,
      random: options.random(),
    })
    store.schedule.setNext(kind, id, next)
  })
}

/** Without a due time an item would never run again; what kept the run from being recorded may have passed by then. */
function tryAgainLater({ kind, id }: EndedRun, { deps: { store, clock, log } }: RecordOptions): void {
  try {
    const item = itemOf(store, kind, id)
    if (item && scheduledSecs(item) > 0) store.schedule.setNext(kind, id, clock.now() + UNRECORDED_RETRY_MS)
  } catch (thrown) {
    log.error('The next run could not be scheduled', { kind, id, reason: toSyncError(thrown).message })
  }
}

function stackOf(error: SyncError): string {
  const cause = error.cause instanceof Error ? error.cause : error
  return cause.stack ?? cause.message
}
