import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendar, event, zone } from '../../test/ical-samples.ts'
import type { CalendarObject } from '../core/ical/model.ts'
import { readCalendar } from '../core/ical/objects.ts'
import { defineZone } from '../core/ical/zones-define.ts'
import { atOnce } from '../core/steps.ts'
import { uploadMemo } from './upload-memo.ts'
import { type WantedOptions, wantedObjects as wantedInSteps } from './wanted.ts'

function objectOf(...lines: readonly string[]): CalendarObject {
  const [object] = readCalendar(calendar(...lines)).objects
  assert.ok(object)
  return object
}

const wantedObjects = (objects: readonly CalendarObject[], given: WantedOptions) =>
  atOnce(wantedInSteps(objects, given))

const options = (): WantedOptions => {
  return { now: 0, defaultZone: 'UTC', defineZone, guests: 'silent', uploads: uploadMemo() }
}

test('what an event is known by does not change with the time of the download, and with all else', () => {
  const { keyOf } = uploadMemo()
  const key = (...lines: readonly string[]) => keyOf(objectOf(event('a', ...lines)), 'silent', 'UTC')
  assert.equal(key('SUMMARY:x'), key('DTSTAMP:20270707T070707Z', 'SUMMARY:x'))
  assert.notEqual(key('SUMMARY:x'), key('SUMMARY:y'))
  assert.notEqual(key('SUMMARY:x'), keyOf(objectOf(event('a', 'SUMMARY:x')), 'keep', 'UTC'))
  const inZone = (offset: string) =>
    keyOf(objectOf(zone('Z', offset), event('a', 'DTSTART;TZID=Z:20260301T100000')), 'silent', 'UTC')
  assert.equal(inZone('+0100'), inZone('+0100'))
  assert.notEqual(inZone('+0100'), inZone('+0200'))
  assert.equal(key('summary:lower case'), undefined, 'what is read as a tree is not remembered')
})

test('an event is worked out once, to the same result', () => {
  const shared = options()
  const object = objectOf(event('a', 'SUMMARY:Dentist', 'RRULE:FREQ=DAILY;COUNT=3'))
  const first = wantedObjects([object], shared)
  const again = wantedObjects([objectOf(event('a', 'SUMMARY:Dentist', 'RRULE:FREQ=DAILY;COUNT=3'))], shared)
  assert.deepEqual(again.list, first.list)
  assert.deepEqual(again.list, wantedObjects([object], options()).list)
  const [wanted] = again.list
  assert.ok(wanted)
  assert.equal(again.isFuture(wanted), true)
  assert.equal(wantedObjects([object], { ...shared, now: Date.UTC(2030, 0, 1) }).isFuture(wanted), false)
})

test('what had to be mended is told at every run', () => {
  const shared = options()
  const rounds = [1, 2].map(() => wantedObjects([objectOf(event('a', 'LOCATION:'))], shared).findings)
  assert.equal(rounds[0]?.length, 1)
  assert.deepEqual(rounds[1], rounds[0])
})

test('only so much is remembered', () => {
  const memo = uploadMemo()
  const remembered = (subject: string) => ({ subject, fingerprint: subject as never })
  for (let n = 0; n < 60_001; n += 1) memo.put(`key ${n}`, remembered(`${n}`))
  assert.equal(memo.get('key 0'), undefined)
  assert.equal(memo.get('key 1')?.subject, '1')
  memo.put('key new', remembered('new'))
  assert.equal(memo.get('key 1')?.subject, '1', 'asked for lately')
  assert.equal(memo.get('key 2'), undefined)
})
