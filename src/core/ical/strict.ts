/** Reads nothing that RFC 5545 section 3.1 does not allow: what our own feeds are looked at with. */
import { forbiddenIn, hasForbidden } from './chars.ts'
import type { Component } from './model.ts'

/** RFC 5545 section 3.1. */
const MOST_OCTETS = 75

/** Its message says what is wrong, as the end of a sentence for people. */
export class Broken extends Error {}

interface Open {
  readonly name: string
  readonly properties: Component['properties'][number][]
  readonly components: Component[]
}

/** Top-level components in their order. Throws Broken for a line that is too long or ends in anything but CRLF, and for what is not balanced. */
export function readStrict(text: string): Component[] {
  const roots: Component[] = []
  const open: Open[] = []
  let number = 0
  for (const line of unfolded(text)) {
    number += 1
    const [, name = ''] = /^([A-Za-z0-9_/-]+)[;:]/.exec(line) ?? []
    if (name === '') throw new Broken(`content line ${number} has no name`)
    if (name === 'BEGIN') {
      open.push({ name: line.slice(6), properties: [], components: [] })
    } else if (name === 'END') {
      const closed = open.pop()
      if (closed?.name !== line.slice(4)) throw new Broken(`content line ${number} ends what is not open`)
      const siblings = open.at(-1)?.components ?? roots
      siblings.push(closed)
    } else {
      const current = open.at(-1)
      if (current === undefined) throw new Broken(`content line ${number} is outside the calendar`)
      current.properties.push({ name: name.toUpperCase(), line })
    }
  }
  if (open.length > 0) throw new Broken(`${open.at(-1)?.name} is never ended`)
  return roots
}

/** Content lines; throws for a line that is too long, or ends in anything but CRLF. */
function* unfolded(text: string): Generator<string> {
  if (!text.endsWith('\r\n')) throw new Broken('it does not end with a whole line')
  if (hasForbidden(text)) throw new Broken(`it holds forbidden characters (${forbiddenIn(text)})`)
  let line: string | null = null
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\r\n', at)
    const piece = text.slice(at, end)
    at = end + 2
    if (/[\r\n]/.test(piece)) throw new Broken('it holds a line end that is not CRLF')
    if (piece.length * 3 > MOST_OCTETS && Buffer.byteLength(piece) > MOST_OCTETS) {
      throw new Broken('it holds a line of more than 75 octets')
    }
    if (piece.startsWith(' ') || piece.startsWith('\t')) {
      if (line === null) throw new Broken('its first line continues nothing')
      line += piece.slice(1)
    } else {
      if (line !== null) yield line
      line = piece
    }
  }
  if (line !== null) yield line
}
