/** What stands before the zones and events of a feed (RFC 5545 section 3.6, RFC 7986 section 5). */
import { readColor } from './css-colors.ts'
import { foldLine } from './fold.ts'
import { escapeText } from './property.ts'

export interface FeedHeader {
  /** What readers show as the calendar's name (NAME and X-WR-CALNAME). */
  readonly name?: string
  /** As the server gives it; written as the nearest CSS3 name, and exactly for readers that take any colour. */
  readonly color?: string | null
  /** How often a reader should come again, in seconds; null or absent: nothing is said. */
  readonly refreshSecs?: number | null
  /** The address under which this feed can be had again; null or absent: not known. */
  readonly source?: string | null
  /** The page where a person sees more of it. */
  readonly url?: string | null
}

/** Readers that take the word literally would poll without end. */
const SHORTEST_REFRESH_SECS = 300

/** The first lines of every feed of ours. */
export const START = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//CalDAV/ICS Sync//EN\r\n'
export const FEED_END = 'END:VCALENDAR\r\n'

/** The first lines, without LAST-MODIFIED and without METHOD, with which readers take a feed for an invitation. */
export function headerLines({ name = '', color, refreshSecs, source, url }: FeedHeader): string[] {
  const lines = [START, 'CALSCALE:GREGORIAN\r\n']
  const title = escapeText(name.trim())
  if (title !== '') lines.push(foldLine(`NAME:${title}`), foldLine(`X-WR-CALNAME:${title}`))
  const shade = color ? readColor(color) : null
  if (shade) lines.push(`COLOR:${shade.name}\r\n`, `X-APPLE-CALENDAR-COLOR:${shade.hex}\r\n`)
  if (refreshSecs) {
    const every = durationText(Math.max(refreshSecs, SHORTEST_REFRESH_SECS))
    lines.push(`REFRESH-INTERVAL;VALUE=DURATION:${every}\r\n`, `X-PUBLISHED-TTL:${every}\r\n`)
  }
  if (source) lines.push(foldLine(`SOURCE;VALUE=URI:${source}`))
  if (url) lines.push(foldLine(`URL;VALUE=URI:${url}`))
  return lines
}

/** A DURATION (RFC 5545 section 3.3.6) of whole seconds. */
export function durationText(seconds: number): string {
  const whole = Math.min(Math.max(Math.trunc(seconds), 0), 3_650 * 86_400)
  const days = Math.floor(whole / 86_400)
  const parts = [
    [Math.floor(whole / 3600) % 24, 'H'],
    [Math.floor(whole / 60) % 60, 'M'],
    [whole % 60, 'S'],
  ].flatMap(([count, unit]) => (count === 0 ? [] : [`${count}${unit}`]))
  const day = days === 0 ? '' : `${days}D`
  return parts.length === 0 && days > 0 ? `P${day}` : `P${day}T${parts.length === 0 ? '0S' : parts.join('')}`
}

/** The line that tells when a feed last changed (RFC 7986 section 5.4); milliseconds since 1970. */
export function modifiedLine(moment: number): string {
  return `LAST-MODIFIED:${new Date(moment).toISOString().replace(/[-:]|\.\d+/g, '')}\r\n`
}

/** Of every such line. */
export const MODIFIED_LENGTH = modifiedLine(0).length
