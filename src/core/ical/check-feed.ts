/** The last look at a feed before it is published: what was written is read again, strictly, and compared. */
import { recurrenceKey, uidOf } from './event.ts'
import { parseComponents } from './lines.ts'
import type { MeantEvents } from './merge.ts'
import type { Component } from './model.ts'
import { find, findAll, rawValue } from './property.ts'
import { scanEvent } from './scan-event.ts'
import { LineScanner } from './scan-lines.ts'
import { Broken, readStrict } from './strict.ts'
import { definedTzid, isUsableZone, tzidsOf } from './zone-use.ts'

/**
 * Why this text must not be served as a feed of these events, in one sentence for people; null where it may. It reads
 * nothing that RFC 5545 does not allow: CRLF, 75 octets, balanced components, one VERSION and PRODID and no METHOD,
 * every TZID defined once, and each event line by line as it was meant.
 */
export function whyNotPublishable(text: string, meant: readonly MeantEvents[]): string | null {
  if (isInOrder(text, meant)) return null
  const wanted = meant.flatMap((part) => part.trees ?? parseComponents(part.text).components)
  try {
    const [calendar, ...others] = readStrict(text)
    if (calendar?.name !== 'VCALENDAR' || others.length > 0) throw new Broken('it is not one calendar')
    checkCalendar(calendar)
    const events = calendar.components.filter(({ name }) => name === 'VEVENT')
    checkZones(calendar, tzidsOf(events))
    checkEvents(events, wanted)
    return null
  } catch (thrown) {
    if (thrown instanceof Broken) return thrown.message
    throw thrown
  }
}

/** The same without words: events that came as they stand are looked at line by line, only the others become trees. */
function isInOrder(text: string, meant: readonly MeantEvents[]): boolean {
  const start = text.indexOf('\r\nBEGIN:VEVENT\r\n') + 2
  if (start < 2 || !text.isWellFormed()) return false
  const lines = new LineScanner(text, start, true)
  const tzids = new Set<string>()
  const seen = new Set<string>()
  const isNew = (uid: string, instance: string) => {
    const before = seen.size
    return seen.add(`${uid}\n${instance}`).size > before
  }
  for (const part of meant) {
    const end = lines.next + part.text.length
    if (!text.startsWith(part.text, lines.next)) return false
    if (part.trees) {
      const read = strictly(() => checkEvents(readStrict(part.text), part.trees ?? []))
      if (!read || !part.trees.every((tree) => isNew(uidOf(tree), recurrenceKey(tree)))) return false
      for (const tzid of tzidsOf(part.trees)) tzids.add(tzid)
      lines.next = end
    }
    while (lines.next < end) {
      const event = lines.advance() && lines.line() === 'BEGIN:VEVENT' ? scanEvent(lines) : null
      if (event === null || !isNew(event.uid, event.instance)) return false
      for (const tzid of event.tzids) tzids.add(tzid)
    }
    if (lines.next !== end) return false
  }
  if (text.slice(lines.next) !== END) return false
  return strictly(() => {
    const [calendar, ...others] = readStrict(text.slice(0, start) + END)
    if (calendar?.name !== 'VCALENDAR' || others.length > 0) throw new Broken('it is not one calendar')
    checkCalendar(calendar)
    checkZones(calendar, [...tzids])
  })
}

const END = 'END:VCALENDAR\r\n'

function strictly(check: () => void): boolean {
  try {
    check()
    return true
  } catch (thrown) {
    if (thrown instanceof Broken) return false
    throw thrown
  }
}

function checkCalendar(calendar: Component): void {
  for (const name of ['VERSION', 'PRODID']) {
    if (findAll(calendar, name).length !== 1) throw new Broken(`it has not exactly one ${name}`)
  }
  if (find(calendar, 'METHOD')) throw new Broken('it has a METHOD')
}

function checkZones(calendar: Component, used: readonly string[]): void {
  const zones = calendar.components.filter(({ name }) => name === 'VTIMEZONE')
  const defined = new Set(zones.filter(isUsableZone).map(definedTzid))
  if (defined.size !== zones.length) throw new Broken('a time zone is defined twice, or not usable')
  const missing = used.find((id) => !defined.has(id))
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
