/** Repairs on the bytes of a text that is nearly UTF-8 (RFC 3629). */

const lf = 0x0a
const cr = 0x0d

/**
 * Bytes without the folds that lie inside a character: a line end and a blank between a byte of 0x80 or more and a
 * continuation byte. RFC 5545 section 3.1 warns of writers that fold so. The same array where there are none.
 */
export function withoutFoldsInCharacters(bytes: Uint8Array): Uint8Array {
  let out: Uint8Array | null = null
  let kept = 0
  let from = 0
  for (let at = bytes.indexOf(lf); at !== -1; at = bytes.indexOf(lf, at + 1)) {
    const blank = bytes[at + 1]
    const next = bytes[at + 2]
    if ((blank !== 0x20 && blank !== 0x09) || next === undefined || !isContinuation(next)) continue
    const end = bytes[at - 1] === cr ? at - 1 : at
    const before = bytes[end - 1]
    if (before === undefined || before < 0x80) continue
    out ??= new Uint8Array(bytes.length)
    out.set(bytes.subarray(from, end), kept)
    kept += end - from
    from = at + 2
  }
  if (out === null) return bytes
  out.set(bytes.subarray(from), kept)
  return out.subarray(0, kept + bytes.length - from)
}

/** The different bytes that are part of no UTF-8 character, in the order they come. */
export function strayBytes(bytes: Uint8Array): ReadonlySet<number> {
  const strays = new Set<number>()
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at)
    if (length === 0) strays.add(bytes[at] ?? 0)
    at += Math.max(length, 1)
  }
  return strays
}

/**
 * Valid UTF-8 with each byte that is part of no character replaced by the character it has in Windows-1252. A text that
 * is Latin-1 throughout comes out right, and so does one that is UTF-8 but for a few bytes.
 */
export function utf8WithStrays(bytes: Uint8Array): Uint8Array {
  const encoder = new TextEncoder()
  const single = new TextDecoder('windows-1252')
  const out = new Uint8Array(bytes.length * 3)
  let kept = 0
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at)
    if (length > 0) {
      for (let end = at + length; at < end; at++) out[kept++] = bytes[at] ?? 0
    } else {
      const stray = encoder.encode(single.decode(bytes.subarray(at, at + 1)))
      out.set(stray, kept)
      kept += stray.length
      at++
    }
  }
  return out.subarray(0, kept)
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

/** Length of the well-formed UTF-8 character at that place (RFC 3629 section 4); 0 where there is none. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const second = bytes[at + 1]
  if (first < 0xc2 || first > 0xf4 || second === undefined || !isContinuation(second)) return 0
  if (first < 0xe0) return 2
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0
  if (!isContinuation(bytes[at + 2])) return 0
  if (first < 0xf0) return 3
  if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return 0
  return isContinuation(bytes[at + 3]) ? 4 : 0
}
