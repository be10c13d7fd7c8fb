import type { Mark } from '../links.ts'
import { withoutForbidden } from './chars.ts'
import type { CalendarObject, Component } from './model.ts'
import { escapeText, find, textOf, withValue } from './property.ts'

/** The object's events with the name of their source: as one more category, or before the title. */
export function withMark(object: CalendarObject, mark: Mark, name: string): CalendarObject {
  if (mark === 'none') return object
  const marked = mark === 'category' ? withCategory : withPrefix
  const plain = withoutForbidden(name)
  return { ...object, events: object.events.map((event) => marked(event, plain)) }
}

function withCategory(event: Component, name: string): Component {
  const property = { name: 'CATEGORIES', line: `CATEGORIES:${escapeText(name)}` }
  return { ...event, properties: [...event.properties, property] }
}

function withPrefix(event: Component, name: string): Component {
  const summary = find(event, 'SUMMARY')
  const title = escapeText(summary === undefined ? name : `${name}: ${textOf(summary)}`)
  if (summary === undefined) {
    return { ...event, properties: [...event.properties, { name: 'SUMMARY', line: `SUMMARY:${title}` }] }
  }
  const properties = event.properties.map((property) => (property === summary ? withValue(summary, title) : property))
  return { ...event, properties }
}
