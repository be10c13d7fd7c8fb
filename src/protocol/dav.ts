import type { Account } from '../core/remote.ts'
import type { ETag } from '../core/types.ts'
import { answerError } from './answer-error.ts'
import type { Credentials } from './credentials.ts'
import type { Http } from './http.ts'
import type { LimitName } from './limits.ts'
import { type DavResponse, type Multistatus, readMultistatus } from './multistatus.ts'

export interface DavQuestion {
  readonly method: 'PROPFIND' | 'REPORT'
  readonly url: string
  readonly depth: '0' | '1'
  readonly body: string
  readonly limits: LimitName
  /** Completes "Could not …" in an error message. */
  readonly doing: string
  readonly namedBy?: string
}

export interface DavAnswer extends Multistatus {
  /** The Server header. */
  readonly software: string | null
  /** Of the DAV header (RFC 4918 section 10.1). */
  readonly features: readonly string[]
  /** The URL that answered, which hrefs are relative to. */
  readonly url: string
}

/**
 * Asks one question and reads the multistatus that answers it. Everything but a whole 207 is a SyncError with its
 * cause (pitfall R2).
 */
export async function askDav(
  http: Http,
  credentials: Credentials,
  question: DavQuestion,
  signal: AbortSignal,
  onResponse: (response: DavResponse) => void,
): Promise<DavAnswer> {
  const { method, url, depth, body, limits, doing, namedBy } = question
  const response = await http.request({
    method,
    url,
    headers: { depth, 'content-type': 'application/xml; charset=utf-8' },
    body,
    credentials,
    signal,
    limits,
    ...(namedBy === undefined ? {} : { namedBy }),
  })
  if (response.status !== 207) throw await answerError(response, doing, 'read', http.clock)
  const software = response.header('server')
  const features = (response.header('dav') ?? '').split(',').map((feature) => feature.trim())
  const read = await readMultistatus(response, onResponse)
  return { ...read, url: response.url, software, features: features.filter((feature) => feature !== '') }
}

export function credentialsOf(account: Account): Credentials {
  const { username, password, connection = null } = account
  return { username, password, connection }
}

/** An ETag verbatim (some servers compare the very bytes); null for none, and for one that no header can carry. */
export function toETag(text: string | null | undefined): ETag | null {
  const tag = text?.trim() ?? ''
  return tag !== '' && /^[\x21-\x7e\x80-\xff ]+$/.test(tag) ? (tag as ETag) : null
}
