/** The instances of a calendar in a span of time, as a subscriber sees them. */
import { describeObject } from './ical/describe.ts'
import type { CalendarObject, Component } from './ical/model.ts'
import { find, textOf } from './ical/property.ts'
import { tzidOf } from './ical/zone-use.ts'
import { namedZone } from './ical/zones.ts'
import { type Occurrence, occurrences } from './recurrence/occurrences.ts'
import { withoutInstances } from './rules/instances.ts'
import type { Instance, InstanceList } from './shown.ts'
import type { EpochMs } from './types.ts'

export interface Span {
  readonly from: EpochMs
  /** Exclusive. */
  readonly to: EpochMs
  readonly most: number
  /** IANA zone of floating times and all-day events. */
  readonly defaultZone: string
}

export function listInstances(objects: Iterable<CalendarObject>, span: Span): InstanceList {
  const instances: Instance[] = []
  const unsure: string[] = []
  // Of each object one more than asked for, so that sorting afterwards loses none of the first.
  for (const object of objects) if (!collect(object, span, instances)) unsure.push(describeObject(object))
  instances.sort((a, b) => a.starts_at - b.starts_at || (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0))
  return { instances: instances.slice(0, span.most), truncated: instances.length > span.most, unsure }
}

/** False where the engine gave up. */
function collect(object: CalendarObject, span: Span, into: Instance[]): boolean {
  const overrides = object.events.filter((event) => find(event, 'RECURRENCE-ID') !== undefined)
  const masters = object.events.filter((event) => !overrides.includes(event))
  const single = overrides.map((event): Component => {
    const properties = event.properties.filter(({ name }) => name !== 'RECURRENCE-ID' && name !== 'RRULE')
    return { ...event, properties }
  })
  let complete = true
  for (const event of single) complete = walk(event, event, object, span, into) && complete
  for (const master of masters)
    complete = walk(master, withoutInstances(master, overrides), object, span, into) && complete
  return complete
}

function walk(shown: Component, event: Component, object: CalendarObject, span: Span, into: Instance[]): boolean {
  const alone: CalendarObject = { ...object, events: [event] }
  const first = occurrences(alone, span.defaultZone).next()
  if (first.done === true) return first.value === 'complete'
  // What began before the span may last into it.
  const length = first.value.endsAt - first.value.epoch
  const stream = occurrences(alone, span.defaultZone, span.from - length)
  const recurring = event.properties.some(({ name }) => name === 'RRULE' || name === 'RDATE')
  for (let found = 0; found <= span.most; ) {
    const step = stream.next()
    if (step.done === true) return step.value === 'complete'
    if (step.value.epoch >= span.to) return true
    if (Math.max(step.value.endsAt, step.value.epoch + 1) <= span.from) continue
    into.push(instanceOf(shown, object.uid, step.value, recurring, span.defaultZone))
    found += 1
  }
  return true
}

function instanceOf(
  event: Component,
  uid: string,
  occurrence: Occurrence,
  recurring: boolean,
  defaultZone: string,
): Instance {
  const { wall, epoch, endsAt, isDate, floating } = occurrence
  const text = (name: string) => {
    const property = find(event, name)
    return property === undefined ? null : textOf(property)
  }
  const start = find(event, 'DTSTART')
  const tzid = start === undefined ? undefined : tzidOf(start)
  const zone = floating ? null : tzid === undefined ? 'UTC' : (namedZone(tzid)?.id ?? tzid)
  const clock = floating ? namedZone(defaultZone) : zone === 'UTC' || zone === null ? null : namedZone(zone)
  const endWall =
    clock === null && !floating ? wall + (endsAt - epoch) / 1000 : (endsAt + (clock?.offsetAt(endsAt) ?? 0)) / 1000
  const shown = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, isDate ? 10 : 19)
  return {
    uid,
    summary: text('SUMMARY') ?? '',
    location: text('LOCATION'),
    status: (text('STATUS') ?? 'CONFIRMED').trim().toUpperCase(),
    start: shown(wall),
    end: shown(endWall),
    starts_at: epoch,
    ends_at: endsAt,
    all_day: isDate,
    zone,
    recurring,
  }
}
