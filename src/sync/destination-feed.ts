import { createHash } from 'node:crypto'
import { SyncError } from '../core/errors.ts'
import { decodeCalendarBytes } from '../core/ical/decode.ts'
import { anchorFloating } from '../core/ical/floating.ts'
import { type ReadCalendar, readCalendarInSteps } from '../core/ical/objects.ts'
import type { Destination } from '../core/items.ts'
import { atOnce, type Steps } from '../core/steps.ts'
import type { Problem } from '../core/types.ts'
import type { StoredDownload } from '../store/types.ts'
import { anyFeed } from './any-feed.ts'
import type { EngineDeps } from './engine-deps.ts'
import { pack, unpack, unpackNow } from './packed-text.ts'
import { inTurns } from './run-control.ts'

export interface FeedReading {
  readonly calendar: ReadCalendar
  /** SHA-256 (base64url) of its decoded text: the tag it has where it is one of our own feeds. */
  readonly tag: string
  /** To be stored once the feed has been read in full; null where the stored one still holds. */
  readonly download: StoredDownload | null
  readonly findings: readonly Problem[]
}

/**
 * Downloads a destination's feed, conditionally where a good copy is stored, and reads it in full. Throws SyncError
 * for anything that is not a whole calendar (pitfalls I1, I2): the stored copy then stays what it was.
 */
export async function readDestinationFeed(
  destination: Destination,
  deps: EngineDeps,
  signal: AbortSignal,
): Promise<FeedReading> {
  const stored = deps.store.downloads.get(destination.id)
  const usable = stored?.url === destination.ics_url ? stored : undefined
  const etag = usable?.etag ?? null
  const lastModified = usable?.lastModified ?? null
  const connection = destination.feed_connection ?? null
  const answer = await anyFeed({ url: destination.ics_url, etag, lastModified, connection }, deps, signal)
  if (answer.kind === 'not-modified') {
    if (!usable)
      throw new SyncError(
        'protocol',
        'The feed answered "not modified" although nothing of it is known yet. Check the feed URL, and any proxy on the way.',
      )
    const bytes = await unpack(usable.packed)
    return { ...(await inTurns(read(bytes.toString(), deps), signal)), tag: tagOf(bytes), download: null }
  }
  const decoded = decodeCalendarBytes(answer.bytes, answer.charset)
  const { calendar, findings } = await inTurns(read(decoded.text, deps), signal)
  const bytes = Buffer.from(decoded.text)
  return {
    calendar,
    tag: tagOf(bytes),
    download: {
      url: destination.ics_url,
      etag: answer.etag,
      lastModified: answer.lastModified,
      packed: await pack(bytes),
      fetchedAt: deps.clock.now(),
    },
    findings: [...decoded.findings, ...findings],
  }
}

/** The feed as it was last downloaded from its present address; null where it never was. */
export function storedFeed(
  destination: Destination,
  deps: Pick<EngineDeps, 'store' | 'defaultZone'>,
): ReadCalendar | null {
  const stored = deps.store.downloads.get(destination.id)
  return stored?.url === destination.ics_url ? atOnce(read(unpackNow(stored.packed).toString(), deps)).calendar : null
}

function tagOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url')
}

function* read(
  text: string,
  { defaultZone }: Pick<EngineDeps, 'defaultZone'>,
): Steps<Pick<FeedReading, 'calendar' | 'findings'>> {
  const calendar = yield* readCalendarInSteps(text)
  const { objects, findings } = anchorFloating(calendar.objects, calendar.timeZone, defaultZone)
  return { calendar: { ...calendar, objects }, findings: [...calendar.findings, ...findings] }
}
