import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'

/** A web server with one feed on it, as schools and clubs have them: validators, and whatever text is set. */
export interface FeedServer {
  /** `http://127.0.0.1:<port>/feed.ics` */
  readonly url: string
  text: string
  /** What every answer has from now on. */
  status: number
  /** Status codes of the answers given so far. */
  readonly answered: readonly number[]
  stop(): Promise<void>
}

export async function startFeedServer(text: string): Promise<FeedServer> {
  const answered: number[] = []
  const server = createServer((request, response) => {
    const etag = `"${createHash('sha256').update(feed.text).digest('hex')}"`
    const status = feed.status === 200 && request.headers['if-none-match'] === etag ? 304 : feed.status
    answered.push(status)
    response.writeHead(status, { etag, 'content-type': 'text/calendar; charset=utf-8' })
    response.end(status === 200 ? feed.text : '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const feed: FeedServer = {
    url: `http://127.0.0.1:${port}/feed.ics`,
    text,
    status: 200,
    answered,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return feed
}
