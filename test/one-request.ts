import { createServer, type Socket } from 'node:net'
import type { HttpRequest } from '../src/protocol/http.ts'
import type { Limits } from '../src/protocol/limits.ts'
import { type SeenRequest, startWebServer } from './fakes/web-server.ts'
import { never, testHttp } from './http-client.ts'

type Handler = Parameters<typeof startWebServer>[0]

/** Runs `use` with a web server that answers like this. */
export async function serve<T>(handler: Handler, use: (origin: string, seen: SeenRequest[]) => Promise<T>): Promise<T> {
  const server = await startWebServer(handler)
  try {
    return await use(server.origin, server.seen)
  } finally {
    await server.stop()
  }
}

/** One request with a client of its own, read to its end. */
export async function ask(request: Partial<HttpRequest> & { url: string }, limits: Partial<Limits> = {}) {
  const http = testHttp({ limits: { feed: limits } })
  try {
    const response = await http.request({ method: 'GET', signal: never(), limits: 'feed', ...request })
    return { ...response, text: Buffer.from(await response.bytes()).toString() }
  } finally {
    await http.close()
  }
}

/** A TCP server that answers the first bytes with whatever bytes it is told, and closes. */
export async function rawServer(answer: (socket: Socket) => Buffer | null) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => {
      const bytes = answer(socket)
      if (bytes) socket.end(bytes)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
  return {
    url,
    stop() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
