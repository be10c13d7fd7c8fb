import type { Secret } from './types.ts'

/** The one login of the service. */
export interface LoginSettings {
  readonly username: string
  /** `plain`: the password itself. `argon2`: a PHC string (argon2id, argon2i or argon2d). */
  readonly password: { readonly kind: 'plain' | 'argon2'; readonly secret: Secret }
}

/** Token bucket per client address over /api and /ics (contract 1.9). */
export interface RateLimitSettings {
  readonly perSecond: number
  readonly burst: number
}

/** The proxies that requests to calendars and feeds go through, by the scheme of the address. */
export interface OutgoingProxy {
  /** Absolute URLs, perhaps with a login; null: none. Without one of its own, https goes the way of http. */
  readonly http: Secret | null
  readonly https: Secret | null
  /** Hosts that are reached without it: names with or without `:port`, `.domain`, `*`; separated by commas or blanks. */
  readonly except: string
}

/** A variable of the environment as people may see it. */
export interface ShownVariable {
  readonly name: string
  /** Null: not set. */
  readonly value: string | null
  readonly secret: boolean
}

export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

/** Everything the environment decides (contract 1.1); read in one place, src/config.ts. */
export interface Settings {
  readonly host: string
  readonly port: number
  /** Where everything that is not /api or /ics goes instead of the built dashboard; null: the built dashboard. */
  readonly proxyUrl: string | null
  readonly dbPath: string
  /** The address under which people reach this service (PUBLIC_URL), without a slash at its end; null: not told. */
  readonly publicUrl: string | null
  /** How long a reader of an old feed waits for a fresh one; 0: never. */
  readonly fetchWaitMs: number
  /** Folder of feeds that are files. */
  readonly importDir: string
  readonly login: LoginSettings | null
  readonly rateLimit: RateLimitSettings | null
  /** A proxy of the operator's own stands in front: its X-Forwarded-For and the like tell clients apart. */
  readonly trustProxy: boolean
  readonly swaggerUi: boolean
  readonly logLevel: LogLevel
  /** How long what runs replaced or removed is kept, so that they can be undone. */
  readonly journalDays: number
  /** False: calendars and feeds on private addresses are refused, save those in `allowedPrivateHosts`. */
  readonly allowPrivateNetworks: boolean
  readonly allowedPrivateHosts: readonly string[]
  /** Null: requests go out directly. */
  readonly outgoingProxy: OutgoingProxy | null
  /** Empty: any Host header is accepted. */
  readonly allowedHosts: readonly string[]
}
