import type { CalDavServer } from '../../test/servers/caldav-server.ts'

/** A CalDAV server with a calendar of the bench on it. */
export interface BenchServer extends CalDavServer {
  /** Address of the calendar that holds the events, with its slash. */
  readonly calendar: string
  readonly size: number
}

/** The last path segment of an event's address. */
export const objectName = (index: number): string => `event-${index}.ics`

const XML = '<?xml version="1.0" encoding="utf-8"?>'
const NAMES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
const FILTER = '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter>'

/** A REPORT for all events with their texts. */
export const EVERYTHING = `${XML}<c:calendar-query ${NAMES}><d:prop><d:getetag/><c:calendar-data/></d:prop>${FILTER}</c:calendar-query>`

/** A REPORT for what has changed since the token, with texts; an empty token asks for everything. */
export const changesSince = (token: string): string =>
  `${XML}<d:sync-collection ${NAMES}><d:sync-token>${token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/><c:calendar-data/></d:prop></d:sync-collection>`

async function warm(server: CalDavServer, calendar: string, size: number, depth: '0' | '1', body: string) {
  const headers = { depth, 'content-type': 'application/xml', 'accept-encoding': 'identity' }
  const { status, text } = await server.request('REPORT', calendar, { headers, body })
  const found = text.split('.ics</').length - 1
  if (status !== 207 || found !== size)
    throw new Error(`${server.name} names ${found} of ${size} events (${status}): ${text.slice(0, 500)}`)
}

/** Reads the whole calendar, so that whatever the server makes at a first read is made. */
export function queryAll(server: CalDavServer, calendar: string, size: number): Promise<void> {
  return warm(server, calendar, size, '1', EVERYTHING)
}

/** The same for sync-collection. */
export function syncAll(server: CalDavServer, calendar: string, size: number): Promise<void> {
  return warm(server, calendar, size, '0', changesSince(''))
}

/** How many VEVENTs so many objects of the bench have: every twentieth has an override. */
export const eventCount = (size: number): number => size + Math.ceil(size / 20)
