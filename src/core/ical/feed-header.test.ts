import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendar, event } from '../../../test/ical-samples.ts'
import { readColor } from './css-colors.ts'
import { durationText, headerLines } from './feed-header.ts'
import { feedBytes, isSameContent } from './feed-parts.ts'
import { type FeedOptions, mergeFeed } from './merge.ts'
import { readCalendar } from './objects.ts'
import { defineZone } from './zones-define.ts'

test('F5: a feed says its name, colour, how often to come again, and where it is from', () => {
  const lines = headerLines({
    name: 'Family, all',
    color: '#ff2968ff',
    refreshSecs: 5400,
    source: 'https://cal.example.org/ics/family',
    url: 'https://cal.example.org/',
  })
  assert.deepEqual(lines.join('').trimEnd().split('\r\n'), [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//CalDAV/ICS Sync//EN',
    'CALSCALE:GREGORIAN',
    'NAME:Family\\, all',
    'X-WR-CALNAME:Family\\, all',
    'COLOR:deeppink',
    'X-APPLE-CALENDAR-COLOR:#FF2968',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H30M',
    'X-PUBLISHED-TTL:PT1H30M',
    'SOURCE;VALUE=URI:https://cal.example.org/ics/family',
    'URL;VALUE=URI:https://cal.example.org/',
  ])
})

test('nothing is said of what is not known, and no reader is asked to come more often than every five minutes', () => {
  assert.equal(headerLines({ color: 'no colour', refreshSecs: 0, source: null }).length, 2)
  assert.match(headerLines({ refreshSecs: 10 }).join(''), /X-PUBLISHED-TTL:PT5M/)
})

test('durations are whole and in the form every reader takes', () => {
  const written = [0, 60, 3600, 86_400, 90_061, 1e12].map(durationText)
  assert.deepEqual(written, ['PT0S', 'PT1M', 'PT1H', 'P1D', 'P1DT1H1M1S', 'P3650D'])
})

test('a feed tells when it changed, and one that differs in nothing else has the same content', () => {
  const feed = mergeFeed([readCalendar(calendar(event('a'))).objects], { name: 'x' })
  const { body } = feedBytes(feed, Date.UTC(2026, 10, 24, 8, 9, 10))
  assert.match(
    body.toString(),
    /^BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:[^\r]+\r\nLAST-MODIFIED:20261124T080910Z\r\nCALSCALE/,
  )
  assert.equal(body.toString().replace(/LAST-MODIFIED[^\r]*\r\n/, ''), feed.text)
  const other = mergeFeed([readCalendar(calendar(event('b'))).objects], { name: 'x' })
  assert.equal(isSameContent(body, feedBytes(feed, 0).body), true)
  assert.equal(isSameContent(body, Buffer.from(feed.text)), true)
  assert.equal(isSameContent(body, feedBytes(other, 0).body), false)
  assert.equal(isSameContent(Buffer.from('BEGIN:VCALENDAR'), body), false)
})

test('colours are read in the forms servers give them', () => {
  const names = ['#0F0', '#00FF0080', 'Tomato', 'tomato ', '0078D7', 'rgb(1,2,3)'].map(
    (text) => readColor(text)?.name ?? null,
  )
  assert.deepEqual(names, ['lime', 'lime', 'tomato', 'tomato', 'dodgerblue', null])
})

const merge = (options: FeedOptions, ...lines: readonly string[]) =>
  mergeFeed([readCalendar(calendar(...lines)).objects], { defineZone, ...options })

test('alarms that mail or start programs are not in the feed, others are', () => {
  const alarm = (action: string) => ['BEGIN:VALARM', `ACTION:${action}`, 'TRIGGER:-PT5M', 'END:VALARM']
  const lines = event('a', ...['EMAIL', 'display', 'Procedure', 'AUDIO'].flatMap(alarm))
  assert.deepEqual(merge({}, lines).text.match(/ACTION:\w+/g), ['ACTION:display', 'ACTION:AUDIO'])
})

test('F1: a zone nobody defines is written for the years its events span', () => {
  const old = merge({}, event('a', 'DTSTART;TZID=Europe/Berlin:19430601T120000')).text
  assert.match(old, /DTSTART:194[0-3]\d{4}T\d{6}\r\nTZOFFSETFROM:\+0[12]00\r\nTZOFFSETTO:\+0200/)
  const usual = merge({}, event('a', 'DTSTART;TZID=Europe/Berlin:20260601T120000')).text
  assert.doesNotMatch(usual, /DTSTART:19[0-6]/)
})

test('F1: a zone that nobody knows is read in the configured one, which is then defined', () => {
  const lines = event('a', 'DTSTART;TZID=Nowhere:20260601T120000')
  const { text, findings } = merge({ fallbackZone: 'Europe/Vienna' }, lines)
  assert.match(text, /BEGIN:VTIMEZONE\r\nTZID:Europe\/Vienna/)
  assert.match(text, /DTSTART;TZID=Europe\/Vienna:20260601T120000/)
  assert.deepEqual(
    findings.map(({ code, before, after }) => [code, before, after]),
    [['zone-replaced', 'Nowhere', 'Europe/Vienna']],
  )
})

test('of properties that may be there once the first is served, and it is said', () => {
  const { text, findings } = merge({}, event('a', 'ORGANIZER:mailto:a@x.org', 'ORGANIZER:mailto:b@x.org'))
  assert.deepEqual(text.match(/ORGANIZER[^\r]*/g), ['ORGANIZER:mailto:a@x.org'])
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['property-repeated'],
  )
})
