/** A VEVENT as a recurrence set: which instants it names, and how long each instance lasts (RFC 5545 section 3.8.5). */
import { type DateValue, readDate, readDuration, wallSeconds } from '../ical/dates.ts'
import type { CalendarObject, Component, Property } from '../ical/model.ts'
import { find, findAll, parameterOf, rawValue } from '../ical/property.ts'
import { indexZones, lookUpZone, tzidOf } from '../ical/zone-use.ts'
import { resolveZone } from '../ical/zones.ts'
import { ianaZone } from '../ical/zones-iana.ts'
import type { EpochMs } from '../types.ts'
import { DAY_SECONDS } from './days.ts'
import { ruleForDates, untilWall } from './expand.ts'
import { readRule } from './read-rule.ts'
import type { BoundRule, Clock, Series, Start } from './series.ts'

/** The clocks the times of one object run on. */
export interface Clocks {
  /** For floating times, all-day events and zones nobody knows. */
  readonly byDefault: Clock
  readonly ofZone: (tzid: string) => Clock | null
}

/** All-day and UTC values: the wall clock is the instant. */
const plainClock: Clock = { offsetAt: () => 0, toEpoch: (wallSeconds) => wallSeconds * 1000 }

/** `defaultZone` is an IANA name; UTC is used where Temporal does not know it. */
export function clocksOf(object: CalendarObject, defaultZone: string): Clocks {
  let index: ReturnType<typeof indexZones> | null = null
  return {
    byDefault: ianaZone(defaultZone) ?? plainClock,
    ofZone(tzid) {
      index ??= indexZones(object.zones)
      return resolveZone(tzid, lookUpZone(index, tzid))
    },
  }
}

/** A VEVENT with a usable DTSTART. */
export interface TimedEvent {
  readonly start: Start
  readonly isDate: boolean
  /** Neither UTC nor in a zone: the same wall clock time everywhere. */
  readonly floating: boolean
  readonly clock: Clock
  /** When an instance that starts there ends; never before its start. */
  readonly endOf: (start: Start) => EpochMs
  /** The instant of a start; for an all-day one midnight in the default zone. */
  readonly instantOf: (start: Start) => EpochMs
}

/** DTSTART with DTEND or DURATION; null where DTSTART cannot be read. */
export function readTimes(event: Component, clocks: Clocks): TimedEvent | null {
  const property = find(event, 'DTSTART')
  const date = property === undefined ? null : readDate(rawValue(property))
  if (property === undefined || date === null) return null
  if (isAllDay(property, date)) {
    const start = { wall: dayOf(date), epoch: dayOf(date) * 1000 }
    const length = daysLong(event, start.wall) * DAY_SECONDS
    const { byDefault } = clocks
    return {
      start,
      isDate: true,
      floating: true,
      clock: plainClock,
      endOf: ({ wall }) => byDefault.toEpoch(wall + length),
      instantOf: ({ wall }) => byDefault.toEpoch(wall),
    }
  }
  const clock = clockOf(property, date, clocks) ?? clocks.byDefault
  const start = { wall: wallSeconds(date), epoch: clock.toEpoch(wallSeconds(date)) }
  return {
    start,
    isDate: false,
    floating: !date.utc && tzidOf(property) === undefined,
    clock,
    endOf: timedEnd(event, start, clock, clocks),
    instantOf: ({ epoch }) => epoch,
  }
}

function isAllDay(property: Property, date: DateValue): boolean {
  // Midnight under VALUE=DATE is how some products write an all-day event.
  return date.seconds === null || (date.seconds === 0 && parameterOf(property, 'VALUE')?.toUpperCase() === 'DATE')
}

/** Wall time of the midnight a date begins with. */
function dayOf(date: DateValue): number {
  return wallSeconds({ ...date, seconds: null })
}

/** The clock a value names itself; null for a floating one. */
function clockOf(property: Property, date: DateValue, clocks: Clocks): Clock | null {
  if (date.utc) return plainClock
  const tzid = tzidOf(property)
  return tzid === undefined ? null : clocks.ofZone(tzid)
}

/** RFC 5545 section 3.6.1: an all-day event without an end lasts one day. */
function daysLong(event: Component, startWall: number): number {
  const end = find(event, 'DTEND')
  const endDate = end === undefined ? null : readDate(rawValue(end))
  if (endDate !== null) return Math.max(1, Math.ceil((wallSeconds(endDate) - startWall) / DAY_SECONDS))
  const duration = find(event, 'DURATION')
  const seconds = duration === undefined ? null : readDuration(rawValue(duration))
  return Math.max(1, Math.ceil((seconds ?? 0) / DAY_SECONDS))
}

/**
 * RFC 5545 section 3.8.5.3: with DTEND each instance lasts exactly as long as the first; the days of a DURATION are
 * days of the wall clock. Without either an instance has no length.
 */
function timedEnd(event: Component, start: Start, clock: Clock, clocks: Clocks): (start: Start) => EpochMs {
  const end = find(event, 'DTEND')
  const endDate = end === undefined ? null : readDate(rawValue(end))
  if (end !== undefined && endDate !== null) {
    const endsAt = (clockOf(end, endDate, clocks) ?? clock).toEpoch(wallSeconds(endDate))
    const length = Math.max(0, endsAt - start.epoch)
    return ({ epoch }) => epoch + length
  }
  const duration = find(event, 'DURATION')
  const text = duration === undefined ? '' : rawValue(duration).trim()
  return (each) => lastingFor(text, each, clock)
}

function lastingFor(duration: string, start: Start, clock: Clock): EpochMs {
  const all = readDuration(duration) ?? 0
  const days = readDuration(duration.replace(/T.*$/i, '')) ?? 0
  const moved = days === 0 ? start.epoch : clock.toEpoch(start.wall + days)
  return Math.max(start.epoch, moved + (all - days) * 1000)
}

/** RDATEs given as PERIOD with an end of their own, by the instant of their start. */
export type OwnEnds = ReadonlyMap<EpochMs, EpochMs>

export interface ReadSeries {
  readonly series: Series
  readonly ownEnds: OwnEnds
  /** False where an RRULE cannot be used, so that nobody can tell when the series ends. */
  readonly complete: boolean
}

/** `replaced`: the instances that have overrides. */
export function readSeries(
  event: Component,
  times: TimedEvent,
  replaced: readonly Start[],
  clocks: Clocks,
): ReadSeries {
  const { rules, complete } = bindRules(findAll(event, 'RRULE'), times)
  const ownEnds = new Map<EpochMs, EpochMs>()
  const dates: Start[] = []
  for (const property of findAll(event, 'RDATE')) {
    for (const value of rawValue(property).split(',')) {
      const [begin = '', end] = value.split('/')
      const date = readDate(begin)
      if (date === null) continue
      const start = startOn(times, property, date, clocks)
      dates.push(start)
      const endsAt = end === undefined ? null : periodEnd(end, start, times, property, clocks)
      if (endsAt !== null) ownEnds.set(start.epoch, endsAt)
    }
  }
  dates.sort((a, b) => a.epoch - b.epoch)
  const excluded = new Set(replaced.map(({ epoch }) => epoch))
  const excludedDays = new Set<number>()
  for (const property of findAll(event, 'EXDATE')) {
    for (const value of rawValue(property).split(',')) {
      const date = readDate(value)
      if (date === null) continue
      if (date.seconds === null && !times.isDate) excludedDays.add(dayOf(date) / DAY_SECONDS)
      else excluded.add(startOn(times, property, date, clocks).epoch)
    }
  }
  const exceptionRules = bindRules(findAll(event, 'EXRULE'), times).rules
  const series = { start: times.start, clock: times.clock, rules, exceptionRules, dates, excluded, excludedDays }
  return { series, ownEnds, complete }
}

/** A value on the clock of DTSTART: by its day beside an all-day start, at the time of DTSTART where it has none. */
export function startOn(times: TimedEvent, property: Property, date: DateValue, clocks: Clocks): Start {
  if (times.isDate) return { wall: dayOf(date), epoch: dayOf(date) * 1000 }
  const { clock, start } = times
  if (date.seconds === null) {
    const wall = dayOf(date) + (start.wall - Math.floor(start.wall / DAY_SECONDS) * DAY_SECONDS)
    return { wall, epoch: clock.toEpoch(wall) }
  }
  const epoch = (clockOf(property, date, clocks) ?? clock).toEpoch(wallSeconds(date))
  return { wall: (epoch + clock.offsetAt(epoch)) / 1000, epoch }
}

function periodEnd(end: string, start: Start, times: TimedEvent, property: Property, clocks: Clocks): EpochMs | null {
  const date = readDate(end)
  if (date !== null) return Math.max(start.epoch, startOn(times, property, date, clocks).epoch)
  return readDuration(end) === null ? null : lastingFor(end.trim(), start, times.clock)
}

/** RFC 5545 allows one; each further one may cost as much again. */
const MOST_RULES = 8

function bindRules(properties: readonly Property[], times: TimedEvent): { rules: BoundRule[]; complete: boolean } {
  const rules: BoundRule[] = []
  let complete = properties.length <= MOST_RULES
  const { clock, isDate, floating } = times
  for (const property of properties.slice(0, MOST_RULES)) {
    const value = rawValue(property)
    // An empty property says nothing.
    if (value.trim() === '') continue
    const { rule } = readRule(value)
    if (rule === null) {
      complete = false
      continue
    }
    const toWall = floating ? null : (utc: number) => utc + clock.offsetAt(utc * 1000) / 1000
    const exact = rule.until?.utc === true && rule.until.seconds !== null && toWall !== null
    rules.push({
      rule: isDate ? ruleForDates(rule) : rule,
      // The instant decides; the wall clock only has to reach far enough, over a fold.
      untilWall: untilWall(rule.until, isDate, toWall) + (exact ? DAY_SECONDS : 0),
      untilEpoch: exact && rule.until !== null ? wallSeconds(rule.until) * 1000 : Number.POSITIVE_INFINITY,
    })
  }
  return { rules, complete }
}
