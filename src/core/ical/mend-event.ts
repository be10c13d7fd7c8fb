import { withoutForbidden } from './chars.ts'
import { readDate, readDuration } from './dates.ts'
import type { ReportMend } from './mend-report.ts'
import { mendRule } from './mend-rule.ts'
import type { Component, Property } from './model.ts'
import { find, rawValue, withValue } from './property.ts'

/** Properties a VEVENT may hold once (RFC 5545 section 3.6.1, RFC 7986 section 5). */
export const SINGLE_IN_EVENT: ReadonlySet<string> = new Set([
  'UID',
  'DTSTAMP',
  'DTSTART',
  'DTEND',
  'DURATION',
  'CLASS',
  'CREATED',
  'DESCRIPTION',
  'GEO',
  'LAST-MODIFIED',
  'LOCATION',
  'ORGANIZER',
  'PRIORITY',
  'SEQUENCE',
  'STATUS',
  'SUMMARY',
  'TRANSP',
  'URL',
  'RECURRENCE-ID',
  'COLOR',
])
const singleInAlarm: ReadonlySet<string> = new Set([
  'ACTION',
  'TRIGGER',
  'DURATION',
  'REPEAT',
  'DESCRIPTION',
  'SUMMARY',
  'UID',
  'ACKNOWLEDGED',
])
const nothingSingle: ReadonlySet<string> = new Set()

/** Stamps that must be UTC instants; servers refuse a whole event for one that is none. */
const stamps: ReadonlySet<string> = new Set(['DTSTAMP', 'CREATED', 'LAST-MODIFIED'])

/**
 * What servers refuse about properties and alarms, mended: empty properties, second values of single properties,
 * forbidden characters, stamps and rules that cannot be read, alarms without TRIGGER or ACTION.
 */
export function mendEvent(event: Component, report: ReportMend): Component {
  const properties: Property[] = []
  for (const property of cleanProperties(event, SINGLE_IN_EVENT, report)) {
    if (stamps.has(property.name) && !isStamp(rawValue(property))) {
      report('stamp-unreadable', `its ${property.name} is no time in UTC and was left out.`)
    } else if (property.name === 'RRULE' || property.name === 'EXRULE') {
      const rule = mendRule(rawValue(property), report)
      if (rule !== null) properties.push(withValue(property, rule))
    } else {
      properties.push(property)
    }
  }
  const components: Component[] = []
  for (const component of event.components) {
    const kept = component.name === 'VALARM' ? mendAlarm(component, report) : cleanComponent(component, report)
    if (kept !== null) components.push(kept)
  }
  return { name: event.name, properties, components }
}

/** Google writes the year 0 for "unknown"; some servers cannot read it. */
function isStamp(value: string): boolean {
  const date = readDate(value)
  return date?.utc === true && date.year > 0
}

function cleanComponent(component: Component, report: ReportMend): Component {
  return {
    name: component.name,
    properties: cleanProperties(component, nothingSingle, report),
    components: component.components.map((child) => cleanComponent(child, report)),
  }
}

function cleanProperties(component: Component, single: ReadonlySet<string>, report: ReportMend): Property[] {
  const seen = new Set<string>()
  const properties: Property[] = []
  for (const given of component.properties) {
    const property = withoutControls(given)
    const { name } = property
    if (property.line.trimEnd().endsWith(':') && rawValue(property).trim() === '') {
      report('property-empty', `its empty ${name} was left out.`)
    } else if (single.has(name) && seen.has(name)) {
      report('property-repeated', `it has more than one ${name}; the first was taken.`)
    } else {
      seen.add(name)
      properties.push(property)
    }
  }
  return properties
}

function withoutControls(property: Property): Property {
  const line = withoutForbidden(property.line)
  return line === property.line ? property : { name: property.name, line }
}

function mendAlarm(given: Component, report: ReportMend): Component | null {
  const alarm: Component = {
    name: given.name,
    properties: cleanProperties(given, singleInAlarm, report),
    components: given.components.map((child) => cleanComponent(child, report)),
  }
  const trigger = find(alarm, 'TRIGGER')
  const value = trigger === undefined ? '' : rawValue(trigger)
  if (readDuration(value) === null && readDate(value)?.utc !== true) {
    report('alarm-dropped', 'an alarm without a usable TRIGGER was left out.')
    return null
  }
  if (find(alarm, 'ACTION') !== undefined) return alarm
  report('alarm-without-action', 'an alarm that says nothing about its ACTION is shown as a message.')
  return { ...alarm, properties: [{ name: 'ACTION', line: 'ACTION:DISPLAY' }, ...alarm.properties] }
}
