import { hasForbidden, withoutForbidden } from './chars.ts'

/** RFC 5545 section 3.1: octets in a line without its CRLF. */
const maxOctets = 75
const notPlain = /[^\t\x20-\x7E]/

/**
 * One content line as it is written: forbidden characters removed, folded at 75 octets between characters, CRLF at the
 * end. A CR or LF inside the line is written as `\n`, so that no value can begin a line of its own.
 */
export function foldLine(line: string): string {
  if (!notPlain.test(line)) {
    return line.length <= maxOctets ? `${line}\r\n` : foldPlain(line)
  }
  let clean = line
  if (clean.includes('\r') || clean.includes('\n')) clean = clean.replace(/\r\n|\r|\n/g, '\\n')
  if (hasForbidden(clean)) clean = withoutForbidden(clean)
  return foldAnyText(clean)
}

function foldPlain(line: string): string {
  let folded = `${line.slice(0, maxOctets)}\r\n`
  for (let at = maxOctets; at < line.length; at += maxOctets - 1) folded += ` ${line.slice(at, at + maxOctets - 1)}\r\n`
  return folded
}

function foldAnyText(line: string): string {
  let folded = ''
  let from = 0
  let octets = 0
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at)
    const pair = code >= 0xd800 && code <= 0xdbff
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : pair ? 4 : 3
    if (octets + size > maxOctets) {
      folded += `${from === 0 ? '' : ' '}${line.slice(from, at)}\r\n`
      from = at
      octets = 1
    }
    octets += size
    if (pair) at++
  }
  return `${folded}${from === 0 ? '' : ' '}${line.slice(from)}\r\n`
}
