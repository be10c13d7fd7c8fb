import assert from 'node:assert/strict'
import { test } from 'node:test'
import { objectOf, written } from '../../../test/recurrence-samples.ts'
import { lastOccurrenceEnd, occurrences } from './occurrences.ts'

/** The first starts of an object, at most ten. */
function starts(events: readonly (readonly string[])[], zone = 'UTC', zones: readonly string[] = []): string[] {
  const found: string[] = []
  for (const occurrence of occurrences(objectOf(events, zones), zone)) {
    if (found.push(written(occurrence)) === 10) break
  }
  return found
}

const daily = ['DTSTART:20260101T090000Z', 'DTEND:20260101T100000Z', 'RRULE:FREQ=DAILY;COUNT=4']

test('DTSTART is an instance even where the rule does not give it', () => {
  const event = ['DTSTART:20260101T090000Z', 'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2']
  assert.deepEqual(starts([event]), ['20260101T090000Z', '20260105T090000Z', '20260112T090000Z'])
})

test('EXDATE leaves instances out, in UTC, in another zone, or as a whole day', () => {
  for (const exdate of [
    'EXDATE:20260102T090000Z',
    'EXDATE;TZID=Europe/Berlin:20260102T100000',
    'EXDATE;VALUE=DATE:20260102',
    'EXDATE:20251231T090000Z,20260102T090000Z',
  ]) {
    assert.deepEqual(starts([[...daily, exdate]]), ['20260101T090000Z', '20260103T090000Z', '20260104T090000Z'])
  }
})

test('RDATE adds instances once, and a PERIOD brings its own end', () => {
  const event = [...daily, 'RDATE:20260102T090000Z,20260110T120000Z', 'RDATE;VALUE=PERIOD:20260111T120000Z/PT5H']
  const found = [...occurrences(objectOf([event]), 'UTC')]
  assert.equal(found.length, 6)
  const last = found.at(-1)
  assert.equal(last?.endsAt, Date.parse('2026-01-11T17:00:00Z'))
})

test('EXRULE (RFC 2445) leaves out what it gives', () => {
  const event = [...daily, 'EXRULE:FREQ=DAILY;INTERVAL=2']
  assert.deepEqual(starts([event]), ['20260102T090000Z', '20260104T090000Z'])
})

test('an override takes the place of its instance', () => {
  const moved = ['RECURRENCE-ID:20260102T090000Z', 'DTSTART:20260120T090000Z', 'DURATION:PT1H']
  assert.deepEqual(starts([daily, moved]), [
    '20260101T090000Z',
    '20260103T090000Z',
    '20260104T090000Z',
    '20260120T090000Z',
  ])
})

test('an override with RANGE=THISANDFUTURE moves what follows', () => {
  const moved = ['RECURRENCE-ID;RANGE=THISANDFUTURE:20260103T090000Z', 'DTSTART:20260103T110000Z', 'DURATION:PT2H']
  const found = [...occurrences(objectOf([daily, moved]), 'UTC')]
  assert.deepEqual(found.map(written), ['20260101T090000Z', '20260102T090000Z', '20260103T110000Z', '20260104T110000Z'])
  assert.equal(found.at(-1)?.endsAt, Date.parse('2026-01-04T13:00:00Z'))
})

test('E9: a time in the gap is read with the offset before it, one in the fold is the first', () => {
  const gap = ['DTSTART;TZID=Europe/Berlin:20260328T023000', 'RRULE:FREQ=DAILY;COUNT=3']
  assert.deepEqual(starts([gap]), ['20260328T013000Z', '20260329T013000Z', '20260330T003000Z'])
  const fold = ['DTSTART;TZID=Europe/Berlin:20261024T023000', 'RRULE:FREQ=DAILY;COUNT=3']
  assert.deepEqual(starts([fold]), ['20261024T003000Z', '20261025T003000Z', '20261026T013000Z'])
})

test('instances stay in order through a gap, each instant once', () => {
  const event = ['DTSTART;TZID=Europe/Berlin:20260329T013000', 'RRULE:FREQ=MINUTELY;INTERVAL=30;COUNT=7']
  assert.deepEqual(starts([event]), [
    '20260329T003000Z',
    '20260329T010000Z',
    '20260329T013000Z',
    '20260329T020000Z',
    '20260329T023000Z',
  ])
})

test('instances of a DTEND event last exactly as long as the first; days of a DURATION are wall clock days', () => {
  const start = 'DTSTART;TZID=Europe/Berlin:20260328T120000'
  const rule = 'RRULE:FREQ=DAILY;COUNT=1'
  const exact = [...occurrences(objectOf([[start, 'DTEND;TZID=Europe/Berlin:20260329T120000', rule]]), 'UTC')]
  const nominal = [...occurrences(objectOf([[start, 'DURATION:P1D', rule]]), 'UTC')]
  assert.equal(exact[0]?.endsAt, Date.parse('2026-03-29T10:00:00Z'))
  assert.equal(nominal[0]?.endsAt, Date.parse('2026-03-29T10:00:00Z'))
  const repeated = ['DTSTART;TZID=Europe/Berlin:20260327T120000', 'RRULE:FREQ=DAILY;COUNT=2']
  const days = [...occurrences(objectOf([[...repeated, 'DURATION:P1D']]), 'UTC')]
  const hours = [...occurrences(objectOf([[...repeated, 'DURATION:PT24H']]), 'UTC')]
  assert.equal(days[1]?.endsAt, Date.parse('2026-03-29T10:00:00Z'))
  assert.equal(hours[1]?.endsAt, Date.parse('2026-03-29T11:00:00Z'))
})

test('UNTIL counts by its meaning: a whole day, an instant, local time, a date', () => {
  const zoned = 'DTSTART;TZID=America/New_York:20260101T200000'
  const counts = (start: string, until: string) => starts([[start, `RRULE:FREQ=DAILY;UNTIL=${until}`]]).length
  assert.equal(counts(zoned, '20260103'), 3)
  assert.equal(counts(zoned, '20260104T010000Z'), 3)
  assert.equal(counts(zoned, '20260104T005959Z'), 2)
  assert.equal(counts(zoned, '20260103T200000'), 3)
  assert.equal(counts('DTSTART;VALUE=DATE:20260101', '20260103T235959Z'), 3)
  assert.equal(counts('DTSTART:20260101T090000', '20260103T090000Z'), 3)
})

test('E7: a preview of 50 instances of a rule counted from long ago is given, or given up', () => {
  const preview = (rule: string) => {
    const object = objectOf([['DTSTART:20100101T090000Z', `RRULE:${rule}`]])
    const generator = occurrences(object, 'UTC', Date.parse('2026-01-01T00:00:00Z'))
    let found = 0
    for (; found < 50; found += 1) {
      const step = generator.next()
      if (step.done === true) return step.value
      assert.ok(step.value.epoch >= Date.parse('2026-01-01T00:00:00Z'))
    }
    return found
  }
  assert.equal(preview('FREQ=SECONDLY'), 50)
  assert.equal(preview('FREQ=SECONDLY;COUNT=1000000000'), 50)
  assert.equal(preview('FREQ=SECONDLY;BYSECOND=1;COUNT=999999999'), 'gave-up')
  assert.equal(preview('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'), 'complete')
})

test('E8: a start on the day that Samoa left out does not end a series before the instance of the day before', () => {
  const object = objectOf([
    [
      'DTSTART;TZID=Pacific/Apia:20111225T013000',
      'DURATION:P1D',
      'RRULE:FREQ=SECONDLY;BYDAY=FR,TH;BYHOUR=0,1;BYMINUTE=0;BYSECOND=0,1;COUNT=5',
    ],
  ])
  assert.deepEqual(lastOccurrenceEnd(object, 'Pacific/Apia'), { endsAt: Date.UTC(2011, 11, 30, 11, 0, 1), why: 'ends' })
})
