import { SyncError } from '../core/errors.ts'
import type { Destination, ItemKind, Source } from '../core/items.ts'
import type { Account } from '../core/remote.ts'
import type { EngineDeps } from './engine-deps.ts'

/** How an item signs in to its server. Throws SyncError `aborted` where the item was deleted meanwhile. */
export function accountOf(
  kind: ItemKind,
  item: Source | Destination,
  deps: Pick<EngineDeps, 'store' | 'profiles'>,
): Account {
  const { store, profiles } = deps
  const password = kind === 'source' ? store.sources.password(item.id) : store.destinations.password(item.id)
  if (!password) throw new SyncError('aborted', `The ${kind} was deleted.`)
  const { caldav_url: url, username, connection = null } = item
  return { url, username, password, connection, profile: profiles.of({ url, username }) }
}
