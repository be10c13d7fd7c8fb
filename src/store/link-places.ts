/** From an address to the link it leads to. */
import { createHash } from 'node:crypto'
import type { Database } from './db.ts'
import type { LinkPlace } from './served-types.ts'

interface PlaceRow {
  readonly link_id: number | null
  readonly source_id: number
  readonly name: string
  readonly open: number
  readonly own_feed: number | null
  readonly paused: number | null
  readonly expires_at: number | null
  readonly freshness_secs: number | null
}

interface OwnRow extends Omit<PlaceRow, 'source_id' | 'own_feed' | 'name'> {
  readonly name: string | null
  readonly names: string | null
  readonly ids: string | null
}

const LINK = `l.id AS link_id, l.paused, l.expires_at, l.freshness_secs, coalesce(l.name, s.name) AS name,
  (l.name IS NOT NULL OR l.mark <> 'none' OR l.rules <> '[]') AS own_feed`
const BY_ICS_PATH = `SELECT s.id AS source_id, coalesce(s.public_ics, 0) <> 0 AND s.public_ics_path IS NULL AS open, ${LINK}
  FROM sources s LEFT JOIN links l ON l.source_id = s.id AND l.kind = 'main' AND l.source_path_id IS NULL
  WHERE s.ics_path = ?`
const BY_SOURCE_PATH = `SELECT s.id AS source_id, coalesce(p.is_public, 0) <> 0 AS open, ${LINK}
  FROM source_paths p JOIN sources s ON s.id = p.source_id LEFT JOIN links l ON l.source_path_id = p.id WHERE p.path = ?`
const BY_PUBLIC_PATH = `SELECT s.id AS source_id, 1 AS open, ${LINK}
  FROM sources s LEFT JOIN links l ON l.source_id = s.id AND l.kind = 'public' AND l.source_path_id IS NULL
  WHERE s.public_ics_path = ? AND s.public_ics <> 0`

/** Paths are looked for by their hash, so that the time a wrong guess takes says nothing of how near it came. */
export function pathHash(path: string): string {
  return createHash('sha256').update(path).digest('base64url')
}

/** `fillIn` makes the rows of the contract's addresses that have none yet. */
export function placeFinder(database: Database, fillIn: () => void) {
  function contractPlace(sql: string, path: string): LinkPlace | undefined {
    let row = database.get<PlaceRow>(sql, path)
    if (row?.link_id === null) {
      fillIn()
      row = database.get<PlaceRow>(sql, path)
    }
    if (row === undefined) return undefined
    return {
      linkId: row.link_id,
      name: row.name,
      hasOwnFeed: row.own_feed === 1,
      sourceIds: [row.source_id],
      isOpen: row.open === 1,
      paused: row.paused === 1,
      expiresAt: row.expires_at,
      freshnessSecs: row.freshness_secs,
    }
  }

  function ownPlace(path: string): LinkPlace | undefined {
    const hash = pathHash(path)
    const row = database.get<OwnRow>(
      `SELECT id AS link_id, name, is_public AS open, paused, expires_at, freshness_secs,
        (SELECT group_concat(s.name, ', ' ORDER BY k.place) FROM link_sources k JOIN sources s ON s.id = k.source_id
          WHERE k.link_id = links.id) AS names,
        (SELECT group_concat(k.source_id) FROM link_sources k WHERE k.link_id = links.id) AS ids
        FROM links WHERE path_hash = ?`,
      hash,
    )
    if (row === undefined) return gonePlace(hash)
    return {
      linkId: row.link_id,
      name: row.name ?? row.names ?? 'calendar',
      hasOwnFeed: true,
      sourceIds: (row.ids ?? '').split(',').flatMap((id) => (id === '' ? [] : [Number(id)])),
      isOpen: row.open === 1,
      paused: row.paused === 1,
      expiresAt: row.expires_at,
      freshnessSecs: row.freshness_secs,
    }
  }

  function gonePlace(hash: string): LinkPlace | undefined {
    const row = database.get<{ is_public: number }>('SELECT is_public FROM gone_paths WHERE path_hash = ?', hash)
    if (row === undefined) return undefined
    const isOpen = row.is_public === 1
    return {
      linkId: null,
      name: '',
      hasOwnFeed: false,
      sourceIds: [],
      isOpen,
      paused: false,
      expiresAt: null,
      freshnessSecs: null,
    }
  }

  /** A path of the source itself stands before one of source_paths, and both before a link of its own. */
  function exactly(path: string, isPublic: boolean): LinkPlace | undefined {
    if (!isPublic) return contractPlace(BY_ICS_PATH, path) ?? contractPlace(BY_SOURCE_PATH, path) ?? ownPlace(path)
    const main = contractPlace(BY_PUBLIC_PATH, path)
    if (main !== undefined) return main
    const other = contractPlace(BY_SOURCE_PATH, path)
    if (other?.isOpen) return other
    const own = ownPlace(path)
    return own?.isOpen ? own : undefined
  }

  return (path: string, isPublic: boolean): LinkPlace | undefined => {
    const found = exactly(path, isPublic)
    if (found !== undefined || !path.endsWith('.ics')) return found
    return exactly(path.slice(0, -'.ics'.length), isPublic)
  }
}
