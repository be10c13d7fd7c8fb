/** Writes a VTIMEZONE (RFC 5545 section 3.6.5) for a zone the service knows by name. */
import { DAY_SECONDS, dayNumber } from '../recurrence/days.ts'
import type { EpochMs } from '../types.ts'
import { readDate, writeShifted } from './dates.ts'
import type { Component, Property } from './model.ts'
import { escapeText } from './property.ts'
import { namedZone } from './zones.ts'
import { type Change, type ChangeRun, runsOf } from './zones-runs.ts'
import type { Zone } from './zones-segments.ts'

export interface YearSpan {
  readonly fromYear: number
  readonly toYear: number
}

export const USUAL_YEARS: YearSpan = { fromYear: 1970, toYear: 2037 }

/** Years looked at beyond the span, to tell a rule that is still in force from one that ends. */
const LOOKED_AHEAD = 10

/** A raised offset that lasts no longer is daylight saving time. Morocco's eleven months are its standard time. */
const LONGEST_SUMMER = 300 * 86_400_000

const MOST_REMEMBERED = 200
const remembered = new Map<string, Component | null>()

/**
 * The VTIMEZONE of an IANA or Windows zone, its TZID exactly as given; null for a name nobody knows. Right for the
 * years of the span, and after it where the rule then in force goes on. The same input always gives the same component.
 */
export function defineZone(tzid: string, span: YearSpan = USUAL_YEARS): Component | null {
  const key = `${span.fromYear}-${span.toYear} ${tzid}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const zone = namedZone(tzid)
  const component = zone === null ? null : definitionOf(tzid, zone, span)
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  if (tzid.length <= 200) remembered.set(key, component)
  return component
}

function definitionOf(tzid: string, zone: Zone, { fromYear, toYear }: YearSpan): Component {
  const midnight = dayNumber(fromYear, 1, 1) * DAY_SECONDS
  const from = zone.toEpoch(midnight)
  const to = dayNumber(toYear + 1 + LOOKED_AHEAD, 1, 1) * DAY_SECONDS * 1000
  const changes = changesOf(zone, from, to)
  const runs = runsOf(changes, toYear + LOOKED_AHEAD).filter(({ first }) => first.year <= toYear)
  const offset = zone.offsetAt(from)
  const start: Property[] = [
    line('DTSTART', localTime(midnight)),
    line('TZOFFSETFROM', offsetText(offset)),
    line('TZOFFSETTO', offsetText(offset)),
  ]
  const observances = [
    { wall: midnight, component: { name: 'STANDARD', properties: start, components: [] } },
    ...singles(runs, toYear),
    ...runs.flatMap((run) => (run.rule === null ? [] : [observanceOf(run, [run.first])])),
  ]
  observances.sort((a, b) => a.wall - b.wall)
  return {
    name: 'VTIMEZONE',
    properties: [line('TZID', escapeText(tzid))],
    components: observances.map(({ component }) => component),
  }
}

function changesOf(zone: Zone, from: EpochMs, to: EpochMs): Change[] {
  const changes: Change[] = []
  for (let segment = zone.segmentAt(from); segment.to < to; ) {
    const next = zone.segmentAt(segment.to)
    if (next.offset !== segment.offset) {
      const summer = next.offset > segment.offset && next.to - next.from <= LONGEST_SUMMER
      const wall = (next.from + segment.offset) / 1000
      const year = new Date(wall * 1000).getUTCFullYear()
      const name = summer ? 'DAYLIGHT' : 'STANDARD'
      changes.push({ name, wall, year, epoch: next.from, offsetFrom: segment.offset, offsetTo: next.offset })
    }
    segment = next
  }
  return changes
}

interface WrittenObservance {
  readonly wall: number
  readonly component: Component
}

/** Changes without a rule, those of one kind together in one list of dates. */
function singles(runs: readonly ChangeRun[], toYear: number): WrittenObservance[] {
  const kinds = new Map<string, ChangeRun[]>()
  for (const run of runs) {
    if (run.rule !== null || run.first.year > toYear) continue
    const { name, offsetFrom, offsetTo } = run.first
    const kind = `${name} ${offsetFrom} ${offsetTo}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), run])
  }
  return [...kinds.values()].flatMap((same) => {
    const [first] = same
    return first === undefined
      ? []
      : [
          observanceOf(
            first,
            same.map((run) => run.first),
          ),
        ]
  })
}

function observanceOf(run: ChangeRun, dates: readonly Change[]): WrittenObservance {
  const { first, rule, until } = run
  const properties = [
    line('DTSTART', localTime(first.wall)),
    line('TZOFFSETFROM', offsetText(first.offsetFrom)),
    line('TZOFFSETTO', offsetText(first.offsetTo)),
  ]
  if (rule !== null) {
    const end = until === null ? '' : `;UNTIL=${localTime(until / 1000)}Z`
    properties.push(line('RRULE', `FREQ=YEARLY;${rule}${end}`))
  }
  const others = dates.slice(1).map(({ wall }) => localTime(wall))
  if (others.length > 0) properties.push(line('RDATE', others.join(',')))
  return { wall: first.wall, component: { name: first.name, properties, components: [] } }
}

function line(name: string, value: string): Property {
  return { name, line: `${name}:${value}` }
}

const epochStart = readDate('19700101T000000')

function localTime(wallSeconds: number): string {
  return epochStart === null ? '' : writeShifted(epochStart, wallSeconds)
}

/** UTC-OFFSET (RFC 5545 section 3.3.14) of milliseconds east of UTC. */
function offsetText(offset: number): string {
  const seconds = Math.abs(Math.round(offset / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const rest = seconds % 60 === 0 ? '' : two(seconds % 60)
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(seconds / 3600))}${two(Math.floor(seconds / 60) % 60)}${rest}`
}
