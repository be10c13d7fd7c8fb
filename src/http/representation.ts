/** Choosing among stored encodings, and conditional requests (RFC 9110 sections 12.5.3 and 13). */
import type { EpochMs } from '../core/types.ts'
import type { Encodings } from '../store/served-types.ts'
import type { HeaderReader } from './client-address.ts'

/** So long at most a reader may go without asking, however long the interval: Sync Now is to be seen soon. */
export const LONGEST_AGE_SECS = 900

export type Coding = 'identity' | keyof Encodings

export interface Representation {
  readonly coding: Coding
  readonly body: Uint8Array
  /** With quotes; each encoding has its own, since their bytes differ. */
  readonly etag: string
}

/** Best first where a reader likes several equally: the smallest. */
const PREFERENCE: readonly (keyof Encodings)[] = ['br', 'zstd', 'gzip']

/** The form of `body` this reader wants. Plain where it says nothing, names nothing that is stored, or gains nothing. */
export function chooseRepresentation(
  body: Uint8Array,
  encodings: Encodings,
  tag: string,
  acceptEncoding: string | undefined,
): Representation {
  let best: Representation = { coding: 'identity', body, etag: `"${tag}"` }
  if (acceptEncoding === undefined) return best
  const weights = parseWeights(acceptEncoding)
  // Not naming identity allows it; it then loses against whatever is named.
  let bestWeight = weights.get('identity') ?? 0
  for (const coding of PREFERENCE) {
    const bytes = encodings[coding]
    const weight = weights.get(coding) ?? weights.get('*') ?? 0
    if (bytes === null || bytes.length >= body.length || weight <= bestWeight) continue
    best = { coding, body: bytes, etag: `"${tag}-${coding}"` }
    bestWeight = weight
  }
  return best
}

function parseWeights(acceptEncoding: string): Map<string, number> {
  const weights = new Map<string, number>()
  for (const item of acceptEncoding.split(',')) {
    const [name = '', ...parameters] = item.split(';')
    const quality = parameters
      .map((text) => /^\s*q=(\d(?:\.\d{0,3})?)\s*$/i.exec(text)?.[1])
      .find((q) => q !== undefined)
    const coding = name.trim().toLowerCase()
    weights.set(coding === 'x-gzip' ? 'gzip' : coding, quality === undefined ? 1 : Number(quality))
  }
  return weights
}

/** True where the reader already holds this representation: the answer is 304. */
export function isNotModified(header: HeaderReader, etag: string, modifiedAt: EpochMs | null): boolean {
  const ifNoneMatch = header('if-none-match')
  if (ifNoneMatch !== undefined) return namesTag(ifNoneMatch, etag)
  const since = header('if-modified-since')
  if (since === undefined || modifiedAt === null) return false
  const sinceMs = Date.parse(since)
  return !Number.isNaN(sinceMs) && Math.floor(modifiedAt / 1000) * 1000 <= sinceMs
}

/** Weak comparison, as If-None-Match wants it. */
function namesTag(list: string, etag: string): boolean {
  if (list === etag || list.trim() === '*') return true
  return (list.match(/(?:W\/)?"[^"]*"/g) ?? []).some((tag) => tag.replace(/^W\//, '') === etag)
}

/** An HTTP date (RFC 9110 section 5.6.7). */
export function httpDate(moment: EpochMs): string {
  return new Date(moment).toUTCString()
}
