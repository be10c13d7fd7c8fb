import type { Context } from 'hono'
import type { AppEnv } from './deps.ts'
import { methodNotAllowed } from './errors.ts'
import { chooseRepresentation, isNotModified } from './representation.ts'
import { pagePolicy, plainAnswer, SECURITY_HEADERS } from './security-headers.ts'
import { listStaticFiles, type StaticFile } from './static-files.ts'

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>CalDAV/ICS Sync</title>
<h1>The dashboard is not built</h1>
<p>The service runs, but its pages are missing. Build them in the project's folder with <code>npx just src build-all</code>
and start the service again, or start it with <code>npm start</code>, which builds what is missing.</p>
<p>The API works all the same: see <a href="/api/openapi.json">/api/openapi.json</a>.</p>
</html>
`

/** Answers what is neither API nor feed. */
export type StaticHandler = (c: Context<AppEnv>) => Promise<Response>

/** The exported dashboard in `webRoot`; null: one page that says how to build it. */
export function createDashboard(webRoot: string | null): StaticHandler {
  if (webRoot === null) return async (c) => answerNotBuilt(c)
  const files = listStaticFiles(webRoot)

  return async (c) => {
    const path = decode(c.req.path)
    const name = path === null ? undefined : [path, `${path}.html`, indexOf(path)].find((name) => files.has(name))
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD')
      return name === undefined ? plainAnswer(404, null) : methodNotAllowed('GET, HEAD')()
    const file = name === undefined ? undefined : await files.get(name)
    if (file !== undefined) return serveStaticFile(c, file, { isImmutable: c.req.path.startsWith('/_next/static/') })
    const missing = await files.get('/404.html')
    if (missing === undefined) return plainAnswer(404, 'Not found', { 'content-type': 'text/plain; charset=utf-8' })
    return serveStaticFile(c, missing, { status: 404 })
  }
}

function indexOf(path: string): string {
  return path === '/' ? '/index.html' : ''
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

function answerNotBuilt(c: Context<AppEnv>): Response {
  const isPage = c.req.path === '/' && (c.req.method === 'GET' || c.req.method === 'HEAD')
  if (!isPage) return plainAnswer(404, 'Not found', { 'content-type': 'text/plain; charset=utf-8' })
  return plainAnswer(503, NOT_BUILT, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
}

/** Serves one file with its validators; pages are asked for anew each time, files with a hash in their name never. */
export function serveStaticFile(
  c: Context<AppEnv>,
  file: StaticFile,
  { isImmutable = false, status = 200 }: { isImmutable?: boolean; status?: 200 | 404 } = {},
): Response {
  const header = (name: string) => c.req.header(name)
  const chosen = chooseRepresentation(file.body, file.encodings, file.tag, header('accept-encoding'))
  const headers: Record<string, string> = {
    ...SECURITY_HEADERS,
    etag: chosen.etag,
    vary: 'Accept-Encoding',
    'cache-control': isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
  if (file.contentType.startsWith('text/html')) headers['content-security-policy'] = pagePolicy(file.scriptHashes)
  if (status === 200 && isNotModified(header, chosen.etag, null)) return new Response(null, { status: 304, headers })
  headers['content-type'] = file.contentType
  headers['content-length'] = String(chosen.body.length)
  if (chosen.coding !== 'identity') headers['content-encoding'] = chosen.coding
  // The types ask for a plain ArrayBuffer behind the bytes, which files and zlib give.
  return new Response(chosen.body as Uint8Array<ArrayBuffer>, { status, headers })
}
