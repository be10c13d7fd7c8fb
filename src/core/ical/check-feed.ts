/** The last look at a feed before it is published: what was written is read again, strictly, and compared. */
import type { Steps } from '../steps.ts'
import { uidOf } from './event.ts'
import { FEED_END } from './feed-header.ts'
import { type FeedBytes, type FeedPart, holdsParts, type MergedFeed, partText } from './feed-parts.ts'
import { parseComponents } from './lines.ts'
import type { Component } from './model.ts'
import { find, findAll, rawValue } from './property.ts'
import { Broken, readStrict } from './strict.ts'
import { isStrict } from './strict-bytes.ts'
import { definedTzid, isUsableZone, tzidsOf } from './zone-use.ts'

/**
 * Why these bytes must not be served as this feed, in one sentence for people; null where they may. They hold nothing
 * that RFC 5545 does not allow: CRLF, 75 octets, balanced components, one VERSION and PRODID and no METHOD, every TZID
 * defined once, and each event line by line as it was meant.
 */
export function* whyNotPublishable(bytes: FeedBytes, feed: MergedFeed): Steps<string | null> {
  if (yield* isInOrder(bytes, feed)) return null
  const wanted = feed.parts.flatMap((part) => part.trees ?? parseComponents(partText(part)).components)
  try {
    const [calendar, ...others] = readStrict(new TextDecoder().decode(bytes.body))
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

/**
 * The same without words. Events that were written are read again and compared; of those that came as they stand,
 * which were read strictly when they came, the bytes are looked at; and those of the feed before, of which that was done
 * when it was published, are compared with it.
 */
function* isInOrder(bytes: FeedBytes, { head, parts, events }: MergedFeed): Steps<boolean> {
  if (new Set(parts.map(({ uid }) => uid)).size < parts.length) return false
  if (!(yield* holdsParts(bytes, parts))) return false
  const fresh = parts.filter(isFresh)
  const isAllFresh = fresh.length === parts.length
  const count = isAllFresh ? events : fresh.reduce((sum, part) => sum + part.events, 0)
  if (!(yield* isStrict(isAllFresh ? bytes.body : withoutEarlier(bytes, parts), count))) return false
  const tzids = new Set(parts.flatMap((part) => part.tzids))
  return strictly(() => {
    const [calendar] = readStrict(head + FEED_END)
    if (calendar === undefined) throw new Broken('it is not one calendar')
    checkCalendar(calendar)
    checkZones(calendar, [...tzids])
    for (const { trees, content } of parts) {
      if (trees && typeof content === 'string') checkEvents(readStrict(content), trees)
    }
  })
}

function isFresh({ content }: FeedPart): boolean {
  return typeof content === 'string'
}

/** The feed without the parts that are bytes of the feed before. */
function withoutEarlier({ body, starts }: FeedBytes, parts: readonly FeedPart[]): Buffer {
  const pieces: Buffer[] = []
  let at = 0
  for (const [index, part] of parts.entries()) {
    if (isFresh(part)) continue
    const start = starts[index] ?? 0
    if (at < start) pieces.push(body.subarray(at, start))
    at = start + part.content.length
  }
  return Buffer.concat([...pieces, body.subarray(at)])
}

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
