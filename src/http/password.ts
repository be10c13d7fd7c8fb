import { argon2, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Phc, parsePhc } from '../core/phc.ts'
import type { LoginSettings } from '../core/settings.ts'

/** True where two byte strings are equal; takes the same time wherever they differ and whatever their lengths are. */
export type SafeEqual = (a: Uint8Array, b: Uint8Array) => boolean

/** Compares keyed hashes instead of the bytes, so that neither length nor common prefix shows in the time it takes. */
export function createSafeEqual(): SafeEqual {
  const key = randomBytes(32)
  const digest = (bytes: Uint8Array) => createHmac('sha256', key).update(bytes).digest()
  return (a, b) => timingSafeEqual(digest(a), digest(b))
}

/** Thrown where more verifications wait than we are willing to do. */
export class TooManyVerifications extends Error {}

/** Checks a password given in bytes: at once for a plain one, later for a hash. */
export type PasswordCheck = (password: Uint8Array) => boolean | Promise<boolean>

/** Argon2 works in the thread pool that DNS, files and compression share, so only two of its threads may be taken. */
const MAX_IN_FLIGHT = 2
const MAX_WAITING = 8

/** Throws where the hash is not usable; the configuration has refused such a one before. */
export function createPasswordCheck(password: LoginSettings['password'], safeEqual: SafeEqual): PasswordCheck {
  if (password.kind === 'plain') {
    const expected = Buffer.from(password.secret.reveal())
    return (given) => safeEqual(given, expected)
  }
  const phc = parsePhc(password.secret.reveal())
  if (!phc.ok) throw new Error(`AUTH_PASSWORD_HASH cannot be used: ${phc.reason}`)
  const limited = createLimit(MAX_IN_FLIGHT, MAX_WAITING)
  return (given) => limited(() => verifyArgon2(phc, given))
}

/** Verifies one password against one hash (RFC 9106, version 19). */
export function verifyArgon2(phc: Phc, password: Uint8Array): Promise<boolean> {
  const parameters = {
    message: password,
    nonce: phc.salt,
    parallelism: phc.parallelism,
    tagLength: phc.hash.length,
    memory: phc.memory,
    passes: phc.passes,
  }
  return new Promise((resolve, reject) => {
    argon2(phc.algorithm, parameters, (error, hash) => {
      if (error) reject(error)
      else resolve(timingSafeEqual(hash, phc.hash))
    })
  })
}

type Task<T> = () => Promise<T>

/** At most `inFlight` tasks at once and `waiting` behind them; more are refused with TooManyVerifications. */
function createLimit(inFlight: number, waiting: number): <T>(task: Task<T>) => Promise<T> {
  let running = 0
  const queue: (() => void)[] = []
  return async (task) => {
    if (running >= inFlight) {
      if (queue.length >= waiting) throw new TooManyVerifications('Too many logins are being checked')
      await new Promise<void>((resolve) => queue.push(resolve))
    } else running += 1
    try {
      return await task()
    } finally {
      // The place passes straight to the next in line, so that nobody overtakes it.
      const next = queue.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
