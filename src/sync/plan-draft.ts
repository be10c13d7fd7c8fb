import { SyncError } from '../core/errors.ts'
import type { Destination, DestinationSettings, WithPassword } from '../core/items.ts'
import type { RunReport } from '../core/runs.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { Locks } from './locks.ts'
import { runDestination } from './run-destination.ts'

const TOO_LONG =
  'The feed and the calendar took too long to be read; try again, or save the destination and look at its plan.'

/** No row has it: ids begin at 1. */
const DRAFT_ID = 0

/**
 * What the first run of a destination would do that is not stored yet; nothing is written, neither there nor here.
 * Throws SyncError where the feed or the calendar cannot be read.
 */
export async function planDraft(
  { password, ...settings }: DestinationSettings & WithPassword,
  deps: EngineDeps,
  locks: Locks,
  signal: AbortSignal,
): Promise<RunReport> {
  const { destinations } = deps.store
  const store = {
    ...deps.store,
    destinations: {
      ...destinations,
      password: (id: number) => (id === DRAFT_ID ? password : destinations.password(id)),
    },
  }
  const draft: Destination = {
    ...settings,
    id: DRAFT_ID,
    rules_salt: 'draft',
    last_synced: null,
    last_sync_status: null,
    last_sync_error: null,
    created_at: '1970-01-01 00:00:00',
    last_attempt_at: null,
    last_success_at: null,
    next_run_at: null,
    failures: 0,
  }
  const control = { soft: signal, hard: signal, progress: () => undefined }
  try {
    return await runDestination(draft, { ...deps, store }, locks, control, null)
  } catch (thrown) {
    if (!signal.aborted) throw thrown
    throw new SyncError('aborted', TOO_LONG, { cause: thrown })
  }
}
