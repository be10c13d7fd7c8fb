import { SyncError } from '../core/errors.ts'
import { isUnstable } from '../core/pairing.ts'
import type { PushOp } from '../core/plan-push.ts'
import type { RunReport } from '../core/runs.ts'
import type { Problem } from '../core/types.ts'
import { problemOf } from './apply-push.ts'
import { planReport } from './plan-report.ts'
import type { PushResult } from './push.ts'
import { operationCount, operationsOf } from './push-operations.ts'
import { failureOf, plural, reportOf } from './report.ts'
import { describeResource, type WantedObjects } from './wanted.ts'

/** How many failed events the message names; the run's problems name them all. */
const NAMED_IN_MESSAGE = 3

interface ReportContext {
  /** Objects in the feed, those we could not read included. */
  readonly feedSize: number
  readonly findings: readonly Problem[]
  readonly wanted: Pick<WantedObjects, 'events'>
  /** It was only planned. */
  readonly dryRun: boolean
}

/**
 * The report of a destination run, in the contract's words. Throws the error that stopped the run where one did and
 * nothing had been written before.
 */
export function destinationReport(result: PushResult, context: ReportContext): RunReport {
  const { outcomes, stopped, verdict, plan } = result
  if (context.dryRun) {
    const problems = [...keptProblems(result), ...result.pulled.unreadable, ...context.findings]
    return planReport(result, { problems, operations: operationsOf(result, context.wanted) })
  }
  const done = outcomes.filter((outcome) => outcome.result === 'done')
  const uploaded = done.filter((outcome) => outcome.op.kind !== 'delete').length
  const created = done.filter((outcome) => outcome.op.kind === 'create').length
  const deleted = done.length - uploaded
  const undone = outcomes.flatMap((outcome) => (outcome.result === 'done' ? [] : [outcome]))
  const unwritten = undone.filter((outcome) => outcome.op.kind !== 'delete').length
  const refused = plan.declined.filter(({ why }) => why === 'refused')
  const total = uploaded + unwritten + plan.unchanged + refused.length
  const counts = {
    uploaded,
    created,
    updated: uploaded - created,
    skipped: plan.unchanged,
    deleted,
    total,
    failed: undone.length,
    refused: refused.length,
    past: plan.past,
    archived: plan.archived,
    foreign: plan.foreign,
    guarded: plan.guarded.length,
    edited: plan.edited.length,
    held: verdict.held.length,
    dismissed: verdict.dismissed.length,
    renamed: plan.renamed.length,
    feed: context.feedSize,
    operations: operationCount(result),
  }
  const problems = [
    ...undone.map(({ op, error }) => problemOf(op, error, describe(op))),
    ...keptProblems(result),
    ...unstableUids(result, context.feedSize),
    ...result.pulled.unreadable,
    ...context.findings,
  ]
  const parts = { counts, problems, operations: operationsOf(result, context.wanted) }
  if (stopped) return stoppedReport(stopped, parts)
  if (undone.length > 0) {
    const named = undone.slice(0, NAMED_IN_MESSAGE).map(({ op, error }) => `${describe(op)}: ${error.message}`)
    const more = undone.length > NAMED_IN_MESSAGE ? `; and ${undone.length - NAMED_IN_MESSAGE} more` : ''
    const message = `Uploaded ${uploaded} events but ${undone.length} failed (${named.join('; ')}${more})`
    const failure = { ...failureOf(undone[0]?.error ?? new SyncError('refused', message)), message }
    return reportOf({ ...parts, status: 'error', message, failure })
  }
  const plain = `Uploaded ${uploaded} of ${total} events (${plan.unchanged} unchanged); deleted ${deleted} orphans`
  const clauses = [
    plain,
    ...(plan.guarded.length === 0
      ? []
      : [
          `left ${plural(plan.guarded.length, 'meeting')} with guests alone, because a change of what this service did not write could send them mail`,
        ]),
    ...refusedClause(refused),
  ]
  if (verdict.reason !== null) {
    const held = `${plural(verdict.held.length, 'deletion')} held back because ${verdict.reason}`
    const wayOut =
      'Approve or dismiss them; without an answer they are carried out once the feed has asked for them three times over 24 hours'
    return reportOf({ ...parts, status: 'held', message: `${[...clauses, held].join('; ')}. ${wayOut}` })
  }
  const status = plan.guarded.length > 0 ? 'held' : refused.length > 0 ? 'partial' : 'ok'
  return reportOf({ ...parts, status, message: clauses.join('; ') })
}

function refusedClause(refused: PushResult['plan']['declined']): string[] {
  if (refused.length === 0) return []
  const named = refused.slice(0, NAMED_IN_MESSAGE).map(({ wanted, message }) => `${wanted.subject}: ${message}`)
  const more = refused.length > NAMED_IN_MESSAGE ? `; and ${refused.length - NAMED_IN_MESSAGE} more` : ''
  return [
    `${plural(refused.length, 'event')} left out because the server refused it before (${named.join('; ')}${more}); it is sent again when it changes in the feed, or by Sync Now`,
  ]
}

/** Names the event of an operation for people. */
function describe(op: PushOp): string {
  return op.kind === 'delete' ? describeResource(op.resource) : op.subject
}

function stoppedReport(stopped: SyncError, parts: Pick<RunReport, 'counts' | 'problems' | 'operations'>): RunReport {
  const { uploaded = 0, deleted = 0 } = parts.counts
  if (uploaded === 0 && deleted === 0) throw stopped
  const message = `Uploaded ${uploaded} events, then stopped: ${stopped.message}`
  const status = stopped.kind === 'aborted' ? 'interrupted' : 'error'
  return reportOf({ ...parts, status, message, failure: failureOf(stopped) })
}

/** One problem for each event that was not made what the feed says, although nothing failed. */
function keptProblems({ plan, verdict }: PushResult): Problem[] {
  return [
    ...verdict.held.map(
      (op): Problem => ({
        code: 'deletion-held',
        subject: describe(op),
        uid: op.uid,
        message: `${describe(op)} is no longer in the feed. It is kept for now because ${verdict.reason}.`,
      }),
    ),
    ...plan.guarded.map((resource): Problem => {
      const subject = describeResource(resource)
      return {
        code: 'meeting-left-alone',
        subject,
        uid: resource.uid,
        message: `${subject} has guests and was not written by this service. It was left as it is, because the server could tell the guests of a change. To have it follow the feed, delete it in the calendar yourself.`,
      }
    }),
    ...plan.edited.map((resource): Problem => {
      const subject = describeResource(resource)
      return {
        code: 'edit-kept',
        subject,
        uid: resource.uid,
        message: `${subject} was edited in the calendar and is left as it is. To have it follow the feed again, release it or edit it back.`,
      }
    }),
    ...plan.declined.map(
      ({ wanted: { uid, subject }, why, message }): Problem => ({
        code: why === 'refused' ? 'event-refused' : 'event-undone',
        subject,
        uid,
        message:
          why === 'refused'
            ? `${subject} was refused by the server and is not sent again before it changes: ${message}`
            : `${subject} is left as it is, because its last change was undone. It follows the feed again when it changes there.`,
      }),
    ),
  ]
}

/** Pitfall I7: said once for the feed, since none of its events is at fault. */
function unstableUids({ plan }: PushResult, feedSize: number): Problem[] {
  const created = plan.writes.filter(({ kind }) => kind === 'create').length
  if (!isUnstable(plan.renamed.length + created, plan.renamed.length, feedSize)) return []
  return [
    {
      code: 'unstable-uids',
      subject: 'The feed',
      message: `The feed gives its events new UIDs at each download (${plan.renamed.length} this time). They are recognised by their content and cost no writing; nothing needs to be done.`,
      repaired: true,
    },
  ]
}
