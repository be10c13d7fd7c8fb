import { SyncError } from '../core/errors.ts'
import type { ReadCalendar } from '../core/ical/objects.ts'
import type { Destination } from '../core/items.ts'
import type { Account, Changes, DiscoveredCalendar, RemoteCalendar } from '../core/remote.ts'
import { newProfile } from '../core/server-profile.ts'
import { collectionKey } from '../protocol/href.ts'
import { askChangesFirst } from './changes-first.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { KnownResources } from './pulled.ts'
import type { TargetMemory } from './push-memory.ts'

/**
 * With unchanged settings the calendar has to be the one this destination wrote to. Another one that took its name
 * (the first was deleted or renamed) is not to be mirrored over.
 */
export function refuseReplacement(destination: Destination, target: DiscoveredCalendar, deps: EngineDeps): void {
  const key = collectionKey(target.url)
  const remembered = deps.store.remote.calendars('destination', destination.id)[0]
  if (!remembered || collectionKey(remembered.url) === key) return
  throw new SyncError(
    'not-found',
    `The calendar this destination wrote to (${remembered.url}) is gone, and "${target.displayName}" at ${target.url} now has its name. If that is the one to write to, enter the last part of its address as the calendar name.`,
    { url: target.url },
  )
}

/** The target as found, and whether it is still to be made: then it is empty, and a dry run may look at it. */
export interface Target {
  readonly calendar: DiscoveredCalendar
  readonly remote: RemoteCalendar
  /** Since the last look, where that was asked at once. */
  readonly changes?: Changes
}

/**
 * Finds the calendar to write to. Where the account has none of this name, and the destination has never written to
 * one, it is made on request; a dry run gets an empty one instead. Throws SyncError `not-found` with what there is.
 */
export async function findTarget(
  destination: Destination,
  account: Account,
  feed: Pick<ReadCalendar, 'name' | 'color'>,
  deps: EngineDeps,
  signal: AbortSignal,
  dryRun: boolean,
): Promise<Target> {
  const first = await askChangesFirst('destination', destination.id, account, deps, signal)
  if (first !== null) {
    const calendar = { ...first.calendar, components: null }
    return { calendar, remote: deps.openCalendar(account, calendar.url), changes: first.changes }
  }
  const [remembered] = deps.store.remote.calendars('destination', destination.id)
  const open = (calendar: DiscoveredCalendar): Target => {
    refuseReplacement(destination, calendar, deps)
    return { calendar, remote: deps.openCalendar(account, calendar.url) }
  }
  try {
    const wanted = { calendarName: destination.calendar_name, knownUrl: remembered?.url ?? null }
    return open(await deps.findTarget(account, wanted, signal))
  } catch (thrown) {
    const absent = thrown instanceof SyncError && thrown.kind === 'not-found'
    if (!absent || remembered !== undefined || !destination.create_calendar) throw thrown
  }
  const wanted = { calendarName: destination.calendar_name, feedName: feed.name, color: feed.color }
  return dryRun
    ? notYetMade(account, destination.calendar_name)
    : open(await deps.createCalendar(account, wanted, signal))
}

function notYetMade({ url }: Account, displayName: string): Target {
  const never = () => Promise.reject(new SyncError('internal', 'A dry run was about to write; nothing was written.'))
  return {
    calendar: { url, displayName, color: null, components: null },
    remote: {
      url,
      profile: newProfile(),
      list: async () => ({ complete: true, resources: [] }),
      changes: async () => null,
      fetch: async () => ({ resources: [], unreadable: [], gone: [] }),
      create: never,
      update: never,
      remove: never,
    },
  }
}

const NOTHING_KNOWN: KnownResources = { all: () => [], haveTags: () => true }

/** The memory of this target; in a dry run only what is there already, and nothing is put down. */
export function openTarget(
  destination: Destination,
  target: DiscoveredCalendar,
  deps: EngineDeps,
  dryRun: boolean,
): TargetMemory {
  const { remote } = deps.store
  const { displayName, color } = target
  const url = collectionKey(target.url)
  const known = remote.calendars('destination', destination.id).find((calendar) => calendar.url === url)
  if (dryRun && known === undefined) return { known: NOTHING_KNOWN, state: () => null, apply: () => undefined }
  const save = (readAt: number | null) =>
    remote.saveCalendar('destination', destination.id, { url, displayName, color, readAt })
  // Older versions took a calendar for read as soon as it was opened.
  const isNew = known === undefined || (remote.state(known.id) === null && remote.outlines(known.id).length === 0)
  const calendar = dryRun && known ? known : save(isNew ? null : known.readAt)
  return {
    known: { all: () => remote.outlines(calendar.id), haveTags: () => remote.haveTags(calendar.id) },
    state: () => remote.state(calendar.id),
    // What is known already has to be compared with what comes: a first read that broke off goes on as any other.
    ...(isNew && !dryRun && { keep: (come) => remote.arrive(calendar.id, come) }),
    apply: (change) => {
      if (dryRun) return
      deps.store.transaction(() => {
        remote.apply(calendar.id, change)
        if (change.state) save(deps.clock.now())
      })
    },
  }
}
