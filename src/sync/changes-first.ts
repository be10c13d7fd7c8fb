import { usableToken } from '../core/change-state.ts'
import { SyncError } from '../core/errors.ts'
import type { ItemKind } from '../core/items.ts'
import type { Account, Changes } from '../core/remote.ts'
import { collectionKey } from '../protocol/href.ts'
import type { KnownCalendar } from '../store/remote-types.ts'
import type { EngineDeps } from './engine-deps.ts'

/** An item's only calendar, and what has changed in it: read without looking for the calendar first. */
export interface ChangesFirst {
  readonly calendar: KnownCalendar
  readonly changes: Changes
}

/**
 * Asks the one calendar an item is known to have for its changes at once. That saves the look at it where the server
 * sends no texts along with the changes (Xandikos, DAViCal), so that one change costs two requests everywhere; where it
 * does send them, the look comes first, because its marks then save the REPORT. Null where that is not the way, or did
 * not work: then the calendar is looked for as usual, and its failure told as usual.
 */
export async function askChangesFirst(
  kind: ItemKind,
  id: number,
  account: Account,
  deps: EngineDeps,
  signal: AbortSignal,
): Promise<ChangesFirst | null> {
  const { remote } = deps.store
  const [calendar, ...others] = remote.calendars(kind, id)
  if (calendar === undefined || others.length > 0 || account.profile?.dataInSync !== false) return null
  // A source may name a home with one calendar so far; only its look tells of a second one.
  const isNamed = kind === 'destination' || collectionKey(account.url) === collectionKey(calendar.url)
  const token = usableToken(remote.state(calendar.id), deps.clock.now())
  if (!isNamed || token === null) return null
  try {
    const changes = await deps.openCalendar(account, calendar.url).changes(token, signal)
    return changes === null ? null : { calendar, changes }
  } catch (thrown) {
    const isOver = thrown instanceof SyncError && thrown.details.status === undefined
    if (isOver || signal.aborted) throw thrown
    return null
  }
}
