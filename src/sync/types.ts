import type { ItemKind } from '../core/items.ts'
import type { RunReport, RunTrigger } from '../core/runs.ts'

/** What the HTTP layer may ask of the engine. Runs are jobs: a caller waits for one but does not own it. */
export interface Runner {
  /**
   * Starts a run of this item, or joins the one under way, and waits for its report. Never rejects for a failed run:
   * the report says so. Rejects only when the service is stopping.
   */
  run(kind: ItemKind, id: number, trigger: RunTrigger): Promise<RunReport>
  /** The item was created, or a setting its run uses was changed: end its present run at a safe point, run anew soon. */
  changed(kind: ItemKind, id: number): void
  /** The interval alone was changed: reschedule, leave a run under way alone. */
  rescheduled(kind: ItemKind, id: number): void
  /** The item was deleted: end its run at a safe point and forget it. */
  removed(kind: ItemKind, id: number): void
}
