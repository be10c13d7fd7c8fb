/**
 * The instant server: the calendar `/alice/bench/` with as many events as its argument says, all from memory. Behind a
 * server that takes no time, what is measured is the client. It runs as a process of its own and sends its port to the
 * one who started it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { benchObjects } from '../lib/calendars.ts'
import { objectName } from './bench-server.ts'
import { InstantCalendar, multistatus } from './instant-calendar.ts'

const HOME = '/alice/'
const calendars = new Map<string, InstantCalendar>()

function add(path: string): InstantCalendar {
  const calendar = new InstantCalendar(path)
  calendars.set(path, calendar)
  return calendar
}

const filled = add(`${HOME}bench/`)
for (const [index, { text }] of benchObjects(Number(process.argv[2])).entries()) filled.put(objectName(index), text)
for (const withData of [true, false]) {
  filled.all(withData)
  filled.since('', withData)
}

/** What a collection has to say of itself, by the local names of the properties. */
function propsOf(path: string, calendar: InstantCalendar | null): Record<string, string> {
  const me = `<d:current-user-principal><d:href>${HOME}</d:href></d:current-user-principal>`
  const name = path.slice(HOME.length, -1)
  const home = `<cal:calendar-home-set><d:href>${HOME}</d:href></cal:calendar-home-set>`
  if (!calendar) {
    const types = path === HOME ? '<d:collection/><d:principal/>' : '<d:collection/>'
    return {
      resourcetype: `<d:resourcetype>${types}</d:resourcetype>`,
      'current-user-principal': me,
      ...(path === HOME && { 'calendar-home-set': home }),
    }
  }
  return {
    resourcetype: '<d:resourcetype><d:collection/><cal:calendar/></d:resourcetype>',
    displayname: `<d:displayname>${name}</d:displayname>`,
    'current-user-principal': me,
    'sync-token': `<d:sync-token>${calendar.token}</d:sync-token>`,
    getctag: `<s:getctag xmlns:s="http://calendarserver.org/ns/">${calendar.token}</s:getctag>`,
    'supported-calendar-component-set':
      '<cal:supported-calendar-component-set><cal:comp name="VEVENT"/></cal:supported-calendar-component-set>',
    'supported-report-set': `<d:supported-report-set>${[
      'd:sync-collection',
      'cal:calendar-query',
      'cal:calendar-multiget',
    ]
      .map((report) => `<d:supported-report><d:report><${report}/></d:report></d:supported-report>`)
      .join('')}</d:supported-report-set>`,
    'current-user-privilege-set':
      '<d:current-user-privilege-set><d:privilege><d:all/></d:privilege></d:current-user-privilege-set>',
  }
}

function responseOf(path: string, asked: string): string {
  const found = Object.entries(propsOf(path, calendars.get(path) ?? null)).filter(([name]) => asked.includes(name))
  const props = found.map(([, xml]) => xml).join('')
  return `<d:response><d:href>${path}</d:href><d:propstat><d:prop>${props}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`
}

function propfind(path: string, depth: string | undefined, body: string): Buffer {
  const own = responseOf(path, body)
  const calendar = calendars.get(path)
  if (depth !== '1') return multistatus([own])
  if (calendar) return calendar.all(false, own)
  return multistatus([own, ...[...calendars.keys()].map((below) => responseOf(below, body))])
}

/** Null: the token is not known. */
function report(calendar: InstantCalendar, body: string): Buffer | null {
  const withData = body.includes('calendar-data')
  if (body.includes('sync-collection')) {
    const token = /sync-token[^>]*>\s*([^<\s]*)\s*</.exec(body)?.[1] ?? ''
    return calendar.since(token, withData)
  }
  if (!body.includes('calendar-multiget')) return calendar.all(withData)
  const hrefs = [...body.matchAll(/<(?:\w+:)?href[^>]*>\s*([^<\s]+)\s*</g)].map(([, href = '']) => href)
  const paths = hrefs.map((href) => new URL(href, 'http://instant.example').pathname)
  return calendar.some(paths, withData)
}

function put(calendar: InstantCalendar, name: string, { headers }: IncomingMessage, body: string): [number, string?] {
  const there = calendar.get(name)
  const match = headers['if-match']
  if (headers['if-none-match'] === '*' ? there : match !== undefined && there?.etag !== match) return [412]
  return [there ? 204 : 201, calendar.put(name, body).etag]
}

function answer(request: IncomingMessage, body: string, response: ServerResponse): void {
  const given = new URL(request.url ?? '/', 'http://instant.example').pathname
  // As sabre/dav, it does not mind a missing slash.
  const path = calendars.has(`${given}/`) ? `${given}/` : given
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const [calendar, name] = [calendars.get(folder), path.slice(folder.length)]
  const sendXml = (bytes: Buffer | null) => {
    if (!bytes) return response.writeHead(403).end()
    const headers = { 'content-type': 'application/xml; charset=utf-8', 'content-length': bytes.length }
    return response.writeHead(207, headers).end(bytes)
  }
  if (request.method === 'OPTIONS') return void response.writeHead(200, { dav: '1, 3, calendar-access' }).end()
  if (request.method === 'MKCALENDAR') {
    add(path)
    return void response.writeHead(201).end()
  }
  const depth = request.headers.depth
  if (request.method === 'PROPFIND' && name === '') return void sendXml(propfind(path, String(depth ?? '0'), body))
  if (!calendar) return void response.writeHead(404).end()
  if (request.method === 'REPORT') return void sendXml(report(calendar, body))
  if (request.method === 'PUT') {
    const [status, etag] = put(calendar, name, request, body)
    return void response.writeHead(status, etag === undefined ? {} : { etag }).end()
  }
  if (request.method === 'DELETE') return void response.writeHead(calendar.delete(name) ? 204 : 404).end()
  const there = calendar.get(name)
  if (!there) return void response.writeHead(request.method === 'GET' ? 404 : 405).end()
  response.writeHead(200, { etag: there.etag, 'content-type': 'text/calendar; charset=utf-8' }).end(there.text)
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => answer(request, Buffer.concat(chunks).toString(), response))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' && address ? address.port : 0)
})
// Nobody is left to use it.
process.on('disconnect', () => process.exit())
