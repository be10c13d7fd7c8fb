/** Calendars in order and out of it: what is scanned is what a tree would have given. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { zone } from '../../../test/ical-samples.ts'
import { atOnce } from '../steps.ts'
import { whyNotPublishable } from './check-feed.ts'
import { feedBytes } from './feed-parts.ts'
import { mergeFeed } from './merge.ts'
import type { CalendarObject } from './model.ts'
import { readCalendar } from './objects.ts'
import { scanCalendar } from './scan.ts'
import { compactObject, scannedOf, textHashOf } from './scanned-object.ts'

const RUNS = Number(process.env.SCANS ?? 1500)

const usual = [
  'SUMMARY:Besprechung',
  'SUMMARY;LANGUAGE=de:Größe\\, Länge',
  'LOCATION:Rathaus 🎉',
  'CATEGORIES:A,B',
  'ORGANIZER;CN="Müller, Anna":mailto:a@example.org',
  'ATTENDEE;CN=B;\r\n PARTSTAT=ACCEPTED:mailto:b@example.org',
  'RRULE:FREQ=WEEKLY;UNTIL=20290101T000000Z',
  'EXDATE;TZID=Z:20260308T100000',
  'RDATE;VALUE=PERIOD:20260401T100000Z/PT1H,20270401T100000Z/PT1H',
  'X-OWN;X-P=1:value',
  'BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM',
  `DESCRIPTION:${'x'.repeat(63)}\r\n ${'ä'.repeat(36)}`,
]
const unusual = [
  'summary:lower case',
  'SUMMARY:twice',
  'SUMMARY:again',
  'no property at all',
  'X-CALENDAR;A=B',
  '',
  '\tfold of nothing in particular',
  'item1.SUMMARY:grouped',
  'DTSTART;TZID=(UTC+01:00) Paris:20260301T100000',
  'DTSTART;tzid=Z:20260301T100000',
  'DTSTART:nonsense',
  'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Z:20260308T100000',
  'UID:other',
  'UID: spaced ',
  'BEGIN:VALARM\r\nACTION:EMAIL\r\nTRIGGER:-PT5M\r\nEND:VALARM',
  'BEGIN:VALARM\r\nDTSTART;TZID=Z:20260301T100000\r\nEND:VALARM',
  'BEGIN:X-PART\r\nX-A:1\r\nEND:X-PART',
  'BEGIN:VEVENT\r\nUID:inner\r\nDTSTART:20260301T100000Z\r\nEND:VEVENT',
  `DESCRIPTION:${'ä'.repeat(60)}`,
  'COMMENT:bell \u0007',
  'COMMENT:half \uD83D',
  'COMMENT:end \uFFFE',
  'COMMENT:mark \uFEFF',
  'COMMENT:bare\rreturn',
  'END:VEVENT\r\n went on',
]
const starts = [
  'DTSTART;TZID=Z:20260301T100000',
  'DTSTART;TZID=Unknown/Place:20260301T100000',
  'DTSTART:20260301T100000Z',
  'DTSTART:20260301T100000',
  'DTSTART;VALUE=DATE:20260301',
  'DTSTART:17900301T100000Z',
]
const body = fc.record({
  uid: fc.constantFrom('a', 'b', 'c', '_', 'Ä', 'long-'.repeat(20)),
  start: fc.constantFrom(...starts),
  instance: fc.constantFrom('', '', '', 'RECURRENCE-ID;TZID=Z:20260308T100000', 'RECURRENCE-ID:20260315t100000z'),
  stamped: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  lines: fc.array(fc.constantFrom(...usual), { maxLength: 4 }),
  odd: fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...unusual) },
  ),
})
const parts = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: body.map(eventOf) },
    { weight: 1, arbitrary: fc.constantFrom(zone('Z', '+0100'), zone('Z', '+0200'), zone('Other', '+0300')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'X-WR-CALNAME:Name',
        'METHOD:PUBLISH',
        'BEGIN:VTODO\r\nUID:t\r\nEND:VTODO',
        ' fold',
        '',
      ),
    },
  ),
  { maxLength: 8 },
)
const ends = fc.constantFrom('\r\n', '\n')
const calendars = fc.tuple(parts, ends).map(([list, end]) => {
  const text = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    zone('Z', '+0100'),
    ...list,
    'END:VCALENDAR',
    '',
  ]
  return text.join('\r\n').replaceAll('\r\n', end)
})

function eventOf({ uid, start, instance, stamped, lines, odd }: typeof body extends fc.Arbitrary<infer T> ? T : never) {
  const name = uid.length > 60 ? `UID:${uid.slice(0, 60)}\r\n ${uid.slice(60)}` : `UID:${uid}`
  const all = [name, ...(stamped ? ['DTSTAMP:20260101T000000Z'] : []), start, instance, ...lines, odd]
  return ['BEGIN:VEVENT', ...all.filter((line) => line !== '' || line === odd), 'END:VEVENT']
    .filter((line) => line !== undefined)
    .join('\r\n')
}

/** The same calendar, which the scanner leaves to the tree. */
const asTree = (text: string) => `\n${text}`

function outcome(text: string) {
  try {
    const { objects, findings, protectedUids, ...rest } = readCalendar(text)
    const plain = objects.map(({ uid, events, zones }) => ({ uid, events, zones }))
    const said = findings.map((finding) => JSON.stringify(finding)).sort()
    return { ...rest, objects: byUid(plain), findings: said, protectedUids: new Set(protectedUids) }
  } catch (thrown) {
    return { thrown: String(thrown).replace(/line \d+/g, 'line n') }
  }
}

function byUid<T extends Pick<CalendarObject, 'uid'>>(objects: readonly T[]): T[] {
  return [...objects].sort((a, b) => (a.uid < b.uid ? -1 : 1))
}

test('a scanned calendar holds what a tree of it holds, and says the same of it', () => {
  fc.assert(
    fc.property(calendars, (text) => assert.deepEqual(outcome(text), outcome(asTree(text)))),
    { numRuns: RUNS },
  )
})

test('a feed of scanned events reads as one of trees, and passes its check where that one does', () => {
  const feedOf = (text: string) => mergeFeed([readCalendar(text).objects], { name: 'Feed' })
  fc.assert(
    fc.property(calendars, (text) => {
      if ('thrown' in outcome(text)) return
      const [scanned, tree] = [feedOf(text), feedOf(asTree(text))]
      assert.deepEqual(scanned.findings, tree.findings)
      assert.equal(scanned.events, tree.events)
      assert.deepEqual(outcome(scanned.text), outcome(tree.text))
      const [ours, theirs] = [scanned, tree].map((feed) => atOnce(whyNotPublishable(feedBytes(feed, 0), feed)))
      assert.equal(ours, theirs)
    }),
    { numRuns: RUNS },
  )
})

test('an object without the text around it is the same object', () => {
  fc.assert(
    fc.property(calendars, (text) => {
      if ('thrown' in outcome(text)) return
      const whole = readCalendar(text).objects
      const compact = readCalendar(text).objects.map(compactObject)
      assert.equal(mergeFeed([compact]).text, mergeFeed([whole]).text)
      assert.deepEqual(compact.map(textHashOf), whole.map(textHashOf))
      const treeOf = ({ uid, events, zones }: CalendarObject) => ({ uid, events, zones })
      assert.deepEqual(compact.map(treeOf), whole.map(treeOf))
    }),
    { numRuns: RUNS },
  )
})

test('usual calendars are scanned, not left to the tree', () => {
  const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', zone('Z', '+0100'), eventOf(plainBody), 'END:VCALENDAR', ''].join(
    '\r\n',
  )
  for (const each of [text, text.replaceAll('\r\n', '\n')]) {
    assert.ok(atOnce(scanCalendar(each)))
    const [object] = readCalendar(each).objects
    assert.ok(object && scannedOf(object))
    const copy: CalendarObject = { ...object, events: [...object.events] }
    assert.equal(scannedOf(copy), undefined, 'a copy with other events is not what was scanned')
  }
})
const plainBody: Parameters<typeof eventOf>[0] = {
  uid: 'a',
  start: 'DTSTART;TZID=Z:20260301T100000',
  instance: '',
  stamped: true,
  lines: usual.slice(1),
  odd: undefined,
}
