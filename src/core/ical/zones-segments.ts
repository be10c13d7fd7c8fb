/** A time zone as stretches of constant offset, kept once worked out, so that most conversions are one subtraction. */
import type { EpochMs } from '../types.ts'

/** Offsets are milliseconds east of UTC; wall clock times are seconds since 1970-01-01T00:00:00 on that clock. */
export interface Zone {
  /** IANA name, or the TZID of the VTIMEZONE it was read from. */
  readonly id: string
  offsetAt(epoch: EpochMs): number
  segmentAt(epoch: EpochMs): Segment
  /**
   * RFC 5545 section 3.3.5: a wall time that happens twice is its first occurrence; one that never happens is read
   * with the offset before the gap.
   */
  toEpoch(wallSeconds: number): EpochMs
}

export interface Segment {
  readonly from: EpochMs
  /** Exclusive; Infinity for the last one. */
  readonly to: EpochMs
  readonly offset: number
}

const TWO_DAYS = 172_800_000
const MOST_SEGMENTS = 4096

/** `find` gives the segment that holds an instant. It is asked once for each segment, not for each instant. */
export function segmentZone(id: string, find: (epoch: EpochMs) => Segment): Zone {
  let known: Segment[] = []
  let last: Segment = { from: Infinity, to: -Infinity, offset: 0 }

  function segmentAt(epoch: EpochMs): Segment {
    if (epoch >= last.from && epoch < last.to) return last
    let low = 0
    let high = known.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((known[middle]?.to ?? Infinity) <= epoch) low = middle + 1
      else high = middle
    }
    const found = known[low]
    if (found !== undefined && found.from <= epoch) {
      last = found
      return found
    }
    if (known.length >= MOST_SEGMENTS) {
      known = []
      low = 0
    }
    last = find(epoch)
    known.splice(low, 0, last)
    return last
  }

  return {
    id,
    offsetAt: (epoch) => segmentAt(epoch).offset,
    segmentAt,
    toEpoch(wallSeconds) {
      const wall = wallSeconds * 1000
      const guess = wall - last.offset
      // Far enough from the start of the segment that no earlier one can claim the same wall time.
      if (guess >= last.from + TWO_DAYS && guess < last.to) return guess
      let segment = segmentAt(wall - TWO_DAYS)
      for (;;) {
        const epoch = wall - segment.offset
        if (epoch < segment.to) return epoch
        const next = segmentAt(segment.to)
        // In the gap between the two: the offset before it counts.
        if (wall - next.offset < next.from) return epoch
        segment = next
      }
    },
  }
}
