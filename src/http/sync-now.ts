import type { ItemKind } from '../core/items.ts'
import type { RunCounts } from '../core/runs.ts'
import type { AppDeps } from './deps.ts'
import { shownError } from './redact.ts'

export interface SyncAnswer {
  readonly code: 200 | 404 | 500 | 503
  readonly status: 'success' | 'error'
  readonly message: string
  /** Empty unless the run succeeded. */
  readonly counts: RunCounts
}

/**
 * Runs an item by hand and waits for its report; `id` undefined: there is no such item. The run is the runner's: it goes
 * on when the client that asked for it goes away.
 */
export async function runNow(
  deps: AppDeps,
  kind: ItemKind,
  id: number | undefined,
  trigger: 'manual' | 'approve' = 'manual',
): Promise<SyncAnswer> {
  const failed = (code: 404 | 500 | 503, message: string): SyncAnswer => ({
    code,
    status: 'error',
    message,
    counts: {},
  })
  if (id === undefined) return failed(404, kind === 'source' ? 'Source not found' : 'Destination not found')
  try {
    const report = await deps.runner.run(kind, id, trigger)
    if (report.status === 'error' || report.status === 'interrupted')
      return failed(500, shownError(report.failure?.message ?? report.message))
    return { code: 200, status: 'success', message: shownError(report.message), counts: report.counts }
  } catch (thrown) {
    deps.log.warn('A run by hand was not begun', { reason: thrown instanceof Error ? thrown.message : String(thrown) })
    return failed(503, 'The service is stopping; try again in a moment')
  }
}
