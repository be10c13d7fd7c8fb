/**
 * A server with any number of small calendars and feeds that costs next to nothing per request, as a process of its
 * own: `/cal/<n>/` is read, `/into/<n>/` is written to, `/feed/<n>.ics` is a feed. See `InstantOrder` for what its
 * parent can tell it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { changedSince, editionOf, feedText, type Member, membersOf, WrittenCalendar } from './instant-calendars.ts'

/** `begin`: an hour lasts so many milliseconds from now on, and in each one calendar and feed of twenty changes once. */
export type InstantOrder = { readonly begin: number } | 'tally'

export interface InstantTally {
  readonly requests: Readonly<Record<string, number>>
  /** Events in all calendars that are written to. */
  readonly written: number
}

const XML = { 'content-type': 'application/xml; charset=utf-8' }
const DECLARED =
  '<?xml version="1.0" encoding="utf-8"?>\n<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/">'

const written = new Map<number, WrittenCalendar>()
const requests: Record<string, number> = {}
let begun = 0
let hourMs = Number.POSITIVE_INFINITY

const hour = () => (begun === 0 ? 0 : 1 + Math.floor((Date.now() - begun) / hourMs))

const server = createServer((request, response) => {
  const { method = '', url = '' } = request
  requests[method] = (requests[method] ?? 0) + 1
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => answer(request, Buffer.concat(chunks).toString(), method, url, response))
})

function answer({ headers }: IncomingMessage, body: string, method: string, url: string, response: ServerResponse) {
  const [, kind, number = '', name = ''] = /^\/(cal|into|feed)\/(\d+)(?:\.ics|\/([^/]*))?$/.exec(url) ?? []
  const n = Number(number)
  if (kind === undefined) response.writeHead(404).end()
  else if (kind === 'feed') answerFeed(n, headers['if-none-match'], response)
  else if (method === 'PROPFIND') sendXml(response, collection(url, kind, n))
  else if (method === 'REPORT') sendXml(response, report(url, kind, n, body))
  else if (method === 'PUT' || method === 'DELETE') change(method, n, name, body, headers, response)
  else {
    const found = members(kind, n, -1).find((member) => member.name === name)
    if (found) response.writeHead(200, { etag: found.etag, 'content-type': 'text/calendar' }).end(found.text())
    else response.writeHead(404).end()
  }
}

function answerFeed(n: number, known: string | undefined, response: ServerResponse): void {
  const edition = editionOf(n, hour())
  const etag = `"${edition}"`
  if (known === etag) response.writeHead(304, { etag }).end()
  else response.writeHead(200, { etag, 'content-type': 'text/calendar; charset=utf-8' }).end(feedText(n, edition))
}

function calendarAt(n: number): WrittenCalendar {
  const calendar = written.get(n) ?? new WrittenCalendar()
  written.set(n, calendar)
  return calendar
}

const token = (kind: string, n: number) =>
  `urn:instant:${kind === 'cal' ? editionOf(n, hour()) : calendarAt(n).revision}`

function members(kind: string, n: number, since: number): Member[] {
  if (kind === 'into') return calendarAt(n).members(since)
  const edition = editionOf(n, hour())
  return since < 0 ? membersOf(n, edition) : changedSince(n, edition, since)
}

function collection(url: string, kind: string, n: number): string {
  const mark = token(kind, n)
  return `<d:response><d:href>${url}</d:href><d:propstat><d:prop><d:resourcetype><d:collection/><c:calendar/></d:resourcetype><d:displayname>${n}</d:displayname><d:sync-token>${mark}</d:sync-token><s:getctag>${mark}</s:getctag><c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`
}

function report(url: string, kind: string, n: number, body: string): string {
  const withData = body.includes('calendar-data')
  const write = (member: Member) => {
    const data = withData ? `<c:calendar-data>${escapeXml(member.text())}</c:calendar-data>` : ''
    return `<d:response><d:href>${url}${member.name}</d:href><d:propstat><d:prop><d:getetag>${member.etag}</d:getetag>${data}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`
  }
  if (body.includes('sync-collection')) {
    const since = Number(/urn:instant:(\d+)/.exec(body)?.[1] ?? -1)
    return `${members(kind, n, since).map(write).join('')}<d:sync-token>${token(kind, n)}</d:sync-token>`
  }
  const named = new Set([...body.matchAll(/<d:href>[^<]*\/([^/<]+)<\/d:href>/g)].map(([, name]) => name))
  const all = body.includes('calendar-query')
  return members(kind, n, -1)
    .filter(({ name }) => all || named.has(name))
    .map(write)
    .join('')
}

function change(
  method: string,
  n: number,
  name: string,
  body: string,
  headers: IncomingMessage['headers'],
  response: ServerResponse,
): void {
  const calendar = calendarAt(n)
  const present = calendar.etag(name)
  const isRefused =
    (headers['if-none-match'] === '*' && present !== undefined) ||
    (headers['if-match'] !== undefined && headers['if-match'] !== present)
  if (isRefused) response.writeHead(412).end()
  else if (method === 'PUT')
    response.writeHead(present === undefined ? 201 : 204, { etag: calendar.put(name, body) }).end()
  else {
    calendar.remove(name)
    response.writeHead(204).end()
  }
}

function sendXml(response: ServerResponse, inner: string): void {
  response.writeHead(207, XML).end(`${DECLARED}${inner}</d:multistatus>`)
}

/** Line ends as sabre writes them. */
function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;')
}

process.on('message', (order: InstantOrder) => {
  if (order === 'tally') {
    const sizes = [...written.values()].map(({ size }) => size)
    const tally: InstantTally = { requests, written: sizes.reduce((sum, size) => sum + size, 0) }
    process.send?.(tally)
  } else {
    begun = Date.now()
    hourMs = order.begin
  }
})
// The bench that started it is gone.
process.on('disconnect', () => process.exit(0))
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' && address ? address.port : 0)
})
