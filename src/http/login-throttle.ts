import type { Clock, EpochMs } from '../core/types.ts'

const WINDOW_MS = 60_000
const FAILURES_PER_WINDOW = 10
const LONGEST_BLOCK_MS = 3_600_000
/** Clients remembered at most; the one unseen longest goes first. */
const MAX_CLIENTS = 10_000

interface Record {
  failures: number
  windowStart: EpochMs
  blockedUntil: EpochMs
  /** Blocks so far; each is twice as long as the one before. */
  blocks: number
}

/** Counts failed logins per client: ten in a minute block it, for one minute first and for twice as long each time. */
export interface LoginThrottle {
  /** Whole seconds this client has to wait; 0 where it may try. */
  waitSeconds(client: string): number
  failed(client: string): void
  succeeded(client: string): void
}

export function createLoginThrottle(clock: Clock): LoginThrottle {
  const records = new Map<string, Record>()

  /** A clock set back must not lengthen a block: nothing lies further ahead than the longest one. */
  function waitMs(record: Record): number {
    return Math.min(Math.max(0, record.blockedUntil - clock.now()), LONGEST_BLOCK_MS)
  }

  return {
    waitSeconds(client) {
      const record = records.get(client)
      return record === undefined ? 0 : Math.ceil(waitMs(record) / 1000)
    },
    failed(client) {
      const now = clock.now()
      const old = records.get(client)
      records.delete(client)
      const forgotten = old === undefined || now - Math.max(old.windowStart, old.blockedUntil) > LONGEST_BLOCK_MS
      const record: Record = forgotten ? { failures: 0, windowStart: now, blockedUntil: 0, blocks: 0 } : old
      if (Math.abs(now - record.windowStart) >= WINDOW_MS) {
        record.failures = 0
        record.windowStart = now
      }
      record.failures += 1
      if (record.failures >= FAILURES_PER_WINDOW) {
        record.blockedUntil = now + Math.min(WINDOW_MS * 2 ** record.blocks, LONGEST_BLOCK_MS)
        record.blocks += 1
        record.failures = 0
      }
      records.set(client, record)
      if (records.size > MAX_CLIENTS) {
        const oldest = records.keys().next()
        if (!oldest.done) records.delete(oldest.value)
      }
    },
    succeeded(client) {
      records.delete(client)
    },
  }
}
