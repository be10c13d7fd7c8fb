import { readCalendar } from '../core/ical/objects.ts'
import { isFuture } from '../core/ical/window.ts'
import type { RemoteCalendar } from '../core/remote.ts'
import type { EpochMs } from '../core/types.ts'
import type { KnownResource } from '../store/remote-types.ts'

/** No known server hides what ended less than this ago. */
const WINDOW_MS = 30 * 24 * 60 * 60 * 1000
/** So many of what is missing are asked for; a clean-up of the past is not asked for one by one. */
const SAMPLE = 3

/**
 * Of resources that a listing lacks, those it may only hide: some servers list no events from the far past
 * (Open-Xchange), so that events slide out of the listing with the clock (pitfall R13). What is old and can still be
 * read by its href has not been deleted, and neither then have its likes.
 */
export async function hiddenByWindow(
  remote: RemoteCalendar,
  missing: readonly KnownResource[],
  now: EpochMs,
  signal: AbortSignal,
): Promise<readonly KnownResource[]> {
  const old = missing.filter((resource) => endedLongAgo(resource, now))
  if (old.length === 0) return []
  const { resources } = await remote.fetch(
    old.slice(-SAMPLE).map(({ href }) => href),
    signal,
  )
  return resources.length > 0 ? old : []
}

function endedLongAgo({ uid, text }: KnownResource, now: EpochMs): boolean {
  if (uid === null) return false
  const options = { defaultZone: 'UTC' }
  return readCalendar(text).objects.every((object) => !isFuture(object, now - WINDOW_MS, options))
}
