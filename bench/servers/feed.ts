import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'

/** A feed on a web server with everything ready, so that none of its work counts. */
export interface Feed {
  /** `http://127.0.0.1:<port>/feed.ics` */
  readonly url: string
  readonly etag: string
  /** Another edition from now on. */
  publish(text: string): void
  stop(): Promise<void>
}

export async function startFeed(text: string): Promise<Feed> {
  let bytes = Buffer.of()
  let etag = ''
  const publish = (edition: string) => {
    bytes = Buffer.from(edition)
    etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`
  }
  publish(text)
  const server = createServer((request, response) => {
    const isKnown = request.headers['if-none-match'] === etag
    const headers = { etag, 'content-type': 'text/calendar; charset=utf-8' }
    if (isKnown) response.writeHead(304, headers).end()
    else response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/feed.ics`,
    get etag() {
      return etag
    },
    publish,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
