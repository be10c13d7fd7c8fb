import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Account } from '../../../src/core/remote.ts'
import { HOME, type Refusal, type ServerKind } from './kind.ts'
import type { SentMail } from './mail.ts'
import type { CalendarState } from './state.ts'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A whole server in memory of one kind, on a loopback port of its own. */
export interface KindServer {
  readonly kind: ServerKind
  readonly origin: string
  readonly calendars: Map<string, CalendarState>
  readonly asked: Asked[]
  /** Every mail handed to the mailer so far. */
  readonly mails: SentMail[]
  /** A text that holds this is refused for a reason the server keeps to itself. */
  refusedMark: string | null
  /** Called just before a PUT is looked at: what somebody else does in that instant. */
  beforePut: (() => void) | null
  account(): Account
  addCalendar(segment: string, displayName?: string): CalendarState
  stop(): Promise<void>
}

/** The calendar and the decoded name that a path or href means. */
export function locate(server: KindServer, path: string) {
  const bare = new URL(path, server.origin).pathname
  if (!bare.startsWith(HOME)) return null
  const [segment = '', name = '', ...rest] = bare.slice(HOME.length).split('/').map(decodeURIComponent)
  const calendar = server.calendars.get(segment)
  // DavMail lists as `.EML` what was stored as `.ics`.
  return calendar && rest.length === 0 ? { segment, calendar, name: name.replace(/\.EML$/, '.ics') } : null
}

export function hrefOf(server: KindServer, segment: string, name: string): string {
  return `${HOME}${encodeURIComponent(segment)}/${server.kind.hrefs(name)}`
}

export function send(response: ServerResponse, { status, body, type }: Refusal): void {
  response.writeHead(status, { 'content-type': type ?? 'application/xml; charset=utf-8' }).end(body)
}
