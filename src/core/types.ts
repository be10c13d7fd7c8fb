import type { FindingCode } from './finding-codes.ts'

/** Milliseconds since 1970-01-01T00:00:00Z, the time base of everything we store and compare. */
export type EpochMs = number

/**
 * Where a resource lies on its server: path and query exactly as the server gave them (RFC 4918 section 8.3), never
 * rebuilt by us. Two hrefs are compared by `hrefKey` (protocol/href.ts), not with `===`.
 */
export type Href = string & { readonly __href: unique symbol }

/** An entity tag, quotes and weakness mark as received, because some servers compare the very bytes (RFC 9110 8.8.3). */
export type ETag = string & { readonly __etag: unique symbol }

/** Hash of an object without its volatile properties; equal fingerprints mean nothing worth writing differs. */
export type Fingerprint = string & { readonly __fingerprint: unique symbol }

/** A text that must never be printed: it shows as `[secret]` in logs, JSON and templates. */
export class Secret {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  /** The text itself; call it only where the text leaves for its one rightful receiver. */
  reveal(): string {
    return this.#text
  }
  toString(): string {
    return '[secret]'
  }
  toJSON(): string {
    return '[secret]'
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]'
  }
}

/** Where "now" comes from, so that tests hold it still. */
export interface Clock {
  now(): EpochMs
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Messages are one sentence; everything variable goes into `fields`. */
export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

/**
 * Something about one event, calendar or feed that a person should know; the rest of the run goes on.
 * `subject` names it in words a person can find it by (summary and date, calendar name).
 */
export interface Problem {
  /** Stable, for tests and translations. */
  readonly code: FindingCode
  readonly subject: string
  readonly uid?: string
  /** One plain sentence: what is wrong and, where there is something to do, what to do. */
  readonly message: string
  /** What stood there, and what it became; for people. */
  readonly before?: string
  readonly after?: string
  /** True where we mended it and carried on with the mended form. */
  readonly repaired?: boolean
}
