import { type ServerProfile, WRITERS } from '../core/server-profile.ts'
import type { Clock } from '../core/types.ts'

/** How many writers are to be under way now; told of every write that ends, and adapting to what is fastest. */
export interface WriterCount {
  readonly now: number
  ended(): void
}

/** As many writes are timed before anything is said of a number of writers. */
const WINDOW = 12
/** One more writer has to make the whole this much faster. */
const GAIN = 1.15
/** With one writer less the whole may get this much slower: it is the gentler way. */
const LOSS = 0.95

/**
 * Looks for the smallest number of writers that is about as fast as any (pitfall W14): one more at a time while that
 * helps, else one less while that does no harm. What it finds is where the next run with this server begins.
 */
export function createWriterCount(profile: ServerProfile, clock: Clock): WriterCount {
  let count = Math.min(Math.max(profile.writers, WRITERS.least), WRITERS.most)
  let best: { readonly count: number; readonly rate: number } | null = null
  let direction: 1 | -1 | 0 = 1
  let ended = 0
  let since = clock.now()

  function judge(rate: number): void {
    const better = best === null || rate >= best.rate * (direction === 1 ? GAIN : LOSS)
    if (better) best = { count, rate }
    else {
      const hasGrown = best !== null && best.count > profile.writers
      count = best?.count ?? count
      // What grew was worth it, so that less needs no trying; and what did not shrink well has found its place.
      direction = direction === 1 && !hasGrown ? -1 : 0
    }
    profile.writers = best?.count ?? count
    const next = count + direction
    if (next < WRITERS.least || next > WRITERS.most) direction = 0
    count += direction
  }

  return {
    get now() {
      return count
    },
    ended() {
      ended += 1
      if (ended < WINDOW) return
      const elapsed = clock.now() - since
      if (elapsed > 0 && (direction !== 0 || best === null)) judge(ended / elapsed)
      ended = 0
      since = clock.now()
    },
  }
}
