/** W10: what servers refuse (servers.md section 4), sent to each of them in the form we write. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FindingCode } from '../src/core/finding-codes.ts'
import { openKindWorld } from './fakes/quirks/kind-world.ts'
import { kinds } from './fakes/quirks/kinds.ts'
import { has } from './fakes/quirks/refusals.ts'
import { event } from './ical-samples.ts'

/** What is wrong, the VEVENT that has it, and the codes of the findings that tell of it. */
const rows: readonly (readonly [wrong: string, lines: string, ...codes: FindingCode[]])[] = [
  ['no end', event('no-end', 'DTEND:'), 'property-empty', 'end-missing'],
  ['start only', raw('start-only', 'DTSTART:20260301T100000Z'), 'end-missing'],
  ['DTEND at DTSTART', event('end-at-start', 'DTEND:20260301T100000Z'), 'end-not-after-start'],
  ['DTEND before DTSTART', event('end-before', 'DTEND:20260228T100000Z'), 'end-not-after-start'],
  ['DURATION of nothing', raw('no-length', 'DTSTART:20260301T100000Z', 'DURATION:PT0S'), 'duration-unusable'],
  [
    'all-day DTEND at DTSTART',
    event('all-day', 'DTSTART;VALUE=DATE:20260301', 'DTEND;VALUE=DATE:20260301'),
    'end-not-after-start',
  ],
  ['DTEND and DURATION', event('both-ends', 'DURATION:PT5H'), 'end-twice'],
  ...['X-FOO', 'CATEGORIES', 'CLASS', 'STATUS', 'RRULE', 'EXDATE', 'RDATE', 'CREATED', 'LAST-MODIFIED', 'PRIORITY'].map(
    (name) => [`empty ${name}`, event(`empty-${name.toLowerCase()}`, `${name}:`), 'property-empty'] as const,
  ),
  ['two SUMMARY', event('two-summaries', 'SUMMARY:a', 'SUMMARY:b'), 'property-repeated'],
  ['two DTSTAMP', event('two-stamps', 'DTSTAMP:20260101T000000Z', 'DTSTAMP:20260102T000000Z'), 'property-repeated'],
  ['two UID', event('two-uids', 'UID:two-uids', 'UID:other'), 'property-repeated'],
  ['FREQ=SOMETIMES', event('freq', 'RRULE:FREQ=SOMETIMES'), 'rule-unreadable'],
  ['COUNT=0', event('count', 'RRULE:FREQ=DAILY;COUNT=0'), 'rule-unreadable'],
  ['INTERVAL=0', event('interval', 'RRULE:FREQ=DAILY;INTERVAL=0;COUNT=2'), 'rule-mended'],
  ['COUNT and UNTIL', event('count-until', 'RRULE:FREQ=DAILY;COUNT=2;UNTIL=20260401T000000Z'), 'rule-mended'],
  ['a date that does not exist', event('feb31', 'EXDATE:20260231T100000Z'), 'date-unreadable'],
  ['DATE without VALUE', event('no-value', 'DTSTART:20260301', 'DTEND:20260302'), 'date-form'],
  ['VALARM without TRIGGER', event('alarm', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'END:VALARM'), 'alarm-dropped'],
  ['override without master', event('override', 'RECURRENCE-ID:20260301T100000Z'), 'override-without-master'],
  ['two masters', [event('masters', 'SUMMARY:one'), event('masters', 'SUMMARY:one', 'CLASS:PUBLIC')].join('\r\n')],
  ['line without colon', event('no-colon', 'SUMMARY:a', 'no property at all'), 'lines-unreadable'],
  ['NUL, U+0008, U+FFFF', event('controls', 'SUMMARY:a\0b\u0008c\uFFFFd'), 'control-characters'],
  [
    'zone without observances',
    event('zone', 'DTSTART;TZID=Nowhere:20260301T100000', 'DTEND;TZID=Nowhere:20260301T110000'),
    'zone-replaced',
  ],
]

function raw(uid: string, ...lines: string[]): string {
  return ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'].join('\r\n')
}

const emptyZone = 'BEGIN:VTIMEZONE\r\nTZID:Nowhere\r\nEND:VTIMEZONE'
const noUid = 'BEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260301T100000Z\r\nEND:VEVENT'
const calendarOf = (...events: readonly string[]) =>
  `\uFEFF${['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', 'METHOD:PUBLISH', emptyZone, ...events, 'END:VCALENDAR', ''].join('\r\n')}`
const uidOf = (lines: string) => /UID:(.*)\r\n/.exec(lines)?.[1] ?? ''

for (const kind of kinds.filter((one) => !one.readOnly)) {
  describe(`W10 on ${kind.name}`, () => {
    test(`W10: ${kind.name} takes everything that can be mended, and each mend is told`, async (t) => {
      const world = await openKindWorld(t, kind)
      const destination = world.addDestination()
      const events = [noUid, ...rows.map(([, lines]) => lines)]
      world.give(calendarOf(...events).replace('SUMMARY:one\r\n', 'SUMMARY:one\r\r\n'))
      const report = await world.push(destination)
      assert.deepEqual(
        report.problems.filter(({ code }) => code.endsWith('-failed')),
        [],
      )
      assert.equal(report.status, 'ok', report.message)
      assert.ok(world.texts().length >= events.length, `${world.texts().length} of ${events.length} are there`)
      for (const [wrong, lines, ...codes] of rows) {
        const told = report.problems.filter(({ uid }) => uid === uidOf(lines)).map(({ code }) => code)
        const inAll = report.problems.filter(({ uid }) => uid === undefined).map(({ code }) => code)
        for (const code of codes)
          assert.ok([...told, ...inAll].includes(code), `${wrong}: ${code} is not among ${told}`)
      }
      assert.ok(report.problems.some(({ code }) => code === 'uid-missing'))
      world.asked()
      assert.equal((await world.push(destination)).counts.uploaded, 0)
      assert.deepEqual(world.asked('PUT'), [])
    })
  })
}

test('W10: every fault that a server refuses is in what was sent', () => {
  const all = calendarOf(noUid, ...rows.map(([, lines]) => lines))
  const shown = (fault: keyof typeof has) => has[fault](all) || rows.some(([, lines]) => has[fault](calendarOf(lines)))
  const elsewhere = new Set(['noStart', 'noCalendar', 'other', 'strangeLineEnds'])
  for (const fault of Object.keys(has) as (keyof typeof has)[]) {
    if (!elsewhere.has(fault)) assert.ok(shown(fault), `${fault} was never tried`)
  }
})
