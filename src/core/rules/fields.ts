/** What rules may read and write of an event. */
import { withoutForbidden } from '../ical/chars.ts'
import type { Component, Property } from '../ical/model.ts'
import { escapeText, find, findAll, makeProperty, rawValue, textOf, unescapeText } from '../ical/property.ts'
import { CLASSES, RuleError, STATUSES, TRANSPARENCIES } from './rule.ts'

/** Identity and times: a rule that changed them would make other events of these. */
const FIXED = new Set([
  'UID',
  'DTSTAMP',
  'DTSTART',
  'DTEND',
  'DURATION',
  'RRULE',
  'RDATE',
  'EXDATE',
  'EXRULE',
  'RECURRENCE-ID',
  'SEQUENCE',
])
/** Texts a rule may write. */
const TEXTS = new Set(['SUMMARY', 'DESCRIPTION', 'LOCATION', 'COMMENT', 'CONTACT', 'CATEGORIES', 'URL', 'COLOR'])
const WORDS: Readonly<Record<string, readonly string[]>> = {
  STATUS: STATUSES,
  CLASS: CLASSES,
  TRANSP: TRANSPARENCIES,
}
const TEMPLATE_FIELDS = ['SUMMARY', 'DESCRIPTION', 'LOCATION', 'CATEGORIES', 'STATUS', 'CLASS', 'ORGANIZER', 'CALENDAR']

export function propertyName(name: string, path: string): string {
  const upper = name.trim().toUpperCase()
  if (/^[A-Z0-9-]{1,60}$/.test(upper)) return upper
  throw new RuleError(path, 'is no property name; use one like SUMMARY or X-MY-FIELD.')
}

export function removableProperty(name: string, path: string): string {
  const upper = propertyName(name, path)
  if (!FIXED.has(upper)) return upper
  throw new RuleError(path, `is ${upper}, which says which event this is and when; a rule cannot take it away.`)
}

/** The name of a property that a rule may write, and, where `value` is fixed, one that it may hold. */
export function writableProperty(name: string, value: string | null, path: string): string {
  const upper = removableProperty(name, path)
  const words = WORDS[upper]
  if (words !== undefined) {
    if (value !== null && words.includes(value.trim().toUpperCase())) return upper
    throw new RuleError(path, `is ${upper}, which can only be set to ${words.join(', ')}.`)
  }
  if (TEXTS.has(upper) || upper.startsWith('X-')) return upper
  throw new RuleError(
    path,
    `is ${upper}, which a rule cannot write; it can write ${[...TEXTS].join(', ')} and X- names.`,
  )
}

/** All values of a property as text; a list property gives each of its entries. */
export function valuesOf(event: Component, name: string): string[] {
  return findAll(event, name).flatMap((property) => {
    if (name !== 'CATEGORIES') return [textOf(property)]
    return rawValue(property)
      .split(/(?<!\\),/)
      .map((entry) => unescapeText(entry).trim())
  })
}

/** The event with this text as the only value of the property; without it where the text is empty. */
export function withText(event: Component, name: string, text: string): Component {
  const others = event.properties.filter((property) => property.name !== name)
  if (text === '') return { ...event, properties: others }
  const at = event.properties.findIndex((property) => property.name === name)
  const place = at === -1 ? others.length : event.properties.slice(0, at).filter((one) => one.name !== name).length
  const property: Property = makeProperty(name, {}, written(name, withoutForbidden(text)))
  return { ...event, properties: [...others.slice(0, place), property, ...others.slice(place)] }
}

/** The value as it stands in the line (RFC 5545 section 3.3). */
function written(name: string, text: string): string {
  if (WORDS[name] !== undefined) return text.trim().toUpperCase()
  if (name === 'URL') return text.trim()
  if (name !== 'CATEGORIES') return escapeText(text)
  return text
    .split(',')
    .map((entry) => escapeText(entry.trim()))
    .join(',')
}

/** Fills `{SUMMARY}` and its like. Throws RuleError for a field that does not exist. */
export function compileTemplate(template: string, path: string): (event: Component, calendar: string) => string {
  const parts = template.split(/\{([^{}]*)\}/)
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0 || TEMPLATE_FIELDS.includes(part.trim().toUpperCase())) continue
    throw new RuleError(
      path,
      `holds the unknown field {${part}}; known are ${TEMPLATE_FIELDS.map((one) => `{${one}}`).join(', ')}.`,
    )
  }
  return (event, calendar) =>
    parts.map((part, index) => (index % 2 === 0 ? part : fieldOf(event, part.trim().toUpperCase(), calendar))).join('')
}

function fieldOf(event: Component, name: string, calendar: string): string {
  if (name === 'CALENDAR') return calendar
  if (name === 'CATEGORIES') return valuesOf(event, name).join(', ')
  const property = find(event, name)
  return property === undefined ? '' : textOf(property).replace(/^mailto:/i, '')
}
