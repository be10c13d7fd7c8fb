/** What is asked of a VEVENT in every run, told from its lines without a tree. */
import { readDate } from './dates.ts'
import { isActing } from './feed-event.ts'
import { SINGLE_IN_EVENT } from './mend-event.ts'
import type { Property } from './model.ts'
import { rawValue, textOf } from './property.ts'
import type { LineScanner } from './scan-lines.ts'
import { tzidOf } from './zone-use.ts'
import { yearsOf } from './zones-years.ts'

/** A VEVENT that stands in its text as a feed would have it: nothing about it has to be mended, added or left out. */
export interface ScannedEvent {
  /** Where it begins and ends in the text, its last line end included. */
  readonly from: number
  readonly to: number
  readonly uid: string
  /** As `recurrenceKey` has it. */
  readonly instance: string
  /** In the order of their first use. */
  readonly tzids: readonly string[]
  /** The least and the greatest year that its dates name; null where they name none. */
  readonly years: readonly [number, number] | null
  /** It may have times without a zone. */
  readonly floats: boolean
  /** Where its DTSTAMP begins and ends, which many feeds set to the time of the download. */
  readonly stamp: readonly [number, number]
}

const bits: ReadonlyMap<string, number> = new Map([...SINGLE_IN_EVENT].map((name, index) => [name, 1 << index]))
const stampBit = bits.get('DTSTAMP')
const needed = ['UID', 'DTSTAMP', 'DTSTART'].reduce((sum, name) => sum | (bits.get(name) ?? 0), 0)
const dates: ReadonlySet<string> = new Set(['DTSTART', 'DTEND', 'RECURRENCE-ID', 'EXDATE', 'RDATE'])
/** Names whose lines are looked at also where they have no parameters. */
const looked: ReadonlySet<string> = new Set([...dates, 'BEGIN', 'END', 'UID', 'RRULE', 'ACTION'])

/**
 * Reads the VEVENT whose BEGIN line the scanner stands on, up to its END line. Null where it holds anything out of the
 * ordinary: then it is to be read as a tree.
 */
export function scanEvent(lines: LineScanner): ScannedEvent | null {
  const { text, from } = lines
  let seen = 0
  let uid = ''
  let instance = ''
  let floats = false
  let inAlarm = false
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  let stamp: readonly [number, number] = [from, from]
  const tzids: string[] = []
  while (lines.advance()) {
    const name = text.slice(lines.from, lines.nameEnd)
    const bit = inAlarm ? 0 : (bits.get(name) ?? 0)
    if ((seen & bit) !== 0) return null
    seen |= bit
    if (bit === stampBit) stamp = [lines.from, lines.next]
    const bare = text.charCodeAt(lines.nameEnd) === 58
    if (bare && !looked.has(name)) continue
    const line = lines.line()
    if (name === 'BEGIN') {
      if (inAlarm || line !== 'BEGIN:VALARM') return null
      inAlarm = true
      continue
    }
    if (name === 'END') {
      if (line === 'END:VALARM' && inAlarm) {
        inAlarm = false
        continue
      }
      if (inAlarm || line !== 'END:VEVENT' || (seen & needed) !== needed) return null
      return { from, to: lines.next, uid, instance, tzids, years: first <= last ? [first, last] : null, floats, stamp }
    }
    const property = { name, line }
    const isDate = dates.has(name)
    if (!bare && !line.includes(':')) return null
    const tzid = bare ? undefined : tzidIn(property)
    if (tzid !== undefined && !tzids.includes(tzid)) tzids.push(tzid)
    if (inAlarm) {
      if (isDate || (name === 'ACTION' && isActing(rawValue(property)))) return null
      continue
    }
    if (name === 'UID') {
      uid = textOf(property).trim()
      if (uid === '') return null
    }
    if (isDate) {
      const value = rawValue(property)
      if (value.includes(':') || (name === 'DTSTART' && readDate(value) === null)) return null
      if (name === 'RECURRENCE-ID') instance = `${value.trim().toUpperCase()};${tzid ?? ''}`
      if (tzid === undefined && /T\d+(?:,|\/|\s*$)/i.test(value)) floats = true
    }
    if (isDate || name === 'RRULE') {
      for (const year of yearsOf(property)) {
        if (year < first) first = year
        if (year > last) last = year
      }
    }
  }
  return null
}

const ONE_TZID = /^[A-Z-]+;TZID=([^\s";:,^\\]+):/

/** As `tzidOf`; most that have one have nothing else. */
function tzidIn(property: Property): string | undefined {
  return ONE_TZID.exec(property.line)?.[1] ?? tzidOf(property)
}
