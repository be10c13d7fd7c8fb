/**
 * iCalendar text to component tree and back (RFC 5545 sections 3.1 and 3.6). Reading is lenient about line ends,
 * folding, blank lines, letter case and junk around the calendar; it is strict about one thing: every BEGIN has its
 * END, because a stream that lacks one was cut short.
 */
import { SyncError } from '../errors.ts'
import { withoutForbidden } from './chars.ts'
import { foldLine } from './fold.ts'
import type { Component, Property } from './model.ts'

/** iCalendar needs three levels, RFC 9073 four. */
const maxDepth = 16

export interface ParsedText {
  /** Top-level components in their order. */
  readonly components: readonly Component[]
  /** Unfolded lines outside every component: mail headers, a page's footer, a stray property. */
  readonly outside: readonly string[]
}

interface OpenComponent {
  readonly name: string
  readonly properties: Property[]
  readonly components: Component[]
  /** Offset of its BEGIN, to say which line it is. */
  readonly at: number
}

/**
 * Splits a text into components. Line ends may be CRLF, LF, CR, CRCRLF or mixed; blank lines count for nothing. A line
 * that is no content line is kept as a property with an empty name.
 *
 * Throws SyncError `protocol` where BEGIN and END do not match or components are nested deeper than 16 levels.
 */
export function parseComponents(text: string): ParsedText {
  const input = withOneLineEnd(text)
  const components: Component[] = []
  const outside: string[] = []
  const stack: OpenComponent[] = []
  const names = new Map<string, string>()
  let open: OpenComponent | undefined
  let at = 0
  while (at < input.length) {
    const lineAt = at
    let end = input.indexOf('\n', at)
    if (end === -1) end = input.length
    let line = input.slice(at, endOfContent(input, at, end))
    at = afterBlankLines(input, end + 1)
    if (isFold(input, at)) {
      const pieces = [line]
      do {
        end = input.indexOf('\n', at)
        if (end === -1) end = input.length
        pieces.push(input.slice(at + 1, endOfContent(input, at + 1, end)))
        at = afterBlankLines(input, end + 1)
      } while (isFold(input, at))
      line = pieces.join('')
    }
    // Blanks before the very first BEGIN come from copying; elsewhere they would be folds.
    if (open === undefined) line = line.trimStart()
    if (line === '') continue

    const first = line.charCodeAt(0) | 0x20
    if (first === 0x62 && startsWithWord(line, 'BEGIN:')) {
      const name = line.slice(6).trim().toUpperCase()
      if (name === '') throw cutShort(`line ${lineNumber(input, lineAt)} begins a component without a name`)
      if (stack.length >= maxDepth) {
        throw new SyncError(
          'protocol',
          `The calendar nests components deeper than ${maxDepth} levels; it was refused. Ask its publisher to mend it.`,
        )
      }
      open = { name, properties: [], components: [], at: lineAt }
      stack.push(open)
    } else if (first === 0x65 && startsWithWord(line, 'END:')) {
      const name = line.slice(4).trim().toUpperCase()
      if (open === undefined)
        throw cutShort(`line ${lineNumber(input, lineAt)} ends ${shown(name)}, which was never begun`)
      if (open.name !== name) {
        throw cutShort(`line ${lineNumber(input, lineAt)} ends ${shown(name)} while ${shown(open.name)} is open`)
      }
      const done: Component = { name: open.name, properties: open.properties, components: open.components }
      stack.pop()
      open = stack[stack.length - 1]
      if (open === undefined) components.push(done)
      else open.components.push(done)
    } else if (open === undefined) {
      outside.push(line)
    } else {
      open.properties.push({ name: nameOf(line, names), line })
    }
  }
  if (open !== undefined) {
    throw cutShort(`it ends inside the ${shown(open.name)} that begins on line ${lineNumber(input, open.at)}`)
  }
  return { components, outside }
}

/** Names are text from outside: only what looks like a name is repeated. */
function shown(name: string): string {
  return /^[A-Z0-9-]{1,40}$/.test(name) ? name : 'a component'
}

function cutShort(what: string): SyncError {
  return new SyncError('protocol', `The calendar is incomplete or was cut short: ${what}. Nothing was changed.`)
}

/** LF or CRLF only, without byte order marks at line starts. */
function withOneLineEnd(text: string): string {
  let input = text
  if (/\r(?!\n)/.test(input)) input = input.replace(/\r+\n?/g, '\n')
  if (input.includes('\uFEFF')) input = input.replace(/^\uFEFF+/gm, '')
  return input
}

/** Blank lines count for nothing, even before a continuation: they come from doubled line ends. */
function afterBlankLines(input: string, from: number): number {
  let at = from
  for (;;) {
    const code = input.charCodeAt(at)
    if (code === 10) at++
    else if (code === 13 && input.charCodeAt(at + 1) === 10) at += 2
    else return at
  }
}

function endOfContent(input: string, start: number, end: number): number {
  return end > start && input.charCodeAt(end - 1) === 13 ? end - 1 : end
}

function isFold(input: string, at: number): boolean {
  if (at >= input.length) return false
  const code = input.charCodeAt(at)
  return code === 32 || code === 9
}

function startsWithWord(line: string, word: string): boolean {
  return line.startsWith(word) || line.slice(0, word.length).toUpperCase() === word
}

function lineNumber(input: string, at: number): number {
  let count = 1
  for (let next = input.indexOf('\n'); next !== -1 && next < at; next = input.indexOf('\n', next + 1)) count++
  return count
}

/** Upper-case name without group prefix; empty where the line is no content line. */
function nameOf(line: string, names: Map<string, string>): string {
  let groupEnd = 0
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (code === 58 || code === 59) {
      if (at === groupEnd || (code === 59 && line.indexOf(':', at) === -1)) return ''
      const raw = line.slice(groupEnd, at)
      let name = names.get(raw)
      if (name === undefined) {
        name = raw.toUpperCase()
        names.set(raw, name)
      }
      return name
    }
    if (code === 46) groupEnd = at + 1
    else if (!isNameCode(code)) return ''
  }
  return ''
}

/** Letters, digits, hyphen (RFC 5545 section 3.1), and the underscore and slash some products use. */
function isNameCode(code: number): boolean {
  return (
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    (code >= 48 && code <= 57) ||
    code === 45 ||
    code === 95 ||
    code === 47
  )
}

/**
 * Components as strict iCalendar text: CRLF, folded at 75 octets, no forbidden character, no line that is no content
 * line. Ends with CRLF.
 */
export function writeComponents(components: readonly Component[]): string {
  const out: string[] = []
  for (const component of components) appendComponent(out, component)
  return out.join('')
}

/** Adds the text of one component, line by line, to `out`; for writers that hold many. */
export function appendComponent(out: string[], component: Component): void {
  const name = withoutForbidden(component.name).replace(/[\r\n]/g, '')
  out.push(`BEGIN:${name}\r\n`)
  for (const property of component.properties) if (property.name !== '') out.push(foldLine(property.line))
  for (const child of component.components) appendComponent(out, child)
  out.push(`END:${name}\r\n`)
}

/** One VCALENDAR with these properties and components, as strict text. */
export function writeCalendar(properties: readonly Property[], components: readonly Component[]): string {
  return writeComponents([{ name: 'VCALENDAR', properties, components }])
}
