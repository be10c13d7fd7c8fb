import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDate, wallSeconds } from './dates.ts'
import { parseComponents } from './lines.ts'
import type { Component } from './model.ts'
import { namedZone, resolveZone } from './zones.ts'
import { ianaZone } from './zones-iana.ts'
import { commonZones, windowsZone } from './zones-windows.ts'

function zoneOf(...lines: string[]): Component {
  const [zone] = parseComponents(['BEGIN:VTIMEZONE', ...lines, 'END:VTIMEZONE', ''].join('\r\n')).components
  assert.ok(zone)
  return zone
}

const observance = (name: string, start: string, from: string, to: string, ...more: string[]) => [
  `BEGIN:${name}`,
  `DTSTART:${start}`,
  `TZOFFSETFROM:${from}`,
  `TZOFFSETTO:${to}`,
  ...more,
  `END:${name}`,
]

const wall = (value: string) => {
  const date = readDate(value)
  assert.ok(date)
  return wallSeconds(date)
}

const hours = (zone: { offsetAt(epoch: number): number } | null, at: string) =>
  zone === null ? null : zone.offsetAt(Date.parse(at)) / 3_600_000

test('E9, I5: names of many products mean the zone they mean', () => {
  const meant: Record<string, readonly string[]> = {
    'Europe/Berlin': [
      'europe/berlin',
      '"Europe/Berlin"',
      'Europe_Berlin',
      '/freeassociation.sourceforge.net/Europe/Berlin',
      '/citadel.org/20210210_1/Europe/Berlin',
      'posix/Europe/Berlin',
      'W. Europe Standard Time',
      'w. europe standard time',
      'W. Europe Daylight Time',
      '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
      '(UTC+01:00) Amsterdam\\, Berlin\\, Bern\\, Rome\\, Stockholm\\, Vienna',
      '(GMT+01.00) Amsterdam / Berlin / Bern / Rome / Stockholm / Vienna',
      'Western/Central Europe',
    ],
    'America/New_York': [
      '/mozilla.org/20070129_1/America/New_York',
      'America/New York',
      'America-New_York',
      'Eastern Standard Time',
      '(GMT-05:00) Eastern Time (US & Canada)',
    ],
    'America/Argentina/Buenos_Aires': [
      '/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires',
      'Argentina Standard Time',
    ],
    'Europe/London': ['GMT Standard Time 1', 'Greenwich Mean Time'],
    'Australia/Sydney': ['(GMT+10:00) Canberra, Melbourne, Sydney', 'AUS Eastern Standard Time'],
    'Etc/UTC': ['tzone://Microsoft/Utc', 'UTC'],
    '+01:00': ['UTC+01', 'GMT+0100', '(UTC+01:00)', '+01:00'],
    'Etc/GMT+3': ['Etc/GMT+3'],
    'US/Eastern': ['US-Eastern'],
  }
  for (const [id, names] of Object.entries(meant)) for (const name of names) assert.equal(namedZone(name)?.id, id, name)
})

test('names nobody knows are no zone, however hostile they are', () => {
  for (const name of ['', 'foo', 'Customized Time Zone', 'tzone://Microsoft/Custom', 'Berlin/Europe', '__proto__']) {
    assert.equal(namedZone(name), null, name)
  }
  for (const name of ['../../../etc/passwd', 'constructor', `${'a/'.repeat(50_000)}UTC`, '2020-01-01T00:00[UTC]']) {
    assert.equal(namedZone(name), null, name.slice(0, 40))
  }
})

test('every Windows zone stands for a zone that exists', () => {
  const zones = commonZones()
  assert.ok(zones.length > 130)
  for (const name of zones) assert.ok(ianaZone(name), name)
  assert.equal(windowsZone('No Such Standard Time'), null)
})

test('E9: a wall time in a gap has the offset before it, one in a fold is the first; as Temporal does', () => {
  for (const id of ['Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/St_Johns', 'Africa/Casablanca']) {
    const zone = ianaZone(id)
    assert.ok(zone)
    let segment = zone.segmentAt(Date.UTC(1980, 0, 1))
    while (segment.to < Date.UTC(2035, 0, 1)) {
      for (let minutes = -1500; minutes <= 1500; minutes += 30) {
        const local = Math.floor((segment.to + segment.offset) / 1000) + minutes * 60
        const expected = Temporal.PlainDateTime.from(new Date(local * 1000).toISOString().slice(0, 19))
          // "compatible" is what RFC 5545 section 3.3.5 asks for.
          .toZonedDateTime(id, { disambiguation: 'compatible' }).epochMilliseconds
        assert.equal(zone.toEpoch(local), expected, `${id} ${new Date(local * 1000).toISOString()}`)
      }
      segment = zone.segmentAt(segment.to)
    }
  }
})

test('a day a zone left out altogether is read with the offset before it', () => {
  const apia = ianaZone('Pacific/Apia')
  assert.equal(apia?.toEpoch(wall('20111230T120000')), Date.parse('2011-12-30T22:00:00Z'))
  assert.equal(apia?.toEpoch(wall('20111231T120000')), Date.parse('2011-12-30T22:00:00Z'))
})

const outlook = zoneOf(
  'TZID:Customized Time Zone',
  ...observance('STANDARD', '16010101T030000', '+0200', '+0100', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10'),
  ...observance('DAYLIGHT', '16010101T020000', '+0100', '+0200', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3'),
)

test('E9: a zone defined from 1601 on gives its offsets in any year', () => {
  const zone = resolveZone('Customized Time Zone', outlook)
  const berlin = ianaZone('Europe/Berlin')
  for (let at = Date.UTC(1997, 0, 1); at < Date.UTC(2090, 0, 1); at += 3_601_000 * 29) {
    assert.equal(zone?.offsetAt(at), berlin?.offsetAt(at), new Date(at).toISOString())
  }
  assert.equal(hours(zone, '1700-07-01T00:00:00Z'), 2)
})

test('the definition counts where it says something, under a known name too', () => {
  const own = zoneOf(
    'TZID:Europe/Berlin',
    ...observance('STANDARD', '20300101T000000', '+0100', '+0500'),
    ...observance('STANDARD', '20300601T000000', '+0500', '+0300'),
  )
  const zone = resolveZone('Europe/Berlin', own)
  assert.equal(hours(zone, '2029-07-01T00:00:00Z'), 2)
  assert.equal(hours(zone, '2030-02-01T00:00:00Z'), 5)
  assert.equal(hours(zone, '2030-07-01T00:00:00Z'), 3)
  assert.equal(hours(zone, '2040-07-01T00:00:00Z'), 2)
})

test('a definition without any change later does not hide the zone of its name', () => {
  const lazy = zoneOf('TZID:Europe/Berlin', ...observance('STANDARD', '19700101T000000', '+0100', '+0100'))
  assert.equal(hours(resolveZone('Europe/Berlin', lazy), '2026-07-01T00:00:00Z'), 2)
  assert.equal(hours(resolveZone('My Zone', lazy), '2026-07-01T00:00:00Z'), 1)
})

test('I5: outside its years a definition under an unknown name is continued by the zone with the same offsets', () => {
  const own = zoneOf(
    'TZID:Office',
    ...observance('DAYLIGHT', '20240310T020000', '-0500', '-0400', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU'),
    ...observance('STANDARD', '20241103T020000', '-0400', '-0500', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU'),
  )
  const zone = resolveZone('Office', own)
  assert.equal(hours(zone, '2010-07-01T00:00:00Z'), -4)
  assert.equal(hours(zone, '2006-03-20T00:00:00Z'), -5)
  assert.equal(hours(zone, '2026-07-01T00:00:00Z'), -4)
})

test('a definition that cannot be used leaves the name to count; without one there is no zone', () => {
  const empty = zoneOf('TZID:x')
  assert.equal(resolveZone('Europe/Berlin', empty)?.id, 'Europe/Berlin')
  assert.equal(resolveZone('x', empty), null)
  assert.equal(resolveZone('x', undefined), null)
})

test('RDATEs, RDATE periods and UNTIL in a definition are observed', () => {
  const zone = resolveZone(
    'Z',
    zoneOf(
      'TZID:Z',
      ...observance('STANDARD', '20000101T000000', '+0000', '+0000', 'RDATE:20010901T020000,20020901T020000'),
      ...observance('DAYLIGHT', '20010401T010000', '+0000', '+0130', 'RRULE:FREQ=YEARLY;UNTIL=20020401T010000Z'),
    ),
  )
  assert.equal(hours(zone, '2001-03-31T00:00:00Z'), 0)
  assert.equal(hours(zone, '2001-06-01T00:00:00Z'), 1.5)
  assert.equal(hours(zone, '2001-12-01T00:00:00Z'), 0)
  assert.equal(hours(zone, '2002-06-01T00:00:00Z'), 1.5)
  assert.equal(hours(zone, '2003-06-01T00:00:00Z'), 0)
})

test('E7: a definition that changes every second is not believed to', () => {
  const zone = resolveZone(
    'Z',
    zoneOf(
      'TZID:Z',
      ...observance('STANDARD', '20000101T000000', '+0000', '+0100', 'RRULE:FREQ=SECONDLY'),
      ...observance('DAYLIGHT', '20000101T000001', '+0100', '+0000', 'RRULE:FREQ=SECONDLY;INTERVAL=2;COUNT=99999999'),
    ),
  )
  assert.equal(zone?.segmentAt(Date.UTC(2026, 0, 1)).to, Number.POSITIVE_INFINITY)
})
