import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { calendar, event } from '../../../test/ical-samples.ts'
import { fingerprint } from './fingerprint.ts'
import { parseComponents, writeComponents } from './lines.ts'
import type { Component } from './model.ts'
import { splitLine } from './property.ts'

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
console.log(`fingerprint.test.ts: fast-check seed ${seed}`)

const eventsOf = (...events: readonly string[]) => parseComponents(calendar(...events)).components[0]?.components ?? []
const printOf = (...lines: readonly string[]) => fingerprint(eventsOf(event('u', ...lines)))

for (const [name, one, other] of [
  ['DTSTAMP', ['DTSTAMP:20260101T000000Z'], ['DTSTAMP:20270101T000000Z']],
  [
    'CREATED, LAST-MODIFIED, SEQUENCE',
    [],
    ['CREATED:20260101T000000Z', 'LAST-MODIFIED:20260101T000000Z', 'SEQUENCE:4'],
  ],
  ['CLASS:PUBLIC', [], ['CLASS:PUBLIC']],
  ['X-LIC-ERROR and X-MOZ-GENERATION', [], ['X-LIC-ERROR;X-A=B:x', 'X-MOZ-GENERATION:3']],
  [
    'scheduling parameters',
    ['ATTENDEE;CN=A:mailto:a@b'],
    ['ATTENDEE;SCHEDULE-AGENT=CLIENT;CN=A;SCHEDULE-STATUS="1.1";SCHEDULE-FORCE-SEND=REQUEST:mailto:a@b'],
  ],
  ['quotes and case of parameter names', ['ATTENDEE;CN="A B":mailto:a'], ['ATTENDEE;cn=A B:mailto:a']],
  ['case of property names', ['SUMMARY:a'], ['summary:a']],
  ['escapes', ['SUMMARY:a\\,b\\;c\\:d\\Ne', 'GEO:1.5;2.5'], ['SUMMARY:a,b;c:d\\ne', 'GEO:1.5\\;2.5']],
  ['backslashes of parameters', ['X-A;B=c\\n:d'], ['X-A;B=c\\\\\\\\n:d']],
] as const) {
  test(`does not depend on ${name}`, () => assert.equal(printOf(...one), printOf(...other)))
}

for (const [name, one, other] of [
  ['the title', ['SUMMARY:a'], ['SUMMARY:b']],
  ['the zone', ['DTSTART;TZID=A:20260301T100000'], ['DTSTART;TZID=B:20260301T100000']],
  ['a parameter', ['ATTENDEE;PARTSTAT=ACCEPTED:mailto:a'], ['ATTENDEE;PARTSTAT=DECLINED:mailto:a']],
  ['CLASS:PRIVATE', [], ['CLASS:PRIVATE']],
  ['unknown properties', [], ['X-FOO:1']],
  ['an alarm', [], ['BEGIN:VALARM', 'TRIGGER:-PT5M', 'END:VALARM']],
  [
    'the trigger of an alarm',
    ['BEGIN:VALARM', 'TRIGGER:-PT5M', 'END:VALARM'],
    ['BEGIN:VALARM', 'TRIGGER:-PT6M', 'END:VALARM'],
  ],
  [
    'where a property lies',
    ['DESCRIPTION:x', 'BEGIN:VALARM', 'END:VALARM'],
    ['BEGIN:VALARM', 'DESCRIPTION:x', 'END:VALARM'],
  ],
  ['a new line against a backslash', ['SUMMARY:a\\nb'], ['SUMMARY:a\\\\nb']],
] as const) {
  test(`depends on ${name}`, () => assert.notEqual(printOf(...one), printOf(...other)))
}

test('depends on each override, not on their order', () => {
  const master = event('u', 'RRULE:FREQ=DAILY')
  const second = event('u', 'RECURRENCE-ID:20260302T100000Z', 'SUMMARY:b')
  const third = event('u', 'RECURRENCE-ID:20260303T100000Z', 'SUMMARY:c')
  assert.equal(fingerprint(eventsOf(master, second, third)), fingerprint(eventsOf(third, master, second)))
  assert.notEqual(fingerprint(eventsOf(master, second, third)), fingerprint(eventsOf(master, second)))
})

const safe = fc.stringMatching(/^[A-Za-z0-9 äß🎉.:-]{0,30}$/u)
const parameter = fc
  .tuple(fc.constantFrom('CN', 'ROLE', 'X-P', 'LANGUAGE'), safe)
  .map(([name, value]) => `${name}="${value}"`)
const line = fc
  .tuple(
    fc.constantFrom('SUMMARY', 'X-A', 'ATTENDEE', 'DESCRIPTION'),
    fc.uniqueArray(parameter, { maxLength: 3, selector: (text) => text.split('=')[0] }),
    safe,
  )
  .map(([name, parameters, value]) => `${[name, ...parameters].join(';')}:${value}`)
const eventLines = fc.array(line, { maxLength: 8 })

function reordered(component: Component): Component {
  const properties = component.properties.map((property) => {
    const { head, parameters, value } = splitLine(property.line)
    const raws = parameters.map((one) => `;${one.raw}`).reverse()
    return { ...property, line: `${head}${raws.join('')}:${value}` }
  })
  return { ...component, properties: properties.reverse(), components: component.components.map(reordered).reverse() }
}

test('does not depend on the order of properties and parameters, on folding or line ends', () => {
  fc.assert(
    fc.property(
      eventLines,
      fc.constantFrom('\r\n', '\n', '\r'),
      fc.integer({ min: 1, max: 60 }),
      (lines, end, width) => {
        const events = eventsOf(event('u', ...lines, 'BEGIN:VALARM', 'TRIGGER:-PT5M', 'X-A;B=c;D=e:f', 'END:VALARM'))
        const expected = fingerprint(events)
        assert.equal(fingerprint(events.map(reordered)), expected)
        const unfolded = writeComponents(events).replaceAll('\r\n ', '').split('\r\n')
        const refolded = unfolded
          .map((text) => text.replace(new RegExp(`(.{${width}})(?=.)`, 'gu'), `$1${end}\t`))
          .join(end)
        assert.equal(fingerprint(parseComponents(refolded).components), expected)
      },
    ),
    { seed, numRuns: 200 },
  )
})
