/** The IANA zone a VTIMEZONE under an unknown name describes. */
import type { EpochMs } from '../types.ts'
import { ianaZone } from './zones-iana.ts'
import type { Zone } from './zones-segments.ts'
import type { ZoneRules } from './zones-vtimezone.ts'
import { commonZones } from './zones-windows.ts'

const DAY = 86_400_000
const YEARS_COMPARED = 10

/**
 * Compares offsets twice a month over the first ten years of the definition, from 1970 on. Definitions that never change
 * their offset fit too many zones: null for them, and where no zone fits.
 */
export function matchingZone(rules: ZoneRules): Zone | null {
  const from = Math.max(rules.from, 0)
  const to = Math.min(from + YEARS_COMPARED * 365 * DAY, Math.max(rules.lastChange, from + DAY))
  const samples: { at: EpochMs; offset: number }[] = []
  for (let at = from; at < to; at += 15 * DAY) {
    samples.push({ at, offset: rules.segmentAt(at).offset })
  }
  if (new Set(samples.map(({ offset }) => offset)).size < 2) return null
  for (const name of [...commonZones(), ...Intl.supportedValuesOf('timeZone')]) {
    const zone = ianaZone(name)
    if (zone !== null && samples.every(({ at, offset }) => zone.offsetAt(at) === offset)) return zone
  }
  return null
}
