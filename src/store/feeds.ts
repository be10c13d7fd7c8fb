import { createHash } from 'node:crypto'
import type { Database } from './db.ts'
import type { FeedCache, FeedContent } from './feed-cache.ts'
import type { Encodings, FeedStore } from './served-types.ts'
import { stampOf, timeOfStamp } from './stamp.ts'

interface FeedRow {
  readonly body: Uint8Array
  readonly updated_at: string
  readonly tag: string | null
  readonly modified_at: number | null
  readonly gzip: Uint8Array | null
  readonly br: Uint8Array | null
  readonly zstd: Uint8Array | null
}

const NO_ENCODINGS: Encodings = { gzip: null, br: null, zstd: null }

const keyOf = (sourceId: number) => `source ${sourceId}`

export function feedStore(database: Database, cache: FeedCache): FeedStore {
  function read(sourceId: number): FeedContent | undefined {
    const row = database.get<FeedRow>(
      `SELECT CAST(d.ics_content AS BLOB) AS body, d.updated_at, m.tag, m.modified_at, m.gzip, m.br, m.zstd
        FROM ics_data d LEFT JOIN feed_meta m ON m.source_id = d.source_id WHERE d.source_id = ?`,
      sourceId,
    )
    return row && describe(row)
  }

  function publish(sourceId: number, body: Uint8Array, encodings: Encodings, now: number) {
    return database.transaction(() => {
      const tag = tagOf(body)
      const before = cache.get(keyOf(sourceId)) ?? read(sourceId)
      if (before?.tag === tag) {
        // The same bytes, written by the old service: only what we know beside them is missing.
        if (!before.ours) writeMeta(sourceId, tag, before.modifiedAt, encodings)
        return { tag, isNew: false }
      }
      database.run(
        `INSERT INTO ics_data (source_id, ics_content, updated_at) VALUES (?, CAST(? AS TEXT), ?)
          ON CONFLICT(source_id) DO UPDATE SET ics_content = excluded.ics_content, updated_at = excluded.updated_at`,
        sourceId,
        body,
        stampOf(now),
      )
      writeMeta(sourceId, tag, now, encodings)
      // Readers come soon, and the next change of the feed begins with it.
      const content = { body, tag, modifiedAt: now, encodings, ours: true }
      database.afterCommit(() => cache.put(keyOf(sourceId), content))
      return { tag, isNew: true }
    })
  }

  function writeMeta(sourceId: number, tag: string, modifiedAt: number, { gzip, br, zstd }: Encodings): void {
    cache.forget(keyOf(sourceId))
    database.run(
      `INSERT INTO feed_meta (source_id, tag, modified_at, gzip, br, zstd) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT(source_id) DO UPDATE SET tag = excluded.tag, modified_at = excluded.modified_at,
          gzip = excluded.gzip, br = excluded.br, zstd = excluded.zstd`,
      sourceId,
      tag,
      modifiedAt,
      gzip,
      br,
      zstd,
    )
  }

  return {
    ofSource(sourceId) {
      const source = database.get<{ name: string }>('SELECT name FROM sources WHERE id = ?', sourceId)
      const content = source && (cache.get(keyOf(sourceId)) ?? cache.put(keyOf(sourceId), read(sourceId)))
      if (content === undefined) return undefined
      const { body, tag, modifiedAt, encodings } = content
      return { sourceId, sourceName: source?.name ?? '', body, tag, modifiedAt, encodings }
    },
    sourcesOf: (tag) =>
      database
        .all<{ id: number }>(
          `SELECT source_id AS id FROM feed_meta WHERE tag = ?
            UNION SELECT k.source_id FROM link_feeds f JOIN link_sources k ON k.link_id = f.link_id WHERE f.tag = ?
            UNION SELECT l.source_id FROM link_feeds f JOIN links l ON l.id = f.link_id
              WHERE f.tag = ? AND l.source_id IS NOT NULL`,
          tag,
          tag,
          tag,
        )
        .map(({ id }) => id),
    publish,
  }
}

/** A row of ics_data that the old service wrote has no meta, or one that belongs to other bytes; both are served. */
function describe(row: FeedRow): FeedContent {
  const { body, tag, modified_at, gzip, br, zstd } = row
  const own = tagOf(body)
  if (tag === own && modified_at !== null) {
    return { body, tag, modifiedAt: modified_at, encodings: { gzip, br, zstd }, ours: true }
  }
  return { body, tag: own, modifiedAt: timeOfStamp(row.updated_at), encodings: NO_ENCODINGS, ours: false }
}

export function tagOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url')
}
