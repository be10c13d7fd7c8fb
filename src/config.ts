import { isIP } from 'node:net'
import { dirname, join } from 'node:path'
import { parsePhc } from './core/phc.ts'
import type {
  LoginSettings,
  LogLevel,
  OutgoingProxy,
  RateLimitSettings,
  Settings,
  ShownVariable,
} from './core/settings.ts'
import { Secret } from './core/types.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface ConfigProblem {
  /** The variable, or the file, that is wrong. */
  readonly variable: string
  /** What is wrong with it and what to do; follows the name in a line, never holds a secret. */
  readonly message: string
}

/** The environment cannot be used. `message` has one line for each problem. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ variable, message }) => `${variable} ${message}`).join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** Reads variables; what is wrong is collected in `problems`, and the default stands in for it. */
interface Reader {
  readonly problems: ConfigProblem[]
  /** Undefined where the variable is unset or empty (contract 1.1). */
  raw(name: string): string | undefined
  /** `raw` without surrounding blanks. */
  text(name: string): string | undefined
  integer(name: string, limits: { min: number; max: number }): number | undefined
  truth(name: string, fallback: boolean): boolean
  /** Lower case. */
  hosts(name: string): string[]
  wrong(variable: string, message: string): void
}

const HOST =
  /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?|\[?[0-9a-f:.]*:[0-9a-f:.]*\]?)$/
const HOST_AND_PORT = new RegExp(`${HOST.source.slice(0, -1)}(?::\\d{1,5})?$`)

/**
 * Everything the environment decides (contract 1.1). Throws one ConfigError that names all variables that are wrong.
 * `PORT` and `NEXT_PUBLIC_API_URL` concern only development and building, and are not read here.
 */
export function loadSettings(environment: Environment): Settings {
  const read = createReader(environment)
  const dbPath = read.raw('DB_PATH')
  // Everything lies together: where the database was moved, the files beside it went along.
  const dataDir = dbPath === undefined ? (read.raw('DATA_DIR') ?? './data') : dirname(dbPath)
  const settings: Settings = {
    host: readHost(read),
    port: read.integer('SERVER_PORT', { min: 0, max: 65535 }) ?? 6765,
    proxyUrl: readHttpAddress(read, 'SERVER_PROXY_URL'),
    publicUrl: readHttpAddress(read, 'PUBLIC_URL'),
    fetchWaitMs: (read.integer('FETCH_WAIT', { min: 0, max: 25 }) ?? 8) * 1000,
    dbPath: dbPath ?? join(dataDir, 'caldav-sync.db'),
    importDir: join(dataDir, 'import'),
    login: readLogin(read),
    rateLimit: readRateLimit(read),
    trustProxy: read.truth('RATE_LIMIT_TRUST_PROXY', false),
    swaggerUi: !['false', '0'].includes(read.raw('SWAGGER_UI') ?? ''),
    logLevel: levelOf(read.text('RUST_LOG') ?? 'info'),
    journalDays: read.integer('JOURNAL_DAYS', { min: 1, max: 3650 }) ?? 30,
    allowPrivateNetworks: read.truth('ALLOW_PRIVATE_NETWORKS', true),
    allowedPrivateHosts: read.hosts('ALLOWED_PRIVATE_HOSTS').map(withoutBrackets),
    allowedHosts: read.hosts('ALLOWED_HOSTS'),
    outgoingProxy: readOutgoingProxy(read),
  }
  if (read.problems.length > 0) throw new ConfigError(read.problems)
  return settings
}

/** Every variable that is read, and whether its value may be seen by whoever may see the dashboard. */
const VARIABLES: readonly (readonly [name: string, secret: boolean])[] = [
  ['SERVER_HOST', false],
  ['SERVER_PORT', false],
  ['SERVER_PROXY_URL', true],
  ['PUBLIC_URL', false],
  ['FETCH_WAIT', false],
  ['DATA_DIR', false],
  ['DB_PATH', false],
  ['AUTH_USERNAME', false],
  ['AUTH_PASSWORD', true],
  ['AUTH_PASSWORD_HASH', true],
  ['RATE_LIMIT_PER_SECOND', false],
  ['RATE_LIMIT_BURST', false],
  ['RATE_LIMIT_TRUST_PROXY', false],
  ['SWAGGER_UI', false],
  ['RUST_LOG', false],
  ['JOURNAL_DAYS', false],
  ['ALLOW_PRIVATE_NETWORKS', false],
  ['ALLOWED_PRIVATE_HOSTS', false],
  ['ALLOWED_HOSTS', false],
  ['HTTP_PROXY', true],
  ['HTTPS_PROXY', true],
  ['NO_PROXY', false],
]

const SMALL_LETTERS_TOO = /^(HTTPS?|NO)_PROXY$/

/** The environment for people: what was set, secrets hidden, and so is a login within an address. */
export function shownEnvironment(environment: Environment): ShownVariable[] {
  return VARIABLES.map(([name, secret]) => {
    const small = SMALL_LETTERS_TOO.test(name) ? environment[name.toLowerCase()] : undefined
    const value = small || environment[name] || null
    if (value !== null && secret) return { name, value: '***', secret }
    return { name, value: value?.replace(/\/\/[^/?#]*@/g, '//***@') ?? null, secret }
  })
}

function createReader(environment: Environment): Reader {
  const problems: ConfigProblem[] = []
  const wrong = (variable: string, message: string) => {
    problems.push({ variable, message })
  }
  const raw = (name: string) => environment[name] || undefined
  const text = (name: string) => raw(name)?.trim() || undefined

  function integer(name: string, { min, max }: { min: number; max: number }): number | undefined {
    const given = text(name)
    if (given === undefined) return undefined
    const value = /^\+?\d+$/.test(given) ? Math.min(Number(given), Number.MAX_SAFE_INTEGER) : Number.NaN
    if (value >= min && value <= max) return value
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`
    wrong(name, `is ${shown(given)}; set it to a whole number ${range}, or leave it out`)
    return undefined
  }

  function truth(name: string, fallback: boolean): boolean {
    const given = text(name)?.toLowerCase()
    if (given === undefined) return fallback
    if (['true', '1', 'yes', 'on'].includes(given)) return true
    if (['false', '0', 'no', 'off'].includes(given)) return false
    wrong(name, `is ${shown(given)}; set it to true or false, or leave it out`)
    return fallback
  }

  function hosts(name: string): string[] {
    const entries = (raw(name) ?? '').toLowerCase().split(/[\s,]+/)
    const given = entries.filter((entry) => entry !== '')
    for (const entry of given) {
      if (HOST_AND_PORT.test(entry)) continue
      wrong(name, `holds ${shown(entry)}; list host names or IP addresses, with or without :port, separated by commas`)
    }
    return given
  }

  return { problems, raw, text, integer, truth, hosts, wrong }
}

function readHost(read: Reader): string {
  const given = read.text('SERVER_HOST') ?? '0.0.0.0'
  const host = withoutBrackets(given)
  if (!HOST.test(given.toLowerCase()) || (host.includes(':') && isIP(host) === 0)) {
    read.wrong('SERVER_HOST', `is ${shown(given)}; set it to an IP address or a host name, without a port`)
  }
  return host
}

/** `[::1]` is how an IPv6 address stands beside a port; programs want `::1`. */
function withoutBrackets(host: string): string {
  return host.replace(/^\[([^\]]*)\]$/, '$1')
}

/** Without slashes at its end. */
function readHttpAddress(read: Reader, name: string): string | null {
  const given = read.text(name)
  if (given === undefined) return null
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return given.replace(/\/+$/, '')
  read.wrong(name, 'is not an http:// or https:// address; correct it, or leave it out')
  return null
}

/** As everywhere, the name in small letters wins, and is what cannot come from a header of a request. */
function readOutgoingProxy(read: Reader): OutgoingProxy | null {
  const address = (name: string) => {
    const used = read.text(name.toLowerCase()) === undefined ? name : name.toLowerCase()
    const given = read.text(used)
    if (given === undefined) return null
    const url = URL.parse(given.includes('://') ? given : `http://${given}`)
    if (url?.hostname && ['http:', 'https:', 'socks5:'].includes(url.protocol)) return new Secret(url.href)
    read.wrong(used, 'is not an http://, https:// or socks5:// address; correct it, or leave it out')
    return null
  }
  const http = address('HTTP_PROXY')
  const https = address('HTTPS_PROXY')
  const except = read.text('no_proxy') ?? read.text('NO_PROXY') ?? ''
  return http === null && https === null ? null : { http, https, except }
}

function readRateLimit(read: Reader): RateLimitSettings | null {
  const perSecond = read.integer('RATE_LIMIT_PER_SECOND', { min: 0, max: Number.MAX_SAFE_INTEGER })
  const isOn = read.text('RATE_LIMIT_PER_SECOND') !== undefined
  const burst = read.integer('RATE_LIMIT_BURST', { min: isOn ? 1 : 0, max: 0xffff_ffff }) ?? 60
  return perSecond === undefined ? null : { perSecond: Math.max(perSecond, 1), burst }
}

/** The login; half a login is a mistake that would leave the service open, so it is refused. */
function readLogin(read: Reader): LoginSettings | null {
  const username = read.raw('AUTH_USERNAME')
  const password = read.raw('AUTH_PASSWORD')
  const hash = read.raw('AUTH_PASSWORD_HASH')
  if (username === undefined && password === undefined && hash === undefined) return null

  if (username === undefined) {
    read.wrong('AUTH_USERNAME', 'is not set although a password is; set it, or leave out the password as well')
  } else checkText(read, 'AUTH_USERNAME', username)
  if (username?.includes(':')) {
    read.wrong('AUTH_USERNAME', 'holds a colon, which Basic authentication cannot carry; choose a name without it')
  }
  if (password !== undefined) checkText(read, 'AUTH_PASSWORD', password)

  if (password !== undefined && hash !== undefined) {
    read.wrong('AUTH_PASSWORD', 'and AUTH_PASSWORD_HASH are mutually exclusive; set only one')
  } else if (hash !== undefined) {
    const phc = hash.trim().replaceAll('\\$', '$')
    const reason = hashTrouble(phc)
    if (reason !== null) read.wrong('AUTH_PASSWORD_HASH', `cannot be used: ${reason}`)
    return { username: username ?? '', password: { kind: 'argon2', secret: new Secret(phc) } }
  } else if (password === undefined) {
    read.wrong(
      'AUTH_PASSWORD',
      'and AUTH_PASSWORD_HASH are not set although AUTH_USERNAME is; set one of them, or leave out the user name',
    )
  }
  return { username: username ?? '', password: { kind: 'plain', secret: new Secret(password ?? '') } }
}

function checkText(read: Reader, name: string, value: string): void {
  if (value.trim() === '') read.wrong(name, 'holds nothing but blanks; give it a value, or leave it out')
  else if (/\p{Cc}/u.test(value)) read.wrong(name, 'holds a control character such as a line end; remove it')
}

/** What shells and compose files do to the dollar signs of a hash, and else what is wrong with the hash itself. */
function hashTrouble(phc: string): string | null {
  if (/^["']/.test(phc)) return 'it begins with a quotation mark; write it without quotation marks'
  if (!phc.startsWith('$')) {
    return 'it does not begin with "$argon2"; where a shell or a compose file replaces "$", put it in single quotes or write "$$"'
  }
  const parsed = parsePhc(phc)
  return parsed.ok ? null : parsed.reason
}

const LEVELS: Readonly<Record<string, LogLevel>> = {
  off: 'error',
  error: 'error',
  warn: 'warn',
  info: 'info',
  debug: 'debug',
  trace: 'debug',
}

/** The most talkative level that a filter such as `info,caldav_ics_sync=debug` names; `info` where it names none. */
function levelOf(filter: string): LogLevel {
  const named = filter.split(',').map((directive) =>
    directive
      .slice(directive.lastIndexOf('=') + 1)
      .trim()
      .toLowerCase(),
  )
  const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']
  return order.find((level) => named.some((name) => Object.hasOwn(LEVELS, name) && LEVELS[name] === level)) ?? 'info'
}

/** A wrong value as it may be shown: no secret is ever passed here. */
function shown(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
}
