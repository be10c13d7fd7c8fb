import type { Guests } from '../items.ts'
import type { Problem } from '../types.ts'
import { describeObject } from './describe.ts'
import { describeEvent, recurrenceKey, withStamp } from './event.ts'
import { sortEvents } from './group.ts'
import { writeCalendar } from './lines.ts'
import { clippedLines, lineChange } from './mend-change.ts'
import { mendEvent } from './mend-event.ts'
import type { ReportMend } from './mend-report.ts'
import { mendTimes } from './mend-times.ts'
import { unknownZone } from './merge-zones.ts'
import type { CalendarObject, Component, Property } from './model.ts'
import { readCalendar } from './objects.ts'
import { escapeText, withoutParameter } from './property.ts'
import { withoutScheduling } from './scheduling.ts'
import { tidyLines } from './tidy.ts'
import { indexZones, isUsableZone, lookUpZone, renameZone, tzidsOf } from './zone-use.ts'
import { namedZone } from './zones.ts'

export interface UploadOptions {
  /** Another UID for this copy, where the server already holds the object's own one elsewhere (pitfall W7). */
  readonly uid?: string
  /** Gives a VTIMEZONE for a TZID the object does not define; null where it does not know the name. */
  readonly defineZone?: (tzid: string) => Component | null
  /** What becomes of guests; `silent` where it is not given. */
  readonly guests?: Guests
}

export interface Upload {
  /** The calendar object resource as it is PUT (RFC 4791 section 4.1). */
  readonly text: string
  /** The VEVENTs in `text`; `fingerprint(events)` is what the copy is compared by. */
  readonly events: readonly Component[]
  readonly findings: readonly Problem[]
}

const calendarProperties: readonly Property[] = [
  { name: 'VERSION', line: 'VERSION:2.0' },
  { name: 'PRODID', line: 'PRODID:-//CalDAV/ICS Sync//EN' },
]

/**
 * One object in the form every known server takes (servers.md sections 4 and 9.12): only VERSION, PRODID, the zones it
 * uses and its events; each event by `mendEvent`, `mendTimes` and `withoutScheduling`. The same object gives the same
 * bytes. Each mend is a finding that names the event and tells what its lines were and became.
 */
export function toUpload(object: CalendarObject, options: UploadOptions = {}): Upload {
  const findings: Problem[] = []
  const uid = options.uid ?? object.uid
  const mended = object.events.map((event) => {
    const subject = describeEvent(event)
    const mends: Problem[] = []
    const report: ReportMend = (code, done) =>
      mends.push({ code, subject, uid: object.uid, message: `${subject}: ${done}`, repaired: true })
    const clean = mendTimes(mendEvent(tidyLines(event).component, report), report)
    const silent = withoutScheduling(clean, options.guests ?? 'silent', report)
    if (mends.length > 0) {
      // What becomes of guests is no mend; an alarm that is left out is.
      const { properties } = clean
      const change = lineChange(event, { ...silent, properties })
      findings.push(...mends.map((mend) => ({ ...mend, ...change })))
    }
    return withStamp(withUid(silent, uid, options.uid !== undefined))
  })
  const events = withMaster(oneMaster(sortEvents(mended), findings, object), findings, object)
  const zones = zonesFor(events, object, options, findings)
  return { text: writeCalendar(calendarProperties, [...zones, ...events]), events, findings }
}

/**
 * A stored calendar object made safe to be written again: where it has guests, in the form of an upload, so that no
 * server writes to them. Any other text, also one that cannot be read, comes back unchanged.
 */
export function silenceText(text: string, options: Pick<UploadOptions, 'defineZone' | 'guests'>): string {
  if (options.guests === 'keep' || !/^ATTENDEE/im.test(text)) return text
  let objects: readonly CalendarObject[]
  try {
    objects = readCalendar(text).objects
  } catch {
    return text
  }
  const [object, another] = objects
  return object && !another ? toUpload(object, options).text : text
}

/** The line stays as it is where it says the same UID already, so that an untouched event stays untouched. */
function withUid(event: Component, uid: string, replace: boolean): Component {
  const line = `UID:${escapeText(uid)}`
  const at = event.properties.findIndex((property) => property.name === 'UID')
  if (at === -1) return { ...event, properties: [{ name: 'UID', line }, ...event.properties] }
  if (!replace) return event
  return {
    ...event,
    properties: event.properties.map((property, index) => (index === at ? { name: 'UID', line } : property)),
  }
}

function oneMaster(events: readonly Component[], findings: Problem[], object: CalendarObject): readonly Component[] {
  const seen = new Set<string>()
  const kept: Component[] = []
  for (const event of events) {
    const key = recurrenceKey(event)
    if (!seen.has(key)) {
      seen.add(key)
      kept.push(event)
      continue
    }
    const subject = describeEvent(event)
    findings.push({
      code: 'instance-duplicate',
      subject,
      uid: object.uid,
      message: `${subject}: the object holds this event twice; the first one was sent.`,
      before: clippedLines(event),
      after: '',
      repaired: true,
    })
  }
  return kept
}

/**
 * Overrides without their master are refused by some servers. The first of them becomes the master and the others its
 * RDATEs, which they override: the same instances at the same times.
 */
function withMaster(events: readonly Component[], findings: Problem[], object: CalendarObject): readonly Component[] {
  const [first, ...others] = events
  if (first === undefined || recurrenceKey(first) === '') return events
  const subject = describeEvent(first)
  findings.push({
    code: 'override-without-master',
    subject,
    uid: object.uid,
    message: `${subject}: the series this changed instance belongs to is not in the feed; the instance was sent as an event of its own.`,
    before: first.properties.find(({ name }) => name === 'RECURRENCE-ID')?.line ?? '',
    after: '',
    repaired: true,
  })
  const dates = others.flatMap((event) =>
    event.properties.filter((property) => property.name === 'RECURRENCE-ID').map(toRdate),
  )
  const properties = first.properties.filter((property) => property.name !== 'RECURRENCE-ID')
  return [{ ...first, properties: [...properties, ...dates] }, ...others]
}

function toRdate(property: Property): Property {
  const { line } = withoutParameter(property, 'RANGE')
  return { name: 'RDATE', line: `RDATE${line.slice(property.name.length)}` }
}

function zonesFor(
  events: readonly Component[],
  object: CalendarObject,
  options: UploadOptions,
  findings: Problem[],
): Component[] {
  const index = indexZones(object.zones)
  const zones = new Map<string, Component>()
  for (const tzid of tzidsOf(events)) {
    const own = lookUpZone(index, tzid)
    const zone = own !== undefined && isUsableZone(own) ? own : (options.defineZone?.(tzid) ?? null)
    if (zone === null) findings.push({ ...unknownZone(tzid), uid: object.uid })
    else if (zone !== own) findings.push(...definedZone(tzid, object))
    if (zone !== null) zones.set(tzid, renameZone(withoutEmpty(tidyLines(zone).component), tzid))
  }
  return [...zones.values()]
}

/** An IANA name needs no word: every program knows it. What was understood under another name does. */
function definedZone(tzid: string, object: CalendarObject): Problem[] {
  const id = namedZone(tzid)?.id
  if (id === undefined || id === tzid) return []
  const subject = describeObject(object)
  const message = `${subject}: its time zone ${tzid} is defined nowhere in the feed; it was understood as ${id}.`
  return [{ code: 'zone-defined', subject, uid: object.uid, message, before: tzid, after: id, repaired: true }]
}

function withoutEmpty(component: Component): Component {
  return {
    name: component.name,
    properties: component.properties.filter((property) => !property.line.endsWith(':')),
    components: component.components.map(withoutEmpty),
  }
}
