import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Secret } from '../../src/core/types.ts'
import { answerPropfind } from './dav-propfind.ts'
import { answerReport } from './dav-report.ts'
import {
  type DavServer,
  etagOf,
  type FakeCalendar,
  HOME_PATH,
  locate,
  type Quirks,
  type RecordedRequest,
} from './dav-state.ts'

const IDEAL: Quirks = {
  dialect: 'prefixed',
  hrefs: 'path',
  rewrites: false,
  etags: 'strong',
  hidesErrors: false,
  sync: 'yes',
  query: 'yes',
  multiget: 'right',
  crowdedHome: false,
}

const USERNAME = 'alice'
const FAKE_PASSWORD = 'p w&<>é'

/** A CalDAV server in memory, on a loopback port of its own, that keeps every request it got. */
export async function startDavServer(quirks: Partial<Quirks> = {}): Promise<DavServer> {
  const requests: RecordedRequest[] = []
  const calendars = new Map<string, FakeCalendar>()
  const http = createServer((incoming, response) => {
    void readBody(incoming).then((body) => {
      const request = { method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers, body }
      requests.push(request)
      if (!server.intercept?.(request, response)) answer(server, request, response)
    })
  })
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', () => resolve())
  })
  const address = http.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const server: DavServer = {
    origin,
    home: origin + HOME_PATH,
    quirks: { ...IDEAL, ...quirks },
    requests,
    calendars,
    intercept: null,
    account: (url = origin + HOME_PATH) => ({ url, username: USERNAME, password: new Secret(FAKE_PASSWORD) }),
    addCalendar(segment, options = {}) {
      calendars.set(segment, { displayName: segment, components: ['VEVENT'], objects: new Map(), ...options })
      return `${origin}${HOME_PATH}${segment}/`
    },
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
  return server
}

function answer(server: DavServer, request: RecordedRequest, response: ServerResponse): void {
  const { method, path } = request
  if (path === '/.well-known/caldav') {
    response.writeHead(301, { location: '/dav/' }).end()
    return
  }
  const wanted = `Basic ${Buffer.from(`${USERNAME}:${FAKE_PASSWORD}`, 'utf8').toString('base64')}`
  if (request.headers.authorization !== wanted) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="fake", charset="UTF-8"' }).end('Unauthorized')
    return
  }
  if (method === 'PROPFIND') answerPropfind(server, request, response)
  else if (method === 'REPORT') answerReport(server, request, response)
  else answerResource(server, request, response)
}

function answerResource(server: DavServer, request: RecordedRequest, response: ServerResponse): void {
  const at = locate(server, request.path)
  if (!at || at.name === '') {
    response.writeHead(at ? 405 : 404).end()
    return
  }
  const { objects } = at.calendar
  const present = objects.get(at.name)
  if (request.method === 'GET') {
    if (present === undefined) response.writeHead(404).end()
    else
      response
        .writeHead(200, { 'content-type': 'text/calendar; charset=utf-8', ...etagHeader(server, present) })
        .end(present)
    return
  }
  if (request.method === 'DELETE' && present === undefined) {
    response.writeHead(404).end()
    return
  }
  const failed = precondition(server, request, present)
  if (failed !== null) {
    refuse(server, request, response, failed)
    return
  }
  if (request.method === 'DELETE') {
    objects.delete(at.name)
    response.writeHead(204).end()
    return
  }
  const text = server.quirks.rewrites ? request.body.replace('END:VEVENT', 'X-STORED:yes\r\nEND:VEVENT') : request.body
  objects.set(at.name, text)
  const silent = server.quirks.etags === 'silent-put'
  response.writeHead(present === undefined ? 201 : 204, silent ? {} : etagHeader(server, text)).end()
}

function precondition(server: DavServer, { headers }: RecordedRequest, present: string | undefined): number | null {
  if (headers['if-none-match'] === '*' && present !== undefined) return 412
  const wanted = headers['if-match']
  if (wanted === undefined) return null
  const strong = present === undefined ? null : etagOf(server, present)?.replace(/^W\//, '')
  return wanted === strong ? null : 412
}

function refuse(server: DavServer, { path }: RecordedRequest, response: ServerResponse, status: number): void {
  if (!server.quirks.hidesErrors) {
    response.writeHead(status).end('Precondition Failed')
    return
  }
  const href = `http%3A//${server.origin.slice(7)}${path}`
  const body = `<ns0:multistatus xmlns:ns0="DAV:"><ns0:response><ns0:href>${href}</ns0:href><ns0:status>HTTP/1.1 ${status} Precondition Failed</ns0:status></ns0:response></ns0:multistatus>`
  response.writeHead(207, { 'content-type': 'text/xml' }).end(body)
}

function etagHeader(server: DavServer, text: string): Record<string, string> {
  const etag = etagOf(server, text)
  return etag === null ? {} : { etag }
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
