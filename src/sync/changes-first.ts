import { isClock, usableToken } from '../core/change-state.ts'
import { SyncError } from '../core/errors.ts'
import type { ItemKind } from '../core/items.ts'
import type { Account, Changes } from '../core/remote.ts'
import { collectionKey, collectionUrl } from '../protocol/href.ts'
import type { KnownCalendar } from '../store/remote-types.ts'
import type { EngineDeps } from './engine-deps.ts'

/** An item's only calendar, and what has changed in it: read without looking for the calendar first. */
export interface ChangesFirst {
  readonly calendar: KnownCalendar
  readonly changes: Changes
}

/**
 * Asks the one calendar an item is known to have for its changes at once: one request where nothing has changed, and one
 * or two where something has. Null where that is not the way, where it did not work, and where its answer needs a look
 * at the calendar beside it: then the calendar is looked for as usual, and its failure told as usual.
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
  if (calendar === undefined || others.length > 0) return null
  // A source may name a home with one calendar so far; only its look tells of a second one.
  const isNamed = kind === 'destination' || collectionKey(account.url) === collectionKey(calendar.url)
  const token = usableToken(remote.state(calendar.id), deps.clock.now())
  // Of a destination's calendar the key is known.
  const url = kind === 'destination' ? collectionUrl(calendar.url) : calendar.url
  if (!isNamed || url === null || token === null || isClock(token)) return null
  try {
    const changes = await deps.openCalendar(account, url).changes(token, wantsTexts(kind, id, deps), signal)
    if (changes === null || isUncertain(changes, token, account)) return null
    return { calendar: { ...calendar, url }, changes }
  } catch (thrown) {
    const isOver = thrown instanceof SyncError && (thrown.details.status === undefined || thrown.kind === 'login')
    if (isOver || signal.aborted) throw thrown
    return null
  }
}

/**
 * No change, and yet another token: a server put back to an older state answers like that, and only the marks of the
 * calendar tell. Those that send no texts along (Xandikos, DAViCal) refuse a token that they do not know, or name everything.
 */
function isUncertain({ changed, removed, syncToken }: Changes, token: string, { profile }: Account): boolean {
  return changed.length === 0 && removed.length === 0 && syncToken !== token && profile?.dataInSync !== false
}

/**
 * Whether texts are to come along: in a destination's calendar only where the echo of the one event that its last run wrote
 * is expected. More of them call for a listing, and else nearly every answer is empty there: the question had better be
 * short.
 */
function wantsTexts(kind: ItemKind, itemId: number, { store }: EngineDeps): boolean {
  if (kind === 'source') return true
  const last = store.runs.list({ kind, itemId, limit: 2 }).find(({ status }) => status !== 'running')
  return last?.counts.uploaded === 1
}
