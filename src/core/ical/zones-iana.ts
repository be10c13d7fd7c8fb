/** Zones of the IANA database, as Temporal knows them. */
import type { EpochMs } from '../types.ts'
import { type Segment, segmentZone, type Zone } from './zones-segments.ts'

const zones = new Map<string, Zone>()

/** The zone of an IANA name or link in any case, or of an offset such as `+01:00`; null where there is none. */
export function ianaZone(name: string): Zone | null {
  const start = zonedAt(name, 0)
  if (start === null) return null
  const id = start.timeZoneId
  let zone = zones.get(id)
  if (zone === undefined) {
    zone = segmentZone(id, (epoch) => segmentOf(id, epoch))
    zones.set(id, zone)
  }
  return zone
}

function zonedAt(name: string, epoch: EpochMs): Temporal.ZonedDateTime | null {
  try {
    return new Temporal.ZonedDateTime(BigInt(epoch) * 1_000_000n, name)
  } catch {
    return null
  }
}

function segmentOf(id: string, epoch: EpochMs): Segment {
  // Temporal looks strictly before, so that the transition at the very instant needs one millisecond more.
  const zoned = zonedAt(id, Math.floor(epoch) + 1)
  if (zoned === null) return { from: -Infinity, to: Infinity, offset: 0 }
  const before = zoned.getTimeZoneTransition('previous')
  const next = zonedAt(id, Math.floor(epoch))?.getTimeZoneTransition('next')
  const at = before ?? zonedAt(id, Math.floor(epoch))
  return {
    from: before?.epochMilliseconds ?? -Infinity,
    to: next?.epochMilliseconds ?? Infinity,
    offset: Math.round((before === null ? (at?.offsetNanoseconds ?? 0) : before.offsetNanoseconds) / 1e6),
  }
}
