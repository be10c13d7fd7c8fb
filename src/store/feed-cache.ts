import type { Database } from './db.ts'
import type { StoredFeed } from './served-types.ts'

export type FeedContent = Omit<StoredFeed, 'sourceId' | 'sourceName'> & {
  /** True where feed_meta belongs to these bytes. */
  readonly ours: boolean
}

/** Feeds of sources and links asked for lately, so that a reader costs no copy of megabytes and no hash. */
export interface FeedCache {
  get(key: string): FeedContent | undefined
  /** Keeps `content` where it may; returns it. */
  put(key: string, content: FeedContent | undefined): FeedContent | undefined
  forget(key: string): void
}

const LIMIT_BYTES = 24 * 1024 * 1024

/**
 * What is kept is dropped when another process writes to the database (`data_version` changes) and when we publish.
 * Nothing is kept from inside a transaction, because that may still be rolled back.
 */
export function createFeedCache(database: Database): FeedCache {
  const kept = new Map<string, FeedContent>()
  let bytes = 0
  let seenVersion = 0

  function forget(key: string): void {
    const content = kept.get(key)
    if (content === undefined) return
    kept.delete(key)
    bytes -= sizeOf(content)
  }

  function dropIfChanged(): void {
    const version = database.get<{ data_version: number }>('PRAGMA data_version')?.data_version ?? 0
    if (version === seenVersion) return
    seenVersion = version
    kept.clear()
    bytes = 0
  }

  return {
    get(key) {
      dropIfChanged()
      const content = kept.get(key)
      if (content === undefined) return undefined
      kept.delete(key)
      kept.set(key, content)
      return content
    },
    put(key, content) {
      if (content === undefined || database.inTransaction) return content
      forget(key)
      kept.set(key, content)
      bytes += sizeOf(content)
      for (const oldest of kept.keys()) {
        if (bytes <= LIMIT_BYTES) break
        forget(oldest)
      }
      return content
    },
    forget,
  }
}

function sizeOf({ body, encodings }: FeedContent): number {
  const { gzip, br, zstd } = encodings
  return body.length + (gzip?.length ?? 0) + (br?.length ?? 0) + (zstd?.length ?? 0)
}
