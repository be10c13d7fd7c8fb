import { SyncError, toSyncError } from '../core/errors.ts'
import type { ItemKind } from '../core/items.ts'
import type { RunReport, RunTrigger } from '../core/runs.ts'
import { nextRunAt } from '../core/schedule.ts'
import type { EngineDeps } from './engine-deps.ts'
import { createJobQueue, type Job, type QueueLimits } from './job-queue.ts'
import { errorOf, failedReport } from './report.ts'
import { createRunSwitch, type RunControl, type RunSwitch } from './run-control.ts'
import type { Runner } from './types.ts'

/** Carries out one run of an item; throws SyncError for a run that failed as a whole. */
export type Execute = (kind: ItemKind, id: number, control: RunControl) => Promise<RunReport>

export interface RunnerOptions {
  readonly deps: Pick<EngineDeps, 'store' | 'clock' | 'log'>
  readonly execute: Execute
  readonly limits: QueueLimits
  /** In [0, 1). */
  readonly random: () => number
  /** Called when a due time in the database changed. */
  readonly onScheduleChanged: () => void
}

export interface StoppableRunner extends Runner {
  /** Takes no new runs, ends those under way: at a safe point within `graceMs`, by force after that. */
  stop(graceMs: number): Promise<void>
}

interface ActiveRun {
  readonly switch: RunSwitch
  readonly job: Job
  readonly report: Promise<RunReport>
  /** Tells those who wait that it will never begin. */
  readonly withdraw: (why: SyncError) => void
  /** Set by `changed`: run once more when this one has ended. */
  rerun: boolean
}

/** When an item runs again whose run could not be recorded: the disk was full, or the database locked. */
const UNRECORDED_RETRY_MS = 60_000

/** How many runs of one item are kept as its history. */
const KEPT_RUNS = 200

/** The runs of this process: one per item at a time, whoever asks for it. */
export function createRunner(options: RunnerOptions): StoppableRunner {
  const { store, clock, log } = options.deps
  const queue = createJobQueue(options.limits)
  const active = new Map<string, ActiveRun>()
  let stopping = false

  const run = async (kind: ItemKind, id: number, trigger: RunTrigger): Promise<RunReport> => {
    if (stopping) throw new SyncError('aborted', 'The service is stopping.')
    const key = `${kind} ${id}`
    const underWay = active.get(key)
    if (underWay) return underWay.report
    const runSwitch = createRunSwitch()
    const settled = Promise.withResolvers<RunReport>()
    const job: Job = {
      hosts: hostsOf(kind, id),
      urgent: trigger === 'manual' || trigger === 'change',
      start: async () => {
        const report = await perform(kind, id, trigger, runSwitch.control)
        const { rerun } = active.get(key) ?? { rerun: false }
        active.delete(key)
        settled.resolve(report)
        if (rerun && !stopping) begin(kind, id, 'change')
      },
    }
    active.set(key, { switch: runSwitch, job, report: settled.promise, withdraw: settled.reject, rerun: false })
    queue.add(job)
    return settled.promise
  }

  /** Starts a run nobody waits for; its report is in the database. */
  const begin = (kind: ItemKind, id: number, trigger: RunTrigger): void => {
    run(kind, id, trigger).catch((thrown: unknown) => {
      log.warn('A run could not begin', { kind, id, reason: toSyncError(thrown).message })
    })
  }

  const perform = async (kind: ItemKind, id: number, trigger: RunTrigger, control: RunControl): Promise<RunReport> => {
    let failure: SyncError | null = null
    let report: RunReport
    let runId: number | null = null
    try {
      runId = store.runs.start(kind, id, trigger, clock.now())
      report = await options.execute(kind, id, control)
      if (report.failure) failure = errorOf(report.failure)
    } catch (thrown) {
      failure = toSyncError(thrown)
      report = failedReport(failure)
    }
    try {
      record(kind, id, runId, report, failure)
    } catch (thrown) {
      const message = toSyncError(thrown).message
      log.error('A run could not be recorded', { kind, id, reason: message })
      if (report.status === 'ok') report = failedReport(toSyncError(thrown))
      tryAgainLater(kind, id)
    }
    return report
  }

  /** Without a due time an item would never run again; what kept the run from being recorded may have passed by then. */
  const tryAgainLater = (kind: ItemKind, id: number) => {
    try {
      const item = kind === 'source' ? store.sources.get(id) : store.destinations.get(id)
      if (item && item.sync_interval_secs > 0) store.schedule.setNext(kind, id, clock.now() + UNRECORDED_RETRY_MS)
    } catch (thrown) {
      log.error('The next run could not be scheduled', { kind, id, reason: toSyncError(thrown).message })
    }
  }

  const record = (kind: ItemKind, id: number, runId: number | null, report: RunReport, failure: SyncError | null) => {
    const now = clock.now()
    const { message } = report
    const fields = { kind, id, status: report.status, message }
    if (failure && failure.kind !== 'aborted') log.warn('Run failed', fields)
    else log.info('Run ended', fields)
    if (failure?.kind === 'internal') log.error('Internal error', { kind, id, stack: stackOf(failure) })
    store.transaction(() => {
      if (runId !== null) store.runs.finish(runId, report, now)
      store.runs.prune(KEPT_RUNS)
      const item = kind === 'source' ? store.sources.get(id) : store.destinations.get(id)
      if (!item) return
      if (report.status === 'interrupted') {
        store.schedule.setNext(kind, id, item.sync_interval_secs > 0 ? now : null)
        return
      }
      if (report.status === 'ok') store.schedule.recordSuccess(kind, id, now)
      else {
        const published = report.status === 'partial'
        store.schedule.recordFailure(kind, id, message, now, { published, failed: failure !== null })
      }
      const next = nextRunAt({
        intervalSecs: item.sync_interval_secs,
        failure,
        failures: failure ? item.failures + 1 : 0,
        now,
        random: options.random(),
      })
      store.schedule.setNext(kind, id, next)
    })
    options.onScheduleChanged()
  }

  const hostsOf = (kind: ItemKind, id: number): string[] => {
    const item = kind === 'source' ? store.sources.get(id) : store.destinations.get(id)
    const urls = item ? ['ics_url' in item ? item.ics_url : '', item.caldav_url] : []
    return [...new Set(urls.flatMap((url) => (URL.canParse(url) ? [new URL(url).host] : [])))]
  }

  const end = (kind: ItemKind, id: number, why: string): ActiveRun | undefined => {
    const underWay = active.get(`${kind} ${id}`)
    underWay?.switch.stop(why)
    return underWay
  }

  const scheduleNow = (kind: ItemKind, id: number): boolean => {
    const item = kind === 'source' ? store.sources.get(id) : store.destinations.get(id)
    const scheduled = item !== undefined && item.sync_interval_secs > 0
    if (item) store.schedule.setNext(kind, id, scheduled ? clock.now() : null)
    return scheduled
  }

  return {
    run,
    changed(kind, id) {
      if (stopping) return
      const underWay = end(kind, id, 'The settings were changed.')
      const scheduled = scheduleNow(kind, id)
      if (underWay) underWay.rerun = scheduled
      else if (scheduled) begin(kind, id, 'change')
      options.onScheduleChanged()
    },
    rescheduled(kind, id) {
      const item = kind === 'source' ? store.sources.get(id) : store.destinations.get(id)
      if (!item || stopping) return
      const { sync_interval_secs, last_attempt_at } = item
      const wait = Math.min(sync_interval_secs * 1000, Number.MAX_SAFE_INTEGER - clock.now())
      const next = last_attempt_at === null ? clock.now() : Math.max(clock.now(), last_attempt_at + wait)
      store.schedule.setNext(kind, id, sync_interval_secs > 0 ? next : null)
      options.onScheduleChanged()
    },
    removed(kind, id) {
      end(kind, id, 'The item was deleted.')
    },
    async stop(graceMs) {
      stopping = true
      const runs = [...active.values()]
      for (const { switch: runSwitch } of runs) runSwitch.stop('The service is stopping.')
      const force = setTimeout(() => {
        for (const { switch: runSwitch } of runs) runSwitch.kill('The service is stopping.')
      }, graceMs)
      const begun = runs.filter(({ job, withdraw }) => {
        const waiting = queue.withdraw(job)
        if (waiting) withdraw(new SyncError('aborted', 'The service is stopping.'))
        return !waiting
      })
      await Promise.allSettled(begun.map(({ report }) => report))
      clearTimeout(force)
    },
  }
}

function stackOf(error: SyncError): string {
  const cause = error.cause instanceof Error ? error.cause : error
  return cause.stack ?? cause.message
}
