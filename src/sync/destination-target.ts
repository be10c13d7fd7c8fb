import { SyncError } from '../core/errors.ts'
import type { Destination } from '../core/items.ts'
import type { DiscoveredCalendar } from '../core/remote.ts'
import { collectionKey } from '../protocol/href.ts'
import type { EngineDeps } from './engine-deps.ts'
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
  if (dryRun && known === undefined) return { known: () => [], apply: () => undefined }
  const calendar =
    dryRun && known
      ? known
      : remote.saveCalendar('destination', destination.id, { url, displayName, color, readAt: deps.clock.now() })
  return {
    known: () => remote.resources(calendar.id),
    apply: (change) => {
      if (!dryRun) remote.apply(calendar.id, change)
    },
  }
}
