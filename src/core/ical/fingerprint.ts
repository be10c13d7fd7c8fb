import { hash } from 'node:crypto'
import type { Fingerprint } from '../types.ts'
import type { Component, Property } from './model.ts'
import { splitLine } from './property.ts'

/** Properties that may differ without anything worth writing having changed. */
const volatileProperties: ReadonlyMap<string, string> = new Map([
  ['DTSTAMP', 'when this copy was made; many feeds write the time of the download'],
  ['CREATED', 'when the copy was made on that server; servers add or replace it'],
  ['LAST-MODIFIED', 'servers and feeds set it without a change of content'],
  ['SEQUENCE', 'a counter of revisions, not content; servers raise or add it'],
  ['PRODID', 'names the program that wrote the copy'],
  ['UID', 'identity, not content: it is compared as such, and differs where an object is written under an alias'],
  ['X-MOZ-GENERATION', 'a counter that Thunderbird raises at every write'],
])

/** Parameters that servers add for scheduling, or that we set to keep them from sending mail (RFC 6638 section 7). */
const volatileParameters: ReadonlyMap<string, string> = new Map([
  ['SCHEDULE-STATUS', 'the outcome of a delivery, written in by the server'],
  ['SCHEDULE-AGENT', 'set by us on upload to keep the server from inviting; the feed has none'],
  ['SCHEDULE-FORCE-SEND', 'a request to the server, removed when carried out'],
])

/** 132 bits are more than collisions among all objects of all users will ever need. */
const characters = 22

/**
 * Hash of an object's VEVENTs without what is volatile (servers.md 9.7): the order of properties, parameters and
 * sub-components, folding and line ends, quotes of parameters, TEXT escapes, the volatile properties and parameters
 * above, X-LIC-* (libical's own error notes), CLASS:PUBLIC (the default, which SOGo writes out), and VTIMEZONEs, which
 * are no part of the events. Overrides count in the order of their RECURRENCE-ID. Alarms count.
 */
export function fingerprint(events: readonly Component[]): Fingerprint {
  const texts = events.map(canonicalComponent)
  const text = texts.length === 1 ? (texts[0] ?? '') : texts.sort(byCodeUnits).join('\n')
  return hash('sha256', text, 'base64url').slice(0, characters) as Fingerprint
}

/** Order of UTF-16 code units: the same on every machine, whatever its language. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The text a component is hashed as. RECURRENCE-ID comes first, so that sorting the texts sorts the overrides. */
export function canonicalComponent(component: Component): string {
  const lines: string[] = []
  let recurrence = ''
  for (const property of component.properties) {
    if (isVolatile(property)) continue
    const line = canonicalLine(property)
    if (property.name === 'RECURRENCE-ID') recurrence = line
    else lines.push(line)
  }
  lines.sort(byCodeUnits)
  const children =
    component.components.length === 0 ? [] : component.components.map(canonicalComponent).sort(byCodeUnits)
  return `${component.name}\n${recurrence}\n${lines.join('\n')}${children.map((child) => `\n(${child})`).join('')}`
}

/** What of a property counts for the fingerprint; null where nothing does. Properties with equal texts are the same. */
export function comparableLine(property: Property): string | null {
  return isVolatile(property) ? null : canonicalLine(property)
}

function isVolatile(property: Property): boolean {
  const { name } = property
  if (volatileProperties.has(name)) return true
  if (name === 'CLASS') return /:\s*PUBLIC\s*$/i.test(property.line)
  return name.startsWith('X-LIC-')
}

function canonicalLine(property: Property): string {
  const { name, line } = property
  const after = name.length
  // The common case: no group, no parameters, nothing escaped. Nothing to parse then.
  if (line.charCodeAt(after) === 58 && line.startsWith(name)) {
    return line.includes('\\') ? canonicalText(line) : line
  }
  if (isCanonicalWithOneParameter(name, line)) return line
  const parts = splitLine(line)
  const parameters: string[] = []
  for (const { name: parameter, raw } of parts.parameters) {
    if (!volatileParameters.has(parameter)) parameters.push(canonicalParameter(parameter, raw))
  }
  parameters.sort(byCodeUnits)
  const head = parameters.length === 0 ? name : `${name};${parameters.join(';')}`
  return `${head}:${canonicalText(parts.value)}`
}

/** `DTSTART;TZID=Europe/Berlin:…` and its like: nothing to sort, to leave out or to unescape. */
function isCanonicalWithOneParameter(name: string, line: string): boolean {
  const colon = line.indexOf(':')
  const next = line.indexOf(';', name.length + 1)
  if ((next !== -1 && next < colon) || !line.startsWith(name) || line.includes('"') || line.includes('\\')) return false
  const parameter = line.slice(name.length + 1, line.indexOf('='))
  return /^[A-Z-]+$/.test(parameter) && !volatileParameters.has(parameter)
}

function canonicalParameter(name: string, raw: string): string {
  const equals = raw.indexOf('=')
  let value = equals === -1 ? '' : raw.slice(equals + 1)
  if (value.includes('"')) value = value.replaceAll('"', '')
  // SOGo doubles the backslashes of parameters at every write.
  if (value.includes('\\')) value = value.replace(/\\+/g, '\\')
  return `${name}=${value}`
}

/** Servers add and remove backslashes before punctuation, also where the value is no TEXT (GEO, UID, X- properties). */
function canonicalText(value: string): string {
  if (!value.includes('\\')) return value
  return value.replace(/\\([,;:"N])/g, (_whole, escaped: string) => (escaped === 'N' ? '\\n' : escaped))
}
