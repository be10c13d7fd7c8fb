/** Whether two VTIMEZONEs mean the same clock. */
import type { EpochMs } from '../types.ts'
import type { Component } from './model.ts'
import { readZoneRules } from './zones-vtimezone.ts'

/**
 * From here on offsets are compared. Products leave out what they think is long past (Apple: the rules of the USA
 * before 2007), and still mean the same zone.
 */
const FROM: EpochMs = Date.UTC(2010, 0, 1)
const TO: EpochMs = Date.UTC(2038, 0, 1)

/** True where two definitions give the same offsets from 2010 to 2037, however they are worded. */
export function sameOffsets(a: Component, b: Component): boolean {
  const one = readZoneRules(a)
  const other = readZoneRules(b)
  if (one === null || other === null) return false
  for (let at = FROM; at < TO; ) {
    const left = one.segmentAt(at)
    const right = other.segmentAt(at)
    if (left.offset !== right.offset) return false
    at = Math.max(Math.min(left.to, right.to), at + 1)
  }
  return true
}
