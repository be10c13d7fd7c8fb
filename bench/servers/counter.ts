import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** What passed between a client and a server, headers included. */
export interface Traffic {
  readonly requests: number
  /** Of these, how many were a PUT. */
  readonly puts: number
  /** Bytes from and to the client. */
  readonly sent: number
  readonly received: number
}

export interface Counter {
  /** What to reach the server at instead. */
  readonly origin: string
  /** What passed since the last call. */
  take(): Traffic
  close(): Promise<void>
}

const NOTHING: Traffic = { requests: 0, puts: 0, sent: 0, received: 0 }
const REQUEST_LINE = /([A-Z]+) \S+ HTTP\/1\.[01]\r\n/g
/** Longer than any request line of the bench. */
const LONGEST_LINE = 2000

/**
 * Forwards bytes to a server and counts them. It costs time, so that nothing is measured by way of it but what has
 * passed.
 */
export async function startCounter(target: string): Promise<Counter> {
  const { hostname, port } = new URL(target)
  let seen = { ...NOTHING }
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const onward = connect(Number(port), hostname)
    client.pipe(onward)
    onward.pipe(client)
    let tail = ''
    client.on('data', (chunk: Buffer) => {
      const text = tail + chunk.toString('latin1')
      let end = 0
      for (const line of text.matchAll(REQUEST_LINE)) {
        end = line.index + line[0].length
        seen = { ...seen, requests: seen.requests + 1, puts: seen.puts + Number(line[1] === 'PUT') }
      }
      // Its last line may go on in the next chunk.
      tail = text.slice(Math.max(end, text.length - LONGEST_LINE))
      seen = { ...seen, sent: seen.sent + chunk.length }
    })
    onward.on('data', (chunk: Buffer) => {
      seen = { ...seen, received: seen.received + chunk.length }
    })
    for (const [one, other] of [
      [client, onward],
      [onward, client],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => sockets.delete(one))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    take() {
      const taken = seen
      seen = { ...NOTHING }
      return taken
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
