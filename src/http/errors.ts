import type { Hook } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { SyncError } from '../core/errors.ts'
import type { Logger } from '../core/types.ts'
import type { AppEnv } from './deps.ts'
import { shownError } from './redact.ts'
import { addSecurityHeaders, plainAnswer } from './security-headers.ts'

/** An answer other than success: `{status: "error", message}` and whatever else the route adds. */
export class ApiError extends Error {
  readonly status: ContentfulStatusCode
  readonly extra: Readonly<Record<string, unknown>>

  constructor(status: ContentfulStatusCode, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.extra = extra
  }
}

/** Turns whatever a route threw into an answer. Only our own sentences are shown; everything else goes to the log. */
export function answerError(thrown: Error, c: Context<AppEnv>, log: Logger): Response {
  const answer = (status: ContentfulStatusCode, message: string, extra: object = {}) => {
    const response = c.json({ status: 'error', message, ...extra }, status)
    addSecurityHeaders(response.headers)
    return response
  }
  if (thrown instanceof ApiError) return answer(thrown.status, thrown.message, thrown.extra)
  if (thrown instanceof HTTPException) return answer(thrown.status, thrown.message)
  log.error('A request failed', { method: c.req.method, path: c.req.path, reason: shownError(thrown.message) })
  return answer(500, thrown instanceof SyncError ? shownError(thrown.message) : 'Internal error')
}

/** A known route asked with another method: 405 and nothing else (contract 1.1). */
export function methodNotAllowed(allow: string): () => Response {
  return () => plainAnswer(405, null, { allow })
}

/** What of a validator's issue the messages need; the library's own type differs between its versions. */
interface Issue {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/**
 * Answers a request whose query or body has the wrong shape, naming every field (contract 1.2). Values are never
 * repeated: one of them may be a password.
 */
export const refuseShape: Hook<unknown, AppEnv, string, unknown> = (result) => {
  if (result.success) return
  const reasons = result.error.issues.map((issue: Issue) => describe(issue, inputOf(result)))
  const text = reasons.join('; ')
  if (result.target === 'json')
    throw new ApiError(422, `Failed to deserialize the JSON body into the target type: ${text}`)
  throw new ApiError(400, `Failed to deserialize query string: ${text}`)
}

function inputOf(result: object): unknown {
  return 'data' in result ? result.data : undefined
}

function describe(issue: Issue, input: unknown): string {
  const field = issue.path.map(String).join('.')
  if (field === '') return issue.message
  const given = valueAt(input, issue.path)
  if (given === undefined) return `missing field \`${field}\``
  if (issue.code === 'invalid_type')
    return `${field}: invalid type: ${typeName(given)}, ${issue.message.replace(/^Invalid input: |, received .*$/g, '')}`
  return `${field}: ${issue.message}`
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
