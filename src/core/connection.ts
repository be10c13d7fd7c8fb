/** How an account or a feed is reached, beside its address and login; names as in the API and in the database. */
import type { Secret } from './types.ts'

/** `password`: Basic or Digest, as the server asks; `bearer`: the password is a token (RFC 6750). */
export const AUTH_METHODS = ['password', 'bearer'] as const
export type AuthMethod = (typeof AUTH_METHODS)[number]

export interface Connection {
  readonly auth_method: AuthMethod
  /** Null: our own. */
  readonly user_agent: string | null
  /** Sent beside our own; the values may be secrets. */
  readonly headers: Readonly<Record<string, Secret>>
  /** Certificate authorities in PEM, trusted beside the usual ones. */
  readonly ca_certificate: string | null
  /** Shown to the server, with its chain, in PEM; always together with its key. */
  readonly client_certificate: string | null
  readonly client_key: Secret | null
}
