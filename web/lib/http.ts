import { failure } from '../texts.ts'

/** Where the API is: decided at build time; empty means where the page itself came from. */
export const apiBase = (process.env.NEXT_PUBLIC_API_URL ?? '').replace(/\/+$/, '')

/** The origin that feed addresses begin with; empty while the page is rendered at build time. */
export function feedOrigin(): string {
  if (apiBase !== '') return apiBase
  return typeof window === 'undefined' ? '' : window.location.origin
}

/** A refusal of the API, or no answer at all (status 0). `message` is a sentence for people. */
export class ApiError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface CallOptions {
  readonly body?: unknown
  /** Sent as it is, in place of a body. */
  readonly file?: Blob
  readonly signal?: AbortSignal
  /** Milliseconds until the call counts as failed; absent: as long as it takes (a sync run). */
  readonly limit?: number
}

/** One call of the API; throws an ApiError for everything that is not a success. */
export async function call<Answer>(method: Method, path: string, options: CallOptions = {}): Promise<Answer> {
  const response = await send(method, path, options)
  if (!response.ok) throw await failureOf(response)
  const text = await response.text().catch(() => '')
  const answer = parseJson(text)
  if (answer !== undefined) return answer as Answer
  throw new ApiError(response.status, messageOf(response.status, answer, text))
}

/** What an answer that is no success says. */
export async function failureOf(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '')
  return new ApiError(response.status, messageOf(response.status, parseJson(text), text))
}

export function headersOf(accept: string, isJson: boolean): Record<string, string> {
  return isJson ? { accept, 'content-type': 'application/json' } : { accept }
}

async function send(method: Method, path: string, { body, file, signal, limit }: CallOptions): Promise<Response> {
  const signals = [signal, limit === undefined ? undefined : AbortSignal.timeout(limit)].filter(
    (each) => each !== undefined,
  )
  const init: RequestInit = {
    method,
    headers: headersOf('application/json', body !== undefined),
    signal: AbortSignal.any(signals),
  }
  if (apiBase !== '') init.credentials = 'include'
  if (body !== undefined) init.body = JSON.stringify(body)
  if (file !== undefined) {
    init.headers = { accept: 'application/json', 'content-type': 'text/calendar' }
    init.body = file
  }
  try {
    return await fetch(`${apiBase}${path}`, init)
  } catch (thrown) {
    if (signal?.aborted) throw thrown
    const timedOut = thrown instanceof DOMException && thrown.name === 'TimeoutError'
    throw new ApiError(0, timedOut ? failure.timeout : failure.unreachable)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function messageOf(status: number, answer: unknown, text: string): string {
  if (status === 401) return failure.login
  if (typeof answer === 'object' && answer !== null && 'message' in answer && typeof answer.message === 'string') {
    return answer.message
  }
  // Plain-text refusals (the rate limit) are sentences; pages of a proxy in between are not.
  const plain = text.trim()
  return plain !== '' && plain.length < 200 && !plain.startsWith('<') ? plain : failure.unexpected(status)
}
