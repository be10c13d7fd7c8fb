import { hasOwnFeed, LINK_KINDS, type Link, MARKS, type NewLink } from '../core/links.ts'
import type { Rule } from '../core/rules/rule.ts'
import type { Clock, Problem } from '../core/types.ts'
import type { Database, SqlValue } from './db.ts'
import type { FeedCache, FeedContent } from './feed-cache.ts'
import { tagOf } from './feeds.ts'
import { asFlag } from './item-columns.ts'
import { pathHash, placeFinder } from './link-places.ts'
import { newSalt } from './salt.ts'
import type { LinkFeed, LinkStore } from './served-types.ts'

interface LinkRow extends Omit<Link, 'kind' | 'is_public' | 'paused' | 'mark' | 'rules' | 'source_ids'> {
  readonly kind: string
  readonly is_public: number
  readonly paused: number
  readonly mark: string
  readonly rules: string
  readonly source_id: number | null
}

interface FeedRow extends Omit<FeedContent, 'modifiedAt' | 'encodings' | 'ours'> {
  readonly modified_at: number
  readonly gzip: Uint8Array | null
  readonly br: Uint8Array | null
  readonly zstd: Uint8Array | null
  readonly made_of: string
  readonly findings: string
}

/** The contract's addresses that are there now, with their present paths, and our own. */
const SELECT = `SELECT l.id, l.kind, l.source_id, l.label, l.name, l.paused, l.expires_at, l.freshness_secs, l.mark, l.rules,
  l.salt, l.created_at,
  CASE l.kind WHEN 'main' THEN s.ics_path WHEN 'public' THEN s.public_ics_path WHEN 'path' THEN p.path ELSE l.path END AS path,
  CASE l.kind WHEN 'main' THEN coalesce(s.public_ics, 0) <> 0 AND s.public_ics_path IS NULL WHEN 'public' THEN 1
    WHEN 'path' THEN coalesce(p.is_public, 0) <> 0 ELSE l.is_public END AS is_public
  FROM links l LEFT JOIN sources s ON s.id = l.source_id LEFT JOIN source_paths p ON p.id = l.source_path_id
  WHERE (l.kind <> 'public' OR (s.public_ics <> 0 AND s.public_ics_path IS NOT NULL))`

const keyOf = (id: number) => `link ${id}`

export function linkStore(database: Database, clock: Clock, cache: FeedCache): LinkStore {
  /** The contract's addresses may have been made by the service before this one: they get their rows here. */
  function fillIn(): void {
    database.transaction(fillInRows)
  }

  function fillInRows(): void {
    const rows = [
      `SELECT 'main', id, NULL FROM sources s WHERE NOT EXISTS
        (SELECT 1 FROM links WHERE source_id = s.id AND kind = 'main')`,
      `SELECT 'public', id, NULL FROM sources s WHERE public_ics <> 0 AND public_ics_path IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM links WHERE source_id = s.id AND kind = 'public')`,
      `SELECT 'path', source_id, id FROM source_paths p WHERE NOT EXISTS
        (SELECT 1 FROM links WHERE source_path_id = p.id)`,
    ]
    for (const [kind, id, pathId] of rows.flatMap((sql) =>
      database.all<Record<string, SqlValue>>(sql).map(Object.values),
    )) {
      if (typeof kind !== 'string' || typeof id !== 'number') continue
      database.run(
        'INSERT OR IGNORE INTO links (kind, source_id, source_path_id, salt, created_at) VALUES (?, ?, ?, ?, ?)',
        kind,
        id,
        typeof pathId === 'number' ? pathId : null,
        newSalt(),
        clock.now(),
      )
    }
  }

  function toLink(row: LinkRow): Link {
    const { source_id, ...rest } = row
    const own = () =>
      database
        .all<{ id: number }>('SELECT source_id AS id FROM link_sources WHERE link_id = ? ORDER BY place', row.id)
        .map(({ id }) => id)
    return {
      ...rest,
      kind: LINK_KINDS.find((kind) => kind === row.kind) ?? 'own',
      is_public: row.is_public === 1,
      paused: row.paused === 1,
      mark: MARKS.find((mark) => mark === row.mark) ?? 'none',
      rules: JSON.parse(row.rules) as Rule[],
      source_ids: source_id === null ? own() : [source_id],
    }
  }

  /** Those that name this source, through the indexes: every run of a source asks. */
  function naming(sourceId: number): Link[] {
    const ids = 'SELECT id FROM links WHERE source_id = ? UNION SELECT link_id FROM link_sources WHERE source_id = ?'
    return database.all<LinkRow>(`${SELECT} AND l.id IN (${ids}) ORDER BY l.id`, sourceId, sourceId).map(toLink)
  }

  const get = (id: number) => {
    const row = database.get<LinkRow>(`${SELECT} AND l.id = ?`, id)
    return row && toLink(row)
  }

  function list(): Link[] {
    fillIn()
    return database.all<LinkRow>(`${SELECT} ORDER BY l.id`).map(toLink)
  }

  function create(link: NewLink): Link {
    return database.transaction(() => {
      const { id } = database.run(
        'INSERT INTO links (kind, salt, created_at) VALUES (?, ?, ?)',
        'own',
        newSalt(),
        clock.now(),
      )
      const created = update(id, link)
      if (created === undefined) throw new Error('A link that was just created is not there')
      return created
    })
  }

  function update(id: number, patch: Partial<NewLink>): Link | undefined {
    return database.transaction(() => {
      const columns: Record<string, SqlValue | undefined> = {
        path: patch.path,
        path_hash: patch.path === undefined ? undefined : pathHash(patch.path),
        is_public: asFlag(patch.is_public),
        label: patch.label,
        name: patch.name,
        paused: asFlag(patch.paused),
        expires_at: patch.expires_at,
        freshness_secs: patch.freshness_secs,
        mark: patch.mark,
        rules: patch.rules === undefined ? undefined : JSON.stringify(patch.rules),
      }
      for (const [name, value] of Object.entries(columns)) {
        if (value !== undefined) database.run(`UPDATE links SET ${name} = ? WHERE id = ?`, value, id)
      }
      if (patch.path !== undefined) database.run('DELETE FROM gone_paths WHERE path_hash = ?', pathHash(patch.path))
      if (patch.source_ids !== undefined) {
        database.run('DELETE FROM link_sources WHERE link_id = ?', id)
        for (const [place, sourceId] of patch.source_ids.entries()) {
          database.run('INSERT INTO link_sources (link_id, source_id, place) VALUES (?, ?, ?)', id, sourceId, place)
        }
      }
      return get(id)
    })
  }

  function retire({ path, is_public }: Link): void {
    database.run(
      'INSERT OR REPLACE INTO gone_paths (path_hash, is_public, gone_at) VALUES (?, ?, ?)',
      pathHash(path),
      Number(is_public),
      clock.now(),
    )
  }

  /** Where each kind keeps its path. */
  const RENAME = {
    main: 'UPDATE sources SET ics_path = ? WHERE id = (SELECT source_id FROM links WHERE id = ?)',
    public: 'UPDATE sources SET public_ics_path = ? WHERE id = (SELECT source_id FROM links WHERE id = ?)',
    path: 'UPDATE source_paths SET path = ? WHERE id = (SELECT source_path_id FROM links WHERE id = ?)',
  } as const

  function feed(id: number): LinkFeed | undefined {
    const row = database.get<{ made_of: string; findings: string }>(
      'SELECT made_of, findings FROM link_feeds WHERE link_id = ?',
      id,
    )
    const content = row && (cache.get(keyOf(id)) ?? cache.put(keyOf(id), readFeed(id)))
    return content && { ...content, madeOf: row.made_of, findings: JSON.parse(row.findings) as Problem[] }
  }

  function readFeed(id: number): FeedContent | undefined {
    const row = database.get<FeedRow>(
      'SELECT body, tag, modified_at, gzip, br, zstd FROM link_feeds WHERE link_id = ?',
      id,
    )
    if (row === undefined) return undefined
    const { body, tag, modified_at, gzip, br, zstd } = row
    return { body, tag, modifiedAt: modified_at, encodings: { gzip, br, zstd }, ours: true }
  }

  return {
    list,
    get,
    create,
    update,
    remove: (id) =>
      database.transaction(() => {
        const link = get(id)
        if (link === undefined) return false
        retire(link)
        if (link.kind === 'path') {
          database.run('DELETE FROM source_paths WHERE id = (SELECT source_path_id FROM links WHERE id = ?)', id)
        }
        database.run('DELETE FROM links WHERE id = ?', id)
        return true
      }),
    rotate: (id, path) =>
      database.transaction(() => {
        const link = get(id)
        if (link === undefined) return undefined
        retire(link)
        if (link.kind === 'own') return update(id, { path })
        database.run(RENAME[link.kind], path, id)
        return get(id)
      }),
    showing: (sourceId) => naming(sourceId).filter(hasOwnFeed),
    usesPath: (path, exceptId) =>
      database.get('SELECT 1 FROM links WHERE path_hash = ? AND id IS NOT ?', pathHash(path), exceptId ?? null) !==
      undefined,
    at: placeFinder(database, fillIn),
    feed,
    publish: (id, { body, encodings, madeOf, findings }, now) =>
      database.transaction(() => {
        const tag = tagOf(body)
        const before = readFeed(id)
        cache.forget(keyOf(id))
        database.run(
          `INSERT OR REPLACE INTO link_feeds (link_id, made_of, body, tag, modified_at, gzip, br, zstd, findings)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          id,
          madeOf,
          body,
          tag,
          before?.tag === tag ? before.modifiedAt : now,
          encodings.gzip,
          encodings.br,
          encodings.zstd,
          JSON.stringify(findings),
        )
      }),
  }
}
