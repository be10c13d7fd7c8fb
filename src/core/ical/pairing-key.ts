import type { PairingSide } from '../pairing.ts'
import type { Component, Property } from './model.ts'
import { find, findAll, rawValue, textOf } from './property.ts'
import { tzidOf } from './zone-use.ts'
import { namedZone } from './zones.ts'

/** What of an object's events tells it apart where its UID does not; the master speaks for a series. */
export function pairingSide(key: string, events: readonly Component[]): PairingSide {
  const event = events.find((one) => find(one, 'RECURRENCE-ID') === undefined) ?? events[0]
  if (event === undefined) return { key, start: '', end: '', summary: '', location: '', rule: '' }
  const rules = ['RRULE', 'RDATE'].flatMap((name) => findAll(event, name).map((property) => rawValue(property).trim()))
  return {
    key,
    start: momentOf(find(event, 'DTSTART')),
    end: momentOf(find(event, 'DTEND') ?? find(event, 'DURATION')),
    summary: plain(find(event, 'SUMMARY')),
    location: plain(find(event, 'LOCATION')),
    rule: rules.map((rule) => rule.split(';').sort().join(';')).join('\n'),
  }
}

/** The value with the zone it means, so that two spellings of one zone are the same moment. */
function momentOf(property: Property | undefined): string {
  if (property === undefined) return ''
  const tzid = tzidOf(property)
  const value = rawValue(property).trim().toUpperCase()
  return tzid === undefined ? value : `${value} ${namedZone(tzid)?.id ?? tzid}`
}

function plain(property: Property | undefined): string {
  return property === undefined ? '' : textOf(property).replace(/\s+/g, ' ').trim()
}
