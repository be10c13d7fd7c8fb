import type { FeedIndex } from '../core/ical/splice.ts'

interface Indexed {
  /** Of the feed that it belongs to. */
  readonly tag: string
  readonly index: FeedIndex
}

/** Which bytes of a source's feed belong to which events, kept for those for which that is worth its memory. */
export interface FeedIndexes {
  /** Undefined where the feed that stands is another one. */
  get(sourceId: number, tag: string): FeedIndex | undefined
  /** Null: there is none for this feed. */
  put(sourceId: number, tag: string, index: FeedIndex | null): void
}

/** A feed of fewer is made anew as quickly. */
const WORTHWHILE_ENTRIES = 100
/** About 20 MB. */
const MOST_ENTRIES = 100_000

export function createFeedIndexes(): FeedIndexes {
  const kept = new Map<number, Indexed>()
  let entries = 0
  const forget = (sourceId: number) => {
    entries -= kept.get(sourceId)?.index.entries.length ?? 0
    kept.delete(sourceId)
  }
  return {
    get(sourceId, tag) {
      const found = kept.get(sourceId)
      return found?.tag === tag ? found.index : undefined
    },
    put(sourceId, tag, index) {
      forget(sourceId)
      if (index === null || index.entries.length < WORTHWHILE_ENTRIES) return
      kept.set(sourceId, { tag, index })
      entries += index.entries.length
      for (const oldest of kept.keys()) {
        if (entries <= MOST_ENTRIES || oldest === sourceId) break
        forget(oldest)
      }
    },
  }
}
