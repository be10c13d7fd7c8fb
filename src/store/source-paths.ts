import type { SourcePath } from '../core/items.ts'
import type { Clock } from '../core/types.ts'
import type { Database } from './db.ts'
import { asFlag, updateRow } from './item-columns.ts'
import { stampOf } from './stamp.ts'
import type { SourcePathStore } from './types.ts'

type SourcePathRow = Omit<SourcePath, 'is_public'> & { readonly is_public: number }

const SELECT = 'SELECT id, source_id, path, coalesce(is_public, 0) AS is_public, created_at FROM source_paths'

export function sourcePathStore(database: Database, clock: Clock): SourcePathStore {
  const byId = (pathId: number) => {
    const row = database.get<SourcePathRow>(`${SELECT} WHERE id = ?`, pathId)
    return row && toSourcePath(row)
  }
  return {
    list: (sourceId) =>
      database.all<SourcePathRow>(`${SELECT} WHERE source_id = ? ORDER BY id`, sourceId).map(toSourcePath),
    get: (sourceId, pathId) => {
      const row = database.get<SourcePathRow>(`${SELECT} WHERE id = ? AND source_id = ?`, pathId, sourceId)
      return row && toSourcePath(row)
    },
    create: (sourceId, path, isPublic) => {
      const created_at = stampOf(clock.now())
      const { id } = database.run(
        'INSERT INTO source_paths (source_id, path, is_public, created_at) VALUES (?, ?, ?, ?)',
        sourceId,
        path,
        Number(isPublic),
        created_at,
      )
      return { id, source_id: sourceId, path, is_public: isPublic, created_at }
    },
    update: (pathId, patch) => {
      updateRow(database, 'source_paths', pathId, { path: patch.path, is_public: asFlag(patch.is_public) })
      return byId(pathId)
    },
    remove: (pathId) => database.run('DELETE FROM source_paths WHERE id = ?', pathId).changes > 0,
    has: (path, exceptId) =>
      database.get('SELECT 1 FROM source_paths WHERE path = ? AND id IS NOT ?', path, exceptId ?? null) !== undefined,
  }
}

function toSourcePath(row: SourcePathRow): SourcePath {
  return { ...row, is_public: row.is_public !== 0 }
}
