import { whyNotPublishable } from '../core/ical/check-feed.ts'
import { feedBytes, isSameContent, type MergedFeed, type PartPlaces } from '../core/ical/feed-parts.ts'
import type { EpochMs, Problem } from '../core/types.ts'
import type { Encodings } from '../store/served-types.ts'
import { compress } from './compress.ts'
import { inTurns } from './run-control.ts'

/** A feed's bytes, and their compressed forms. */
export interface Publication {
  /** UTF-8. */
  readonly body: Uint8Array
  readonly encodings: Encodings
  /** Where the parts of the feed stand in the body; null where they stand elsewhere than they were laid out. */
  readonly places: PartPlaces | null
}

/**
 * The bytes to publish. Those that stand are kept to the byte where the content is the same, so that LAST-MODIFIED and
 * the ETag move only with it. A feed that does not pass its own check gives the finding that says so instead.
 */
export async function preparePublication(
  merged: MergedFeed,
  standing: Pick<Publication, 'body' | 'encodings'> | undefined,
  now: EpochMs,
  soft?: AbortSignal,
): Promise<Publication | { readonly refused: Problem }> {
  const bytes = feedBytes(merged, now)
  const { body, starts, end } = bytes
  const reason = await inTurns(whyNotPublishable(bytes, merged), soft)
  if (reason !== null) return { refused: refusal(reason) }
  if (standing !== undefined && isSameContent(standing.body, body)) {
    // After a start every feed is made anew once; the same bytes need not be compressed again for that.
    const encodings = standing.encodings.gzip === null ? await compress(standing.body) : standing.encodings
    return { body: standing.body, encodings, places: standing.body.length === body.length ? { starts, end } : null }
  }
  return { body, encodings: await compress(body), places: { starts, end } }
}

function refusal(reason: string): Problem {
  return {
    code: 'feed-refused',
    subject: 'The feed',
    message: `The new feed did not pass its own check (${reason}), so the last good one stays. This is a fault of this program: please report it, with the event if one is named.`,
  }
}
