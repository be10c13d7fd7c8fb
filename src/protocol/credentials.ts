import type { Connection } from '../core/connection.ts'
import { Secret } from '../core/types.ts'

/** A user name and password for one server. */
export interface Credentials {
  readonly username: string
  readonly password: Secret
  /** How this server is reached beside them. */
  readonly connection?: Connection | null
}

/** Basic credentials in UTF-8 (RFC 7617 section 2.1): the only encoding that all servers measured take. */
export function basicAuthorization(credentials: Credentials): string {
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password.reveal()}`, 'utf8').toString('base64')}`
}

/** The password as a token (RFC 6750 section 2.1). */
export function bearerAuthorization({ password }: Credentials): string {
  return `Bearer ${password.reveal()}`
}

/** Takes `user:password@` out of a URL, so that it can be kept secret; a URL without it comes back with null. */
export function splitUserInfo(url: URL): { readonly url: URL; readonly credentials: Credentials | null } {
  if (url.username === '' && url.password === '') return { url, credentials: null }
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return { url: bare, credentials: { username: decode(url.username), password: new Secret(decode(url.password)) } }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
