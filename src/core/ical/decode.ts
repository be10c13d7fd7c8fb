import { SyncError } from '../errors.ts'
import type { FindingCode } from '../finding-codes.ts'
import type { Problem } from '../types.ts'
import { strayBytes, utf8WithStrays, withoutFoldsInCharacters } from './octets.ts'

export interface Decoded {
  readonly text: string
  readonly findings: readonly Problem[]
}

const subject = 'The calendar'

/**
 * Bytes of a calendar as text. In this order: byte order mark, UTF-16 by its zero bytes, valid UTF-8, the declared
 * charset, and for what is left UTF-8 in which each stray byte is read as Windows-1252. Whatever was not plain UTF-8 is
 * reported. `charset` is the one of the Content-Type, or null.
 *
 * Throws SyncError `protocol` for compressed data, which a server sent without saying so.
 */
export function decodeCalendarBytes(bytes: Uint8Array, charset: string | null): Decoded {
  refuseCompressed(bytes)
  const findings: Problem[] = []
  const text = decode(bytes, charset, findings)
  return { text: withoutNul(text, findings), findings }
}

function decode(bytes: Uint8Array, charset: string | null, findings: Problem[]): string {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return decodeUtf8(bytes.subarray(3), null, findings)
  const wide = utf16Of(bytes)
  if (wide !== null) {
    const message = 'The calendar is written in UTF-16 instead of UTF-8; it was converted.'
    findings.push(found('charset-utf-16', message, wide.toUpperCase(), 'UTF-8'))
    return new TextDecoder(wide).decode(bytes)
  }
  return decodeUtf8(bytes, charset, findings)
}

function decodeUtf8(bytes: Uint8Array, charset: string | null, findings: Problem[]): string {
  const declared = charset === null ? null : declaredDecoder(charset, findings)
  const utf8 = strictUtf8(bytes)
  // A declaration counts against valid UTF-8 only where that has no character beyond ASCII: ISO-2022-JP looks like it.
  if (utf8 !== null && (declared === null || utf8.length !== bytes.length)) return utf8
  if (declared !== null) {
    const text = declared.decode(bytes)
    if (text !== utf8) {
      findings.push(
        found(
          'charset-converted',
          `The calendar is written in ${declared.encoding}; it was converted to UTF-8.`,
          declared.encoding,
          'UTF-8',
        ),
      )
    }
    return text
  }
  const unfolded = withoutFoldsInCharacters(bytes)
  const mended = unfolded === bytes ? null : strictUtf8(unfolded)
  if (mended !== null) {
    findings.push(
      found(
        'folded-inside-character',
        'Lines of the calendar are broken inside characters; they were joined.',
        'a line break inside a character',
        'the whole character',
      ),
    )
    return mended
  }
  findings.push(
    found(
      'charset-not-utf-8',
      'The calendar is not valid UTF-8 and names no other charset; the bytes in question were read as Windows-1252.',
      `bytes ${straysIn(unfolded)}`,
      'Windows-1252',
    ),
  )
  return new TextDecoder('utf-8').decode(utf8WithStrays(unfolded))
}

function found(code: FindingCode, message: string, before: string, after: string): Problem {
  return { code, subject, message, before, after, repaired: true }
}

/** The first few bytes that are no part of a character, as hexadecimal. */
function straysIn(bytes: Uint8Array): string {
  const strays = [...strayBytes(bytes)].slice(0, 8)
  return strays.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Null for UTF-8 and ASCII, which need no declaration, and for names nobody knows. */
function declaredDecoder(charset: string, findings: Problem[]): TextDecoder | null {
  const label = charset.trim().replace(/^["']|["']$/g, '')
  if (label === '' || /^(utf-?8|us-ascii|ascii|ansi_x3\.4-1968|binary|none)$/i.test(label)) return null
  try {
    const decoder = new TextDecoder(label)
    // Bytes that are UTF-16 were recognised before; a declaration that says so against the bytes is wrong.
    return decoder.encoding.startsWith('utf-') ? null : decoder
  } catch {
    findings.push(
      found(
        'charset-unknown',
        `The server declares the unknown charset ${label.slice(0, 40)}; it was ignored.`,
        label.slice(0, 40),
        'UTF-8, or what the bytes look like',
      ),
    )
    return null
  }
}

/** UTF-16 by its byte order mark, or by the zero byte in each of its first ASCII letters. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le'
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return 'utf-16be'
  return null
}

function refuseCompressed(bytes: Uint8Array): void {
  const [a, b, c, d] = bytes
  const kind =
    a === 0x1f && b === 0x8b
      ? 'gzip'
      : a === 0x50 && b === 0x4b && c === 3 && d === 4
        ? 'zip'
        : a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd
          ? 'zstd'
          : null
  if (kind === null) return
  throw new SyncError(
    'protocol',
    `This is not a calendar: compressed data (${kind}) came, and the server does not say that it is compressed. Check that the address leads to the calendar itself.`,
  )
}

function withoutNul(text: string, findings: Problem[]): string {
  if (!text.includes('\0')) return text
  findings.push(found('nul-characters', 'The calendar holds NUL characters; they were left out.', 'U+0000', ''))
  return text.replaceAll('\0', '')
}
