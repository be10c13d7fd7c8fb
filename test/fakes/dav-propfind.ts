import type { ServerResponse } from 'node:http'
import {
  type DavServer,
  etagOf,
  type FakeCalendar,
  HOME_PATH,
  locate,
  memberHref,
  PRINCIPAL_PATH,
  type RecordedRequest,
} from './dav-state.ts'
import { type Writer, xmlWriter } from './dav-xml.ts'

/** Answers PROPFIND the way sabre does: no DAV at `/`, calendar-home-set only on the principal. */
export function answerPropfind(server: DavServer, request: RecordedRequest, response: ServerResponse): void {
  const writer = xmlWriter(server.quirks.dialect)
  const { path } = request
  const deep = request.headers.depth === '1'
  const withSlash = path.endsWith('/') ? path : `${path}/`
  const responses = collectResponses(server, writer, withSlash, deep)
  if (!responses) {
    response.writeHead(path === '/' ? 405 : 404, { 'content-type': 'text/html' }).end('<html><body>No</body></html>')
    return
  }
  response.writeHead(207, { 'content-type': 'application/xml; charset=utf-8' }).end(writer.multistatus(responses))
}

function collectResponses(server: DavServer, writer: Writer, path: string, deep: boolean): string[] | null {
  const me = writer.element({
    name: 'current-user-principal',
    inner: writer.element({ name: 'href', text: PRINCIPAL_PATH }),
  })
  const type = (...inner: string[]) => writer.element({ name: 'resourcetype', inner: inner.join('') })
  const collection = writer.element({ name: 'collection' })
  const homeSet = { name: 'calendar-home-set', caldav: true }
  if (path === '/dav/')
    return [writer.response({ href: path, found: [type(collection), me], missing: [writer.element(homeSet)] })]
  if (path === PRINCIPAL_PATH) {
    const home = writer.element({ ...homeSet, inner: writer.element({ name: 'href', text: HOME_PATH }) })
    const principal = writer.element({ name: 'principal' })
    return [writer.response({ href: path, found: [type(collection, principal), me, home] })]
  }
  if (path === HOME_PATH) {
    const own = writer.response({ href: path, found: [type(collection), me], missing: [writer.element(homeSet)] })
    if (!deep) return [own]
    const calendars = [...server.calendars].map(([segment, calendar]) =>
      calendarResponse(writer, segment, calendar, me),
    )
    return [own, ...calendars, ...(server.quirks.crowdedHome ? crowd(writer) : [])]
  }
  const at = locate(server, path)
  if (at?.name !== '') return null
  const own = calendarResponse(writer, at.segment, at.calendar, me)
  if (!deep) return [own]
  const members = [...at.calendar.objects].map(([name, text]) => {
    const etag = etagOf(server, text)
    const found = [type(), ...(etag === null ? [] : [writer.element({ name: 'getetag', text: etag })])]
    return writer.response({ href: memberHref(server, at.segment, name), found })
  })
  return [own, ...members]
}

function calendarResponse(writer: Writer, segment: string, calendar: FakeCalendar, me: string): string {
  const types = [writer.element({ name: 'collection' }), writer.element({ name: 'calendar', caldav: true })]
  const found = [
    writer.element({ name: 'resourcetype', inner: types.join('') }),
    writer.element({ name: 'displayname', text: calendar.displayName }),
    me,
  ]
  if (calendar.components) {
    const comp = writer.element({ name: 'comp', caldav: true })
    const inner = calendar.components.map((name) => comp.replace(/\/>$/, ` name="${name}"/>`)).join('')
    found.push(writer.element({ name: 'supported-calendar-component-set', caldav: true, inner }))
  }
  return writer.response({ href: `${HOME_PATH}${encodeURIComponent(segment)}/`, found })
}

/** What real homes hold beside event calendars: scheduling boxes, SOGo's mirrors, a bin, an address book. */
function crowd(writer: Writer): string[] {
  const member = (segment: string, ...types: string[]) =>
    writer.response({
      href: HOME_PATH + segment,
      found: [writer.element({ name: 'resourcetype', inner: types.join('') })],
    })
  const collection = writer.element({ name: 'collection' })
  const calendar = writer.element({ name: 'calendar', caldav: true })
  return [
    member('inbox/', collection, writer.element({ name: 'schedule-inbox', caldav: true })),
    member('outbox/', collection, calendar, writer.element({ name: 'schedule-outbox', caldav: true })),
    member('work.ics', calendar),
    member('work.xml', collection, calendar),
    member('old/', collection, calendar, writer.element({ name: 'deleted-calendar' })),
    member('proxy-read/', collection),
  ]
}
