/**
 * The front of the recurrence engine: the instances of a calendar object, and when the last one ends. Everything here
 * is lazy and bounded: a question is answered, or given up and said so.
 */
import { readDate } from '../ical/dates.ts'
import type { CalendarObject, Component } from '../ical/model.ts'
import { find, parameterOf, rawValue } from '../ical/property.ts'
import type { EpochMs } from '../types.ts'
import { DAY_SECONDS } from './days.ts'
import { type Clocks, clocksOf, type OwnEnds, readSeries, readTimes, startOn, type TimedEvent } from './read-series.ts'
import type { Ending } from './rule.ts'
import { isLeftOut, lastStart, merged, type Series, type Start, seriesStarts } from './series.ts'

export interface Occurrence extends Start {
  readonly endsAt: EpochMs
  /** Its `epoch` is midnight in the default zone. */
  readonly isDate: boolean
  /** `wall` is the same on every clock: an all-day or a floating time. */
  readonly floating: boolean
}

/** RANGE=THISANDFUTURE divides a series; more of them are a hostile or broken object. */
const MOST_PARTS = 50

/** A stretch of a series between two overrides with RANGE=THISANDFUTURE, moved as the first of them says. */
interface Part {
  readonly from: EpochMs
  readonly before: EpochMs
  readonly shift: number
  readonly times: TimedEvent
}

interface Master {
  readonly series: Series
  readonly ownEnds: OwnEnds
  readonly times: TimedEvent
  readonly parts: readonly Part[]
}

interface Instances {
  readonly masters: readonly Master[]
  readonly overrides: readonly TimedEvent[]
  /** Why some instances are missing here; null where all are known. */
  readonly trouble: 'unreadable' | 'gave-up' | null
}

function readInstances(object: CalendarObject, clocks: Clocks): Instances {
  const masters: Master[] = []
  const overrides: TimedEvent[] = []
  let trouble: Instances['trouble'] = null
  const replacing = new Set(object.events.filter((event) => find(event, 'RECURRENCE-ID') !== undefined))
  for (const event of object.events) {
    const times = readTimes(event, clocks)
    if (times === null) {
      trouble = 'unreadable'
    } else if (replacing.has(event)) {
      overrides.push(times)
    } else {
      const replaced = [...replacing].flatMap((override) => replacedBy(override, times, clocks) ?? [])
      const read = readSeries(event, times, replaced, clocks)
      const parts = partsOf(replacing, times, clocks)
      if (!read.complete) trouble = 'unreadable'
      if (parts === null) trouble = 'gave-up'
      masters.push({ ...read, times, parts: parts ?? [] })
    }
  }
  return { masters, overrides, trouble }
}

/** The instance a RECURRENCE-ID names; null where it cannot be read. */
function replacedBy(override: Component, times: TimedEvent, clocks: Clocks): Start | null {
  const property = find(override, 'RECURRENCE-ID')
  const date = property === undefined ? null : readDate(rawValue(property))
  return property === undefined || date === null ? null : startOn(times, property, date, clocks)
}

function partsOf(replacing: Iterable<Component>, times: TimedEvent, clocks: Clocks): Part[] | null {
  const changes: { from: EpochMs; shift: number; times: TimedEvent }[] = []
  for (const override of replacing) {
    const property = find(override, 'RECURRENCE-ID')
    const range = property === undefined ? undefined : parameterOf(property, 'RANGE')
    if (range?.toUpperCase() !== 'THISANDFUTURE') continue
    const start = replacedBy(override, times, clocks)
    const moved = readTimes(override, clocks)
    if (start === null || moved === null) continue
    changes.push({ from: start.epoch, shift: moved.start.wall - start.wall, times: moved })
  }
  if (changes.length >= MOST_PARTS) return null
  changes.sort((a, b) => a.from - b.from)
  return [{ from: Number.NEGATIVE_INFINITY, shift: 0, times }, ...changes].map((part, index) => ({
    ...part,
    before: changes[index]?.from ?? Number.POSITIVE_INFINITY,
  }))
}

function occurrenceOf(master: Master, part: Part, start: Start): Occurrence {
  const { times } = part
  const wall = start.wall + part.shift
  const moved = part.times === master.times ? start : { wall, epoch: times.clock.toEpoch(wall) }
  const endsAt = master.ownEnds.get(start.epoch) ?? times.endOf(moved)
  return { wall, epoch: times.instantOf(moved), endsAt, isDate: times.isDate, floating: times.floating }
}

/**
 * Instances that start at or after `from`, by rising start. `defaultZone` (IANA) is the zone of floating times and
 * all-day events. The generator returns 'gave-up' where it cannot tell what follows.
 */
export function* occurrences(
  object: CalendarObject,
  defaultZone: string,
  from: EpochMs = Number.NEGATIVE_INFINITY,
): Generator<Occurrence, Ending> {
  const { masters, overrides, trouble } = readInstances(object, clocksOf(object, defaultZone))
  const own = overrides.map((times) => ({
    wall: times.start.wall,
    epoch: times.instantOf(times.start),
    endsAt: times.endOf(times.start),
    isDate: times.isDate,
    floating: times.floating,
  }))
  own.sort((a, b) => a.epoch - b.epoch)
  const streams = masters.flatMap((master) => master.parts.map((part) => partOccurrences(master, part, from)))
  for (const next of merged([own.values(), ...streams])) {
    if (next === 'gave-up') return 'gave-up'
    if (next.epoch >= from) yield next
  }
  return trouble === null ? 'complete' : 'gave-up'
}

function* partOccurrences(master: Master, part: Part, from: EpochMs): Generator<Occurrence, Ending> {
  const starts = seriesStarts(master.series, earliestWall(master, part, from))
  for (;;) {
    const step = starts.next()
    if (step.done === true) return step.value
    if (step.value.epoch >= part.before) return 'complete'
    if (step.value.epoch >= part.from) yield occurrenceOf(master, part, step.value)
  }
}

/** A wall time on the clock of DTSTART that is not after any start at or after `from`. */
function earliestWall(master: Master, part: Part, from: EpochMs): number {
  const wanted = Math.max(part.from, from - part.shift * 1000)
  if (wanted === Number.NEGATIVE_INFINITY) return wanted
  // An override may run on another clock, and all-day events begin with the default zone's midnight.
  if (part.times !== master.times || master.times.isDate) return wanted / 1000 - 2 * DAY_SECONDS
  const { clock } = master.times
  const before = clock.offsetAt(wanted - DAY_SECONDS * 1000)
  return (wanted + Math.min(before, clock.offsetAt(wanted))) / 1000
}

/** The instant at which the zone leaves out the time that this start names; null where it names one that exists. */
function gapBefore(clock: TimedEvent['clock'], { wall, epoch }: Start): EpochMs | null {
  const after = clock.offsetAt(epoch)
  const leftOut = epoch + after - wall * 1000
  if (leftOut <= 0) return null
  let [low, high] = [epoch - leftOut - 1, epoch]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (clock.offsetAt(middle) === after) high = middle
    else low = middle
  }
  return high
}

export interface LastEnd {
  /** End of the last instance; null where there is none to name. */
  readonly endsAt: EpochMs | null
  /**
   * `ends`: `endsAt` is the end. `endless`: it goes on for ever. `no-instance`: nothing is left of it. `unreadable`: a
   * DTSTART or RRULE cannot be used. `gave-up`: finding out would take too long.
   */
  readonly why: 'ends' | 'endless' | 'no-instance' | 'unreadable' | 'gave-up'
}

/** When the last instance ends. All-day instances end at midnight in `defaultZone` (IANA). */
export function lastOccurrenceEnd(object: CalendarObject, defaultZone: string): LastEnd {
  const { masters, overrides, trouble } = readInstances(object, clocksOf(object, defaultZone))
  if (trouble !== null) return { endsAt: null, why: trouble }
  const ends = overrides.map((times) => times.endOf(times.start))
  for (const master of masters) {
    for (const date of master.series.dates) {
      const own = master.ownEnds.get(date.epoch)
      if (own !== undefined && !isLeftOut(master.series, date)) ends.push(own)
    }
    for (const part of master.parts) {
      const found = lastStart(master.series, part.before)
      if (typeof found === 'string') return { endsAt: null, why: found }
      if (found.start === null || found.start.epoch < part.from) continue
      ends.push(occurrenceOf(master, part, found.start).endsAt)
      // What starts in a time that the zone leaves out may end before what started earlier (Samoa left out a day).
      const gap = gapBefore(master.times.clock, found.start)
      const earlier = gap === null ? null : lastStart(master.series, gap)
      if (typeof earlier === 'string') return { endsAt: null, why: earlier }
      if (earlier?.start && earlier.start.epoch >= part.from) {
        ends.push(occurrenceOf(master, part, earlier.start).endsAt)
      }
    }
  }
  if (ends.length === 0) return { endsAt: null, why: 'no-instance' }
  return { endsAt: ends.reduce((latest, end) => Math.max(latest, end)), why: 'ends' }
}
