/**
 * The least that serving a feed costs in Node: `node:http`, bytes in memory, no framework. Started as a process of its
 * own: `node bench/children/bare-node.mjs [<file> <the same compressed>]`; prints its address.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [bodyFile, gzipFile] = process.argv.slice(2)
const body = bodyFile === undefined ? Buffer.from('ok') : readFileSync(bodyFile)
const gzip = gzipFile === undefined ? null : readFileSync(gzipFile)

const server = createServer((request, response) => {
  const packed = gzip !== null && request.headers['accept-encoding']?.includes('gzip') === true
  const bytes = packed ? gzip : body
  const etag = packed ? '"bench-gzip"' : '"bench"'
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag }).end()
    return
  }
  response.writeHead(200, {
    etag,
    'content-type': 'text/calendar; charset=utf-8',
    'content-length': bytes.length,
    ...(packed ? { 'content-encoding': 'gzip' } : {}),
  })
  response.end(bytes)
})
// The port that the service would take, where one is named.
server.listen(Number(process.env.SERVER_PORT ?? 0), '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`Address http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}\n`)
})
