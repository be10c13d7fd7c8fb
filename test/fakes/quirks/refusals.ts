/** Events that servers refuse, told apart by their text alone, and the bodies they refuse with (servers.md section 4). */
import type { Check, Refusal } from './kind.ts'

const DAV_ERROR = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'

export const badRequest: Refusal = { status: 400, type: 'text/plain', body: 'Bad Request' }

export function cyrusRefusal(why: string): Refusal {
  return {
    status: 403,
    body: `<?xml version="1.0"?><D:error ${DAV_ERROR}><C:valid-calendar-data/><D:responsedescription>${why}</D:responsedescription></D:error>`,
  }
}

export function cyrusConflict(holder: string): Refusal {
  return {
    status: 403,
    body: `<?xml version="1.0"?><D:error ${DAV_ERROR}><C:unique-scheduling-object-resource><D:href>${holder}</D:href></C:unique-scheduling-object-resource></D:error>`,
  }
}

export function sabreRefusal(status: number, kind: string, why: string): Refusal {
  return {
    status,
    body: `<?xml version="1.0"?><d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"><s:exception>Sabre\\DAV\\Exception\\${kind}</s:exception><s:message>${why}</s:message></d:error>`,
  }
}

export function xandikosRefusal(href: string, status: string, condition: string, why: string): Refusal {
  return {
    status: 207,
    body: `<ns0:multistatus xmlns:ns0="DAV:" xmlns:ns1="urn:ietf:params:xml:ns:caldav"><ns0:response><ns0:href>${href.replace(':', '%3A')}</ns0:href><ns0:status>HTTP/1.1 ${status}</ns0:status><ns0:error><ns1:${condition} /></ns0:error><ns0:responsedescription>${why}</ns0:responsedescription></ns0:response></ns0:multistatus>`,
  }
}

export const plain = (status: number, body: string): Refusal => ({ status, type: 'text/plain', body })
export const page = (status: number, title: string): Refusal => ({
  status,
  type: 'text/html',
  body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
})

/** Unfolded lines of each VEVENT without its alarms. */
function events(text: string): string[][] {
  const unfolded = text.replace(/\r?\n[ \t]/g, '')
  return [...unfolded.matchAll(/BEGIN:VEVENT\r?\n(.*?)END:VEVENT/gs)].map((match) =>
    (match[1] ?? '')
      .replace(/BEGIN:VALARM.*?END:VALARM\r?\n/gs, '')
      .split(/\r?\n/)
      .filter((line) => line !== ''),
  )
}

const named = (lines: readonly string[], name: string) => lines.filter((line) => new RegExp(`^${name}[;:]`).test(line))
const textAfterColon = (line: string | undefined) => line?.slice(line.indexOf(':') + 1) ?? ''
const anyEvent = (test: (lines: string[]) => boolean) => (text: string) => events(text).some(test)

export const has = {
  noEndAfterStart: anyEvent((lines) => {
    const [start] = named(lines, 'DTSTART')
    const [end] = named(lines, 'DTEND')
    const [length] = named(lines, 'DURATION')
    if (length) return /^-|^P(T?0[A-Z])+$/.test(textAfterColon(length))
    return end === undefined
      ? !/VALUE=DATE:/.test(start ?? '')
      : textAfterColon(end) <= textAfterColon(start) && start?.split(':')[0]?.slice(7) === end.split(':')[0]?.slice(5)
  }),
  noEnd: anyEvent((lines) => named(lines, 'DTEND').length + named(lines, 'DURATION').length === 0),
  emptyProperty: anyEvent((lines) =>
    lines.some((line) => line.endsWith(':') && !/^(LOCATION|DESCRIPTION|SUMMARY|URL|COMMENT)[;:]/.test(line)),
  ),
  emptyDate: anyEvent((lines) => lines.some((line) => /^(EXDATE|RDATE|CREATED|LAST-MODIFIED)[^:]*:$/.test(line))),
  emptyPriority: anyEvent((lines) => lines.includes('PRIORITY:')),
  twice: anyEvent((lines) => ['SUMMARY', 'DTSTAMP', 'UID'].some((name) => named(lines, name).length > 1)),
  noStart: anyEvent((lines) => named(lines, 'DTSTART').length === 0),
  noUid: anyEvent((lines) => named(lines, 'UID').length === 0),
  badFrequency: anyEvent((lines) =>
    named(lines, 'RRULE').some((line) => !/FREQ=(SECOND|MINUTE|HOUR|DAI|WEEK|MONTH|YEAR)/.test(line)),
  ),
  badRule: anyEvent((lines) =>
    named(lines, 'RRULE').some((line) => !/FREQ=\w+LY\b/.test(line) || /(COUNT|INTERVAL)=0/.test(line)),
  ),
  countAndUntil: anyEvent((lines) => named(lines, 'RRULE').some((line) => /COUNT=/.test(line) && /UNTIL=/.test(line))),
  endAndDuration: anyEvent((lines) => named(lines, 'DTEND').length > 0 && named(lines, 'DURATION').length > 0),
  impossibleDate: anyEvent((lines) => lines.some((line) => /^(DTSTART|DTEND|EXDATE|RDATE)[^:]*:.*0231/.test(line))),
  undeclaredDate: anyEvent((lines) => lines.some((line) => /^(DTSTART|DTEND)(;TZID=[^:]*)?:\d{8}$/.test(line))),
  overrideAlone: (text: string) =>
    events(text).length > 0 && events(text).every((lines) => named(lines, 'RECURRENCE-ID').length > 0),
  twoMasters: (text: string) => events(text).filter((lines) => named(lines, 'RECURRENCE-ID').length === 0).length > 1,
  lineWithoutColon: (text: string) =>
    text.split(/\r?\n/).some((line) => line !== '' && !/^[ \t]/.test(line) && !line.includes(':')),
  method: (text: string) => /^METHOD:/m.test(text),
  alarmWithoutTrigger: (text: string) =>
    [...text.matchAll(/BEGIN:VALARM.*?END:VALARM/gs)].some(([alarm]) => !/^TRIGGER/m.test(alarm)),
  zoneWithoutRules: (text: string) => /BEGIN:VTIMEZONE(?:(?!BEGIN:(?:STANDARD|DAYLIGHT)).)*END:VTIMEZONE/s.test(text),
  controls: (text: string) => /\0/.test(text),
  byteOrderMark: (text: string) => text.startsWith('\uFEFF'),
  strangeLineEnds: (text: string) => text.includes('\r\r\n'),
  noCalendar: (text: string) => !/^\uFEFF?BEGIN:VCALENDAR/.test(text),
  other: (text: string) => /BEGIN:(VTODO|VJOURNAL)/.test(text),
}

export type Fault = keyof typeof has

/** The named faults, each refused with one answer. */
export function refusing(answer: Refusal | ((href: string) => Refusal), ...faults: readonly Fault[]): Check[] {
  return faults.map((fault) => ({
    refuses: has[fault],
    answer: typeof answer === 'function' ? answer : () => answer,
  }))
}
