import type { ServerResponse } from 'node:http'
import { type Writer, xmlWriter } from '../dav-xml.ts'
import { HOME, PRINCIPAL } from './kind.ts'
import { listed } from './report.ts'
import { type Asked, hrefOf, type KindServer, locate, send } from './shared.ts'
import type { CalendarState } from './state.ts'

export function answerPropfind(server: KindServer, asked: Asked, response: ServerResponse): void {
  const { kind } = server
  const path = asked.path.endsWith('/') ? asked.path : `${asked.path}/`
  if (path === '/' && kind.root !== 207) {
    send(response, { status: kind.root, type: 'text/html', body: '<html><title>No</title></html>' })
    return
  }
  const writer = xmlWriter(kind.dialect)
  const responses = responsesFor(server, writer, path, asked.headers.depth === '1', asked.body)
  if (responses) send(response, { status: 207, body: writer.multistatus(responses) })
  else if (kind.hidesMissing) {
    const href = `http%3A//${server.origin.slice('http://'.length)}${path}`
    send(response, {
      status: 207,
      body: writer.multistatus([writer.response({ href, status: 'HTTP/1.1 404 Not Found' })]),
    })
  } else send(response, { status: 404, type: 'text/html', body: '<html><title>Not found</title></html>' })
}

function responsesFor(server: KindServer, writer: Writer, path: string, deep: boolean, body: string): string[] | null {
  const { kind } = server
  const leads = kind.enter === 'host'
  const me = leads ? [writer.element({ name: 'current-user-principal', inner: href(writer, PRINCIPAL) })] : []
  const type = (...inner: string[]) => writer.element({ name: 'resourcetype', inner: inner.join('') })
  const collection = writer.element({ name: 'collection' })
  const missing = [writer.element({ name: 'calendar-home-set', caldav: true })]
  if (path === '/' || path === '/dav/') {
    return [writer.response({ href: path, found: [type(collection), ...me], missing })]
  }
  if (path === PRINCIPAL) {
    const home = writer.element({ name: 'calendar-home-set', caldav: true, inner: href(writer, HOME) })
    return [
      writer.response({ href: path, found: [type(collection, writer.element({ name: 'principal' })), ...me, home] }),
    ]
  }
  if (path === HOME) {
    // Zoho answers a Depth-1 question with properties that hold nothing.
    if (kind.enter === 'calendar') return [writer.response({ href: path, found: [''] })]
    const own = writer.response({ href: path, found: [type(collection), ...me], missing })
    if (!deep) return [own]
    const calendars = [...server.calendars].map(([segment, calendar]) =>
      calendarResponse(server, writer, segment, calendar, me, body),
    )
    return [own, ...calendars, ...(kind.crowd ? crowd(writer, [...server.calendars.keys()]) : [])]
  }
  const at = locate(server, path)
  if (at?.name !== '') return null
  const own = calendarResponse(server, writer, at.segment, at.calendar, me, body)
  if (!deep) return [own]
  const members = listed(server, at.calendar).map((name) => {
    const etag = writer.element({ name: 'getetag', text: at.calendar.get(name)?.etag ?? '' })
    return writer.response({ href: hrefOf(server, at.segment, name), found: [type(), etag] })
  })
  return [own, ...members]
}

function calendarResponse(
  server: KindServer,
  writer: Writer,
  segment: string,
  calendar: CalendarState,
  me: readonly string[],
  body: string,
): string {
  const { kind } = server
  const types = [writer.element({ name: 'collection' }), writer.element({ name: 'calendar', caldav: true })]
  const comp = writer.element({ name: 'comp', caldav: true }).replace(/\/>$/, ' name="VEVENT"/>')
  const ctag = calendar.ctag()
  const text = (value: string) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const found = [
    writer.element({ name: 'resourcetype', inner: types.join('') }),
    writer.element({ name: 'displayname', text: calendar.displayName }),
    ...me,
    writer.element({ name: 'supported-calendar-component-set', caldav: true, inner: comp }),
    ...(ctag !== null && body.includes('getctag')
      ? [`<cs:getctag xmlns:cs="http://calendarserver.org/ns/">${text(ctag)}</cs:getctag>`]
      : []),
    ...(kind.sync && body.includes('sync-token')
      ? [writer.element({ name: 'sync-token', text: calendar.token() })]
      : []),
    ...(body.includes('supported-report-set') ? [reports(writer, kind.sync !== null)] : []),
  ]
  return writer.response({ href: `${HOME}${encodeURIComponent(segment)}/`, found })
}

function reports(writer: Writer, syncs: boolean): string {
  const report = (inner: string) =>
    writer.element({ name: 'supported-report', inner: writer.element({ name: 'report', inner }) })
  const names = ['calendar-query', 'calendar-multiget'].map((name) => report(writer.element({ name, caldav: true })))
  if (syncs) names.push(report(writer.element({ name: 'sync-collection' })))
  return writer.element({ name: 'supported-report-set', inner: names.join('') })
}

/** Scheduling boxes, and SOGo's pseudo-resources for each calendar. */
function crowd(writer: Writer, segments: readonly string[]): string[] {
  const collection = writer.element({ name: 'collection' })
  const calendar = writer.element({ name: 'calendar', caldav: true })
  const member = (path: string, ...types: string[]) =>
    writer.response({ href: HOME + path, found: [writer.element({ name: 'resourcetype', inner: types.join('') })] })
  return [
    member('inbox/', collection, writer.element({ name: 'schedule-inbox', caldav: true })),
    member('outbox/', collection, writer.element({ name: 'schedule-outbox', caldav: true })),
    ...segments.flatMap((segment) => [
      member(`${segment}.ics`, calendar),
      member(`${segment}.xml`, collection, calendar),
    ]),
  ]
}

function href(writer: Writer, path: string): string {
  return writer.element({ name: 'href', text: path })
}
