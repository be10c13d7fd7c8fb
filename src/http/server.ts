import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener, RequestError } from '@hono/node-server'
import { SyncError } from '../core/errors.ts'
import type { Logger } from '../core/types.ts'
import type { Bindings, Fetchable } from './deps.ts'
import { plainAnswer, SECURITY_HEADERS } from './security-headers.ts'
import { joinUpgrade } from './tunnel.ts'

/** Bounds on what a client may take from us; see threats A14. */
export interface ServerLimits {
  readonly headersMs: number
  readonly requestMs: number
  readonly idleMs: number
  readonly sockets: number
  /** How long `close` waits for answers under way. */
  readonly closeMs: number
}

const DEFAULT_LIMITS: ServerLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  idleMs: 5_000,
  sockets: 1_000,
  closeMs: 1_500,
}

export interface ServeOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly log: Logger
  readonly limits?: Partial<ServerLimits>
}

export interface RunningServer {
  readonly port: number
  /** No new connections; answers under way are finished, then everything is closed. */
  close(): Promise<void>
}

/** Listens. Throws a SyncError in plain words where the address cannot be had. */
export async function serve(app: Fetchable, options: ServeOptions): Promise<RunningServer> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const listener = getRequestListener((request, env) => app.fetch(request, bindingsOf(env.incoming)), {
    errorHandler: (thrown) => answerBrokenRequest(thrown, options.log),
  })
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleMs,
      connectionsCheckingInterval: Math.min(1_000, limits.headersMs),
      // Most requests have no body; without this each goes through the life of a stream that never says anything.
      optimizeEmptyRequests: true,
    },
    (incoming, outgoing) => {
      if (app.answerAtOnce?.(incoming, outgoing)) return
      if (isSmuggled(incoming)) refusePath(outgoing)
      else void listener(incoming, outgoing)
    },
  )
  server.maxConnections = limits.sockets
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => answerClientError(error, socket))

  const upgraded = new Set<Duplex>()
  server.on('upgrade', (incoming, socket, head) => {
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
    joinUpgrade(app, incoming, socket, head).catch((thrown: unknown) => {
      options.log.warn('A websocket could not be joined', { reason: String(thrown) })
      socket.destroy()
    })
  })

  const port = await listen(server, options)
  return { port, close: () => close(server, upgraded, limits.closeMs) }
}

function bindingsOf(incoming: { readonly socket?: unknown }): Bindings {
  const socket = incoming.socket
  const remoteAddress =
    typeof socket === 'object' &&
    socket !== null &&
    'remoteAddress' in socket &&
    typeof socket.remoteAddress === 'string'
      ? socket.remoteAddress
      : undefined
  return { incoming: { socket: { remoteAddress } } }
}

/**
 * True for a request whose meaning depends on who reads it: a dot segment (a proxy in front may have allowed the path
 * before it), a backslash, or two Host headers.
 */
function isSmuggled(incoming: IncomingMessage): boolean {
  const path = (incoming.url ?? '').split('?', 1)[0] ?? ''
  if (path.includes('\\') || /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) return true
  return incoming.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length > 1
}

function refusePath(outgoing: ServerResponse): void {
  outgoing.writeHead(400, { ...SECURITY_HEADERS, 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
  outgoing.end('Invalid path')
}

function answerBrokenRequest(thrown: unknown, log: Logger): Response {
  if (thrown instanceof RequestError)
    return plainAnswer(400, 'Invalid request', { 'content-type': 'text/plain; charset=utf-8' })
  log.error('A request failed outside its route', { reason: thrown instanceof Error ? thrown.message : String(thrown) })
  return plainAnswer(500, 'Internal error', { 'content-type': 'text/plain; charset=utf-8' })
}

const CLIENT_ERRORS: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
}

function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = CLIENT_ERRORS[error.code ?? ''] ?? '400 Bad Request'
  const headers = Object.entries(SECURITY_HEADERS).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status}`, ...headers, 'content-length: 0', 'connection: close', '', ''].join('\r\n'))
}

function listen(server: Server, { host, port }: ServeOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainListenError(error, host, port)))
    server.listen({ host, port }, () => resolve((server.address() as AddressInfo).port))
  })
}

function explainListenError(error: NodeJS.ErrnoException, host: string, port: number): SyncError {
  const explain = (message: string) => new SyncError('internal', message, { cause: error })
  switch (error.code) {
    case 'EADDRINUSE':
      return explain(
        `Port ${port} is already in use; stop the program that uses it or set SERVER_PORT to another port.`,
      )
    case 'EACCES':
      return explain(`Port ${port} needs more rights than this user has; set SERVER_PORT to a port above 1023.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return explain(`This machine has no address ${host}; set SERVER_HOST to 0.0.0.0 or to an address it has.`)
    default:
      return explain(`The server cannot listen on ${host}, port ${port} (SERVER_HOST, SERVER_PORT): ${error.message}`)
  }
}

const SWEEP_MS = 20

function close(server: Server, upgraded: ReadonlySet<Duplex>, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), waitMs)
    // A connection whose answer ends now is kept for a next request that will not come.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
    server.close(() => {
      clearTimeout(force)
      clearInterval(sweep)
      resolve()
    })
    server.closeIdleConnections()
    for (const socket of upgraded) socket.destroy()
  })
}
