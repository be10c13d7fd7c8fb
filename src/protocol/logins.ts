import { parseChallenges } from './challenge.ts'
import { basicAuthorization, bearerAuthorization, type Credentials } from './credentials.ts'
import { type DigestSession, digestAuthorization, digestSession, isStale } from './digest.ts'

/** How each server wants its users to log in, learnt from its answers. */
export interface Logins {
  /** The Authorization header for a request: Basic at once, unless this server has asked for Digest. */
  authorize(url: URL, method: string, credentials: Credentials): string
  /** This server has let the user in. */
  worked(url: URL, credentials: Credentials): void
  /** Learns from a 401; true where the same request has a chance when it is sent once more. */
  learn(url: URL, credentials: Credentials, challenge: string | null): boolean
}

/** Logins of accounts that are no longer used go; each is learnt again at the cost of one request. */
const MOST_REMEMBERED = 1000

export function createLogins(): Logins {
  const sessions = new Map<string, DigestSession>()
  const keyOf = (url: URL, { username }: Credentials) => `${url.origin} ${username}`
  return {
    authorize(url, method, credentials) {
      if (isBearer(credentials)) return bearerAuthorization(credentials)
      const session = sessions.get(keyOf(url, credentials))
      if (!session) return basicAuthorization(credentials)
      return digestAuthorization(session, credentials, method, url.pathname + url.search)
    },
    worked(url, credentials) {
      const session = sessions.get(keyOf(url, credentials))
      if (session) session.proven = true
    },
    learn(url, credentials, challenge) {
      if (isBearer(credentials)) return false
      const key = keyOf(url, credentials)
      const challenges = parseChallenges(challenge)
      const known = sessions.get(key)
      // Where Basic is offered it was understood, and the password is wrong: each further try may lock the account.
      if (!known && challenges.some(({ scheme }) => scheme === 'basic')) return false
      const session = digestSession(challenges)
      if (session === null) {
        // A server that once wanted Digest gets no readable password over an open line, whatever it says now.
        if (!known || url.protocol !== 'https:' || !challenges.some(({ scheme }) => scheme === 'basic')) return false
        sessions.delete(key)
        return true
      }
      sessions.delete(key)
      // Another nonce alone says nothing: many servers give one with each refusal of a wrong password.
      if (known && !known.proven && !isStale(challenges)) return false
      sessions.set(key, session)
      const [oldest] = sessions.keys()
      if (sessions.size > MOST_REMEMBERED && oldest !== undefined) sessions.delete(oldest)
      return true
    },
  }
}

function isBearer({ connection }: Credentials): boolean {
  return connection?.auth_method === 'bearer'
}
