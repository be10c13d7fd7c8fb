import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendar, event } from '../../../test/ical-samples.ts'
import { mergeFeed } from './merge.ts'
import { readCalendar } from './objects.ts'
import { defineZone } from './zones-define.ts'

/** New York as the example of RFC 5545 has it, beginning after its own event; with other offsets where asked. */
const newYork = (summer: string, from = '1998') =>
  [
    'BEGIN:VTIMEZONE',
    'TZID:America/New_York',
    'BEGIN:STANDARD',
    `DTSTART:${from}1025T020000`,
    'TZOFFSETFROM:-0400',
    'TZOFFSETTO:-0500',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:19990404T020000',
    'TZOFFSETFROM:-0500',
    `TZOFFSETTO:${summer}`,
    'RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ].join('\r\n')

const feed = (zone: string, start: string) => {
  const lines = event('a', `DTSTART;TZID=America/New_York:${start}`, `DTEND;TZID=America/New_York:${start}`)
  return mergeFeed([readCalendar(calendar(zone, lines)).objects], { defineZone }).text
}
const isOurs = (text: string) => text.includes('BYMONTH=3;BYDAY=2SU')

test('F1: a definition that begins after the first event is written anew', () => {
  assert.ok(isOurs(feed(newYork('-0400'), '19980312T083000')))
})

test('F1: a definition that ends before the last event is written anew', () => {
  assert.ok(isOurs(feed(newYork('-0400'), '20260612T083000')))
})

test('F1: a name that is used for a zone of its own keeps its definition', () => {
  assert.ok(!isOurs(feed(newYork('-0300'), '19980312T083000')))
})
