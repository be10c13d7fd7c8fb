import type { Item } from './types.ts'

export type State = 'syncing' | 'paused' | 'held' | 'error' | 'ok' | 'never'

/** In the order in which a person wants to see them first. */
export const states: readonly State[] = ['held', 'error', 'syncing', 'never', 'ok', 'paused']

export function stateOf(item: Item, syncing: boolean): State {
  if (syncing) return 'syncing'
  if (item.paused) return 'paused'
  if ((item.held ?? 0) > 0) return 'held'
  return item.last_sync_status ?? 'never'
}
