import type { ServerResponse } from 'node:http'
import { type Writer, xmlWriter } from '../dav-xml.ts'
import { HOME } from './kind.ts'
import { page } from './refusals.ts'
import { type Asked, hrefOf, type KindServer, locate, send } from './shared.ts'
import type { CalendarState } from './state.ts'

interface Place {
  readonly segment: string
  readonly calendar: CalendarState
}

const unescapeXml = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** The names a listing holds: Open-Xchange leaves out what lies too far back. */
export function listed({ kind }: KindServer, calendar: CalendarState): string[] {
  const { window } = kind
  return calendar.names().filter((name) => {
    if (window === null) return true
    const start = /BEGIN:VEVENT[\s\S]*?DTSTART[^:]*:(\d{4})(\d{2})(\d{2})/.exec(calendar.get(name)?.text ?? '')
    return !start || Date.UTC(Number(start[1]), Number(start[2]) - 1, Number(start[3])) >= window
  })
}

export function answerReport(server: KindServer, asked: Asked, response: ServerResponse): void {
  const { kind } = server
  const at = locate(server, asked.path)
  if (at?.name !== '') {
    response.writeHead(404).end()
    return
  }
  const writer = xmlWriter(kind.dialect)
  if (asked.body.includes('sync-collection')) answerSync(server, asked, response, writer, at)
  else if (asked.body.includes('calendar-query')) answerQuery(server, asked, response, writer, at)
  else answerMultiget(server, asked, response, writer, at)
}

function answerSync(server: KindServer, asked: Asked, response: ServerResponse, writer: Writer, at: Place): void {
  const { sync } = server.kind
  if (!sync) {
    send(response, { status: 501, type: 'text/plain', body: 'Not Implemented' })
    return
  }
  const token = unescapeXml(/<d:sync-token>([^<]*)</.exec(asked.body)?.[1] ?? '')
  const { calendar, segment } = at
  const href = (name: string) => (sync.rawHrefs ? `${HOME}${segment}/${name}` : hrefOf(server, segment, name))
  const gone = (name: string) => writer.response({ href: href(name), status: 'HTTP/1.1 404 Not Found' })
  const there = (name: string) => {
    const etag = writer.element({ name: 'getetag', text: calendar.get(name)?.etag ?? '' })
    return writer.response({ href: href(name), found: [etag] })
  }
  const everything = () => {
    const old = sync.namesOldDeletions ? calendar.oldDeletions().map(gone) : []
    send(response, {
      status: 207,
      body: writer.multistatus([...old, ...listed(server, calendar).map(there)], calendar.token()),
    })
  }
  if (token === '') {
    everything()
    return
  }
  const delta = calendar.since(token)
  if (delta) {
    const responses = [...delta.there.map(there), ...delta.gone.map(gone)]
    send(response, { status: 207, body: writer.multistatus(responses, calendar.token()) })
    return
  }
  switch (sync.invalid) {
    case 'full':
      everything()
      return
    case 'fails':
      send(response, { status: 500, type: 'text/plain', body: 'Traceback (most recent call last): KeyError' })
      return
    case 'echo':
      if (token.startsWith('http://sabre.io/ns/sync/')) {
        send(response, { status: 207, body: writer.multistatus([], token) })
        return
      }
  }
  const body = '<?xml version="1.0"?><error xmlns="DAV:"><valid-sync-token/></error>'
  send(response, { status: 403, body })
}

function answerQuery(server: KindServer, asked: Asked, response: ServerResponse, writer: Writer, at: Place): void {
  const { query } = server.kind
  const depth = asked.headers.depth ?? '0'
  if (!query.offered) send(response, { status: 501, type: 'text/plain', body: 'Not Implemented' })
  else if (depth === '0' && query.depthZero === 'refused') response.writeHead(400).end()
  else {
    const withData = asked.body.includes('calendar-data')
    const isEmpty = !asked.body.includes('name="VEVENT"') || (depth === '0' && query.depthZero === 'empty')
    const names = isEmpty ? [] : listed(server, at.calendar)
    sendMembers(
      server,
      response,
      writer,
      names.map((name) => member(server, writer, at, name, withData)),
    )
  }
}

function answerMultiget(server: KindServer, asked: Asked, response: ServerResponse, writer: Writer, at: Place): void {
  const { multiget } = server.kind
  const hrefs = [...asked.body.matchAll(/<d:href>([^<]*)<\/d:href>/g)].map((match) => unescapeXml(match[1] ?? ''))
  if (hrefs.length > multiget.most) {
    send(response, page(500, 'Something went wrong'))
    return
  }
  const answers = hrefs.flatMap((href) => {
    const name = locate(server, href)?.name ?? ''
    const known = at.calendar.get(name) !== undefined
    if (known && !multiget.denies) return [member(server, writer, at, name, true)]
    return multiget.missing === 'absent' ? [] : [writer.response({ href, status: 'HTTP/1.1 404 Not Found' })]
  })
  sendMembers(server, response, writer, answers)
}

function member(
  server: KindServer,
  writer: Writer,
  { calendar, segment }: Place,
  name: string,
  withData: boolean,
): string {
  const stored = calendar.get(name)
  const found = [writer.element({ name: 'getetag', text: stored?.etag ?? '' })]
  if (withData) found.push(writer.element({ name: 'calendar-data', caldav: true, text: stored?.text ?? '' }))
  return writer.response({ href: hrefOf(server, segment, name), found })
}

/** Characters that XML forbids go out in the way of the server. */
function sendMembers({ kind }: KindServer, response: ServerResponse, writer: Writer, members: readonly string[]): void {
  const body = writer.multistatus(members)
  const poison = /[[\p{Cc}--[\t\n\r\u0080-\u009F]]\uFFFE\uFFFF]/gv
  const shown = {
    raw: () => body,
    mended: () => body.replace(poison, '\uFFFD'),
    references: () => body.replace(poison, (character) => `&#${character.charCodeAt(0)};`),
  }[kind.poison]()
  send(response, { status: 207, body: shown })
}
