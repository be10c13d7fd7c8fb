import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Secret } from '../../../src/core/types.ts'
import { HOME, PASSWORD, type ServerKind, USERNAME } from './kind.ts'
import { challenge } from './login.ts'
import { answerPropfind } from './propfind.ts'
import { answerReport } from './report.ts'
import { type Asked, type KindServer, locate, send } from './shared.ts'
import { CalendarState } from './state.ts'
import { answerDelete, answerPut, deleteCalendar } from './write.ts'

/** `now`: the server's clock, milliseconds since 1970. */
export async function startKindServer(kind: ServerKind, now: () => number): Promise<KindServer> {
  const http = createServer((incoming, response) => {
    void readBody(incoming).then((body) => {
      const asked = { method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers, body }
      server.asked.push(asked)
      response.sendDate = false
      response.setHeader('date', new Date(now()).toUTCString())
      if (kind.oldHttp) response.setHeader('connection', 'close')
      if (kind.cookies) response.setHeader('set-cookie', 'PHPSESSID=abc; path=/')
      answer(server, asked, response)
    })
  })
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', () => resolve())
  })
  const address = http.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const server: KindServer = {
    kind,
    origin,
    calendars: new Map(),
    asked: [],
    mails: [],
    refusedMark: null,
    beforePut: null,
    account() {
      const path = { host: '/', home: HOME, calendar: `${HOME}${[...server.calendars.keys()][0] ?? ''}/` }[kind.enter]
      return { url: origin + path, username: USERNAME, password: new Secret(PASSWORD) }
    },
    addCalendar(segment, displayName = segment) {
      const calendar = new CalendarState(kind, displayName, now)
      server.calendars.set(segment, calendar)
      return calendar
    },
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
  return server
}

function answer(server: KindServer, asked: Asked, response: ServerResponse): void {
  const { kind } = server
  const { method, path, headers } = asked
  if (path === '/.well-known/caldav') {
    const { wellKnown } = kind
    if (wellKnown >= 300 && wellKnown < 400) response.writeHead(wellKnown, { location: '/dav/' }).end()
    else send(response, { status: wellKnown, type: 'text/html', body: '<html><title>Not here</title></html>' })
    return
  }
  const wanted = challenge(kind, method, headers)
  if (wanted !== null) {
    response.writeHead(401, { 'www-authenticate': wanted }).end('Unauthorized')
    return
  }
  // Radicale: a body without a length is a bad request.
  if (kind.oldHttp && headers['transfer-encoding'] !== undefined) {
    send(response, { status: 400, type: 'text/plain', body: 'Bad Request' })
    return
  }
  const at = locate(server, path)
  if (method === 'PROPFIND') answerPropfind(server, asked, response)
  else if (method === 'REPORT') answerReport(server, asked, response)
  else if (!at) response.writeHead(404).end()
  else if (at.name === '') {
    if (method === 'DELETE') deleteCalendar(server, at.segment, at.calendar, response)
    else response.writeHead(405).end()
  } else if (method === 'PUT') answerPut(server, asked, response, at)
  else if (method === 'DELETE') answerDelete(server, asked, response, at)
  else if (method === 'GET') answerGet(server, response, at.calendar, at.name)
  else response.writeHead(405).end()
}

function answerGet({ kind }: KindServer, response: ServerResponse, calendar: CalendarState, name: string): void {
  const stored = calendar.get(name)
  if (kind.multiget.denies) response.writeHead(403).end()
  else if (!stored) response.writeHead(404).end()
  else response.writeHead(200, { 'content-type': 'text/calendar; charset=utf-8', etag: stored.etag }).end(stored.text)
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
