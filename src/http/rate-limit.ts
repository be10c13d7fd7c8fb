import type { RateLimitSettings } from '../core/settings.ts'
import type { Clock, EpochMs } from '../core/types.ts'

/** Buckets kept at most; the one used longest ago goes first, which at worst gives its client a full bucket again. */
const MAX_BUCKETS = 20_000

/** Takes a token for `client`; null where there was one, else whole seconds until there is (rounded down, may be 0). */
export type RateLimiter = (client: string) => number | null

/**
 * A token bucket per client (contract 1.9), kept as one number each: the moment at which the bucket would be full
 * (generic cell rate algorithm).
 */
export function createRateLimiter(settings: RateLimitSettings, clock: Clock): RateLimiter {
  const period = Math.max(1, Math.floor(1000 / Math.max(1, settings.perSecond)))
  const tolerance = period * Math.max(1, settings.burst)
  const fullAt = new Map<string, EpochMs>()

  return (client) => {
    const now = clock.now()
    // A clock that was set back must not lock anybody out for as long as it was wrong.
    const stored = Math.min(fullAt.get(client) ?? now, now + tolerance)
    const next = Math.max(stored, now) + period
    fullAt.delete(client)
    if (next - now > tolerance) {
      fullAt.set(client, stored)
      return Math.floor((next - now - tolerance) / 1000)
    }
    fullAt.set(client, next)
    if (fullAt.size > MAX_BUCKETS) {
      const oldest = fullAt.keys().next()
      if (!oldest.done) fullAt.delete(oldest.value)
    }
    return null
  }
}
