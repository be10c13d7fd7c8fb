import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { corpusObject, objectOf, readCorpus, written } from '../../../test/recurrence-samples.ts'
import { lastEnd } from '../ical/window.ts'
import { defineZone } from '../ical/zones-define.ts'
import { occurrences } from './occurrences.ts'

const hostZones = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'Africa/Casablanca']

const samples = [
  ['DTSTART:20260101T003000', 'DURATION:P1D', 'RRULE:FREQ=DAILY;COUNT=400'],
  ['DTSTART;VALUE=DATE:20111225', 'RRULE:FREQ=DAILY;COUNT=20'],
  ['DTSTART;TZID=Europe/Berlin:20260328T023000', 'RRULE:FREQ=HOURLY;COUNT=200'],
  ['DTSTART;TZID=Windows Of Nowhere:20260328T023000', 'RRULE:FREQ=MONTHLY;COUNT=30'],
]

/** Everything the engine says about the corpus and the samples, as one hash. */
function digest(): string {
  const hash = createHash('sha256')
  const objects = samples.map((lines) => objectOf([lines]))
  for (const event of readCorpus()?.events ?? []) objects.push(corpusObject(event))
  for (const object of objects) {
    let left = 50
    for (const occurrence of occurrences(object, 'Europe/Berlin')) {
      hash.update(`${written(occurrence)} ${occurrence.endsAt}\n`)
      left -= 1
      if (left === 0) break
    }
    hash.update(JSON.stringify(lastEnd(object, { defaultZone: 'Pacific/Apia' })))
  }
  for (const zone of hostZones) hash.update(JSON.stringify(defineZone(zone)))
  return `${hash.digest('hex')} offset ${new Date(Date.UTC(2026, 0, 1)).getTimezoneOffset()}`
}

if (process.env.RECURRENCE_DIGEST === '1') {
  console.log(digest())
} else {
  test('nothing depends on the time zone of the host', () => {
    const answers = hostZones.map((TZ) => {
      const env = { ...process.env, TZ, RECURRENCE_DIGEST: '1', NODE_TEST_CONTEXT: undefined }
      const output = execFileSync(process.execPath, [join(import.meta.dirname, 'host-zone.test.ts')], { env })
      return /([0-9a-f]{64}) offset (-?\d+)/.exec(String(output)) ?? assert.fail(String(output))
    })
    // The hosts really were in different zones.
    assert.equal(new Set(answers.map(([, , offset]) => offset)).size, hostZones.length)
    assert.equal(new Set(answers.map(([, hash]) => hash)).size, 1)
  })
}
