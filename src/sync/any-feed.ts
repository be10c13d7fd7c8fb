/** A feed by whatever a destination names it: a source of this service, a file of the import folder, or an address. */
import { createHash } from 'node:crypto'
import type { FeedDownload, FeedRequest } from '../protocol/feed.ts'
import { refuseOtherThings } from '../protocol/feed.ts'
import type { ImportFolder } from '../store/imports.ts'
import type { EngineDeps } from './engine-deps.ts'
import { namedSource, sourceFeed } from './own-feeds.ts'

/** The file that `import:<name>` names; null for any other address. */
export function namedImport(icsUrl: string): string | null {
  return /^\s*import:(.+?)\s*$/is.exec(icsUrl)?.[1] ?? null
}

/** The feed as a download, conditional by its validators. Throws SyncError where there is none. */
export async function anyFeed(request: FeedRequest, deps: EngineDeps, signal: AbortSignal): Promise<FeedDownload> {
  const sourceId = namedSource(request.url)
  if (sourceId !== null) return sourceFeed(sourceId, request.etag, deps)
  const name = namedImport(request.url)
  if (name !== null) return importedFeed(name, request.etag, deps.imports)
  return await deps.downloadFeed(request, signal)
}

function importedFeed(name: string, etag: string | null, imports: ImportFolder): FeedDownload {
  const bytes = imports.read(name)
  const tag = createHash('sha256').update(bytes).digest('base64url')
  if (tag === etag) return { kind: 'not-modified' }
  refuseOtherThings(bytes, null, `The file ${name}`, 'Put the calendar file itself there')
  return { kind: 'fresh', bytes, charset: null, etag: tag, lastModified: null, contentType: null }
}
