import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendar, event } from '../../../test/ical-samples.ts'
import { whyNotPublishable } from '../ical/check-feed.ts'
import { feedBytes } from '../ical/feed-parts.ts'
import { mergeFeed } from '../ical/merge.ts'
import type { CalendarObject } from '../ical/model.ts'
import { readCalendar } from '../ical/objects.ts'
import { textOf } from '../ical/property.ts'
import { defineZone } from '../ical/zones-define.ts'
import { occurrences } from '../recurrence/occurrences.ts'
import { atOnce } from '../steps.ts'
import { applyRules, type Ruled } from './apply.ts'
import { compileRules } from './compile.ts'
import { PRESETS } from './presets.ts'
import type { Action, Condition, Rule } from './rule.ts'

const NOW = Date.UTC(2026, 2, 1)
const context = { now: NOW, calendar: 'Work', me: ['me@x.org'], defaultZone: 'Europe/Berlin', salt: 'salt' }

function apply(rules: readonly Rule[], ...lines: readonly string[]): Ruled[] {
  const compiled = compileRules(rules)
  return readCalendar(calendar(...lines)).objects.map((object) => applyRules(object, compiled, context))
}
const objectsOf = (ruled: readonly Ruled[]) => ruled.flatMap(({ objects }) => objects)
const linesOf = (ruled: readonly Ruled[]) =>
  objectsOf(ruled).flatMap(({ events }) => events.flatMap(({ properties }) => properties.map(({ line }) => line)))
const summaries = (ruled: readonly Ruled[]) =>
  objectsOf(ruled).flatMap(({ events }) =>
    events.flatMap(({ properties }) => properties.flatMap((one) => (one.name === 'SUMMARY' ? [textOf(one)] : []))),
  )
function starts(objects: readonly CalendarObject[], most = 100): string[] {
  const all = objects.flatMap((object) => {
    const found: string[] = []
    for (const { epoch } of occurrences(object, 'Europe/Berlin')) {
      if (found.length === most) break
      found.push(new Date(epoch).toISOString().slice(0, 16))
    }
    return found
  })
  return all.sort((a, b) => a.localeCompare(b))
}
const keep: Action = { do: 'keep' }
const drop: Action = { do: 'drop' }
const one = (condition: Condition, ...actions: readonly Action[]): Rule[] => [{ when: [condition], actions }]
const DAILY = event('d', 'RRULE:FREQ=DAILY;COUNT=5', 'SUMMARY:day')
const preset = (id: string) => PRESETS.find((each) => each.id === id)?.rules ?? assert.fail(id)

const sample = [
  event('a', 'SUMMARY:Dentist', 'CATEGORIES:Health,Teeth\\, and gums', 'CLASS:PRIVATE', 'LOCATION:Main St'),
  event('b', 'SUMMARY:Stand-up', 'STATUS:TENTATIVE', 'TRANSP:TRANSPARENT', 'DTEND:20260301T101500Z'),
  event('c', 'SUMMARY:Holiday', 'DTSTART;VALUE=DATE:20260706', 'ATTENDEE;PARTSTAT=DECLINED:mailto:Me@x.org'),
  event('e', 'SUMMARY:Review', 'DTSTART:20260304T180000Z', 'DTEND:20260304T200000Z', 'ATTENDEE:mailto:me@x.org'),
]
const conditions: readonly (readonly [Condition, readonly string[]])[] = [
  [{ if: 'text', property: 'summary', is: 'contains', value: 'DENT' }, ['Dentist']],
  [{ if: 'text', property: 'SUMMARY', is: 'equals', value: 'review' }, ['Review']],
  [{ if: 'text', property: 'SUMMARY', is: 'matches', value: '^(stand|hol)' }, ['Stand-up', 'Holiday']],
  [{ if: 'text', property: 'SUMMARY', is: 'contains', value: 'e', not: true }, ['Stand-up', 'Holiday']],
  [{ if: 'category', value: 'teeth, and gums' }, ['Dentist']],
  [{ if: 'calendar', value: 'work' }, ['Dentist', 'Stand-up', 'Holiday', 'Review']],
  [{ if: 'calendar', value: 'Home' }, []],
  [{ if: 'window', from: 'P30D' }, ['Holiday']],
  [{ if: 'window', to: 'P2D' }, ['Dentist', 'Stand-up']],
  [{ if: 'weekday', days: ['MO', 'WE'] }, ['Holiday', 'Review']],
  [{ if: 'hours', from: '09:00', to: '17:00' }, ['Dentist', 'Stand-up']],
  [{ if: 'hours', from: '17:00', to: '09:00' }, ['Review']],
  [{ if: 'duration', at_least: 'PT2H', at_most: 'PT12H' }, ['Review']],
  [{ if: 'all-day' }, ['Holiday']],
  [{ if: 'status', value: 'TENTATIVE' }, ['Stand-up']],
  [{ if: 'participation', value: 'declined' }, ['Holiday']],
  [{ if: 'participation', value: 'needs-action' }, ['Review']],
  [{ if: 'participation', value: 'declined', me: ['other@x.org'] }, []],
  [{ if: 'transparency', value: 'TRANSPARENT' }, ['Stand-up']],
  [{ if: 'class', value: 'PRIVATE' }, ['Dentist']],
]
for (const [condition, kept] of conditions) {
  test(`keeps only what fits ${JSON.stringify(condition)}`, () => {
    assert.deepEqual(summaries(apply(one(condition, keep), ...sample)), kept)
    const rest = ['Dentist', 'Stand-up', 'Holiday', 'Review'].filter((name) => !kept.includes(name))
    assert.deepEqual(summaries(apply(one(condition, drop), ...sample)), rest)
  })
}

test('any of several conditions, and a list in its order, each rule seeing what the one before made', () => {
  const rules: Rule[] = [
    {
      match: 'any',
      when: [{ if: 'class', value: 'PRIVATE' }, { if: 'all-day' }],
      actions: [{ do: 'set', property: 'SUMMARY', value: 'Away' }],
    },
    { when: [{ if: 'text', property: 'SUMMARY', is: 'equals', value: 'away' }], actions: [keep] },
    { when: [], actions: [{ do: 'prefix', property: 'SUMMARY', value: '[x] ' }] },
  ]
  assert.deepEqual(summaries(apply(rules, ...sample)), ['[x] Away', '[x] Away'])
})

test('properties are set, prefixed, filled from a template and removed, and texts are escaped', () => {
  const rules: Rule[] = [
    {
      when: [{ if: 'category', value: 'health' }],
      actions: [
        { do: 'template', property: 'SUMMARY', value: '{summary} at {LOCATION}; {CALENDAR}' },
        { do: 'set', property: 'STATUS', value: 'CONFIRMED' },
        { do: 'remove', property: 'LOCATION' },
        { do: 'set', property: 'CATEGORIES', value: 'One,Two' },
      ],
    },
  ]
  const lines = linesOf(apply(rules, sample[0] ?? ''))
  assert.ok(lines.includes('SUMMARY:Dentist at Main St\\; Work'))
  assert.ok(lines.includes('STATUS:CONFIRMED') && lines.includes('CATEGORIES:One,Two'))
  assert.ok(!lines.some((line) => line.startsWith('LOCATION')))
})

test('alarms are stripped and added', () => {
  const alarmed = event('a', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT5M', 'END:VALARM')
  const rules: Rule[] = [{ when: [], actions: [{ do: 'strip-alarms' }, { do: 'add-alarm', before: 'PT1H' }] }]
  const [object] = objectsOf(apply(rules, alarmed))
  assert.deepEqual(
    object?.events[0]?.components.map(({ properties }) => properties.map(({ line }) => line)),
    [['ACTION:DISPLAY', 'TRIGGER:-PT1H', 'DESCRIPTION:Reminder']],
  )
})

test('busy: only the times are left, under UIDs of this link alone that stay the same', () => {
  const guest = 'ATTENDEE:mailto:boss@x.org'
  const lines = event(
    'a',
    'DTSTART;TZID=Europe/Berlin;X-NOTE=secret:20260302T100000',
    'SUMMARY:Layoffs',
    'LOCATION:HQ',
    guest,
  )
  const ruled = apply(preset('busy-only'), lines)
  const text = linesOf(ruled).join('\n')
  assert.doesNotMatch(text, /Layoffs|HQ|boss|secret|UID:a$/m)
  assert.match(text, /SUMMARY:Busy\n/)
  assert.match(text, /DTSTART;TZID=Europe\/Berlin:20260302T100000/)
  assert.deepEqual(ruled, apply(preset('busy-only'), lines))
  const rules = compileRules(preset('busy-only'))
  const other = readCalendar(calendar(lines)).objects.map((object) =>
    applyRules(object, rules, { ...context, salt: 'another link' }),
  )
  assert.notEqual(objectsOf(other)[0]?.uid, objectsOf(ruled)[0]?.uid)
})

test('busy: what I declined, what is free and what was called off is not shown', () => {
  const off = event('x', 'STATUS:CANCELLED')
  assert.equal(objectsOf(apply(preset('busy-only'), ...sample, off)).length, 2)
})

test('busy: a moved instance is an EXDATE and an event of its own, a dropped one an EXDATE alone', () => {
  const moved = event('d', 'RECURRENCE-ID:20260302T100000Z', 'DTSTART:20260302T150000Z', 'SUMMARY:moved')
  const declined = event('d', 'RECURRENCE-ID:20260303T100000Z', 'DTSTART:20260303T100000Z', 'STATUS:CANCELLED')
  const renamed = event(
    'd',
    'RECURRENCE-ID:20260304T100000Z',
    'DTSTART:20260304T100000Z',
    'DTEND:20260304T110000Z',
    'SUMMARY:secret',
  )
  const ruled = apply(preset('busy-only'), DAILY, moved, declined, renamed)
  const objects = objectsOf(ruled)
  assert.deepEqual(starts(objects), ['2026-03-01T10:00', '2026-03-02T15:00', '2026-03-04T10:00', '2026-03-05T10:00'])
  assert.deepEqual(
    linesOf(ruled).filter((line) => /^EXDATE|^RECURRENCE-ID/.test(line)),
    ['EXDATE:20260302T100000Z', 'EXDATE:20260303T100000Z'],
  )
  assert.equal(new Set(objects.map(({ uid }) => uid)).size, 2)
  assert.doesNotMatch(linesOf(ruled).join('\n'), /secret|moved/)
})

test('a rule that hits one instance changes that instance, not the series', () => {
  const off = event('d', 'RECURRENCE-ID:20260302T100000Z', 'DTSTART:20260302T100000Z', 'SUMMARY:off-site')
  const hit: Condition = { if: 'text', property: 'SUMMARY', is: 'equals', value: 'off-site' }
  const dropped = apply(one(hit, drop), DAILY, off)
  assert.deepEqual(starts(objectsOf(dropped)), [
    '2026-03-01T10:00',
    '2026-03-03T10:00',
    '2026-03-04T10:00',
    '2026-03-05T10:00',
  ])
  const marked = apply(one(hit, { do: 'set', property: 'SUMMARY', value: 'x' }), DAILY, off)
  assert.deepEqual(summaries(marked), ['day', 'x'])
  const only = apply(one(hit, keep), DAILY, off)
  assert.deepEqual(starts(objectsOf(only)), ['2026-03-02T10:00'])
  assert.ok(!linesOf(only).some((line) => line.startsWith('RECURRENCE-ID')))
})

test('a rule by weekday changes the instances on it as overrides, and the series stays', () => {
  const weekend: Condition = { if: 'weekday', days: ['SU'] }
  const ruled = apply(one(weekend, { do: 'set', property: 'SUMMARY', value: 'Sunday' }), DAILY)
  assert.deepEqual(summaries(ruled), ['day', 'Sunday'])
  assert.equal(starts(objectsOf(ruled)).length, 5)
  assert.deepEqual(starts(objectsOf(apply(one(weekend, drop), DAILY)))[0], '2026-03-02T10:00')
})

test('next 90 days: of an endless series only the instances in the window are left, as a series', () => {
  const endless = event(
    'w',
    'DTSTART;TZID=Europe/Berlin:20250101T100000',
    'DTEND;TZID=Europe/Berlin:20250101T110000',
    'RRULE:FREQ=WEEKLY',
  )
  const ruled = apply(preset('next-90-days'), endless)
  const found = starts(objectsOf(ruled))
  assert.deepEqual([found.length, found[0], found.at(-1)], [13, '2026-03-04T09:00', '2026-05-27T08:00'])
  assert.ok(linesOf(ruled).includes('RRULE:FREQ=WEEKLY;UNTIL=20260527T080000Z'))
})

test('a series that rules cannot divide is hidden where they hide, and said', () => {
  const ranged = event('d', 'RECURRENCE-ID;RANGE=THISANDFUTURE:20260302T100000Z', 'DTSTART:20260302T120000Z')
  const [ruled] = apply(one({ if: 'weekday', days: ['MO'] }, drop), DAILY, ranged)
  assert.deepEqual([ruled?.objects.length, ruled?.findings.map(({ code }) => code)], [0, ['rule-unsure']])
  const [shown] = apply(one({ if: 'weekday', days: ['MO'] }, { do: 'strip-alarms' }), DAILY, ranged)
  assert.equal(shown?.objects.length, 1)
})

test('times are written in another zone at the same instants, and a series that would move stays', () => {
  const rules: Rule[] = [{ when: [], actions: [{ do: 'shift-zone', zone: 'America/New_York' }] }]
  const single = linesOf(apply(rules, event('a', 'DTSTART;TZID=Europe/Berlin:20260701T090000')))
  assert.ok(single.includes('DTSTART;TZID=America/New_York:20260701T030000'), single.join())
  const berlin = event('b', 'DTSTART;TZID=Europe/Berlin:20260301T090000', 'RRULE:FREQ=WEEKLY')
  const [kept] = apply(rules, berlin)
  assert.deepEqual(
    kept?.findings.map(({ code }) => code),
    ['zone-kept'],
  )
  assert.ok(linesOf([kept ?? assert.fail()]).includes('DTSTART;TZID=Europe/Berlin:20260301T090000'))
  const vienna: Rule[] = [{ when: [], actions: [{ do: 'shift-zone', zone: 'Europe/Vienna' }] }]
  const [moved] = apply(vienna, berlin)
  assert.ok(linesOf([moved ?? assert.fail()]).includes('DTSTART;TZID=Europe/Vienna:20260301T090000'))
})

test('what rules made is a feed that passes its own check', () => {
  const objects = objectsOf(PRESETS.flatMap(({ rules }) => apply(rules, ...sample, DAILY)))
  assert.doesNotThrow(() => mergeFeed([objects], { defineZone }))
})

test('what people write into rules cannot break a feed', () => {
  const value = 'a;b\\c\nX-EVIL:1\u0007\uD83D'
  const rules: Rule[] = [
    {
      when: [],
      actions: ['SUMMARY', 'CATEGORIES', 'URL', 'X-NOTE', 'COLOR'].map((property) => ({ do: 'set', property, value })),
    },
    { when: [], actions: [{ do: 'set', property: 'STATUS', value: ' tentative ' }] },
  ]
  for (const list of [rules, [{ when: [], actions: [{ do: 'busy' as const, text: value }] }]]) {
    const feed = mergeFeed([objectsOf(apply(list, DAILY))], { defineZone })
    assert.equal(atOnce(whyNotPublishable(feedBytes(feed, 0), feed)), null)
    assert.doesNotMatch(feed.text, /^X-EVIL/m)
  }
  assert.ok(linesOf(apply(rules, DAILY)).includes('STATUS:TENTATIVE'))
})

test('busy: no way to be shown keeps the UID of the event, not without its series, nor as single instances', () => {
  const orphan = event(
    'secret-uid',
    'RECURRENCE-ID:20260302T100000Z',
    'DTSTART:20260302T150000Z',
    'DTEND:20260302T160000Z',
  )
  const orphans = apply(preset('busy-only'), orphan)
  assert.deepEqual(starts(objectsOf(orphans)), ['2026-03-02T15:00'])
  assert.doesNotMatch(JSON.stringify(orphans), /secret-uid|RECURRENCE-ID/)

  // With RDATEs before the window the series cannot begin later: its instances become events of their own.
  const rules: Rule[] = [{ when: [{ if: 'window', from: 'P3D', to: 'P40D' }], actions: [keep, { do: 'busy' }] }]
  const dates = 'RDATE:20260306T120000Z,20260310T150000Z'
  const odd = event('secret-uid', 'RRULE:FREQ=WEEKLY;COUNT=6', dates)
  const singles = apply(rules, odd)
  assert.ok(objectsOf(singles).length > 1, 'they are single events')
  assert.equal(new Set(objectsOf(singles).map(({ uid }) => uid)).size, objectsOf(singles).length)
  assert.doesNotMatch(JSON.stringify(singles), /secret-uid/)
})
