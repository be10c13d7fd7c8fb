import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedSpan, chosenOf, drawn, firstDayOf, keyOf, viewOf } from './calendar-view.ts'
import type { Instance } from './types.ts'

const meeting: Instance = {
  uid: 'a',
  summary: 'Meeting',
  location: null,
  status: 'CONFIRMED',
  start: '2026-03-02T04:00:00',
  end: '2026-03-02T05:00:00',
  starts_at: '2026-03-02T09:00:00.000Z',
  ends_at: '2026-03-02T10:00:00.000Z',
  all_day: false,
  zone: 'America/New_York',
  recurring: false,
}

test('an event of another zone is drawn at its moment', () => {
  const { start, end, allDay, title } = drawn(meeting)
  assert.deepEqual(
    { start, end, allDay, title },
    {
      start: '2026-03-02T09:00:00.000Z',
      end: '2026-03-02T10:00:00.000Z',
      allDay: false,
      title: 'Meeting',
    },
  )
})

test('a floating event is drawn at its hour, an all-day event on its dates', () => {
  assert.equal(drawn({ ...meeting, zone: null }).start, '2026-03-02T04:00:00')
  const { start, end, allDay } = drawn({
    ...meeting,
    zone: null,
    all_day: true,
    start: '2026-03-02',
    end: '2026-03-04',
  })
  assert.deepEqual({ start, end, allDay }, { start: '2026-03-02', end: '2026-03-04', allDay: true })
})

test('a title says what is cancelled or tentative, and an event without one is not blank', () => {
  assert.equal(drawn({ ...meeting, status: 'CANCELLED' }).title, 'Meeting (cancelled)')
  assert.equal(drawn({ ...meeting, status: 'TENTATIVE', summary: '' }).title, '(no title) (tentative)')
})

test('two instances of one event have keys of their own', () => {
  assert.notEqual(keyOf(meeting), keyOf({ ...meeting, start: '2026-03-09T04:00:00' }))
})

test('an address that names nothing that can be shown is no choice', () => {
  assert.deepEqual(chosenOf('link', '3'), { kind: 'link', id: 3 })
  for (const [kind, id] of [
    ['link', null],
    ['link', '0'],
    ['link', '-1'],
    ['link', '1e3'],
    ['toString', '1'],
    [null, '1'],
  ] as const)
    assert.equal(chosenOf(kind, id), null)
  assert.equal(viewOf('week'), 'week')
  assert.equal(viewOf('year'), null)
})

test('a day more is asked for at each end', () => {
  assert.deepEqual(askedSpan(new Date('2026-03-01T00:00:00+01:00'), new Date('2026-04-01T00:00:00+02:00')), {
    from: '2026-02-27T23:00:00.000Z',
    to: '2026-04-01T22:00:00.000Z',
  })
})

test('the week begins as it does where the reader lives', () => {
  assert.equal(firstDayOf('en-US'), 0)
  assert.equal(firstDayOf('de-DE'), 1)
  assert.equal(firstDayOf('not a locale'), 1)
})
