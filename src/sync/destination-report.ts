import { SyncError } from '../core/errors.ts'
import type { PushOp, TargetResource } from '../core/plan-push.ts'
import type { RunReport } from '../core/runs.ts'
import type { Problem } from '../core/types.ts'
import { problemOf } from './apply-push.ts'
import type { PushResult } from './push.ts'
import { failureOf, plural, reportOf } from './report.ts'

/** How many failed events the message names; the run's problems name them all. */
const NAMED_IN_MESSAGE = 3

interface ReportContext {
  /** Objects in the feed, those we could not read included. */
  readonly feedSize: number
  readonly findings: readonly Problem[]
  /** Names the event of an operation for people. */
  readonly describe: (op: PushOp) => string
  /** Names the event of a resource for people. */
  readonly describeResource: (resource: TargetResource) => string
}

/**
 * The report of a destination run, in the contract's words. Throws the error that stopped the run where one did and
 * nothing had been written before.
 */
export function destinationReport(result: PushResult, context: ReportContext): RunReport {
  const { outcomes, stopped, verdict } = result
  const done = outcomes.filter((outcome) => outcome.result === 'done')
  const uploaded = done.filter((outcome) => outcome.op.kind !== 'delete').length
  const deleted = done.length - uploaded
  const undone = outcomes.flatMap((outcome) => (outcome.result === 'done' ? [] : [outcome]))
  const unwritten = undone.filter((outcome) => outcome.op.kind !== 'delete').length
  const total = uploaded + unwritten + result.unchanged
  const counts = {
    uploaded,
    skipped: result.unchanged,
    deleted,
    total,
    failed: undone.length,
    past: result.past,
    foreign: result.foreign,
    guarded: result.guarded.length,
    held: verdict.held.length,
    feed: context.feedSize,
  }
  const problems = [
    ...undone.map(({ op, error }) => problemOf(op, error, context.describe(op))),
    ...heldProblems(result, context),
    ...guardedProblems(result, context),
    ...result.unreadable,
    ...context.findings,
  ]
  if (stopped) return stoppedReport(stopped, counts, problems)
  if (undone.length > 0) {
    const named = undone.slice(0, NAMED_IN_MESSAGE).map(({ op, error }) => `${context.describe(op)}: ${error.message}`)
    const more = undone.length > NAMED_IN_MESSAGE ? `; and ${undone.length - NAMED_IN_MESSAGE} more` : ''
    const message = `Uploaded ${uploaded} events but ${undone.length} failed (${named.join('; ')}${more})`
    const failure = { ...failureOf(undone[0]?.error ?? new SyncError('refused', message)), message }
    return reportOf({ status: 'error', message, counts, problems, failure })
  }
  const guarded =
    result.guarded.length === 0
      ? ''
      : `; left ${plural(result.guarded.length, 'meeting')} with guests alone, because a change of what this service did not write could send them mail`
  const plain = `Uploaded ${uploaded} of ${total} events (${result.unchanged} unchanged); deleted ${deleted} orphans${guarded}`
  if (verdict.reason === null) {
    return reportOf({ status: guarded === '' ? 'ok' : 'held', message: plain, counts, problems })
  }
  const held = `${plural(verdict.held.length, 'deletion')} held back because ${verdict.reason}`
  const wayOut = 'They are carried out once the feed has asked for them three times over 24 hours'
  return reportOf({ status: 'held', message: `${plain}; ${held}. ${wayOut}`, counts, problems })
}

function stoppedReport(stopped: SyncError, counts: RunReport['counts'], problems: readonly Problem[]): RunReport {
  if (counts.uploaded === 0 && counts.deleted === 0) throw stopped
  const message = `Uploaded ${counts.uploaded} events, then stopped: ${stopped.message}`
  return reportOf({
    status: stopped.kind === 'aborted' ? 'interrupted' : 'error',
    message,
    counts,
    problems,
    failure: failureOf(stopped),
  })
}

function guardedProblems(result: PushResult, context: ReportContext): Problem[] {
  return result.guarded.map((resource) => {
    const subject = context.describeResource(resource)
    return {
      code: 'meeting-left-alone',
      subject,
      uid: resource.uid,
      message: `${subject} has guests and was not written by this service. It was left as it is, because the server could tell the guests of a change. To have it follow the feed, delete it in the calendar yourself.`,
    }
  })
}

function heldProblems(result: PushResult, context: ReportContext): Problem[] {
  return result.verdict.held.map((op) => ({
    code: 'deletion-held',
    subject: context.describe(op),
    uid: op.uid,
    message: `${context.describe(op)} is no longer in the feed. It is kept for now because ${result.verdict.reason}.`,
  }))
}
