import { once } from 'node:events'
import { createServer, request } from 'node:http'

/** What a proxy tells the service of who asked. */
export interface ProxyManner {
  /** Whether Host goes on as the browser wrote it; else the service reads its own address there. */
  readonly keepsHost: boolean
  /** Whether X-Forwarded-* are written. */
  readonly tells: boolean
}

/** A plain reverse proxy in front of the service, under the same paths; nothing of a stream is held back. Port 0: any. */
export async function startReverseProxy(target: string, { keepsHost, tells }: ProxyManner, listensOn = 0) {
  const { hostname, port, host } = new URL(target)
  const server = createServer((incoming, outgoing) => {
    const asked = incoming.headers.host ?? ''
    const told = {
      'x-forwarded-for': incoming.socket.remoteAddress ?? '',
      'x-forwarded-host': asked,
      'x-forwarded-proto': 'http',
    }
    const headers = { ...incoming.headers, ...(!keepsHost && { host }), ...(tells && told) }
    const { method, url } = incoming
    const passed = request({ hostname, port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    passed.on('error', () => outgoing.writeHead(502).end())
    outgoing.on('close', () => passed.destroy())
    incoming.pipe(passed)
  })
  server.listen(listensOn, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async stop(): Promise<void> {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
