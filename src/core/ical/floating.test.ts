import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anchorFloating } from './floating.ts'
import { readCalendar } from './objects.ts'

function anchored(zone: string | null, ...lines: string[]) {
  const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:a', 'SUMMARY:Class', ...lines, 'END:VEVENT']
  const { objects } = readCalendar([...text, 'END:VCALENDAR', ''].join('\r\n'))
  const result = anchorFloating(objects, zone, 'Asia/Tokyo')
  const properties = result.objects.flatMap(({ events }) => events.flatMap((event) => event.properties))
  return { findings: result.findings, lines: properties.map(({ line }) => line) }
}

test('I5: times without a zone get the one the feed names, and each such event is told', () => {
  const { lines, findings } = anchored(
    'Europe/Berlin',
    'DTSTART:20260701T090000',
    'DTEND:20260701T100000',
    'EXDATE:20260708T090000,20260715T090000',
    'RRULE:FREQ=WEEKLY;UNTIL=20260801T090000',
  )
  assert.ok(lines.includes('DTSTART;TZID=Europe/Berlin:20260701T090000'))
  assert.ok(lines.includes('DTEND;TZID=Europe/Berlin:20260701T100000'))
  assert.ok(lines.includes('EXDATE;TZID=Europe/Berlin:20260708T090000,20260715T090000'))
  assert.ok(lines.includes('RRULE:FREQ=WEEKLY;UNTIL=20260801T070000Z'), 'nine in Berlin is seven in UTC in summer')
  const [finding] = findings
  assert.deepEqual(
    [finding?.code, finding?.uid, finding?.before, finding?.after],
    ['floating-time', 'a', 'DTSTART:20260701T090000', 'DTSTART;TZID=Europe/Berlin:20260701T090000'],
  )
})

test('I5: a zone named as Windows does is understood', () => {
  const { lines } = anchored('W. Europe Standard Time', 'DTSTART:20260701T090000')
  assert.ok(lines.includes('DTSTART;TZID=Europe/Berlin:20260701T090000'))
})

test('I5: what has a zone, is in UTC or lasts whole days stays as it is', () => {
  for (const start of [
    'DTSTART;TZID=America/New_York:20260701T090000',
    'DTSTART:20260701T090000Z',
    'DTSTART;VALUE=DATE:20260701',
  ]) {
    const { lines, findings } = anchored('Europe/Berlin', start, 'RRULE:FREQ=DAILY;UNTIL=20260801T090000')
    assert.ok(lines.includes(start))
    assert.ok(lines.includes('RRULE:FREQ=DAILY;UNTIL=20260801T090000'))
    assert.deepEqual(findings, [])
  }
})

test('I5: without a zone, or with one nobody knows, floating times stay floating', () => {
  for (const zone of [null, 'Middle Earth']) {
    const { lines, findings } = anchored(zone, 'DTSTART:20260701T090000')
    assert.ok(lines.includes('DTSTART:20260701T090000'))
    assert.deepEqual(findings, [])
  }
})

test('I5: a zone nobody knows and nothing defines is the one the feed names, else the configured one', () => {
  for (const name of ['Customized Time Zone', 'tzone://Microsoft/Custom', 'Bielefeld Standard Time 7']) {
    for (const written of [name, `"${name}"`]) {
      const start = `DTSTART;TZID=${name.includes(':') ? `"${name}"` : written}:20260701T090000`
      const named = anchored('Europe/Berlin', start)
      assert.ok(named.lines.includes('DTSTART;TZID=Europe/Berlin:20260701T090000'), `${start}: ${named.lines}`)
      assert.deepEqual(
        named.findings.map(({ code, before, after }) => [code, before, after]),
        [['zone-replaced', name, 'Europe/Berlin']],
      )
      assert.ok(anchored(null, start).lines.includes('DTSTART;TZID=Asia/Tokyo:20260701T090000'))
      assert.ok(anchored('Nowhere/Land', start).lines.includes('DTSTART;TZID=Asia/Tokyo:20260701T090000'))
    }
  }
})

test('I5: a zone that is known by its name, or defined in the feed under any name, stays as it is written', () => {
  for (const tzid of ['W. Europe Standard Time', '"Europe/Berlin"', '/mozilla.org/20070129_1/Europe/Berlin']) {
    const start = `DTSTART;TZID=${tzid}:20260701T090000`
    const { lines, findings } = anchored('America/New_York', start)
    assert.ok(lines.includes(start))
    assert.deepEqual(findings, [])
  }
})
