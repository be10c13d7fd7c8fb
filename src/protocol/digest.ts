import { hash, randomBytes } from 'node:crypto'
import type { Challenge } from './challenge.ts'
import type { Credentials } from './credentials.ts'

const ALGORITHMS: ReadonlyMap<string, { readonly hash: string; readonly strength: number }> = new Map([
  ['sha-512-256', { hash: 'sha512-256', strength: 3 }],
  ['sha-256', { hash: 'sha256', strength: 2 }],
  ['md5', { hash: 'md5', strength: 1 }],
])

/** What a server asked for, and how often its nonce was used. */
export interface DigestSession {
  readonly realm: string
  readonly nonce: string
  readonly opaque: string | null
  /** As the server spells it; null: it named none, which means MD5. */
  readonly algorithm: string | null
  readonly qop: 'auth' | null
  uses: number
  /** The server has taken a login made from it. */
  proven: boolean
}

/** True where a server says that only its nonce was too old, and the password right (RFC 7616 section 3.3). */
export function isStale(challenges: readonly Challenge[]): boolean {
  return challenges.some(
    ({ scheme, parameters }) => scheme === 'digest' && /^true$/i.test(parameters.get('stale') ?? ''),
  )
}

/** The strongest Digest challenge that can be answered (RFC 7616 section 3.7); null where there is none. */
export function digestSession(challenges: readonly Challenge[]): DigestSession | null {
  const possible = challenges.flatMap(({ scheme, parameters }) => {
    const algorithm = parameters.get('algorithm') ?? null
    const known = algorithmOf(algorithm)
    const nonce = parameters.get('nonce')
    const offered = parameters
      .get('qop')
      ?.toLowerCase()
      .split(/[\s,]+/)
    // auth-int alone would mean hashing what is sent; no CalDAV server asks for it.
    if (scheme !== 'digest' || !known || nonce === undefined || (offered && !offered.includes('auth'))) return []
    const { strength } = known
    const qop = offered ? ('auth' as const) : null
    const session = { realm: parameters.get('realm') ?? '', nonce, opaque: parameters.get('opaque') ?? null }
    return [{ strength, session: { ...session, algorithm, qop, uses: 0, proven: false } }]
  })
  return possible.sort((a, b) => b.strength - a.strength)[0]?.session ?? null
}

/**
 * The Authorization header for one request (RFC 7616 section 3.4), counting the use of the nonce. `uri` is path and query
 * as they go out. User name and password are taken as UTF-8.
 */
export function digestAuthorization(
  session: DigestSession,
  credentials: Credentials,
  method: string,
  uri: string,
  cnonce = randomBytes(12).toString('hex'),
): string {
  session.uses += 1
  const { realm, nonce, qop, algorithm, opaque } = session
  const digest = (text: string) => hash(algorithmOf(algorithm)?.hash ?? 'md5', text, 'hex')
  const { username } = credentials
  const nc = session.uses.toString(16).padStart(8, '0')
  const user = digest(`${username}:${realm}:${credentials.password.reveal()}`)
  const isSession = /-sess$/i.test(algorithm ?? '')
  const secret = isSession ? digest(`${user}:${nonce}:${cnonce}`) : user
  const request = digest(`${method}:${uri}`)
  const response = digest(
    qop === null ? `${secret}:${nonce}:${request}` : `${secret}:${nonce}:${nc}:${cnonce}:${qop}:${request}`,
  )
  // Other characters cannot stand between the quotes (RFC 7616 section 3.4.4).
  const isPlain = /^[\x20-\x7e]*$/.test(username)
  const fields = [
    isPlain ? `username=${quoted(username)}` : `username*=UTF-8''${encodeURIComponent(username)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    ...(algorithm === null ? [] : [`algorithm=${algorithm}`]),
    ...(qop === null ? [] : [`qop=${qop}`, `nc=${nc}`]),
    ...(qop === null && !isSession ? [] : [`cnonce=${quoted(cnonce)}`]),
    `response=${quoted(response)}`,
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
  ]
  return `Digest ${fields.join(', ')}`
}

function algorithmOf(name: string | null) {
  return ALGORITHMS.get((name ?? 'MD5').toLowerCase().replace(/-sess$/, ''))
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
