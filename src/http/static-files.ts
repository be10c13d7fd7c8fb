import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Encodings } from '../store/served-types.ts'

/** A file ready to be served. */
export interface StaticFile {
  readonly body: Uint8Array
  readonly encodings: Encodings
  readonly tag: string
  readonly contentType: string
  /** `sha256-…` of each inline script of an HTML page. */
  readonly scriptHashes: readonly string[]
}

/** The files below a folder, listed once; looking one up never touches a path a client wrote. */
export interface StaticFiles {
  has(path: string): boolean
  /** Read, hashed and compressed at first use and kept; undefined where there is no such file. */
  get(path: string): Promise<StaticFile | undefined>
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

const COMPRESSIBLE = /^(?:text\/|application\/(?:json|manifest)|image\/svg)/
const WORTH_COMPRESSING_BYTES = 1024
const BROTLI_QUALITY = 9

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

/** `root` is a folder of ours; names are given with a leading slash, as in URLs. A missing folder holds no files. */
export function listStaticFiles(root: string): StaticFiles {
  const names = new Map<string, string>()
  for (const entry of existsSync(root) ? readdirSync(root, { recursive: true, withFileTypes: true }) : []) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    names.set(`/${file.slice(root.length).split(sep).filter(Boolean).join('/')}`, file)
  }
  const loaded = new Map<string, Promise<StaticFile>>()
  return {
    has: (path) => names.has(path),
    get(path) {
      const file = names.get(path)
      if (file === undefined) return Promise.resolve(undefined)
      const known = loaded.get(path)
      if (known !== undefined) return known
      const loading = loadStaticFile(file)
      loaded.set(path, loading)
      // A failed read is tried again at the next request.
      loading.catch(() => loaded.delete(path))
      return loading
    },
  }
}

export async function loadStaticFile(file: string): Promise<StaticFile> {
  return prepareStaticFile(await readFile(file), extname(file))
}

/** `extension` with its dot. */
export async function prepareStaticFile(body: Uint8Array, extension: string): Promise<StaticFile> {
  const contentType = CONTENT_TYPES[extension] ?? 'application/octet-stream'
  return {
    body,
    encodings: await compress(body, contentType),
    tag: createHash('sha256').update(body).digest('base64url').slice(0, 27),
    contentType,
    scriptHashes: extension === '.html' ? hashInlineScripts(Buffer.from(body).toString('utf8')) : [],
  }
}

async function compress(body: Uint8Array, contentType: string): Promise<Encodings> {
  if (body.length < WORTH_COMPRESSING_BYTES || !COMPRESSIBLE.test(contentType))
    return { gzip: null, br: null, zstd: null }
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  }
  const [br, zipped] = await Promise.all([compressBrotli(body, { params }), compressGzip(body)])
  return { gzip: zipped, br, zstd: null }
}

function hashInlineScripts(html: string): string[] {
  const hashes = new Set<string>()
  for (const [, attributes = '', script = ''] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
    if (/\ssrc\s*=/i.test(attributes) || script === '') continue
    hashes.add(`sha256-${createHash('sha256').update(script).digest('base64')}`)
  }
  return [...hashes]
}
