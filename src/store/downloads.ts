import type { Database } from './db.ts'
import type { DownloadStore, StoredDownload } from './types.ts'

export function downloadStore(database: Database): DownloadStore {
  return {
    get: (destinationId) => {
      const row = database.get<StoredDownload>(
        `SELECT url, etag, last_modified AS lastModified, text_zstd AS packed, fetched_at AS fetchedAt FROM downloads
          WHERE destination_id = ?`,
        destinationId,
      )
      return row && { ...row }
    },
    put: (destinationId, { url, etag, lastModified, packed, fetchedAt }) => {
      database.run(
        `INSERT INTO downloads (destination_id, url, etag, last_modified, text_zstd, fetched_at)
          VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT(destination_id) DO UPDATE SET url = excluded.url, etag = excluded.etag,
            last_modified = excluded.last_modified, text_zstd = excluded.text_zstd, fetched_at = excluded.fetched_at`,
        destinationId,
        url,
        etag,
        lastModified,
        packed,
        fetchedAt,
      )
    },
  }
}
