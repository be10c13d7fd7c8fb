import type { Account } from '../../src/core/remote.ts'
import { Secret } from '../../src/core/types.ts'

/** A password with everything that breaks careless clients. */
export const PASSWORD = 'p w&<>é'

/** A real server under test, and raw requests to it that share no code with the client under test. */
export interface CalDavServer {
  readonly name: string
  /** `http://127.0.0.1:port` */
  readonly origin: string
  /** Absolute URL of the user's calendar home, with its slash. */
  readonly home: string
  readonly username: string
  /** An account with the right password; `url` is the home unless another is given. */
  account(url?: string): Account
  request(method: string, path: string, options?: RawOptions): Promise<RawAnswer>
  /** Creates a calendar in the home and gives back its URL. */
  makeCalendar(segment: string, options?: CalendarOptions): Promise<string>
  /** Puts an object by a plain PUT; `name` is the last path segment, encoded by the caller. */
  putObject(calendarUrl: string, name: string, text: string): Promise<void>
  stop(): Promise<void>
}

export interface RawOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface CalendarOptions {
  readonly displayName?: string
  readonly components?: readonly string[]
}

interface Place {
  readonly name: string
  readonly origin: string
  readonly homePath: string
  readonly username: string
  readonly stop: () => Promise<void>
}

export function describeServer({ name, origin, homePath, username, stop }: Place): CalDavServer {
  const authorization = `Basic ${Buffer.from(`${username}:${PASSWORD}`, 'utf8').toString('base64')}`
  const home = origin + homePath
  const request = async (method: string, path: string, options: RawOptions = {}): Promise<RawAnswer> => {
    const answer = await fetch(new URL(path, origin), {
      method,
      headers: { authorization, ...options.headers },
      redirect: 'manual',
      ...(options.body === undefined ? {} : { body: options.body }),
    })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  const expect = (answer: RawAnswer, what: string) => {
    if (answer.status >= 300 || answer.status === 207)
      throw new Error(`${name}: ${what}: ${answer.status} ${answer.text}`)
  }
  return {
    name,
    origin,
    home,
    username,
    account: (url = home) => ({ url, username, password: new Secret(PASSWORD) }),
    request,
    async makeCalendar(segment, options = {}) {
      const url = `${home}${segment}/`
      const body = mkcalendar(options.displayName ?? segment, options.components ?? ['VEVENT'])
      expect(await request('MKCALENDAR', url, { headers: { 'content-type': 'application/xml' }, body }), 'MKCALENDAR')
      return url
    },
    async putObject(calendarUrl, objectName, text) {
      const headers = { 'content-type': 'text/calendar; charset=utf-8' }
      expect(await request('PUT', calendarUrl + objectName, { headers, body: text }), 'PUT')
    },
    stop,
  }
}

function mkcalendar(displayName: string, components: readonly string[]): string {
  const name = displayName.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
  const set = components.map((component) => `<C:comp name="${component}"/>`).join('')
  return `<?xml version="1.0" encoding="utf-8"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop><D:displayname>${name}</D:displayname><C:supported-calendar-component-set>${set}</C:supported-calendar-component-set></D:prop></D:set></C:mkcalendar>`
}

/** One event as an iCalendar object; `extra` lines go into the VEVENT. */
export function eventText(uid: string, summary: string, extra: readonly string[] = []): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    'DTSTART:20260301T100000Z',
    'DTEND:20260301T110000Z',
    `SUMMARY:${summary}`,
    ...extra,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.join('\r\n')}\r\n`
}
