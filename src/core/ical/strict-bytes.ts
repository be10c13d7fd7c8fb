/** A whole feed looked at byte by byte, each once (RFC 5545 section 3.1). */
import { EVENTS_A_STEP, type Steps } from '../steps.ts'

const MOST_OCTETS = 75
const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32
const DEL = 127

/**
 * Whether the bytes are one VCALENDAR with so many VEVENTs: lines that end in CRLF, begin with a letter, are not blank and
 * hold 75 octets at most, without control characters, each BEGIN with its END.
 */
export function* isStrict(body: Uint8Array, events: number): Steps<boolean> {
  const open: string[] = []
  let found = 0
  let from = 0
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0
    if (byte >= SPACE && byte !== DEL) continue
    if (byte === TAB) continue
    if (byte !== CR || body[at + 1] !== LF || at - from > MOST_OCTETS || at === from) return false
    const first = body[from] ?? 0
    if (first !== SPACE && first !== TAB && !isLetter(first)) return false
    // `BEGIN:` and `END:` alone are looked at closer.
    if (first === 66 && startsWith(body, from, 'BEGIN:')) {
      const name = ascii(body, from + 6, at)
      if (open.length === 0 && (from > 0 || name !== 'VCALENDAR')) return false
      if (name === 'VEVENT' && open.length === 1) {
        if (found % EVENTS_A_STEP === 0) yield
        found += 1
      }
      open.push(name)
    } else if (open.length === 0) {
      return false
    } else if (first === 69 && startsWith(body, from, 'END:') && open.pop() !== ascii(body, from + 4, at)) {
      return false
    }
    at += 1
    from = at + 1
  }
  return from === body.length && open.length === 0 && found === events
}

function isLetter(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)
}

function startsWith(body: Uint8Array, from: number, word: string): boolean {
  for (let at = 0; at < word.length; at++) if (body[from + at] !== word.charCodeAt(at)) return false
  return true
}

function ascii(body: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...body.subarray(from, to))
}
