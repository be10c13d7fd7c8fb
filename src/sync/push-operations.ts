import { diffObjects } from '../core/ical/diff.ts'
import type { PropertyChange, RunOperation } from '../core/operations.ts'
import type { PushOp, TargetResource } from '../core/plan-push.ts'
import type { PushResult } from './push.ts'
import { describeResource, eventsOf, type WantedObjects } from './wanted.ts'

/** What a run keeps of its operations; their number is counted beyond it. */
const LIMIT = 2000

/**
 * What a run did, or a dry run would do, operation by operation, with what changes in each event. In a dry run, where
 * there are no outcomes, each is given with the result null.
 */
export function operationsOf(result: PushResult, wanted: Pick<WantedObjects, 'events'>): readonly RunOperation[] {
  const { plan, verdict } = result
  const outcomes = new Map(result.outcomes.map((outcome) => [outcome.op, outcome]))
  const planned = [...plan.writes, ...verdict.allowed]
  const seen = new Set(result.outcomes.map(({ op }) => keyOf(op)))
  const tried = [...outcomes.keys(), ...planned.filter((op) => !seen.has(keyOf(op)))]
  const done = tried.slice(0, LIMIT).map((op): RunOperation => {
    const outcome = outcomes.get(op)
    return {
      kind: op.kind,
      uid: op.uid,
      subject: op.kind === 'delete' ? describeResource(op.resource) : op.subject,
      href: op.kind === 'create' ? null : op.resource.href,
      result: outcome?.result ?? null,
      reason: outcome && outcome.result !== 'done' ? outcome.error.message : null,
      changes: changesOf(op, wanted),
    }
  })
  const kept: RunOperation[] = [
    ...verdict.held.map((op) => leftAlone(op.resource, 'delete', 'held', verdict.reason)),
    ...verdict.dismissed.map((op) => leftAlone(op.resource, 'delete', 'left-alone', 'a person said that it stays')),
    ...plan.guarded.map((resource) =>
      leftAlone(resource, 'update', 'left-alone', 'a change could send mail to guests'),
    ),
    ...plan.edited.map((resource) => leftAlone(resource, 'update', 'left-alone', 'it was edited in the calendar')),
    ...plan.declined.map(({ wanted: { uid, subject }, why, message }) => ({
      kind: 'update' as const,
      uid,
      subject,
      href: null,
      result: why === 'refused' ? ('refused-before' as const) : ('left-alone' as const),
      reason: message,
      changes: [],
    })),
  ]
  return [...done, ...kept].slice(0, LIMIT)
}

/** How many operations there are in all. */
export function operationCount({ plan, verdict, outcomes }: PushResult): number {
  const tried = Math.max(outcomes.length, plan.writes.length + verdict.allowed.length)
  const kept = verdict.held.length + verdict.dismissed.length + plan.guarded.length
  return tried + kept + plan.edited.length + plan.declined.length
}

function keyOf(op: PushOp): string {
  return `${op.kind === 'delete' ? 'delete' : 'write'} ${op.uid}`
}

function changesOf(op: PushOp, wanted: Pick<WantedObjects, 'events'>): readonly PropertyChange[] {
  const before = op.kind === 'create' ? [] : eventsOf(op.resource)
  return diffObjects(before, op.kind === 'delete' ? [] : wanted.events(op))
}

function leftAlone(
  resource: TargetResource,
  kind: RunOperation['kind'],
  result: RunOperation['result'],
  reason: string | null,
): RunOperation {
  const { href, uid } = resource
  return { kind, uid, subject: describeResource(resource), href, result, reason, changes: [] }
}
