import { SyncError, toSyncError } from '../core/errors.ts'
import { type ItemKind, scheduledSecs } from '../core/items.ts'
import type { RunReport, RunTrigger } from '../core/runs.ts'
import type { EventBus } from './events.ts'
import { createJobQueue, type Job, type QueueLimits } from './job-queue.ts'
import { errorOf, failedReport } from './report.ts'
import { createRunSwitch, type RunControl, type RunSwitch } from './run-control.ts'
import { progressOf, tellFinished, tellStarted } from './run-events.ts'
import { itemOf, type RecordOptions, recordRun } from './run-record.ts'
import { createRunSteps } from './run-steps.ts'
import type { Runner, UndoOrder } from './types.ts'

/** Which run this is. */
export interface RunIdentity {
  readonly id: number
  readonly trigger: RunTrigger
  /** Set where it takes another run back. */
  readonly undo?: UndoOrder
}

/** Carries out one run of an item, or, where `run` is null, plans it; throws SyncError for one that failed as a whole. */
export type Execute = (kind: ItemKind, id: number, control: RunControl, run: RunIdentity | null) => Promise<RunReport>

export interface RunnerOptions extends RecordOptions {
  readonly execute: Execute
  readonly limits: QueueLimits
  readonly events: EventBus
  /** Called when a due time in the database changed. */
  readonly onScheduleChanged: () => void
}

export interface StoppableRunner extends Runner {
  /** Takes no new runs, ends those under way: at a safe point within `graceMs`, by force after that. */
  stop(graceMs: number): Promise<void>
}

/** What is to be run; without a trigger it is only planned. */
interface Task {
  readonly kind: ItemKind
  readonly id: number
  readonly trigger: RunTrigger | null
  readonly undo?: UndoOrder
}

interface ActiveRun {
  readonly task: Task
  readonly switch: RunSwitch
  readonly job: Job
  readonly report: Promise<RunReport>
  /** Tells those who wait that it will never begin. */
  readonly withdraw: (why: SyncError) => void
  /** Set by `changed`: run once more when this one has ended. */
  rerun: boolean
}

/** The runs of this process: one per item at a time, whoever asks for it. */
export function createRunner(options: RunnerOptions): StoppableRunner {
  const { store, clock, log } = options.deps
  const { events } = options
  const queue = createJobQueue(options.limits)
  const active = new Map<string, ActiveRun>()
  let stopping = false

  const ask = async (task: Task): Promise<RunReport> => {
    if (stopping) throw new SyncError('aborted', 'The service is stopping.')
    const { kind, id, trigger } = task
    const key = trigger === null ? `plan of ${kind} ${id}` : `${kind} ${id}`
    const underWay = active.get(key)
    if (underWay) {
      // An answer that came after it began is not part of the run under way.
      if (trigger !== 'approve' && trigger !== 'undo') return underWay.report
      await underWay.report
      return ask(task)
    }
    const runSwitch = createRunSwitch()
    const settled = Promise.withResolvers<RunReport>()
    const job: Job = {
      hosts: hostsOf(kind, id),
      urgent: trigger !== 'timer' && trigger !== 'start',
      start: async () => {
        try {
          settled.resolve(await perform(task, runSwitch.control))
        } catch (thrown) {
          settled.reject(toSyncError(thrown))
        }
        const { rerun } = active.get(key) ?? { rerun: false }
        active.delete(key)
        if (rerun && !stopping) begin(kind, id, 'change')
      },
    }
    active.set(key, { task, switch: runSwitch, job, report: settled.promise, withdraw: settled.reject, rerun: false })
    queue.add(job)
    return settled.promise
  }

  /** Starts a run nobody waits for; its report is in the database. */
  const begin = (kind: ItemKind, id: number, trigger: RunTrigger): void => {
    ask({ kind, id, trigger }).catch((thrown: unknown) => {
      log.warn('A run could not begin', { kind, id, reason: toSyncError(thrown).message })
    })
  }

  /** Never throws for a run; a plan has no report but what it throws. */
  const perform = async ({ kind, id, trigger, undo }: Task, control: RunControl): Promise<RunReport> => {
    if (trigger === null) return await options.execute(kind, id, control, null)
    let failure: SyncError | null = null
    let report: RunReport
    let runId: number | null = null
    const steps = createRunSteps(clock)
    try {
      runId = store.lightly(() => store.runs.start(kind, id, trigger, clock.now(), undo?.undoneRunId))
      const run = { run_id: runId, kind, item_id: id }
      tellStarted(events, run, trigger)
      const tell = progressOf(events, run, clock)
      const progress: RunControl['progress'] = (phase, done, total) => {
        steps.note(phase, done, total)
        tell(phase, done, total)
      }
      const told = { ...control, progress }
      report = await options.execute(kind, id, told, { id: runId, trigger, ...(undo && { undo }) })
      if (report.failure) failure = errorOf(report.failure)
    } catch (thrown) {
      failure = toSyncError(thrown)
      report = failedReport(failure)
    }
    const recorded = recordRun({ kind, id, runId, report, failure, steps: steps.list() }, options)
    if (runId !== null) tellFinished(events, { run_id: runId, kind, item_id: id }, recorded)
    options.onScheduleChanged()
    return recorded
  }

  const hostsOf = (kind: ItemKind, id: number): string[] => {
    const item = itemOf(store, kind, id)
    const urls = item ? ['ics_url' in item ? item.ics_url : '', item.caldav_url] : []
    return [...new Set(urls.flatMap((url) => URL.parse(url)?.host || []))]
  }

  /** What was due and did not get its turn is due at the next start, not when a run would have been over. */
  const giveBack = (runs: readonly ActiveRun[]): void => {
    try {
      store.transaction(() => {
        for (const { task } of runs) if (task.trigger === 'timer') scheduleNow(task.kind, task.id)
      })
    } catch (thrown) {
      log.error('Runs that did not begin could not be put back', { reason: toSyncError(thrown).message })
    }
  }

  const end = (kind: ItemKind, id: number, why: string): ActiveRun | undefined => {
    const underWay = active.get(`${kind} ${id}`)
    underWay?.switch.stop(why)
    return underWay
  }

  const scheduleNow = (kind: ItemKind, id: number): boolean => {
    const item = itemOf(store, kind, id)
    const scheduled = item !== undefined && scheduledSecs(item) > 0
    if (item) store.lightly(() => store.schedule.setNext(kind, id, scheduled ? clock.now() : null))
    return scheduled
  }

  return {
    run: (kind, id, trigger) => ask({ kind, id, trigger }),
    plan: (id) => ask({ kind: 'destination', id, trigger: null }),
    undo: (id, undo) => ask({ kind: 'destination', id, trigger: 'undo', undo }),
    changed(kind, id) {
      if (stopping) return
      const underWay = end(kind, id, 'The settings were changed.')
      const scheduled = scheduleNow(kind, id)
      if (underWay) underWay.rerun = scheduled
      else if (scheduled) begin(kind, id, 'change')
      options.onScheduleChanged()
    },
    rescheduled(kind, id) {
      const item = itemOf(store, kind, id)
      if (!item || stopping) return
      const { last_attempt_at } = item
      const interval = scheduledSecs(item)
      const wait = Math.min(interval * 1000, Number.MAX_SAFE_INTEGER - clock.now())
      const next = last_attempt_at === null ? clock.now() : Math.max(clock.now(), last_attempt_at + wait)
      store.schedule.setNext(kind, id, interval > 0 ? next : null)
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
      const waiting = runs.filter(({ job }) => queue.withdraw(job))
      for (const { withdraw } of waiting) withdraw(new SyncError('aborted', 'The service is stopping.'))
      giveBack(waiting)
      const begun = new Set(runs).difference(new Set(waiting))
      await Promise.allSettled([...begun].map(({ report }) => report))
      clearTimeout(force)
    },
  }
}
