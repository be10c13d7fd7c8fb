import { request as httpRequest, type IncomingMessage, STATUS_CODES } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Duplex } from 'node:stream'
import type { Fetchable } from './deps.ts'

const CONNECT_TIMEOUT_MS = 10_000

/**
 * Answers a websocket upgrade. The app decides on it as on any other request, login included; a route that takes it names
 * the URL to join the connection with. Otherwise its answer is sent and the connection closed.
 */
export async function joinUpgrade(
  app: Fetchable,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  socket.on('error', () => socket.destroy())
  let target: URL | null = null
  const base = `http://${incoming.headers.host ?? 'localhost'}`
  if (!URL.canParse(incoming.url ?? '/', base)) return refuse(socket, 400)
  const answer = await app.fetch(new Request(new URL(incoming.url ?? '/', base), { headers: headersOf(incoming) }), {
    incoming: { socket: { remoteAddress: incoming.socket.remoteAddress } },
    tunnel: (url) => {
      target = url
    },
  })
  if (target === null)
    refuse(socket, answer.status === 200 ? 400 : answer.status, answer.headers.get('www-authenticate'))
  else join(target, incoming, socket, head)
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return headers
}

function join(target: URL, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { authorization: _login, host, ...headers } = incoming.headers
  const request = target.protocol === 'https:' ? httpsRequest : httpRequest
  const upstream = request(target, {
    headers: { ...headers, host: target.host, ...(host === undefined ? {} : { 'x-forwarded-host': host }) },
    timeout: CONNECT_TIMEOUT_MS,
  })
  upstream.on('timeout', () => upstream.destroy())
  upstream.on('error', () => refuse(socket, 502))
  upstream.on('response', (answer) => {
    answer.resume()
    refuse(socket, answer.statusCode ?? 502)
  })
  upstream.on('upgrade', (answer, other, otherHead) => {
    other.setTimeout(0)
    const lines = [`HTTP/1.1 101 ${STATUS_CODES[101]}`]
    for (let index = 0; index < answer.rawHeaders.length; index += 2)
      lines.push(`${answer.rawHeaders[index]}: ${answer.rawHeaders[index + 1]}`)
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    if (otherHead.length > 0) socket.write(otherHead)
    if (head.length > 0) other.write(head)
    other.on('error', () => socket.destroy())
    other.on('close', () => socket.destroy())
    socket.on('close', () => other.destroy())
    socket.pipe(other).pipe(socket)
  })
  socket.once('close', () => upstream.destroy())
  upstream.end()
}

function refuse(socket: Duplex, status: number, challenge: string | null = null): void {
  if (!socket.writable) return
  const extra = challenge === null ? '' : `WWW-Authenticate: ${challenge}\r\n`
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${extra}Content-Length: 0\r\nConnection: close\r\n\r\n`,
  )
}
