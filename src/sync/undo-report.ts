import { diffObjects } from '../core/ical/diff.ts'
import type { RunOperation } from '../core/operations.ts'
import type { TargetResource } from '../core/plan-push.ts'
import type { UndoStep } from '../core/plan-undo.ts'
import type { RunReport } from '../core/runs.ts'
import type { Problem } from '../core/types.ts'
import { type Outcome, problemOf } from './apply-push.ts'
import { failureOf, plural, reportOf } from './report.ts'
import type { JournalledEntry, UndoResult } from './undo.ts'
import { describeResource, eventsOf } from './wanted.ts'

/** The report of a run that took another one back. */
export function undoReport({ plan, applied }: UndoResult, undoneRunId: number): RunReport {
  const { outcomes, stopped } = applied
  const results = new Map(outcomes.map((outcome) => [outcome.op, outcome]))
  const failed = outcomes.flatMap((outcome) => (outcome.result === 'done' ? [] : [outcome]))
  const done = outcomes.length - failed.length
  const subjects = new Map(plan.steps.map(({ op, entry }) => [op, entry.subject]))
  const operations = plan.steps.map((step) => operationOf(step, results.get(step.op)))
  const problems = [
    ...failed.map(({ op, error }) => problemOf(op, error, subjects.get(op) ?? op.uid)),
    ...plan.edited.map(keptEdit),
  ]
  const { edited, steps, unchanged } = plan
  const left = edited.length === 0 ? '' : `; left ${plural(edited.length, 'event')} alone that somebody changed since`
  const counts = {
    undone: done,
    failed: failed.length,
    edited: edited.length,
    unchanged,
    operations: operations.length,
  }
  const message = `Took back ${done} of ${plural(steps.length, 'change')} of run ${undoneRunId}${left}`
  const error = stopped ?? failed[0]?.error
  if (error === undefined) return reportOf({ status: 'ok', message, counts, problems, operations })
  const failure = { ...failureOf(error), message: `${message}; then: ${error.message}` }
  const status = error.kind === 'aborted' ? 'interrupted' : 'error'
  return reportOf({ status, message: failure.message, counts, problems, operations, failure })
}

function operationOf({ op, entry }: UndoStep<JournalledEntry>, outcome: Outcome | undefined): RunOperation {
  const before = op.kind === 'create' ? [] : eventsOf(op.resource)
  return {
    kind: op.kind,
    uid: op.uid,
    subject: op.kind === 'delete' ? describeResource(op.resource) : entry.subject,
    href: op.kind === 'create' ? entry.href : op.resource.href,
    result: outcome?.result ?? null,
    reason: outcome && outcome.result !== 'done' ? outcome.error.message : null,
    changes: diffObjects(before, entry.before === null ? [] : eventsOf(entry.before)),
  }
}

function keptEdit(resource: TargetResource): Problem {
  const subject = describeResource(resource)
  return {
    code: 'edit-kept',
    subject,
    uid: resource.uid,
    message: `${subject} was changed by somebody after that run and is left as it is. Undo with include_edited to bring it back as well.`,
  }
}
