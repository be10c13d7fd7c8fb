import type { ServerResponse } from 'node:http'
import { type DavServer, etagOf, HOME_PATH, locate, memberHref, type RecordedRequest } from './dav-state.ts'
import { type Writer, xmlWriter } from './dav-xml.ts'

export function answerReport(server: DavServer, request: RecordedRequest, response: ServerResponse): void {
  const writer = xmlWriter(server.quirks.dialect)
  const at = locate(server, request.path)
  if (at?.name !== '') {
    response.writeHead(404).end('Not Found')
    return
  }
  const send = (responses: readonly string[], token?: string) => {
    const body = writer.multistatus(responses, token)
    response.writeHead(207, { 'content-type': 'application/xml; charset=utf-8' }).end(body)
  }
  const member = memberWriter(server, writer, at.segment)
  const objects = [...at.calendar.objects]
  if (request.body.includes('sync-collection')) {
    answerSync(server, request, response, { writer, objects, member, send, self: `${HOME_PATH}${at.segment}/` })
  } else if (request.body.includes('calendar-query')) {
    const { query } = server.quirks
    if (query === 'refused') response.writeHead(501).end('Not Implemented')
    else
      send(
        query === 'empty' ? [] : objects.map(([name, text]) => member(name, text, /calendar-data/.test(request.body))),
      )
  } else {
    answerMultiget(server, request, response, { objects: at.calendar.objects, member, send, writer })
  }
}

type Member = (name: string, text: string, withData: boolean) => string

function memberWriter(server: DavServer, writer: Writer, segment: string): Member {
  return (name, text, withData) => {
    const etag = etagOf(server, text)
    const found = etag === null ? [] : [writer.element({ name: 'getetag', text: etag })]
    if (withData) found.push(writer.element({ name: 'calendar-data', caldav: true, text }))
    return writer.response({ href: memberHref(server, segment, name), found })
  }
}

interface SyncParts {
  readonly writer: Writer
  readonly objects: readonly (readonly [string, string])[]
  readonly member: Member
  readonly self: string
  readonly send: (responses: readonly string[], token?: string) => void
}

function answerSync(
  server: DavServer,
  request: RecordedRequest,
  response: ServerResponse,
  { writer, objects, member, self, send }: SyncParts,
): void {
  const withData = server.quirks.sync === 'texts' && request.body.includes('calendar-data')
  const all = objects.map(([name, text]) => member(name, text, withData))
  const truncated = writer.response({ href: self, status: 'HTTP/1.1 507 Insufficient Storage' })
  switch (server.quirks.sync) {
    case 'forbidden':
      response.writeHead(403).end('Forbidden')
      return
    case 'failing':
      response.writeHead(500).end('Traceback (most recent call last)')
      return
    case 'empty':
      send([], 'token-1')
      return
    case 'page-only':
      send([...all.slice(0, 2), truncated], 'token-same')
      return
    case 'paged': {
      const from = Number(/token-(\d+)/.exec(request.body)?.[1] ?? 0)
      const page = all.slice(from, from + 2)
      const more = from + 2 < all.length
      send(more ? [...page, truncated] : page, `token-${from + 2}`)
      return
    }
    case 'old-deletions': {
      const gone = writer.response({ href: `${self}long-gone.ics`, status: 'HTTP/1.1 404 Not Found' })
      const itself = writer.response({ href: self, found: [writer.element({ name: 'getetag', text: '-1' })] })
      send([gone, itself, ...all, ...all.slice(0, 1)], 'token-1')
      return
    }
    case 'yes':
    case 'texts':
      send(all, 'token-1')
  }
}

interface MultigetParts {
  readonly writer: Writer
  readonly objects: ReadonlyMap<string, string>
  readonly member: Member
  readonly send: (responses: readonly string[]) => void
}

function answerMultiget(
  server: DavServer,
  request: RecordedRequest,
  response: ServerResponse,
  { objects, member, send, writer }: MultigetParts,
): void {
  const hrefs = [...request.body.matchAll(/<d:href>([^<]*)<\/d:href>/g)].map((match) =>
    (match[1] ?? '').replaceAll('&amp;', '&'),
  )
  const { multiget } = server.quirks
  const notFound = (href: string) => writer.response({ href, status: 'HTTP/1.1 404 Not Found' })
  const names = hrefs.map((href) => ({ href, name: locate(server, href)?.name ?? '' }))
  if (multiget === 'fails-on-odd' && names.some(({ name }) => name.includes('odd'))) {
    response.writeHead(500).end('Internal Server Error')
    return
  }
  const answers = names.flatMap(({ href, name }) => {
    const text = objects.get(name)
    if (text === undefined) return [notFound(href)]
    if (!name.includes('odd') || multiget === 'right') return [member(name, text, true)]
    if (multiget === 'omits-odd') return []
    return [multiget === 'denies-odd' ? notFound(href) : member(name, '', true)]
  })
  send(answers)
}
