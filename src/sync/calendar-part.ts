/** The calendars of a source, read one by one: the trouble of one stays its own. */
import { type SyncError, toSyncError } from '../core/errors.ts'
import type { Source } from '../core/items.ts'
import type { Account, Changes, DiscoveredCalendar } from '../core/remote.ts'
import { collectionKey } from '../protocol/href.ts'
import type { KnownCalendar, KnownResource } from '../store/remote-types.ts'
import type { EngineDeps } from './engine-deps.ts'
import { pull } from './pull.ts'
import type { Pulled } from './pulled.ts'
import type { RunControl } from './run-control.ts'

/** One calendar of the account in this run: read just now, or kept as it was last read. */
export interface CalendarPart {
  readonly known: KnownCalendar
  readonly pulled: Pulled | null
  readonly failure: SyncError | null
}

/** Of the calendars of the account those that a person chose for the feed. */
export function chosenOf(source: Source, found: readonly DiscoveredCalendar[]): readonly DiscoveredCalendar[] {
  return found.filter(({ url }) => isChosen(source, url))
}

export function isChosen({ calendars = null }: Source, url: string): boolean {
  return calendars === null || calendars.some((chosen) => collectionKey(chosen) === collectionKey(url))
}

/** What is known of this calendar by now. Throws only what concerns the whole account, and a run told to end. */
export async function readPart(
  source: Source,
  account: Account,
  calendar: DiscoveredCalendar,
  deps: EngineDeps,
  control: RunControl,
  { refused = null, changes }: { refused?: SyncError | null; changes?: Changes | undefined } = {},
): Promise<CalendarPart> {
  const { remote } = deps.store
  const before = remote.calendars('source', source.id).find((known) => known.url === calendar.url)
  const known = remote.saveCalendar('source', source.id, {
    url: calendar.url,
    displayName: calendar.displayName,
    color: calendar.color,
    readAt: before?.readAt ?? null,
  })
  if (refused) return { known, pulled: null, failure: refused }
  try {
    const collection = deps.openCalendar(account, calendar.url)
    const look = {
      state: remote.state(known.id),
      marks: calendar.marks,
      changes,
      now: deps.clock.now(),
      progress: control.progress,
      fingerprints: false,
      keep: known.readAt === null ? (come: readonly KnownResource[]) => remote.arrive(known.id, come) : undefined,
    }
    const resources = { all: () => remote.outlines(known.id), haveTags: () => remote.haveTags(known.id) }
    return { known, pulled: await pull(collection, resources, control.soft, look), failure: null }
  } catch (thrown) {
    const failure = toSyncError(thrown)
    if (failure.kind === 'login' || failure.kind === 'aborted') throw failure
    return { known, pulled: null, failure }
  }
}

/**
 * Calendars we know that discovery did not name. Only when the server itself says that a calendar is not there does
 * it leave the feed; in any other case its last good events stay (pitfalls R1, R3).
 */
export async function readVanished(
  source: Source,
  account: Account,
  found: readonly DiscoveredCalendar[],
  deps: EngineDeps,
  control: RunControl,
): Promise<{ kept: CalendarPart[]; gone: KnownCalendar[] }> {
  const named = new Set(found.map((calendar) => calendar.url))
  const kept: CalendarPart[] = []
  const gone: KnownCalendar[] = []
  for (const known of deps.store.remote.calendars('source', source.id)) {
    if (named.has(known.url) || !isChosen(source, known.url)) continue
    const part = await readPart(source, account, { ...known, components: null }, deps, control).catch(
      (thrown: unknown) => {
        const failure = toSyncError(thrown)
        // Discovery went well with this login: it is this one calendar that is closed to it.
        if (failure.kind !== 'login') throw failure
        return { known, pulled: null, failure }
      },
    )
    if (part.failure?.kind === 'not-found') gone.push(known)
    else kept.push(part)
  }
  return { kept, gone }
}
