import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Account } from '../../src/core/remote.ts'
import type { Dialect } from './dav-xml.ts'

/** How this server differs from the ideal one; each is the way of some real server (shared page on servers). */
export interface Quirks {
  readonly dialect: Dialect
  readonly hrefs: 'path' | 'absolute' | 'other-port' | 'encoded-hard' | 'unencoded'
  /** Stores another text than it was sent. */
  readonly rewrites: boolean
  readonly etags: 'strong' | 'weak' | 'unquoted' | 'silent-put' | 'none'
  /** Answers a refused PUT with 207 and the status inside, as Xandikos does. */
  readonly hidesErrors: boolean
  readonly sync: 'yes' | 'texts' | 'forbidden' | 'failing' | 'paged' | 'old-deletions' | 'empty' | 'page-only'
  readonly query: 'yes' | 'refused' | 'empty'
  /** What multiget does with a resource whose name contains `odd`. */
  readonly multiget: 'right' | 'omits-odd' | 'empties-odd' | 'denies-odd' | 'fails-on-odd'
  /** Members that are no event calendars are listed in the home too. */
  readonly crowdedHome: boolean
}

export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface FakeCalendar {
  readonly displayName: string
  readonly components: readonly string[] | null
  /** By decoded last path segment. */
  readonly objects: Map<string, string>
}

/** Answers in place of the server and gives back true, or leaves the request alone. */
export type Intercept = (request: RecordedRequest, response: ServerResponse) => boolean

export interface DavServer {
  readonly origin: string
  readonly home: string
  readonly quirks: Quirks
  readonly requests: RecordedRequest[]
  readonly calendars: Map<string, FakeCalendar>
  intercept: Intercept | null
  account(url?: string): Account
  addCalendar(segment: string, options?: Partial<Pick<FakeCalendar, 'displayName' | 'components'>>): string
  stop(): Promise<void>
}

export const HOME_PATH = '/dav/calendars/alice/'
export const PRINCIPAL_PATH = '/dav/principals/alice/'
export function etagOf(server: DavServer, text: string): string | null {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  const { etags } = server.quirks
  if (etags === 'none') return null
  return etags === 'unquoted' ? `http://etags.example/${hash}` : etags === 'weak' ? `W/"${hash}"` : `"${hash}"`
}

/** The calendar and the decoded resource name that a path means. */
export function locate(server: DavServer, path: string) {
  const bare = new URL(path, server.origin).pathname
  if (!bare.startsWith(HOME_PATH)) return null
  const [segment = '', name = '', ...rest] = bare.slice(HOME_PATH.length).split('/').map(decodeURIComponent)
  const calendar = server.calendars.get(segment)
  return calendar && rest.length === 0 ? { segment, calendar, name } : null
}

/** The href of a resource in the way of this server. */
export function memberHref(server: DavServer, segment: string, name: string): string {
  const path = `${HOME_PATH}${encodeURIComponent(segment)}/`
  const hard = (text: string) =>
    encodeURIComponent(text).replace(/[-_.~!*'()]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  switch (server.quirks.hrefs) {
    case 'absolute':
      return server.origin + path + encodeURIComponent(name)
    case 'other-port':
      return `https://127.0.0.1:1${path}${encodeURIComponent(name)}`
    case 'encoded-hard':
      return path + hard(name)
    case 'unencoded':
      return path + name
    case 'path':
      return path + encodeURIComponent(name)
  }
}
