import type { ServerResponse } from 'node:http'
import type { Refusal } from './kind.ts'
import { mailForDelete, mailForPut } from './mail.ts'
import { type Asked, hrefOf, type KindServer, send } from './shared.ts'
import { type CalendarState, uidOf } from './state.ts'

interface Place {
  readonly segment: string
  readonly calendar: CalendarState
  readonly name: string
}

export function answerPut(server: KindServer, asked: Asked, response: ServerResponse, at: Place): void {
  const { kind, beforePut } = server
  server.beforePut = null
  beforePut?.()
  const { calendar, name } = at
  const href = hrefOf(server, at.segment, name)
  const before = calendar.get(name)
  const refusal =
    precondition(server, asked, before?.etag, href) ??
    refusalOf(server, asked.body, href) ??
    conflict(server, at, asked.body, href)
  if (refusal) {
    send(response, refusal)
    return
  }
  if (kind.mails) server.mails.push(...mailForPut(before?.text, asked.body, kind.mails.honoursNone))
  const { text, etag } = calendar.put(name, asked.body)
  const named =
    kind.putEtag === 'always' ||
    (kind.putEtag === 'verbatim' && text === asked.body) ||
    (kind.putEtag === 'without-guests' && !/^(ORGANIZER|ATTENDEE)/m.test(text))
  response.writeHead(before ? kind.updateStatus : 201, named ? { etag } : {}).end()
}

function precondition(server: KindServer, { headers }: Asked, etag: string | undefined, href: string): Refusal | null {
  const { kind } = server
  const failed = () => kind.refusesPrecondition(`${server.origin}${href}`)
  if (headers['if-none-match'] === '*') return etag !== undefined && kind.honours.ifNoneMatch ? failed() : null
  const wanted = headers['if-match']
  if (wanted === undefined) return null
  if (etag === undefined) return kind.honours.ifMatchOnMissing ? failed() : null
  return wanted === etag ? null : failed()
}

function refusalOf({ kind, refusedMark }: KindServer, text: string, href: string): Refusal | null {
  if (kind.readOnly) return kind.refuses(href)
  if (refusedMark !== null && text.includes(refusedMark)) return kind.refuses(href)
  return kind.checks.find((check) => check.refuses(text))?.answer(href) ?? null
}

function conflict(server: KindServer, at: Place, text: string, href: string): Refusal | null {
  const { uid: rule } = server.kind
  if (!rule) return null
  const uid = uidOf(text)
  const searched = rule.scope === 'calendar' ? [[at.segment, at.calendar] as const] : [...server.calendars]
  for (const [segment, calendar] of searched) {
    const holder = calendar.holderOf(uid)
    if (holder === undefined || (segment === at.segment && holder === at.name)) continue
    return rule.refuses(hrefOf(server, segment, holder), `${server.origin}${href}`)
  }
  return rule.bin && at.calendar.get(at.name) === undefined && at.calendar.wasDeleted(uid) ? rule.bin : null
}

export function answerDelete(server: KindServer, asked: Asked, response: ServerResponse, at: Place): void {
  const { kind } = server
  const stored = at.calendar.get(at.name)
  if (!stored || kind.readOnly) {
    response.writeHead(kind.readOnly ? 409 : 404).end()
    return
  }
  const wanted = asked.headers['if-match']
  if (wanted !== undefined && wanted !== stored.etag && kind.honours.ifMatchOnDelete) {
    send(response, kind.refusesPrecondition(`${server.origin}${hrefOf(server, at.segment, at.name)}`))
    return
  }
  const reply = asked.headers['schedule-reply']
  if (kind.mails) server.mails.push(...mailForDelete(stored.text, kind.mails.honoursNone, reply as string | undefined))
  at.calendar.remove(at.name)
  response.writeHead(204).end()
}

/** A calendar that goes takes its meetings with it, and their guests are told. */
export function deleteCalendar(
  server: KindServer,
  segment: string,
  calendar: CalendarState,
  response: ServerResponse,
): void {
  const { mails } = server.kind
  for (const name of calendar.names()) {
    if (mails) server.mails.push(...mailForDelete(calendar.get(name)?.text ?? '', mails.honoursNone, undefined))
  }
  server.calendars.delete(segment)
  response.writeHead(204).end()
}
