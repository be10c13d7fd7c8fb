import type { Context } from 'hono'
import { proxy } from 'hono/proxy'
import type { AppDeps, AppEnv } from './deps.ts'
import { PROXIED_POLICY, plainAnswer, SECURITY_HEADERS } from './security-headers.ts'
import type { StaticHandler } from './static.ts'

/** Until the first byte; a UI server that compiles a page on demand may take long. */
const HEADERS_TIMEOUT_MS = 60_000

/**
 * Sends everything that is neither API nor feed to the UI server of SERVER_PROXY_URL, websocket upgrades included. While
 * that does not answer, the built dashboard is served instead, and the log says so once.
 */
export function createProxy(deps: AppDeps, proxyUrl: string, dashboard: StaticHandler): StaticHandler {
  const { log, webRoot, fetchImpl = fetch } = deps
  let isDown = false

  async function unavailable(c: Context<AppEnv>, thrown: unknown): Promise<Response> {
    if (!isDown) {
      const instead =
        webRoot === null ? 'and the dashboard is not built either' : 'the built dashboard is served instead'
      const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown
      const reason = cause instanceof Error ? cause.message || cause.name : String(cause)
      log.warn(`The UI server of SERVER_PROXY_URL does not answer; ${instead}`, {
        url: new URL(proxyUrl).origin,
        reason,
      })
    }
    isDown = true
    if (webRoot !== null && c.req.raw.body === null) return dashboard(c)
    return plainAnswer(502, 'Server not available', { 'content-type': 'text/plain; charset=utf-8' })
  }

  return async (c) => {
    const target = proxiedUrl(proxyUrl, c.req.url)
    if (c.env?.tunnel !== undefined) {
      c.env.tunnel(target)
      return plainAnswer(502, 'Server not available')
    }
    const abort = new AbortController()
    const leave = () => abort.abort()
    c.req.raw.signal.addEventListener('abort', leave, { once: true })
    const timer = setTimeout(leave, HEADERS_TIMEOUT_MS)
    try {
      const answer = await proxy(target, {
        method: c.req.method,
        ...(c.req.raw.body === null ? {} : { body: c.req.raw.body, duplex: 'half' as const }),
        redirect: 'manual',
        signal: abort.signal,
        headers: forwardedHeaders(c),
        customFetch: fetchImpl,
      })
      isDown = false
      addProxyHeaders(answer.headers)
      return answer
    } catch (thrown) {
      return await unavailable(c, thrown)
    } finally {
      clearTimeout(timer)
    }
  }
}

/** The same path and query at the UI server. */
function proxiedUrl(proxyUrl: string, requestUrl: string): URL {
  const { pathname, search } = new URL(requestUrl)
  // A path of two slashes would be read as a host if it were resolved against the base.
  const target = new URL(proxyUrl)
  target.pathname = target.pathname.replace(/\/+$/, '') + pathname
  target.search = search
  return target
}

/** Hop-by-hop headers stay here (the library drops them), and so does the login, which is ours. */
function forwardedHeaders(c: Context<AppEnv>): Record<string, string | undefined> {
  const { host, ...headers } = c.req.header()
  return {
    ...headers,
    authorization: undefined,
    connection: undefined,
    'keep-alive': undefined,
    te: undefined,
    upgrade: undefined,
    'content-length': undefined,
    'x-forwarded-host': host ?? new URL(c.req.url).host,
    'x-forwarded-for': c.env?.incoming?.socket.remoteAddress,
  }
}

function addProxyHeaders(headers: Headers): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS))
    if (name !== 'content-security-policy') headers.set(name, value)
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', PROXIED_POLICY)
}
