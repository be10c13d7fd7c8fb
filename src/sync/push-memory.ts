import type { CalendarState } from '../core/change-state.ts'
import type { Href } from '../core/types.ts'
import type { KnownResource, ResourceChange } from '../store/remote-types.ts'
import type { Outcome } from './apply-push.ts'
import type { KnownResources, PullOptions } from './pulled.ts'

/** What is remembered of the target calendar between runs. */
export interface TargetMemory {
  readonly known: KnownResources
  /** As it was after the last read; null: never read. */
  state(): CalendarState | null
  apply(change: ResourceChange): void
  /** Stores what is read for the first time as it comes; absent where something is known, and where nothing may be stored. */
  readonly keep?: PullOptions['keep']
}

/** How many outcomes are stored in one transaction. */
const BATCH = 20

/** Stores outcomes in batches as they come, so that a crash forgets at most one batch (pitfall W15). */
export function rememberer(memory: TargetMemory): { add: (outcome: Outcome) => void; flush: () => void } {
  let upsert: KnownResource[] = []
  let remove: Href[] = []
  const flush = () => {
    if (upsert.length + remove.length > 0) memory.apply({ upsert, remove })
    upsert = []
    remove = []
  }
  return {
    flush,
    add({ op, result, ...outcome }) {
      if (result !== 'done') return
      const resource = 'resource' in outcome ? outcome.resource : null
      if (resource) upsert.push(resource)
      else if (op.kind === 'delete') remove.push(op.resource.href)
      if (upsert.length + remove.length >= BATCH) flush()
    },
  }
}
