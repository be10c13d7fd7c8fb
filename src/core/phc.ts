/**
 * The PHC string format for argon2 hashes: `$argon2id$v=19$m=65536,t=3,p=4$salt$hash`
 * (https://github.com/P-H-C/phc-string-format), as AUTH_PASSWORD_HASH holds one.
 */

export interface Phc {
  readonly algorithm: 'argon2d' | 'argon2i' | 'argon2id'
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
  readonly salt: Uint8Array
  readonly hash: Uint8Array
}

export type ParsedPhc = ({ readonly ok: true } & Phc) | { readonly ok: false; readonly reason: string }

/** Highest costs we let a setting ask for: a wrong digit must not take the whole machine at every login. */
const MAX_MEMORY_KIB = 1024 * 1024
const MAX_PASSES = 20
const MAX_PARALLELISM = 16

const UNPADDED_BASE64 = /^[A-Za-z0-9+/]+$/

/**
 * Reads a PHC string. A missing version counts as 19, as in the service this one follows; version 16 is refused because
 * the runtime computes 19 only. The reason is one sentence without the string itself.
 */
export function parsePhc(text: string): ParsedPhc {
  const refuse = (reason: string): ParsedPhc => ({ ok: false, reason })
  if (/^\$2[abxy]?\$/.test(text)) return refuse('this is a bcrypt hash; an argon2 hash is needed')
  if (text.startsWith('$$'))
    return refuse('it begins with "$$"; the doubled dollar signs of a compose file were left in it')

  const parts = text.split('$')
  if (parts[0] !== '' || parts.length < 4)
    return refuse('it is not a PHC string such as $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>')
  const algorithm = parts[1]
  if (algorithm !== 'argon2id' && algorithm !== 'argon2i' && algorithm !== 'argon2d')
    return refuse('the algorithm is not argon2id, argon2i or argon2d')

  const versioned = parts[2]?.startsWith('v=') === true
  if (versioned && parts[2] !== 'v=19') return refuse('the argon2 version is not 19 (v=19)')
  const [costs, saltText, hashText, ...rest] = parts.slice(versioned ? 3 : 2)
  if (costs === undefined || saltText === undefined || hashText === undefined)
    return refuse('it is cut short: the costs, the salt or the hash is missing')
  if (rest.length > 0) return refuse('it has more parts than algorithm, version, costs, salt and hash')

  const values = parseCosts(costs)
  if (values === null) return refuse('the costs are not of the form m=19456,t=2,p=1')
  const { memory, passes, parallelism } = values
  if (parallelism < 1 || parallelism > MAX_PARALLELISM) return refuse(`p is not between 1 and ${MAX_PARALLELISM}`)
  if (passes < 1 || passes > MAX_PASSES) return refuse(`t is not between 1 and ${MAX_PASSES}`)
  if (memory > MAX_MEMORY_KIB) return refuse('m is above 1048576 (1 GiB)')
  if (memory < 8 * parallelism) return refuse('m is below 8 times p')

  const salt = decode(saltText)
  if (salt === null || salt.length < 8 || salt.length > 64) return refuse('the salt is not 8 to 64 bytes of base64')
  const hash = decode(hashText)
  if (hash === null || hash.length < 16 || hash.length > 64) return refuse('the hash is not 16 to 64 bytes of base64')
  return { ok: true, algorithm, memory, passes, parallelism, salt, hash }
}

function parseCosts(text: string): { memory: number; passes: number; parallelism: number } | null {
  const found = new Map<string, number>()
  for (const pair of text.split(',')) {
    const match = /^([mtp])=([1-9]\d{0,9}|0)$/.exec(pair)
    const name = match?.[1]
    if (name === undefined || found.has(name)) return null
    found.set(name, Number(match?.[2]))
  }
  const memory = found.get('m')
  const passes = found.get('t')
  const parallelism = found.get('p')
  if (memory === undefined || passes === undefined || parallelism === undefined) return null
  return { memory, passes, parallelism }
}

/** Base64 without padding; null where it is not canonical, which is how a cut string shows. */
function decode(text: string): Uint8Array | null {
  if (!UNPADDED_BASE64.test(text)) return null
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64').replace(/=+$/, '') === text ? bytes : null
}
