import type { RunReport } from '../core/runs.ts'
import type { PushResult } from './push.ts'
import { plural, reportOf } from './report.ts'

/** What a run would do, in one sentence and in counts; the operations tell it event by event. */
export function planReport(
  { plan, verdict }: PushResult,
  parts: Pick<RunReport, 'problems' | 'operations'>,
): RunReport {
  const create = plan.writes.filter(({ kind }) => kind === 'create').length
  const update = plan.writes.length - create
  const remove = verdict.allowed.length
  const held = verdict.held.length
  const waits = held === 0 ? '' : `; ${plural(held, 'deletion')} would be held back because ${verdict.reason}`
  return reportOf({
    ...parts,
    status: held > 0 ? 'held' : 'ok',
    message: `Would add ${create}, update ${update} and remove ${plural(remove, 'event')}; ${plan.unchanged} unchanged${waits}. Nothing was written`,
    counts: {
      create,
      update,
      delete: remove,
      held,
      unchanged: plan.unchanged,
      past: plan.past,
      archived: plan.archived,
      foreign: plan.foreign,
      guarded: plan.guarded.length,
      edited: plan.edited.length,
      declined: plan.declined.length,
    },
  })
}
