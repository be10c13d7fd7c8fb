import type { EpochMs } from './types.ts'

/**
 * The one classification of what can go wrong (design: errors are classified once, at the edge).
 *
 * - `unreachable`: no answer, a cut connection, a time limit. Worth trying again soon.
 * - `busy`: the server asks for patience (429, 503, 507 …). Worth trying again when it says.
 * - `login`: credentials refused (401, or 403 on everything). Not tried again before the next interval.
 * - `not-found`: the calendar or feed is not there. Not tried again before the next interval.
 * - `protocol`: an answer that makes no sense: a login page, broken XML, a feed cut short.
 * - `refused`: the server or we ourselves decline this one request (403, 409, 412, too large, forbidden address).
 * - `aborted`: we stopped it ourselves (shutdown, deletion of the item).
 * - `internal`: a defect of ours, or our own disk and database.
 */
export type ErrorKind = 'unreachable' | 'busy' | 'login' | 'not-found' | 'protocol' | 'refused' | 'aborted' | 'internal'

export interface SyncErrorDetails {
  /** The URL concerned, without user info and query (they may hold secrets). */
  readonly url?: string
  /** HTTP status, where an answer came. */
  readonly status?: number
  /** Earliest moment the server wants to hear from us again, already clamped to 1 min … 2 h from the answer. */
  readonly retryAt?: EpochMs
  /** Precondition element names found in a DAV:error body, such as `no-uid-conflict`. */
  readonly preconditions?: readonly string[]
  /** Href named inside a DAV:error body (the holder of a conflicting UID). */
  readonly conflictHref?: string
  /** True where no connection was made because of TLS. */
  readonly tls?: boolean
  readonly cause?: unknown
}

/** Every expected failure. `message` is one plain sentence for people: what happened, and what to do. */
export class SyncError extends Error {
  readonly kind: ErrorKind
  readonly details: SyncErrorDetails

  constructor(kind: ErrorKind, message: string, details: SyncErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'SyncError'
    this.kind = kind
    this.details = details
  }
}

/** Wraps anything thrown: a SyncError stays what it is, everything else becomes `internal` with its cause kept. */
export function toSyncError(thrown: unknown): SyncError {
  if (thrown instanceof SyncError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new SyncError('internal', `Unexpected error: ${message}`, { cause: thrown })
}

/** True where another try within the same interval can help. */
export function isTransient(error: SyncError): boolean {
  return error.kind === 'unreachable' || error.kind === 'busy' || error.kind === 'protocol' || error.kind === 'internal'
}
