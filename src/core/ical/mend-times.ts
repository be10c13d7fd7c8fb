import { type DateValue, isDateOrPeriod, readDate, readDuration, wallSeconds, writeShifted } from './dates.ts'
import type { ReportMend } from './mend-report.ts'
import type { Component, Property } from './model.ts'
import { find, parameterOf, rawValue, withoutParameter, withParameter, withValue } from './property.ts'
import { tzidOf } from './zone-use.ts'

const day = 86_400
/** The length an event without one is given: some servers refuse an event that ends when it starts. */
const shortest = 60
/** No two zones are further apart. */
const widestOffset = 26 * 3600

/**
 * Start, end and instance lists in a form every server takes (servers.md 9.12): VALUE and TZID agree with the form of
 * the value, and there is either a DURATION or a DTEND after DTSTART. Where the end is missing it is written out: one
 * day after an all-day start, as RFC 5545 section 3.6.1 has it; one minute after a timed start, the shortest length all
 * servers accept, which also replaces an end that is not after the start.
 */
export function mendTimes(event: Component, report: ReportMend): Component {
  const properties: Property[] = []
  for (const property of event.properties) {
    const mended = mendProperty(property, report)
    if (mended !== null) properties.push(mended)
  }
  return { ...event, properties: withEnd(properties, report) }
}

function mendProperty(property: Property, report: ReportMend): Property | null {
  switch (property.name) {
    case 'DTSTART':
    case 'DTEND':
    case 'RECURRENCE-ID':
      return mendDate(property, report)
    case 'EXDATE':
    case 'RDATE':
      return mendList(property, report)
    case 'DURATION': {
      const length = readDuration(rawValue(property))
      if (length !== null && length > 0) return property
      report('duration-unusable', `its DURATION ${quoted(property)} is no length of time and was left out.`)
      return null
    }
    default:
      return property
  }
}

function quoted(property: Property): string {
  return `"${rawValue(property).trim().slice(0, 40)}"`
}

function mendDate(property: Property, report: ReportMend): Property | null {
  const date = readDate(rawValue(property))
  if (date === null) {
    report('date-unreadable', `its ${property.name} ${quoted(property)} is no date that exists and was left out.`)
    return null
  }
  return inForm(property, date, rawValue(property).trim().toUpperCase(), report)
}

/** VALUE and TZID as the value demands; the line stays untouched where they already do. */
function inForm(property: Property, date: DateValue, value: string, report: ReportMend): Property {
  const declared = parameterOf(property, 'VALUE')?.trim().toUpperCase()
  // Midnight under VALUE=DATE is how some products write an all-day event.
  const allDay = date.seconds === null || (declared === 'DATE' && date.seconds === 0)
  let mended = withValue(property, allDay ? value.slice(0, 8) : value)
  if (allDay) {
    if (declared !== 'DATE') mended = withParameter(mended, 'VALUE', 'DATE')
    mended = withoutParameter(mended, 'TZID')
  } else {
    if (declared === 'DATE') mended = withoutParameter(mended, 'VALUE')
    if (date.utc) mended = withoutParameter(mended, 'TZID')
  }
  if (mended.line !== property.line) report('date-form', `its ${property.name} was written in the form its value has.`)
  return mended
}

function mendList(property: Property, report: ReportMend): Property | null {
  const values = rawValue(property)
    .split(',')
    .map((value) => value.trim())
  const usable = values.filter(isDateOrPeriod)
  if (usable.length < values.length) {
    report('date-unreadable', `its ${property.name} holds values that are no dates; they were left out.`)
  }
  const [first] = usable
  if (first === undefined) return null
  const list = withValue(property, usable.join(','))
  const dates = usable.map(readDate)
  const [date] = dates
  // A list of one form can be declared; mixed lists and periods stay as they are.
  if (date === null || date === undefined || dates.some((other) => other === null || !sameForm(other, date)))
    return list
  if (date.seconds === null) {
    const declared =
      parameterOf(list, 'VALUE')?.trim().toUpperCase() === 'DATE' ? list : withParameter(list, 'VALUE', 'DATE')
    const mended = withoutParameter(declared, 'TZID')
    if (mended.line !== list.line) report('date-form', `its ${property.name} was written in the form its value has.`)
    return mended
  }
  return date.utc ? withoutParameter(list, 'TZID') : list
}

function sameForm(a: DateValue, b: DateValue): boolean {
  return a.utc === b.utc && (a.seconds === null) === (b.seconds === null)
}

/** The properties with exactly one of DTEND and DURATION, and that one after DTSTART. */
function withEnd(properties: readonly Property[], report: ReportMend): readonly Property[] {
  const holder: Component = { name: 'VEVENT', properties, components: [] }
  const start = find(holder, 'DTSTART')
  const startDate = start === undefined ? null : readDate(rawValue(start))
  if (start === undefined || startDate === null) return properties
  const end = find(holder, 'DTEND')
  const duration = find(holder, 'DURATION')
  if (end === undefined && duration !== undefined) return properties
  const wanted = end === undefined ? null : usableEnd(start, startDate, end)
  const without = properties.filter((property) => property !== end && property !== duration)
  if (end !== undefined && duration !== undefined) {
    report('end-twice', 'it has both DTEND and DURATION; DTEND was taken.')
  }
  if (end !== undefined && wanted !== null) {
    if (wanted.line === end.line)
      return duration === undefined ? properties : properties.filter((property) => property !== duration)
    report('end-form', 'its DTEND was written in the form of its DTSTART.')
    return insertAfter(without, start, wanted)
  }
  const added = startDate.seconds === null ? day : shortest
  const length = added === day ? 'one day' : 'one minute'
  if (end === undefined) report('end-missing', `it has no end; it was sent with a length of ${length}.`)
  else report('end-not-after-start', `its end is not after its start; it was sent with a length of ${length}.`)
  const mended = endAt(start, startDate, added)
  // The last day of the year 9999 has no day after it that could be written.
  return readDate(rawValue(mended)) === null ? without : insertAfter(without, start, mended)
}

function insertAfter(properties: readonly Property[], place: Property, added: Property): Property[] {
  return properties.flatMap((property) => (property === place ? [property, added] : [property]))
}

/** DTEND in the form of DTSTART, at so many seconds after it on the same wall clock. */
function endAt(start: Property, date: DateValue, seconds: number): Property {
  const shifted = withValue(start, writeShifted(date, seconds))
  return { name: 'DTEND', line: `DTEND${shifted.line.slice(start.name.length)}` }
}

/** The end in the form of the start, or null where it is not after it. */
function usableEnd(start: Property, startDate: DateValue, end: Property): Property | null {
  const endDate = readDate(rawValue(end))
  if (endDate === null) return null
  if ((startDate.seconds === null) !== (endDate.seconds === null)) {
    const difference =
      startDate.seconds === null
        ? Math.ceil(wallSeconds(endDate) / day) * day - wallSeconds(startDate)
        : wallSeconds(endDate) - wallSeconds(startDate)
    return difference > 0 ? endAt(start, startDate, difference) : null
  }
  const difference = wallSeconds(endDate) - wallSeconds(startDate)
  // Times in two zones can be compared only where no offset could turn them round.
  const sameClock = startDate.utc === endDate.utc && tzidOf(start) === tzidOf(end)
  return difference > (sameClock ? 0 : -widestOffset) ? end : null
}
