/** How long we wait for, and how much we take from, one request. Times in milliseconds, sizes in decoded bytes. */
export interface Limits {
  /** From the last byte sent to the end of the response headers. */
  readonly headersMs: number
  /** Between two pieces of the body. */
  readonly idleMs: number
  /** From the call to the last byte of the body, redirects included. */
  readonly totalMs: number
  readonly maxBytes: number
}

const MIB = 1024 * 1024

/**
 * - `feed`: a feed is a file; who needs more than 20 s to begin is not well. 32 MiB hold about 40,000 events.
 * - `discovery`: one PROPFIND over a handful of collections.
 * - `calendar`: Radicale needs 35 s before the first byte of a PROPFIND over 10,000 resources and SOGo 42 s to take a
 *   30 MB event, so reads and writes wait long. 10,000 events are a multistatus of 14 MB.
 */
export const LIMITS: Readonly<Record<LimitName, Limits>> = {
  feed: { headersMs: 20_000, idleMs: 30_000, totalMs: 120_000, maxBytes: 32 * MIB },
  discovery: { headersMs: 30_000, idleMs: 30_000, totalMs: 90_000, maxBytes: 8 * MIB },
  calendar: { headersMs: 120_000, idleMs: 60_000, totalMs: 300_000, maxBytes: 128 * MIB },
}

export type LimitName = 'feed' | 'discovery' | 'calendar'

/** An error page is read up to here for its reason; the rest is dropped. */
export const ERROR_BODY_BYTES = 64 * 1024

/** DNS, TCP and TLS together. */
export const CONNECT_MS = 10_000

/** More slow Radicale and Xandikos down, and annoy others. */
export const CONNECTIONS_PER_HOST = 4

/** RFC 9110 section 15.4 leaves the number open; five is more than any provider needs. */
export const MAX_REDIRECTS = 5
