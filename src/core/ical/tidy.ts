/**
 * Makes every line of a component a content line (RFC 5545 section 3.1), so that all later code and every writer can
 * rely on it. Content lines stay untouched.
 */
import { readDate } from './dates.ts'
import type { Component, Property } from './model.ts'
import { rawValue } from './property.ts'

/** TEXT properties whose value products break over several lines without folding them. */
const brokenTexts: ReadonlySet<string> = new Set([
  'DESCRIPTION',
  'SUMMARY',
  'LOCATION',
  'COMMENT',
  'CONTACT',
  'X-ALT-DESC',
])
const dates: ReadonlySet<string> = new Set(['DTSTART', 'DTEND', 'RECURRENCE-ID', 'EXDATE', 'RDATE'])

export interface Tidied {
  readonly component: Component
  /** Lines that were no content lines and were joined to the text before them, mended, or left out. */
  readonly mended: number
}

/** The component with readable lines only; the very same object where all are readable. */
export function tidyLines(component: Component): Tidied {
  let mended = 0
  let { components } = component
  if (components.length > 0) {
    const children = components.map(tidyLines)
    for (const child of children) mended += child.mended
    if (children.some((child, index) => child.component !== component.components[index])) {
      components = children.map((child) => child.component)
    }
  }
  if (component.properties.every(isTidy)) {
    return { component: components === component.components ? component : { ...component, components }, mended }
  }
  const properties: Property[] = []
  // Lines that go on a broken text; joined once, however many they are.
  let pieces: string[] = []
  for (const property of component.properties) {
    let readable: Property | null = property
    if (!isTidy(property)) {
      if (!hasGroup(property)) mended++
      readable = repairLine(property)
    }
    if (readable === null) {
      if (brokenTexts.has(properties[properties.length - 1]?.name ?? '')) pieces.push(property.line)
      continue
    }
    joinText(properties, pieces)
    if (pieces.length > 0) pieces = []
    properties.push(readable)
  }
  joinText(properties, pieces)
  return { component: { ...component, properties, components }, mended }
}

/** Adds the pieces to the last property, as new lines of its text. */
function joinText(properties: Property[], pieces: readonly string[]): void {
  const last = properties[properties.length - 1]
  if (last === undefined || pieces.length === 0) return
  // Soft line breaks of quoted-printable, which vCalendar 1.0 used, end in an equals sign.
  const soft = /^[^:]*;ENCODING=QUOTED-PRINTABLE/i.test(last.line)
  const lines = [last.line, ...pieces]
  const joined = lines.map((line, index) => {
    if (index === lines.length - 1) return line
    return soft && line.endsWith('=') ? line.slice(0, -1) : `${line}\\n`
  })
  properties[properties.length - 1] = { name: last.name, line: joined.join('') }
}

function isTidy(property: Property): boolean {
  const { name, line } = property
  if (name === '' || hasGroup(property)) return false
  // A zone name with a colon that nobody quoted: `DTSTART;TZID=(UTC+01:00) Paris:20260301T100000`.
  return line.charCodeAt(name.length) === 58 || !dates.has(name) || !hasBareColon(property)
}

/** vCard's `item1.NAME`, which iCalendar does not have. */
function hasGroup(property: Property): boolean {
  const { name, line } = property
  if (name === '') return false
  const code = line.charCodeAt(name.length)
  return code !== 58 && code !== 59
}

function hasBareColon(property: Property): boolean {
  const value = rawValue(property)
  return value.includes(':') && readDate(value.slice(value.lastIndexOf(':') + 1)) !== null
}

function repairLine(property: Property): Property | null {
  const { name, line } = property
  if (name !== '') {
    if (hasGroup(property)) return { name, line: line.slice(line.indexOf('.', 0) + 1).replace(/^[^;:]*\./, '') }
    return quoteZone(property)
  }
  // Blanks around the name are all that can be mended without guessing.
  const spaced = /^([A-Za-z0-9-]+)[ \t]+([;:])/.exec(line)
  if (spaced === null || !line.includes(':')) return null
  const found = spaced[1] ?? ''
  return { name: found.toUpperCase(), line: found + line.slice(spaced[0].length - 1) }
}

/** Quotes a zone name with colons in it: everything between `TZID=` and the last colon, if no parameter follows. */
function quoteZone(property: Property): Property {
  const { name, line } = property
  const start = line.toUpperCase().indexOf(';TZID=') + ';TZID='.length
  const colon = line.lastIndexOf(':')
  const zone = line.slice(start, colon)
  if (start < ';TZID='.length || colon < start || /[";]/.test(zone)) return property
  return { name, line: `${line.slice(0, start)}"${zone}"${line.slice(colon)}` }
}
