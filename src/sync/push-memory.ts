import type { Href } from '../core/types.ts'
import type { KnownResource } from '../store/types.ts'
import type { Outcome } from './apply-push.ts'

/** What is remembered of the target calendar between runs. */
export interface TargetMemory {
  known(): readonly KnownResource[]
  apply(change: { readonly upsert: readonly KnownResource[]; readonly remove: readonly Href[] }): void
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
