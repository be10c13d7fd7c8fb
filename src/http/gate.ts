import type { Context, MiddlewareHandler } from 'hono'
import type { LinkStore } from '../store/served-types.ts'
import { createAuthenticator, type Verdict } from './auth.ts'
import { clientKey, type HeaderReader } from './client-address.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { isHostAllowed } from './host-check.ts'
import { foreignOrigin } from './origin-check.ts'
import type { RateLimiter } from './rate-limit.ts'
import { plainAnswer } from './security-headers.ts'

const TEXT = { 'content-type': 'text/plain; charset=utf-8' }

/**
 * The path as it stands in the request, percent-encoding kept. Router and gate both read this one, so that what is
 * decided on is what is answered.
 */
export function requestPath(request: Request): string {
  const url = request.url
  const start = url.indexOf('/', url.indexOf('//') + 2)
  if (start < 0) return '/'
  const end = url.slice(start).search(/[?#]/)
  return end < 0 ? url.slice(start) : url.slice(start, start + end)
}

/**
 * What every request passes before a route sees it: host, login, origin of a write, rate limit, in this order. The rate
 * limit lies inside the login, so that a 401 costs no token (contract 1.9).
 */
export function createGate(deps: AppDeps, takeToken: RateLimiter | null): MiddlewareHandler<AppEnv> {
  const { settings, store, clock } = deps
  const authenticate = settings.login === null ? null : createAuthenticator(settings.login, clock)
  const { trustProxy } = settings

  function refuseHost(c: Context<AppEnv>): Response | null {
    if (settings.allowedHosts.length === 0) return null
    // An absolute request target names a host of its own beside the header.
    const hosts = [new URL(c.req.url).host, c.req.header('host') ?? '']
    if (hosts.every((host) => host === '' || isHostAllowed(host, settings.allowedHosts))) return null
    return plainAnswer(421, 'This host name is not allowed here; add it to ALLOWED_HOSTS', TEXT)
  }

  function refuseOrigin(c: Context<AppEnv>, header: HeaderReader): Response | null {
    // An upgrade is a GET, but no browser asks us before a foreign page may talk over it.
    const isWrite = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method) || c.env?.tunnel !== undefined
    if (!isWrite) return null
    const message = foreignOrigin(header, {
      requestHost: header('host') ?? new URL(c.req.url).host,
      trustProxy,
      publicUrl: deps.publicUrl,
    })
    if (message === null) return null
    return plainAnswer(403, JSON.stringify({ status: 'error', message }), { 'content-type': 'application/json' })
  }

  function refuseRate(c: Context<AppEnv>, client: string): Response | null {
    if (takeToken === null || !isLimited(c.req.path)) return null
    const seconds = takeToken(client)
    if (seconds === null) return null
    const wait = String(seconds)
    return plainAnswer(429, `Too Many Requests! Wait for ${wait}s`, {
      ...TEXT,
      'retry-after': wait,
      'x-ratelimit-after': wait,
    })
  }

  function pass(c: Context<AppEnv>, header: HeaderReader, client: string, next: () => Promise<void>) {
    return refuseOrigin(c, header) ?? refuseRate(c, client) ?? next()
  }

  return (c, next) => {
    const refused = refuseHost(c)
    if (refused !== null) return Promise.resolve(refused)
    const header: HeaderReader = (name) => c.req.header(name)
    const client = clientKey(c.env?.incoming?.socket.remoteAddress, header, trustProxy)
    const act = (verdict: Verdict) => {
      const refusal = verdict.kind === 'welcome' ? null : isOpen(c, store.links) ? null : refuseLogin(verdict)
      return Promise.resolve(refusal ?? pass(c, header, client, next))
    }
    if (authenticate === null || isAlwaysOpen(c)) return act({ kind: 'welcome' })
    const verdict = authenticate(header('authorization'), client)
    return verdict instanceof Promise ? verdict.then(act) : act(verdict)
  }
}

function refuseLogin(verdict: Exclude<Verdict, { kind: 'welcome' }>): Response {
  if (verdict.kind === 'refused')
    return plainAnswer(401, 'Unauthorized', { 'www-authenticate': 'Basic realm="caldav-ics-sync"' })
  const wait = String(verdict.seconds)
  return plainAnswer(429, `Too many failed logins. Wait for ${wait}s`, { ...TEXT, 'retry-after': wait })
}

function isRead(c: Context<AppEnv>): boolean {
  return c.req.method === 'GET' || c.req.method === 'HEAD'
}

/** The health check of containers, and what crawlers read before anything else. */
const ALWAYS_OPEN = new Set(['/api/health', '/robots.txt'])

/** What answers without a login whoever asks; no password is checked for these (contract 1.8). */
function isAlwaysOpen(c: Context<AppEnv>): boolean {
  return isRead(c) && (ALWAYS_OPEN.has(c.req.path) || c.req.path.startsWith('/ics/public/'))
}

/**
 * True for a link that is open without a login. Only a path that decodes to itself can be open: the route answers
 * with the decoded path, which might be another, private feed.
 */
function isOpen(c: Context<AppEnv>, links: LinkStore): boolean {
  const path = c.req.path
  if (!isRead(c) || !path.startsWith('/ics/') || path.includes('%')) return false
  return links.at(path.slice('/ics/'.length), false)?.isOpen === true
}

function isLimited(path: string): boolean {
  return path === '/api' || path.startsWith('/api/') || path === '/ics' || path.startsWith('/ics/')
}
