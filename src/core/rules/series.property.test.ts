/** Random series under random rules, against judging every instance by itself. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { calendar, event } from '../../../test/ical-samples.ts'
import { whyNotPublishable } from '../ical/check-feed.ts'
import { feedBytes } from '../ical/feed-parts.ts'
import { mergeFeed } from '../ical/merge.ts'
import type { CalendarObject } from '../ical/model.ts'
import { readCalendar } from '../ical/objects.ts'
import { defineZone } from '../ical/zones-define.ts'
import { occurrences } from '../recurrence/occurrences.ts'
import { atOnce } from '../steps.ts'
import { applyRules } from './apply.ts'
import { compileRules } from './compile.ts'
import { decide } from './decide.ts'
import { type Action, type Condition, type Rule, WEEKDAYS } from './rule.ts'

const NOW = Date.UTC(2026, 2, 1)
const COMPARED_UNTIL = NOW + 2 * 366 * 86_400_000
const RUNS = Number(process.env.RULE_SERIES ?? 400)
const context = { now: NOW, calendar: 'Work', me: [], defaultZone: 'Europe/Berlin', salt: 's' }

const rule = fc.constantFrom(
  'FREQ=DAILY',
  'FREQ=DAILY;INTERVAL=3;COUNT=40',
  'FREQ=WEEKLY;BYDAY=MO,WE,FR',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU',
  'FREQ=MONTHLY;BYMONTHDAY=31',
  'FREQ=MONTHLY;BYDAY=-1FR;COUNT=20',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1',
  'FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU',
  'FREQ=DAILY;UNTIL=20260601T000000Z',
  'FREQ=HOURLY;INTERVAL=30;COUNT=90',
)
const start = fc.constantFrom(
  ['DTSTART;TZID=Europe/Berlin:20251020T023000', 'DTEND;TZID=Europe/Berlin:20251020T033000'],
  ['DTSTART;TZID=America/New_York:20260105T200000', 'DTEND;TZID=America/New_York:20260106T010000'],
  ['DTSTART:20260201T090000Z', 'DURATION:PT45M'],
  ['DTSTART:20260227T180000', 'DTEND:20260227T190000'],
  ['DTSTART;VALUE=DATE:20260131', 'DTEND;VALUE=DATE:20260202'],
)
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ if: fc.constant('weekday' as const), days: fc.subarray([...WEEKDAYS], { minLength: 1 }) }),
  fc.constantFrom<Condition>(
    { if: 'hours', from: '02:00', to: '03:00' },
    { if: 'hours', from: '18:00', to: '09:00', not: true },
    { if: 'window', from: '-P7D', to: 'P30D' },
    { if: 'window', from: 'PT0S' },
    { if: 'window', to: 'P14D', not: true },
    { if: 'duration', at_least: 'PT1H' },
    { if: 'all-day' },
  ),
)
const action = fc.constantFrom<Action>(
  { do: 'drop' },
  { do: 'keep' },
  { do: 'set', property: 'SUMMARY', value: 'other' },
  { do: 'busy' },
)
const rules: fc.Arbitrary<Rule[]> = fc.array(
  fc.record({
    match: fc.constantFrom('all' as const, 'any' as const),
    when: fc.array(condition, { minLength: 1, maxLength: 2 }),
    actions: action.map((one) => [one]),
  }),
  { minLength: 1, maxLength: 3 },
)

function instantsOf(objects: readonly CalendarObject[]): string[] {
  const found = objects.flatMap((object) => {
    const all: string[] = []
    for (const { epoch, endsAt } of occurrences(object, 'Europe/Berlin')) {
      if (epoch > COMPARED_UNTIL) break
      all.push(`${new Date(epoch).toISOString()} ${endsAt - epoch}`)
    }
    return all
  })
  return found.sort((a, b) => a.localeCompare(b))
}

test('after any rules, a reader sees the instances that fit, at their times, and no others', () => {
  let unsure = 0
  const seen = fc.check(
    fc.property(rule, start, rules, (rrule, times, given) => {
      const [object] = readCalendar(calendar(event('s', ...times, `RRULE:${rrule}`))).objects
      assert.ok(object)
      const compiled = compileRules(given)
      const [master] = object.events
      assert.ok(master)
      const expected: string[] = []
      for (const { epoch, endsAt, wall, isDate } of occurrences(object, 'Europe/Berlin')) {
        if (epoch > COMPARED_UNTIL) break
        const times = { startsAt: epoch, endsAt, wall, isDate }
        const instance = { event: master, times: () => times }
        if (decide(instance, compiled, context).event === null) continue
        expected.push(`${new Date(epoch).toISOString()} ${endsAt - epoch}`)
      }
      const { objects, findings } = applyRules(object, compiled, context)
      if (findings.some(({ code }) => code === 'rule-unsure')) {
        unsure += 1
        return
      }
      assert.deepEqual(
        instantsOf(objects),
        expected.sort((a, b) => a.localeCompare(b)),
      )
      const feed = mergeFeed([objects], { defineZone })
      assert.equal(atOnce(whyNotPublishable(feedBytes(feed, 0), feed)), null)
      assert.deepEqual(instantsOf(readCalendar(feed.text).objects), expected, 'as a reader gets it')
    }),
    { numRuns: RUNS },
  )
  console.log(`rules: ${seen.numRuns} series, ${unsure} left out as unsure, seed ${seen.seed}`)
  if (seen.failed)
    assert.fail(
      `${fc.defaultReportMessage(seen)}\n${seen.errorInstance instanceof Error ? seen.errorInstance.stack : ''}`,
    )
})
