import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendar, event, zone } from '../../../test/ical-samples.ts'
import { atOnce } from '../steps.ts'
import { whyNotPublishable } from './check-feed.ts'
import { feedBytes, feedOf } from './feed-parts.ts'
import { mergeFeed } from './merge.ts'
import { readCalendar } from './objects.ts'

const LONG = 'Ä'.repeat(60)
const made = mergeFeed(
  [
    readCalendar(
      calendar(
        zone('Z', '+0100'),
        event('a', 'DTSTART;TZID=Z:20260301T100000', `SUMMARY:${LONG}`),
        event('b', 'RRULE:FREQ=DAILY'),
        event('b', 'RECURRENCE-ID:20260302T100000Z', 'SUMMARY:moved'),
      ),
    ).objects,
  ],
  { name: 'Test' },
)

test('F6: a feed that reads back as it was meant is publishable', () => {
  assert.equal(atOnce(whyNotPublishable(feedBytes(made, 0), made)), null)
})

const damages: readonly (readonly [name: string, damage: (text: string) => string, reason: RegExp])[] = [
  ['a bare LF', (text) => text.replace('\r\nUID:b', '\nUID:b'), /not CRLF/],
  ['a line unfolded', (text) => text.replaceAll('\r\n ', ''), /75 octets/],
  ['a control character', (text) => text.replace('moved', 'mo\u0007ved'), /U\+0007/],
  ['half a character', (text) => text.replace('moved', 'mo\uD83Dved'), /b reads otherwise/],
  ['an end missing', (text) => text.replace('END:VEVENT\r\n', ''), /ends what is not open/],
  ['the last line cut', (text) => text.slice(0, -4), /whole line/],
  ['cut after an event', (text) => text.slice(0, text.indexOf('END:VEVENT')), /never ended/],
  ['a second calendar', (text) => text + text, /not one calendar/],
  ['METHOD', (text) => text.replace('CALSCALE', 'METHOD:PUBLISH\r\nCALSCALE'), /METHOD/],
  ['no PRODID', (text) => text.replace(/PRODID[^\r]*\r\n/, ''), /exactly one PRODID/],
  ['two VERSIONs', (text) => text.replace('VERSION:2.0', 'VERSION:2.0\r\nVERSION:2.0'), /exactly one VERSION/],
  [
    'the zone missing',
    (text) => text.replace(/BEGIN:VTIMEZONE[\s\S]*END:VTIMEZONE\r\n/, ''),
    /Z is used but not defined/,
  ],
  ['the zone twice', (text) => text.replace(/BEGIN:VTIMEZONE[\s\S]*END:VTIMEZONE\r\n/, '$&$&'), /defined twice/],
  ['an event missing', (text) => text.replace(/BEGIN:VEVENT\r\nUID:a[\s\S]*?END:VEVENT\r\n/, ''), /2 of 3 events/],
  ['no DTSTAMP', (text) => text.replace(/DTSTAMP[^\r]*\r\n/, ''), /exactly one DTSTAMP/],
  ['another hour', (text) => text.replace('T100000', 'T110000'), /a reads otherwise/],
  ['a line without a name', (text) => text.replace('UID:a', '???'), /has no name/],
  ['a line outside', (text) => `${text}X-A:1\r\n`, /outside the calendar/],
]
for (const [name, damage, reason] of damages) {
  test(`F6: a feed with ${name} is refused`, () => {
    const { body, starts, end } = feedBytes(made, 0)
    const before = body.toString()
    const text = damage(before)
    assert.notEqual(text, before)
    assert.match(
      atOnce(whyNotPublishable({ body: Buffer.from(text, 'utf8'), starts, end }, made)) ?? 'published',
      reason,
    )
  })
}

test('F6: a feed with an event twice is refused', () => {
  const [first] = made.parts
  assert.ok(first)
  const twice = feedOf(made.head, [first, first], [])
  assert.match(atOnce(whyNotPublishable(feedBytes(twice, 0), twice)) ?? 'published', /is in it twice/)
})

test('F6: an event that came as it stands is compared byte for byte', () => {
  const { body, starts, end } = feedBytes(made, 0)
  const other = Buffer.from(body)
  other.write('x', other.indexOf('moved'))
  assert.match(atOnce(whyNotPublishable({ body: other, starts, end }, made)) ?? 'published', /b reads otherwise/)
})

test('F6: beside bytes of the feed before, whatever is new is looked at as strictly', () => {
  const { body, starts, end } = feedBytes(made, 0)
  const [a, b] = made.parts
  assert.ok(a && b && typeof b.content === 'string' && typeof a.content === 'string')
  const earlier = [
    { ...a, content: body.subarray(starts[0], starts[1]) },
    { ...b, content: body.subarray(starts[1], end) },
  ] as const
  const third = { ...b, uid: 'c', content: b.content.replaceAll('UID:b', 'UID:c'), trees: null }
  const orders = [
    [earlier[0], { ...b, trees: null }],
    [{ ...a, trees: null }, earlier[1]],
    [earlier[0], earlier[1], third],
    [{ ...a, trees: null }, earlier[1], third],
    earlier,
  ]
  for (const parts of orders) {
    const feed = feedOf(made.head, parts, [])
    const reasonAfter = (damage: (text: string) => string) => {
      const bytes = feedBytes(feed, 0)
      // Of the same length, so that everything else stays where it is.
      const text = damage(bytes.body.toString('latin1'))
      assert.equal(text.length, bytes.body.length)
      return atOnce(whyNotPublishable({ ...bytes, body: Buffer.from(text, 'latin1') }, feed))
    }
    assert.equal(
      reasonAfter((text) => text),
      null,
    )
    for (const place of ['LAST-MODIFIED', 'SUMMARY', 'DTSTAMP:', 'UID:b', 'END:VCALENDAR']) {
      const at = (text: string) => text.lastIndexOf(place)
      const damaged = reasonAfter((text) => `${text.slice(0, at(text))}\u0007${text.slice(at(text) + 1)}`)
      assert.notEqual(damaged, null, `${place} of ${parts.length} parts`)
    }
  }
})
