import { Hono } from 'hono'
import type { StoredFeed } from '../store/types.ts'
import { inlineFileName } from './content-disposition.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { chooseRepresentation, httpDate, isNotModified } from './representation.ts'
import { plainAnswer, SECURITY_HEADERS } from './security-headers.ts'

const TEXT = { 'content-type': 'text/plain; charset=utf-8' }

/**
 * `/ics/public/{path}` and `/ics/{path}` (contract 1.7). Answers carry all their headers themselves, because these
 * routes stand ahead of every middleware but the gate.
 */
export function feedRoutes(deps: AppDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  const { feeds } = deps.store

  function answer(path: string, header: (name: string) => string | undefined, isPublic: boolean): Response {
    const decoded = decodePath(path)
    if (decoded === null) return plainAnswer(400, 'Invalid path', TEXT)
    try {
      const feed = isPublic ? feeds.atPublicPath(decoded) : feeds.atPrivatePath(decoded)
      if (feed === undefined) return plainAnswer(404, 'ICS not found', TEXT)
      return serveFeed(feed, header, isPublic || feeds.isOpen(decoded))
    } catch (thrown) {
      deps.log.error('A feed could not be read', { reason: thrown instanceof Error ? thrown.message : String(thrown) })
      return plainAnswer(500, 'Internal error', TEXT)
    }
  }

  app.get('/ics/public/:path{.+}', (c) =>
    answer(c.req.path.slice('/ics/public/'.length), (name) => c.req.header(name), true),
  )
  app.get('/ics/:path{.+}', (c) => answer(c.req.path.slice('/ics/'.length), (name) => c.req.header(name), false))
  app.all('/ics/:path{.+}', () => plainAnswer(405, null, { allow: 'GET, HEAD' }))
  for (const path of ['/ics', '/ics/']) app.all(path, () => plainAnswer(404, 'ICS not found', TEXT))
  return app
}

/** Null where the path is no proper feed path: broken encoding, a leading slash, `..`, or a NUL. */
function decodePath(path: string): string | null {
  let decoded = path
  try {
    if (path.includes('%')) decoded = decodeURIComponent(path)
  } catch {
    return null
  }
  return decoded.startsWith('/') || decoded.includes('..') || decoded.includes('\0') ? null : decoded
}

function serveFeed(feed: StoredFeed, header: (name: string) => string | undefined, isPublic: boolean): Response {
  const chosen = chooseRepresentation(feed.body, feed.encodings, feed.tag, header('accept-encoding'))
  const headers: Record<string, string> = {
    ...SECURITY_HEADERS,
    etag: chosen.etag,
    'last-modified': httpDate(feed.modifiedAt),
    vary: 'Accept-Encoding',
    'cache-control': isPublic ? 'no-cache' : 'private, no-cache',
  }
  if (isNotModified(header, chosen.etag, feed.modifiedAt)) return new Response(null, { status: 304, headers })
  headers['content-type'] = 'text/calendar; charset=utf-8'
  headers['content-length'] = String(chosen.body.length)
  headers['content-disposition'] = inlineFileName(feed.sourceName, 'ics')
  if (chosen.coding !== 'identity') headers['content-encoding'] = chosen.coding
  // The library's types ask for a plain ArrayBuffer behind the bytes, which SQLite and zlib give.
  return new Response(chosen.body as Uint8Array<ArrayBuffer>, { status: 200, headers })
}
