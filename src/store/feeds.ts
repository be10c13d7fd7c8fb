import { createHash } from 'node:crypto'
import type { Database } from './db.ts'
import { createFeedCache, type FeedContent } from './feed-cache.ts'
import { stampOf, timeOfStamp } from './stamp.ts'
import type { Encodings, FeedStore, StoredFeed } from './types.ts'

interface Place {
  readonly id: number
  readonly name: string
  /** True where the path is open without login (contract 1.8). */
  readonly open: number
}

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

const BY_ICS_PATH = `SELECT id, name, coalesce(public_ics, 0) <> 0 AND public_ics_path IS NULL AS open
  FROM sources WHERE ics_path = ?`
const BY_SOURCE_PATH = `SELECT s.id, s.name, coalesce(p.is_public, 0) <> 0 AS open
  FROM source_paths p JOIN sources s ON s.id = p.source_id WHERE p.path = ?`
const BY_PUBLIC_PATH = 'SELECT id, name, 1 AS open FROM sources WHERE public_ics_path = ? AND public_ics <> 0'

export function feedStore(database: Database): FeedStore {
  const cache = createFeedCache(database)

  /** A path of the source itself stands before one of source_paths, for what is served and for who may read it alike. */
  const privatePlace = (path: string) =>
    database.get<Place>(BY_ICS_PATH, path) ?? database.get<Place>(BY_SOURCE_PATH, path)

  function publicPlace(path: string): Place | undefined {
    const own = database.get<Place>(BY_PUBLIC_PATH, path)
    if (own !== undefined) return own
    const place = database.get<Place>(BY_SOURCE_PATH, path)
    return place?.open ? place : undefined
  }

  function feedAt(place: Place | undefined): StoredFeed | undefined {
    if (place === undefined) return undefined
    const content = cache.get(place.id) ?? cache.put(place.id, read(place.id))
    if (content === undefined) return undefined
    const { body, tag, modifiedAt, encodings } = content
    return { sourceId: place.id, sourceName: place.name, body, tag, modifiedAt, encodings }
  }

  function read(sourceId: number): FeedContent | undefined {
    const row = database.get<FeedRow>(
      `SELECT CAST(d.ics_content AS BLOB) AS body, d.updated_at, m.tag, m.modified_at, m.gzip, m.br, m.zstd
        FROM ics_data d LEFT JOIN feed_meta m ON m.source_id = d.source_id WHERE d.source_id = ?`,
      sourceId,
    )
    return row && describe(row)
  }

  function publish(sourceId: number, body: Uint8Array, encodings: Encodings, now: number): boolean {
    return database.transaction(() => {
      const tag = tagOf(body)
      const before = cache.get(sourceId) ?? read(sourceId)
      if (before?.tag === tag) {
        if (before.ours) return false
        // The same bytes, written by the old service: only what we know beside them is missing.
        writeMeta(sourceId, tag, before.modifiedAt, encodings)
        return false
      }
      database.run(
        `INSERT INTO ics_data (source_id, ics_content, updated_at) VALUES (?, CAST(? AS TEXT), ?)
          ON CONFLICT(source_id) DO UPDATE SET ics_content = excluded.ics_content, updated_at = excluded.updated_at`,
        sourceId,
        body,
        stampOf(now),
      )
      writeMeta(sourceId, tag, now, encodings)
      return true
    })
  }

  function writeMeta(sourceId: number, tag: string, modifiedAt: number, { gzip, br, zstd }: Encodings): void {
    cache.forget(sourceId)
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
    atPrivatePath: (path) => feedAt(privatePlace(path)),
    atPublicPath: (path) => feedAt(publicPlace(path)),
    ofSource: (sourceId) => {
      const place = database.get<Place>('SELECT id, name, 0 AS open FROM sources WHERE id = ?', sourceId)
      return feedAt(place)
    },
    sourceOf: (tag) =>
      database.get<{ id: number }>('SELECT source_id AS id FROM feed_meta WHERE tag = ? LIMIT 1', tag)?.id ?? null,
    isOpen: (path) => privatePlace(path)?.open === 1,
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

function tagOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url')
}
