import { whyNotPublishable } from '../core/ical/check-feed.ts'
import { withLastModified, withoutLastModified } from '../core/ical/feed-header.ts'
import type { MergedFeed } from '../core/ical/merge.ts'
import type { EpochMs, Problem } from '../core/types.ts'
import type { Encodings } from '../store/served-types.ts'
import { compress } from './compress.ts'

/** A feed's bytes, and their compressed forms. */
export interface Publication {
  /** UTF-8. */
  readonly body: Uint8Array
  readonly encodings: Encodings
}

/**
 * The bytes to publish. Those that stand are kept to the byte where the content is the same, so that LAST-MODIFIED and
 * the ETag move only with it. A feed that does not pass its own check gives the finding that says so instead.
 */
export async function preparePublication(
  merged: MergedFeed,
  standing: Publication | undefined,
  now: EpochMs,
): Promise<Publication | { readonly refused: Problem }> {
  const reason = whyNotPublishable(merged.text, merged.events)
  if (reason !== null) return { refused: refusal(reason) }
  if (standing !== undefined && withoutLastModified(new TextDecoder().decode(standing.body)) === merged.text) {
    const { body, encodings } = standing
    // After a start every feed is made anew once; the same bytes need not be compressed again for that.
    return { body, encodings: encodings.gzip === null ? await compress(body) : encodings }
  }
  const body = new TextEncoder().encode(withLastModified(merged.text, now))
  return { body, encodings: await compress(body) }
}

function refusal(reason: string): Problem {
  return {
    code: 'feed-refused',
    subject: 'The feed',
    message: `The new feed did not pass its own check (${reason}), so the last good one stays. This is a fault of this program: please report it, with the event if one is named.`,
  }
}
