import { createHmac, randomBytes } from 'node:crypto'
import type { LoginSettings } from '../core/settings.ts'
import type { Clock, EpochMs } from '../core/types.ts'
import { createLoginThrottle } from './login-throttle.ts'
import { createPasswordCheck, createSafeEqual, TooManyVerifications } from './password.ts'

export type Verdict =
  | { readonly kind: 'welcome' }
  | { readonly kind: 'refused' }
  /** Too many failed logins, or too many at once: no answer before `seconds` have passed. */
  | { readonly kind: 'wait'; readonly seconds: number }

const WELCOME: Verdict = { kind: 'welcome' }
const REFUSED: Verdict = { kind: 'refused' }

const REMEMBER_MS = 10 * 60_000
const REMEMBER_AT_MOST = 64
const LONGEST_HEADER = 8192

/** Decides on an Authorization header. `client` is the name the client is counted under. Never rejects. */
export type Authenticator = (authorization: string | undefined, client: string) => Verdict | Promise<Verdict>

interface Credentials {
  readonly username: Uint8Array
  readonly password: Uint8Array
}

/**
 * Basic login (RFC 7617) for one user. Failed logins are throttled per client. A verified login is remembered for ten
 * minutes as a keyed hash, per client, and passes while its client is throttled: whoever shares an address with a
 * guesser keeps working.
 */
export function createAuthenticator(login: LoginSettings, clock: Clock): Authenticator {
  const safeEqual = createSafeEqual()
  const expectedUsername = Buffer.from(login.username)
  const checkPassword = createPasswordCheck(login.password, safeEqual)
  const throttle = createLoginThrottle(clock)
  const key = randomBytes(32)
  const rememberedUntil = new Map<string, EpochMs>()
  const underWay = new Map<string, Promise<Verdict>>()

  function fingerprint(given: Credentials, client: string): string {
    const lengths = `${given.username.length}:${given.password.length}:${client}\0`
    return createHmac('sha256', key).update(lengths).update(given.username).update(given.password).digest('base64')
  }

  function isRemembered(print: string): boolean {
    const until = rememberedUntil.get(print)
    if (until === undefined) return false
    const left = until - clock.now()
    if (left > 0 && left <= REMEMBER_MS) return true
    rememberedUntil.delete(print)
    return false
  }

  function remember(print: string): void {
    rememberedUntil.delete(print)
    rememberedUntil.set(print, clock.now() + REMEMBER_MS)
    if (rememberedUntil.size <= REMEMBER_AT_MOST) return
    const oldest = rememberedUntil.keys().next()
    if (!oldest.done) rememberedUntil.delete(oldest.value)
  }

  function settle(isRight: boolean, print: string, client: string): Verdict {
    if (!isRight) {
      throttle.failed(client)
      return REFUSED
    }
    throttle.succeeded(client)
    remember(print)
    return WELCOME
  }

  async function verifyLater(
    isUser: boolean,
    check: Promise<boolean>,
    print: string,
    client: string,
  ): Promise<Verdict> {
    try {
      return settle((await check) && isUser, print, client)
    } catch (thrown) {
      if (thrown instanceof TooManyVerifications) return { kind: 'wait', seconds: 1 }
      return REFUSED
    } finally {
      underWay.delete(print)
    }
  }

  return (authorization, client) => {
    const given = parseBasic(authorization)
    if (given === null) return REFUSED
    const print = fingerprint(given, client)
    if (isRemembered(print)) return WELCOME
    const seconds = throttle.waitSeconds(client)
    if (seconds > 0) return { kind: 'wait', seconds }
    // A page opens several connections at once, all with the same login: one verification answers them all.
    const joined = underWay.get(print)
    if (joined !== undefined) return joined
    // The password is checked for an unknown user as well, so that the time taken does not tell user names.
    const isUser = safeEqual(given.username, expectedUsername)
    const isPassword = checkPassword(given.password)
    if (typeof isPassword === 'boolean') return settle(isPassword && isUser, print, client)
    const verdict = verifyLater(isUser, isPassword, print, client)
    underWay.set(print, verdict)
    return verdict
  }
}

/** Bytes, not text: a login in any encoding is compared as it came. Null where the header is not a Basic login. */
function parseBasic(authorization: string | undefined): Credentials | null {
  if (authorization === undefined || authorization.length > LONGEST_HEADER) return null
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/.exec(authorization)?.[1]
  if (encoded === undefined) return null
  const bytes = Buffer.from(encoded, 'base64')
  const colon = bytes.indexOf(0x3a)
  if (colon < 0) return null
  return { username: bytes.subarray(0, colon), password: bytes.subarray(colon + 1) }
}
