/** What servers make of a text they store (servers.md section 5). Each but SOGo's is a fixpoint. */

type Sort = (lines: string[]) => string[]

/** Each component's own lines in another order; what is nested stays behind them. */
function reordered(text: string, sort: Sort): string {
  const lines = text
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
  const out: string[] = []
  const read = (at: number): number => {
    const own: string[] = []
    const nested: string[] = []
    let next = at
    while (next < lines.length) {
      const line = lines[next] ?? ''
      if (line.startsWith('END:')) {
        out.push(...sort(own), ...nested, line)
        return next + 1
      }
      if (!line.startsWith('BEGIN:')) own.push(line)
      else {
        const mark = out.length
        out.push(line)
        next = read(next + 1)
        nested.push(...out.splice(mark))
        continue
      }
      next += 1
    }
    out.push(...own)
    return next
  }
  const top: string[] = []
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    out.push(line)
    at = line.startsWith('BEGIN:') ? read(at + 1) : at + 1
    top.push(...out.splice(0))
  }
  return `${top.map(folded).join('\r\n')}\r\n`
}

function folded(line: string): string {
  return [...line].length <= 70 ? line : ([...line].join('').match(/.{1,70}/gsu) ?? []).join('\r\n ')
}

const byName: Sort = (lines) => [...lines].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))

export const verbatim = (text: string) => text
/** Radicale: sorts everything; loses what follows a comma in an `X-` value of the `geo:` form. */
export const likeVobject = (text: string) => reordered(text, byName).replace(/^(X-[^\r\n]*:geo:[\d.]+),[\d.]+/gm, '$1')
/** Xandikos: SUMMARY first. */
export const likeIcalendar = (text: string) =>
  reordered(text, (lines) => [
    ...lines.filter((line) => line.startsWith('SUMMARY')),
    ...byName(lines.filter((line) => !line.startsWith('SUMMARY'))),
  ])
/** SOGo: adds a CLASS, and writes parameters in another order each time. */
export function likeSogo(text: string, turn: number): string {
  const classed = /^CLASS:/m.test(text) ? text : text.replace(/END:VEVENT/g, 'CLASS:PUBLIC\r\nEND:VEVENT')
  const shuffled = classed
    .replace(/\r?\n[ \t]/g, '')
    .replace(/^([A-Z-]+);(\w+=[^;:"\r\n]*);(\w+=[^;:"\r\n]*):/gm, (whole, name, one, two) =>
      turn % 2 === 0 ? whole : `${name};${two};${one}:`,
    )
  return shuffled.trimEnd()
}
/** A server that tells guests notes how that went. */
export const withScheduleStatus = (text: string) =>
  text
    .replace(/\r?\n[ \t]/g, '')
    .replace(/^ATTENDEE((?:;[^:\r\n"]*)?):/gm, (whole, parameters: string) =>
      /SCHEDULE-(AGENT=CLIENT|STATUS)/.test(parameters) ? whole : `ATTENDEE${parameters};SCHEDULE-STATUS=1.1:`,
    )
/** DavMail: made anew from Exchange's own model. */
export const likeExchange = (text: string) =>
  text
    .replace(/^DTSTAMP:.*\r?\n/gm, '')
    .replace(/END:VEVENT/g, 'X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\nDTSTAMP:20260301T000000Z\r\nEND:VEVENT')
    .replace(/(X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\n)+/g, '$1')
