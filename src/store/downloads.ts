import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Database } from './db.ts'
import type { DownloadStore, StoredDownload } from './types.ts'

type DownloadRow = Omit<StoredDownload, 'text'> & { readonly text: Uint8Array }

/** Texts are kept compressed: a feed shrinks to about an eighth, and is read only once per run. */
export function downloadStore(database: Database): DownloadStore {
  return {
    get: (destinationId) => {
      const row = database.get<DownloadRow>(
        `SELECT url, etag, last_modified AS lastModified, text_zstd AS text, fetched_at AS fetchedAt FROM downloads
          WHERE destination_id = ?`,
        destinationId,
      )
      if (row === undefined) return undefined
      const { text, ...rest } = row
      return {
        ...rest,
        // A new edition is asked for with the validators alone.
        get text() {
          return zstdDecompressSync(text).toString()
        },
      }
    },
    put: (destinationId, { url, etag, lastModified, text, fetchedAt }) => {
      database.run(
        `INSERT INTO downloads (destination_id, url, etag, last_modified, text_zstd, fetched_at)
          VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT(destination_id) DO UPDATE SET url = excluded.url, etag = excluded.etag,
            last_modified = excluded.last_modified, text_zstd = excluded.text_zstd, fetched_at = excluded.fetched_at`,
        destinationId,
        url,
        etag,
        lastModified,
        zstdCompressSync(text),
        fetchedAt,
      )
    },
  }
}
