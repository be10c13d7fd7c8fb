/** The last look at a feed before it is published: what was written is read again, strictly, and compared. */
import { forbiddenIn, hasForbidden } from './chars.ts'
import { uidOf } from './event.ts'
import type { Component } from './model.ts'
import { find, findAll, rawValue } from './property.ts'
import { definedTzid, isUsableZone, tzidsOf } from './zone-use.ts'

/** RFC 5545 section 3.1. */
const MOST_OCTETS = 75

class Broken extends Error {}

/**
 * Why this text must not be served as a feed of these events, in one sentence for people; null where it may. It reads
 * nothing that RFC 5545 does not allow: CRLF, 75 octets, balanced components, one VERSION and PRODID and no METHOD,
 * every TZID defined once, and each event line by line as it was meant.
 */
export function whyNotPublishable(text: string, meant: readonly Component[]): string | null {
  try {
    const [calendar, ...others] = readStrict(text)
    if (calendar?.name !== 'VCALENDAR' || others.length > 0) throw new Broken('it is not one calendar')
    checkCalendar(calendar)
    checkZones(calendar)
    checkEvents(
      calendar.components.filter(({ name }) => name === 'VEVENT'),
      meant,
    )
    return null
  } catch (thrown) {
    if (thrown instanceof Broken) return thrown.message
    throw thrown
  }
}

interface Open {
  readonly name: string
  readonly properties: Component['properties'][number][]
  readonly components: Component[]
}

function readStrict(text: string): Component[] {
  const roots: Component[] = []
  const open: Open[] = []
  let number = 0
  for (const line of unfolded(text)) {
    number += 1
    const [, name = ''] = /^([A-Za-z0-9_/-]+)[;:]/.exec(line) ?? []
    if (name === '') throw new Broken(`content line ${number} has no name`)
    if (name === 'BEGIN') {
      open.push({ name: line.slice(6), properties: [], components: [] })
    } else if (name === 'END') {
      const closed = open.pop()
      if (closed?.name !== line.slice(4)) throw new Broken(`content line ${number} ends what is not open`)
      const siblings = open.at(-1)?.components ?? roots
      siblings.push(closed)
    } else {
      const current = open.at(-1)
      if (current === undefined) throw new Broken(`content line ${number} is outside the calendar`)
      current.properties.push({ name: name.toUpperCase(), line })
    }
  }
  if (open.length > 0) throw new Broken(`${open.at(-1)?.name} is never ended`)
  return roots
}

/** Content lines; throws for a line that is too long, or ends in anything but CRLF. */
function* unfolded(text: string): Generator<string> {
  if (!text.endsWith('\r\n')) throw new Broken('it does not end with a whole line')
  if (hasForbidden(text)) throw new Broken(`it holds forbidden characters (${forbiddenIn(text)})`)
  let line: string | null = null
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\r\n', at)
    const piece = text.slice(at, end)
    at = end + 2
    if (/[\r\n]/.test(piece)) throw new Broken('it holds a line end that is not CRLF')
    if (piece.length * 3 > MOST_OCTETS && Buffer.byteLength(piece) > MOST_OCTETS) {
      throw new Broken('it holds a line of more than 75 octets')
    }
    if (piece.startsWith(' ') || piece.startsWith('\t')) {
      if (line === null) throw new Broken('its first line continues nothing')
      line += piece.slice(1)
    } else {
      if (line !== null) yield line
      line = piece
    }
  }
  if (line !== null) yield line
}

function checkCalendar(calendar: Component): void {
  for (const name of ['VERSION', 'PRODID']) {
    if (findAll(calendar, name).length !== 1) throw new Broken(`it has not exactly one ${name}`)
  }
  if (find(calendar, 'METHOD')) throw new Broken('it has a METHOD')
}

function checkZones(calendar: Component): void {
  const zones = calendar.components.filter(({ name }) => name === 'VTIMEZONE')
  const defined = new Set(zones.filter(isUsableZone).map(definedTzid))
  if (defined.size !== zones.length) throw new Broken('a time zone is defined twice, or not usable')
  const missing = tzidsOf(calendar.components.filter(({ name }) => name === 'VEVENT')).find((id) => !defined.has(id))
  if (missing !== undefined) throw new Broken(`the time zone ${missing} is used but not defined`)
}

function checkEvents(events: readonly Component[], meant: readonly Component[]): void {
  if (events.length !== meant.length) throw new Broken(`it holds ${events.length} of ${meant.length} events`)
  const seen = new Set<string>()
  for (const [index, event] of events.entries()) {
    const uid = uidOf(event)
    for (const name of ['UID', 'DTSTAMP', 'DTSTART']) {
      if (findAll(event, name).length !== 1) throw new Broken(`the event ${uid} has not exactly one ${name}`)
    }
    const instance = find(event, 'RECURRENCE-ID')
    const key = `${uid}\n${instance ? rawValue(instance) : ''}\n${instance?.line ?? ''}`
    if (seen.has(key)) throw new Broken(`the event ${uid} is in it twice`)
    seen.add(key)
    const wanted = meant[index]
    if (wanted === undefined || !isSame(event, wanted)) throw new Broken(`the event ${uid} reads otherwise than meant`)
  }
}

function isSame(read: Component, meant: Component): boolean {
  return (
    read.name === meant.name &&
    read.properties.length === meant.properties.length &&
    read.components.length === meant.components.length &&
    read.properties.every(({ line }, index) => line === meant.properties[index]?.line) &&
    read.components.every((child, index) => {
      const wanted = meant.components[index]
      return wanted !== undefined && isSame(child, wanted)
    })
  )
}
