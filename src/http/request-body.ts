/** Reading path ids and JSON bodies in the order and with the answers of contract 1.2. */
import type { z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './deps.ts'
import { ApiError } from './errors.ts'

const MAX_BODY_BYTES = 2 * 1024 * 1024
const MAX_DEPTH = 128
const MIN_I64 = -(2n ** 63n)
const MAX_I64 = 2n ** 63n - 1n

/** True for what fits a 64-bit signed integer, written in decimal. */
export function isI64(text: string): boolean {
  if (!/^[+-]?\d{1,40}$/.test(text)) return false
  const value = BigInt(text.replace(/^\+/, ''))
  return value >= MIN_I64 && value <= MAX_I64
}

/** An id in range but beyond what a number holds exactly becomes 0, which no row has: ids begin at 1. */
export function toId(text: string): number {
  const id = Number(text)
  return Number.isSafeInteger(id) ? id : 0
}

/** First of all: every path parameter must be an id. */
export const idsFirst: MiddlewareHandler<AppEnv> = (c, next) => {
  for (const value of Object.values<string>(c.req.param()))
    if (!isI64(value)) throw new ApiError(400, `Invalid URL: Cannot parse \`${value}\` to a \`i64\``)
  return next()
}

function isJson(contentType: string): boolean {
  return /^application\/(?:[\w.!#$&^+-]+\+)?json$/i.test(contentType.split(';')[0]?.trim() ?? '')
}

const WRONG_TYPE = 'Expected request with `Content-Type: application/json`'

/**
 * For writes without a body: one that comes all the same must not be a form, which any page could have sent. An empty
 * one may be named anything (`curl -X POST -d ''` calls it a form).
 */
export const noForeignBody: MiddlewareHandler<AppEnv> = (c, next) => {
  const contentType = c.req.header('content-type')
  const isEmpty = c.req.raw.body === null || c.req.header('content-length') === '0'
  if (contentType !== undefined && !isEmpty && !isJson(contentType)) throw new ApiError(415, WRONG_TYPE)
  return next()
}

/** Reads the body and checks that it is JSON; the route's own validator then finds the text cached and checks its shape. */
export function jsonBody(schema: z.ZodObject): MiddlewareHandler<AppEnv> {
  const fields = new Set(Object.keys(schema.shape))
  return async (c, next) => {
    const contentType = c.req.header('content-type')
    if (contentType === undefined || !isJson(contentType)) throw new ApiError(415, WRONG_TYPE)
    const text = await readText(c.req.raw)
    parseJson(text)
    checkTopLevel(text, fields)
    // The validator knows fewer spellings of the content type than we accept.
    const headers = new Headers(c.req.raw.headers)
    headers.set('content-type', 'application/json')
    headers.delete('content-length')
    // With its signal, so that work ends when whoever asked for it has gone.
    const { url, method, signal } = c.req.raw
    c.req.raw = new Request(url, { method, headers, body: text, signal })
    return next()
  }
}

/** The body as it came; throws ApiError 413 where it is longer than `most` bytes. */
export async function readBytes(request: Request, most: number): Promise<Buffer> {
  const limit = `${Math.round(most / 1024 / 1024)} MiB`
  const tooLong = () => new ApiError(413, `Failed to buffer the request body: it is longer than ${limit}`)
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLong()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > most) throw tooLong()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function readText(request: Request): Promise<string> {
  const bytes = await readBytes(request, MAX_BODY_BYTES)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ApiError(400, 'Failed to parse the request body as JSON: it is not UTF-8')
  }
}

function parseJson(text: string): void {
  const refuse = (reason: string) => new ApiError(400, `Failed to parse the request body as JSON: ${reason}`)
  if (text.trim() === '') throw refuse('the body is empty')
  if (isTooDeep(text)) throw refuse(`it is nested more than ${MAX_DEPTH} levels deep`)
  try {
    JSON.parse(text)
  } catch (thrown) {
    // The engine repeats a piece of the text, which may hold a password; only its first words and the place are kept.
    const message = thrown instanceof Error ? thrown.message : ''
    const place = /at position \d+.*$/.exec(message)?.[0]
    const what =
      /^(Unexpected end of JSON input|Unexpected token|Unterminated string|Expected [^"]*?(?= (?:in|at|after) ))/.exec(
        message,
      )?.[1]
    throw refuse([what ?? 'it is not JSON', place].filter((part) => part !== undefined).join(' '))
  }
}

/** Counts brackets outside strings; good enough before the text is known to be JSON, as it only guards the parser. */
function isTooDeep(text: string): boolean {
  let depth = 0
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    if (depth > MAX_DEPTH) return true
  }
  return false
}

/**
 * What JSON.parse forgets: a field given twice, and a number written with a fraction or exponent (`1.0`), which is no
 * integer here. `text` is known to be JSON.
 */
function checkTopLevel(text: string, fields: ReadonlySet<string>): void {
  if (!text.trimStart().startsWith('{')) return
  const refuse = (reason: string) =>
    new ApiError(422, `Failed to deserialize the JSON body into the target type: ${reason}`)
  const seen = new Set<string>()
  let depth = 0
  let name: string | null = null
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/gs)) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    else if (depth !== 1 || token === ':') continue
    else if (token === ',') name = null
    else if (name === null) {
      name = String(JSON.parse(token))
      if (fields.has(name) && seen.has(name)) throw refuse(`duplicate field \`${name}\``)
      seen.add(name)
    } else if (fields.has(name) && /^-?\d/.test(token)) {
      if (!/^-?\d+$/.test(token)) throw refuse(`${name}: invalid type: floating point, expected an integer`)
      if (!isI64(token)) throw refuse(`${name}: the number is out of range`)
    }
  }
}
