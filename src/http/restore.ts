/** What sources and destinations share in taking a deletion back. */
import { SyncError } from '../core/errors.ts'
import type { ItemKind } from '../core/items.ts'
import type { AppDeps } from './deps.ts'
import { ApiError } from './errors.ts'

/** Puts the item back and lets it run; gives its id. */
export function bringBack({ store, runner, events }: AppDeps, kind: ItemKind, id: number): number {
  if (!store.bin.has(kind, id)) {
    throw new ApiError(
      404,
      `There is no deleted ${kind} ${id} to bring back: ten minutes have passed, or the service was started anew`,
    )
  }
  try {
    store.bin.restore(kind, id)
  } catch (thrown) {
    if (!(thrown instanceof SyncError && thrown.kind === 'refused')) throw thrown
    throw new ApiError(
      409,
      `The ${kind} cannot be brought back: another one has its address now. Change that one first`,
    )
  }
  runner.changed(kind, id)
  events.publish({ type: 'item-changed', kind, item_id: id, change: 'created' })
  return id
}
