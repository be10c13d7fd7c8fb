import type { Component, Parameter, Property } from './model.ts'

/** The first property of that name (upper case), or undefined. */
export function find(component: Component, name: string): Property | undefined {
  for (const property of component.properties) if (property.name === name) return property
  return undefined
}

/** All properties of that name (upper case), in their order. */
export function findAll(component: Component, name: string): Property[] {
  return component.properties.filter((property) => property.name === name)
}

/**
 * Where the value begins: after the first colon outside double quotes (RFC 5545 section 3.1). Where a quote is never
 * closed, the first colon counts.
 */
function valueStart(line: string): number {
  const first = line.indexOf(':')
  let colon = first
  let quote = line.indexOf('"')
  while (quote !== -1 && quote < colon) {
    const close = line.indexOf('"', quote + 1)
    if (close === -1) return first + 1
    if (close > colon) colon = line.indexOf(':', close + 1)
    quote = line.indexOf('"', close + 1)
  }
  return (colon === -1 ? first : colon) + 1
}

/** The raw value, escapes untouched. */
export function rawValue(property: Property): string {
  return property.line.slice(valueStart(property.line))
}

/** The value as TEXT (RFC 5545 section 3.3.11): `\n`, `\,`, `\;` and `\\` undone; any other backslash stays. */
export function textOf(property: Property): string {
  return unescapeText(rawValue(property))
}

const unescaped: Readonly<Record<string, string>> = {
  n: '\n',
  N: '\n',
  ',': ',',
  ';': ';',
  ':': ':',
  '"': '"',
  '\\': '\\',
}

export function unescapeText(value: string): string {
  if (!value.includes('\\')) return value
  return value.replace(/\\([nN,;:"\\])/g, (_whole, escaped: string) => unescaped[escaped] ?? escaped)
}

/** A text as TEXT value (RFC 5545 section 3.3.11). Every kind of line end becomes `\n`. */
export function escapeText(text: string): string {
  return text.replace(/[\\,;]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n')
}

/** RFC 6868: `^n`, `^'`, `^^` in a parameter value. */
export function decodeParameterValue(value: string): string {
  if (!value.includes('^')) return value
  return value.replace(/\^([n'^])/g, (_whole, escaped: string) =>
    escaped === 'n' ? '\n' : escaped === "'" ? '"' : '^',
  )
}

/** RFC 6868, and quoted where RFC 5545 section 3.2 asks for it. */
export function encodeParameterValue(value: string): string {
  const encoded = value.replace(/\^|"|\r\n|\r|\n/g, (found) => (found === '^' ? '^^' : found === '"' ? "^'" : '^n'))
  return /[:;,]/.test(encoded) ? `"${encoded}"` : encoded
}

/** One parameter as it stands in the line: `raw` without the leading semicolon. */
export interface RawParameter {
  /** Upper case, trimmed. */
  readonly name: string
  readonly raw: string
}

/** The pieces `NAME`, parameters, value of a content line; the pieces joined again give the line. */
export interface LineParts {
  readonly head: string
  readonly parameters: readonly RawParameter[]
  readonly value: string
}

const noParameters: readonly RawParameter[] = []

export function splitLine(line: string): LineParts {
  const start = valueStart(line)
  const value = line.slice(start)
  const before = line.slice(0, start - 1)
  const [head = '', ...raws] = splitOutsideQuotes(before, ';')
  if (raws.length === 0) return { head, parameters: noParameters, value }
  const parameters = raws.map((raw) => {
    const equals = raw.indexOf('=')
    return { name: (equals === -1 ? raw : raw.slice(0, equals)).trim().toUpperCase(), raw }
  })
  return { head, parameters, value }
}

/** Splits at a separator that is not within double quotes; a quote that is never closed is a character like any other. */
function splitOutsideQuotes(text: string, separator: ';' | ','): string[] {
  let quote = text.indexOf('"')
  if (quote === -1) return text.split(separator)
  const parts: string[] = []
  let from = 0
  let at = text.indexOf(separator)
  while (at !== -1) {
    while (quote !== -1 && quote < at) {
      const close = text.indexOf('"', quote + 1)
      if (close > at) at = text.indexOf(separator, close + 1)
      quote = close === -1 ? -1 : text.indexOf('"', close + 1)
      if (at === -1) break
    }
    if (at === -1) break
    parts.push(text.slice(from, at))
    from = at + 1
    at = text.indexOf(separator, from)
  }
  parts.push(text.slice(from))
  return parts
}

/** Values of a raw parameter, without quotes, RFC 6868 decoded. */
function valuesOf(raw: string): string[] {
  const equals = raw.indexOf('=')
  if (equals === -1) return []
  const text = raw.slice(equals + 1)
  return splitOutsideQuotes(text, ',').map((value) => decodeParameterValue(value.replaceAll('"', '')))
}

/** All parameters in their order. Parsed at each call: nothing is kept for properties nobody asks about. */
export function parametersOf(property: Property): Parameter[] {
  return splitLine(property.line).parameters.map(({ name, raw }) => ({ name, values: valuesOf(raw) }))
}

/** The first value of a parameter (name in upper case), or undefined. */
export function parameterOf(property: Property, name: string): string | undefined {
  if (property.line.charCodeAt(property.name.length) === 58) return undefined
  for (const parameter of splitLine(property.line).parameters) {
    if (parameter.name === name) return valuesOf(parameter.raw)[0]
  }
  return undefined
}

function join(head: string, parameters: readonly string[], value: string): string {
  return parameters.length === 0 ? `${head}:${value}` : `${head};${parameters.join(';')}:${value}`
}

/**
 * A property from its parts. `value` is taken as it is: for TEXT pass it through `escapeText`. Line ends in it cannot
 * start a new property; they are escaped.
 */
export function makeProperty(
  name: string,
  parameters: Readonly<Record<string, string | readonly string[]>>,
  value: string,
): Property {
  const raw = Object.entries(parameters).map(([key, given]) => {
    const values = typeof given === 'string' ? [given] : given
    return `${key.toUpperCase()}=${values.map(encodeParameterValue).join(',')}`
  })
  return { name: name.toUpperCase(), line: join(name.toUpperCase(), raw, value.replace(/\r\n|\r|\n/g, '\\n')) }
}

/** The property with this parameter set to one value, in the place of the old one or at the end. */
export function withParameter(property: Property, name: string, value: string): Property {
  const { head, parameters, value: rest } = splitLine(property.line)
  const wanted = `${name}=${encodeParameterValue(value)}`
  const kept: string[] = []
  let placed = false
  for (const parameter of parameters) {
    if (parameter.name !== name) kept.push(parameter.raw)
    else if (!placed) {
      kept.push(wanted)
      placed = true
    }
  }
  if (!placed) kept.push(wanted)
  const line = join(head, kept, rest)
  return line === property.line ? property : { name: property.name, line }
}

/** The property without any of these parameters; the same object where it has none of them. */
export function withoutParameter(property: Property, ...names: readonly string[]): Property {
  const { head, parameters, value } = splitLine(property.line)
  const kept = parameters.filter((parameter) => !names.includes(parameter.name))
  if (kept.length === parameters.length) return property
  return {
    name: property.name,
    line: join(
      head,
      kept.map((parameter) => parameter.raw),
      value,
    ),
  }
}

/** The property with another raw value and the same parameters. */
export function withValue(property: Property, value: string): Property {
  const line = property.line.slice(0, valueStart(property.line)) + value
  return line === property.line ? property : { name: property.name, line }
}
