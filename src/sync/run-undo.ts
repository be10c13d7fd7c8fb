import { SyncError } from '../core/errors.ts'
import type { HeldDeletion } from '../core/governor.ts'
import { guestsFor } from '../core/ical/scheduling.ts'
import { silenceText } from '../core/ical/upload.ts'
import type { Destination } from '../core/items.ts'
import type { RunReport } from '../core/runs.ts'
import { collectionKey } from '../protocol/href.ts'
import { accountOf } from './account.ts'
import { openTarget, refuseReplacement } from './destination-target.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { Locks } from './locks.ts'
import { pushNames } from './push-names.ts'
import type { RunControl } from './run-control.ts'
import type { UndoOrder } from './types.ts'
import { type UndoResult, undo } from './undo.ts'
import { undoReport } from './undo-report.ts'

/** Which run is to be taken back, and by which. */
type UndoRequest = UndoOrder & { readonly runId: number }

/**
 * A run that takes another one of the same destination back, as far as its journal reaches. What was taken back is not
 * done again before the feed changes it. Throws SyncError where the calendar cannot be read: nothing was written.
 */
export async function runUndo(
  destination: Destination,
  request: UndoRequest,
  deps: EngineDeps,
  locks: Locks,
  control: RunControl,
): Promise<RunReport> {
  const { store, clock } = deps
  const { id } = destination
  const account = accountOf('destination', destination, deps)
  const wanted = { calendarName: destination.calendar_name, knownUrl: null }
  const target = await deps.findTarget(account, wanted, control.soft)
  refuseReplacement(destination, target, deps)
  const calendarUrl = collectionKey(target.url)
  const entries = store.journal.ofRun(request.undoneRunId)
  if (entries.some((entry) => entry.calendarUrl !== calendarUrl)) {
    throw new SyncError(
      'refused',
      'This run wrote to another calendar than the one this destination has now, so it cannot be undone from here; set the calendar back first.',
    )
  }
  const guests = guestsFor(destination.guests, target.url)
  const result = await locks.hold(calendarUrl, control.soft, () =>
    undo(
      {
        clock,
        remote: deps.openCalendar(account, target.url),
        memory: openTarget(destination, target, deps, false),
        names: pushNames(destination),
        entries,
        includeEdited: request.includeEdited,
        now: clock.now(),
        silence: (text) => silenceText(text, { guests, defineZone: deps.defineZone }),
        journal: (note) =>
          store.journal.record({
            ...note,
            runId: request.runId,
            destinationId: id,
            calendarUrl,
            at: clock.now(),
          }),
      },
      control,
    ),
  )
  store.transaction(() => rememberAnswers(id, result.done, request, deps))
  return undoReport(result, request.undoneRunId)
}

/** What was taken back stays so: its edition is declined, a deletion is dismissed. Taking an undo back lifts both. */
function rememberAnswers(
  destinationId: number,
  steps: UndoResult['done'],
  request: UndoRequest,
  { store, clock }: EngineDeps,
): void {
  const lifts = isUndo(request.undoneRunId, store)
  const waiting = new Map<string, HeldDeletion>(store.held.get(destinationId).map((held) => [held.href, held]))
  const now = clock.now()
  for (const { op, entry, declines } of steps) {
    const href = op.kind === 'create' ? entry.href : op.resource.href
    if (lifts) {
      store.decisions.remove(destinationId, 'undone', op.uid)
      waiting.delete(href)
      continue
    }
    if (entry.after === null) {
      const { subject, uid } = entry
      waiting.set(href, { href, uid, subject, firstSeenAt: now, times: 0, answer: 'dismissed' })
    }
    if (declines === null) continue
    const message = 'a person took back this change'
    const decision = { uid: op.uid, kind: 'undone', fingerprint: declines, message, runId: request.runId } as const
    store.decisions.put(destinationId, { ...decision, at: now, retryAt: null })
  }
  store.held.put(destinationId, [...waiting.values()])
}

/** True for an undo, false for the undo of an undo, and so on down to a run of another kind. */
function isUndo(runId: number, store: EngineDeps['store']): boolean {
  const undoOf = store.runs.get(runId)?.undo_of ?? null
  return undoOf !== null && !isUndo(undoOf, store)
}
