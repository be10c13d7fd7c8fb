/** Which years the events of a zone span, and definitions that do not reach over them. */
import type { CalendarObject, Component, Property } from './model.ts'
import { rawValue } from './property.ts'
import { scannedOf } from './scanned-object.ts'
import { USUAL_YEARS, type YearSpan } from './zones-define.ts'
import { readZoneRules, type ZoneRules } from './zones-vtimezone.ts'

const DATES = new Set(['DTSTART', 'DTEND', 'RECURRENCE-ID', 'RDATE'])
const SINGLE = /^\d{8}(?:T\d{6}Z?)?$/
const NAMED = /(?:^|[,/]|UNTIL=)(\d{4})\d{4}/gi
/** Years outside are mistakes. */
const POSSIBLE: YearSpan = { fromYear: 1800, toYear: 2200 }

/** The years that a date, or the UNTIL of a rule, names; none for any other property. */
export function yearsOf(property: Property): readonly number[] {
  const value = DATES.has(property.name) ? rawValue(property) : property.name === 'RRULE' ? property.line : ''
  if (SINGLE.test(value)) return [Number(value.slice(0, 4))].filter(isPossible)
  return [...value.matchAll(NAMED)].map(([, digits]) => Number(digits)).filter(isPossible)
}

function isPossible(year: number): boolean {
  return year >= POSSIBLE.fromYear && year <= POSSIBLE.toYear
}

/** Every year that the events of these objects name; of an object in order the least and the greatest. */
function yearsIn(objects: readonly CalendarObject[]): number[] {
  return objects.flatMap((object) => {
    const scanned = scannedOf(object)
    if (scanned) return scanned.flatMap(({ years }) => years ?? [])
    return object.events.flatMap(({ properties }) => properties.flatMap(yearsOf))
  })
}

/** The least and the greatest year that these name; null where they name none. */
export function yearSpan(objects: readonly CalendarObject[]): readonly [number, number] | null {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const year of yearsIn(objects)) {
    first = Math.min(first, year)
    last = Math.max(last, year)
  }
  return first <= last ? [first, last] : null
}

/** The years a definition for these events must be right for. */
export function spanOf(objects: readonly CalendarObject[]): YearSpan {
  const { fromYear, toYear } = USUAL_YEARS
  return yearsIn(objects).reduce(
    (span, year) => ({ fromYear: Math.min(span.fromYear, year), toYear: Math.max(span.toYear, year) }),
    { fromYear, toYear },
  )
}

/**
 * The definition, or, where it begins after the first of its events, ends before the last, or has rules that end in local
 * time, of which readers make different things, one written anew. Only where both say the same in every month that the
 * given one speaks of: a name may be used for another zone than the one we know.
 */
export function forItsEvents(
  zone: Component,
  tzid: string,
  users: readonly CalendarObject[],
  defineZone: ((tzid: string, years?: YearSpan) => Component | null) | undefined,
): Component {
  const rules = readZoneRules(zone)
  if (rules === null || defineZone === undefined) return zone
  const span = spanOf(users)
  const first = yearsIn(users).reduce((least, year) => Math.min(least, year), USUAL_YEARS.toYear)
  const reaches = Date.UTC(first, 0, 1) >= rules.from && Date.UTC(span.toYear, 0, 1) <= rules.lastChange
  if (reaches && !zone.components.some(({ properties }) => properties.some(endsInLocalTime))) return zone
  const whole = defineZone(tzid, span)
  const wholeRules = whole && readZoneRules(whole)
  return wholeRules && isAlike(rules, wholeRules) ? whole : zone
}

/** RFC 5545 section 3.3.10: UNTIL of an observance is in UTC. */
function endsInLocalTime({ name, line }: Property): boolean {
  return name === 'RRULE' && /UNTIL=/i.test(line) && !/UNTIL=\d{8}T\d{6}Z/i.test(line)
}

const MONTH_MS = 30 * 86_400_000

function isAlike(given: ZoneRules, whole: ZoneRules): boolean {
  const to = Math.min(given.lastChange + MONTH_MS, Date.UTC(USUAL_YEARS.toYear, 0, 1))
  for (let epoch = given.from; epoch < to; epoch += MONTH_MS) {
    if (given.segmentAt(epoch).offset !== whole.segmentAt(epoch).offset) return false
  }
  return true
}
