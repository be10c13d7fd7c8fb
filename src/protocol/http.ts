import { type Dispatcher, request as dispatch } from 'undici'
import type { Connection } from '../core/connection.ts'
import { SyncError } from '../core/errors.ts'
import type { Clock, Logger } from '../core/types.ts'
import { ACCEPT_ENCODING, decodeBody, tooLarge } from './body.ts'
import { type NetworkRules, openNetwork } from './connect.ts'
import type { Credentials } from './credentials.ts'
import { ERROR_BODY_BYTES, LIMITS, type LimitName, type Limits } from './limits.ts'
import { createLogins } from './logins.ts'
import { isReset, networkError } from './network-error.ts'
import { type Hop, isRedirect, nextHop } from './redirect.ts'
import { safeUrl } from './safe-url.ts'

export interface HttpOptions extends NetworkRules {
  readonly clock: Clock
  readonly log: Logger
  readonly userAgent: string
  readonly limits?: Partial<Record<LimitName, Partial<Limits>>>
}

export interface HttpRequest {
  readonly method: 'GET' | 'PROPFIND' | 'REPORT' | 'PUT' | 'DELETE' | 'MKCALENDAR' | 'MKCOL' | 'PROPPATCH'
  /** http or https, without user info. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Sent at once, as Basic, or as Digest where the server has asked for it; null or absent: none. */
  readonly credentials?: Credentials | null
  /** How the server is reached; where it is absent, as the credentials say. Shown to the same sites as those. */
  readonly connection?: Connection | null
  readonly signal: AbortSignal
  readonly limits: LimitName
  /** `manual`: a redirect is handed back as the answer. Writes are never redirected. */
  readonly redirect?: 'follow' | 'manual'
  /** The server that named this URL: where that one is public, this one must be too (threat D1). */
  readonly namedBy?: string
}

export interface HttpResponse {
  readonly status: number
  /** The URL that answered, after redirects. */
  readonly url: string
  /** True: a redirect led to another site, which was not shown the credentials. */
  readonly credentialsWithheld: boolean
  header(name: string): string | null
  /** The decoded body, once; must be read to its end, or given up by `bytes` or `discard`. */
  readonly body: AsyncIterable<Uint8Array>
  /** The whole body; with `atMost` only its beginning, the rest is dropped. */
  bytes(atMost?: number): Promise<Uint8Array>
  discard(): Promise<void>
}

/** The one way out of this process. Every error it throws, also from reading a body, is a SyncError. */
export interface Http {
  readonly clock: Clock
  readonly log: Logger
  /** Any status is an answer; what it means is for the caller to say. */
  request(request: HttpRequest): Promise<HttpResponse>
  close(): Promise<void>
}

export function createHttp(options: HttpOptions): Http {
  const { clock, log } = options
  const network = openNetwork(options)
  const logins = createLogins()

  async function exchange(request: HttpRequest, hop: Hop, publicOnly: boolean, limits: Limits, signal: AbortSignal) {
    const { method, credentials } = request
    const connection = request.connection ?? credentials?.connection ?? null
    const headers: Record<string, string> = {
      ...(hop.trusted ? revealed(connection) : {}),
      'user-agent': connection?.user_agent ?? options.userAgent,
      'accept-encoding': ACCEPT_ENCODING,
      ...request.headers,
    }
    const login = hop.trusted ? credentials : null
    const dispatcher = network.dispatcher(hop.url, hop.trusted ? connection : null, publicOnly)
    const send = () =>
      dispatch(hop.url, {
        method,
        headers: login ? { ...headers, authorization: logins.authorize(hop.url, method, login) } : headers,
        // A Buffer, so that a Content-Length goes out: Radicale refuses chunked requests.
        body: request.body === undefined ? null : Buffer.from(request.body, 'utf8'),
        signal,
        headersTimeout: limits.headersMs,
        bodyTimeout: limits.idleMs,
        dispatcher,
        // Without this a REPORT would cost a connection each: undici does not know that it carries a body.
        reset: false,
      })
    const sendSafely = async () => {
      try {
        return await send()
      } catch (thrown) {
        // A kept connection may have been closed by the server just as we used it. A write is never repeated blindly.
        if (!isRead(method) || !isReset(thrown) || signal.aborted) throw thrown
        return await send()
      }
    }
    const answer = await sendSafely()
    if (!login) return answer
    if (answer.statusCode !== 401) {
      logins.worked(hop.url, login)
      return answer
    }
    // A refused login has done nothing, so a write may be sent again as well.
    if (!logins.learn(hop.url, login, single(answer.headers['www-authenticate']))) return answer
    await answer.body.dump({ limit: ERROR_BODY_BYTES, signal })
    return await sendSafely()
  }

  async function run(request: HttpRequest, limits: Limits, deadline: Deadline): Promise<HttpResponse> {
    const first = new URL(request.url)
    const trail = [first]
    let hop: Hop = { url: first, trusted: true }
    let publicOnly = request.namedBy !== undefined && network.isPublic(new URL(request.namedBy).origin)
    for (;;) {
      const started = performance.now()
      const answer = await exchange(request, hop, publicOnly, limits, deadline.signal)
      log.debug('Request', {
        method: request.method,
        url: safeUrl(hop.url),
        status: answer.statusCode,
        ms: Math.round(performance.now() - started),
      })
      const followed = request.redirect !== 'manual' && isRead(request.method)
      if (!followed || !isRedirect(answer.statusCode)) {
        return toResponse(answer, hop, Boolean(request.credentials) && !hop.trusted, limits, deadline)
      }
      await answer.body.dump({ limit: ERROR_BODY_BYTES, signal: deadline.signal })
      publicOnly ||= network.isPublic(hop.url.origin)
      hop = nextHop(
        trail,
        single(answer.headers.location),
        hop.trusted,
        Boolean(request.credentials ?? request.connection),
      )
      trail.push(hop.url)
    }
  }

  return {
    clock,
    log,
    async request(request) {
      const limits = { ...LIMITS[request.limits], ...options.limits?.[request.limits] }
      const deadline = startDeadline(request.signal, limits.totalMs, request.url)
      try {
        return await run(request, limits, deadline)
      } catch (thrown) {
        throw deadline.finish(thrown)
      }
    },
    close: () => network.close(),
  }
}

function isRead(method: HttpRequest['method']): boolean {
  return method === 'GET' || method === 'PROPFIND' || method === 'REPORT'
}

function revealed(connection: Connection | null): Record<string, string> {
  const headers = Object.entries(connection?.headers ?? {})
  return Object.fromEntries(headers.map(([name, value]) => [name, value.reveal()]))
}

type Answer = Dispatcher.ResponseData

function toResponse(answer: Answer, hop: Hop, withheld: boolean, limits: Limits, deadline: Deadline): HttpResponse {
  const url = hop.url.href
  const header = (name: string) => single(answer.headers[name])
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      if (Number(header('content-length') ?? 0) > limits.maxBytes) {
        answer.body.on('error', () => undefined).destroy()
        throw tooLarge(safeUrl(url), limits.maxBytes)
      }
      yield* decodeBody(answer.body, header('content-encoding'), limits.maxBytes, url)
    } catch (thrown) {
      throw deadline.finish(thrown)
    } finally {
      deadline.finish(null)
    }
  }
  const body = read()
  return {
    status: answer.statusCode,
    url,
    credentialsWithheld: withheld,
    header,
    body,
    async bytes(atMost = Number.POSITIVE_INFINITY) {
      const chunks: Uint8Array[] = []
      let size = 0
      for await (const chunk of body) {
        chunks.push(chunk)
        size += chunk.byteLength
        if (size >= atMost) break
      }
      return Buffer.concat(chunks).subarray(0, Math.min(size, atMost))
    },
    async discard() {
      try {
        await answer.body.dump({ limit: ERROR_BODY_BYTES, signal: deadline.signal })
      } catch (thrown) {
        throw deadline.finish(thrown)
      } finally {
        deadline.finish(null)
      }
    },
  }
}

interface Deadline {
  readonly signal: AbortSignal
  /** Stops the clock; gives back what the thrown thing means (a time limit, our own abort, or a network error). */
  finish(thrown: unknown): SyncError
}

function startDeadline(caller: AbortSignal, totalMs: number, target: string): Deadline {
  const controller = new AbortController()
  const host = URL.parse(target)?.host ?? ''
  const timer = setTimeout(() => {
    const seconds = Math.round(totalMs / 1000)
    controller.abort(
      new SyncError(
        'unreachable',
        `${host} was not done after ${seconds} s, so it was given up. It is tried again later.`,
        {
          url: safeUrl(target),
        },
      ),
    )
  }, totalMs)
  const signal = AbortSignal.any([caller, controller.signal])
  return {
    signal,
    finish(thrown) {
      clearTimeout(timer)
      if (caller.aborted) return abortedError(caller)
      if (controller.signal.aborted) return networkError(controller.signal.reason, target)
      return networkError(thrown, target)
    },
  }
}

function abortedError(signal: AbortSignal): SyncError {
  return signal.reason instanceof SyncError
    ? signal.reason
    : new SyncError('aborted', 'The request was stopped.', { cause: signal.reason })
}

function single(value: string | string[] | undefined): string | null {
  return Array.isArray(value) ? value.join(', ') : (value ?? null)
}
