/** What is learnt of a server as one account sees it, so that the next run begins with it. Null: not known yet. */
export interface ServerProfile {
  /** The Server header of its answers, as given; the name of a server that is recognised otherwise. */
  software: string | null
  /** Whether it answers REPORT sync-collection (RFC 6578). */
  syncCollection: boolean | null
  /** Whether that REPORT brings calendar-data along (Radicale, sabre, Cyrus, SOGo do; Xandikos and DAViCal do not). */
  dataInSync: boolean | null
  /** How many events are asked for at once. */
  batch: number
  /** How many writes are under way at once. */
  writers: number
}

/** Xandikos takes 12 s for 1,000, and Zoho fails at 101 (pitfall R14). */
export const BATCH = { first: 50, least: 5, most: 100 } as const
/** Small servers get slower with more than they have processors for (pitfall W14). */
export const WRITERS = { first: 2, least: 1, most: 4 } as const

/** A server that nothing is known of. */
export function newProfile(): ServerProfile {
  return { software: null, syncCollection: null, dataInSync: null, batch: BATCH.first, writers: WRITERS.first }
}
