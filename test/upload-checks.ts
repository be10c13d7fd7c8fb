/** Uploads of small calendars, checked to be strict text and taken apart for a test. */
import assert from 'node:assert/strict'
import { parseComponents } from '../src/core/ical/lines.ts'
import { readCalendar } from '../src/core/ical/objects.ts'
import { find } from '../src/core/ical/property.ts'
import { toUpload, type UploadOptions } from '../src/core/ical/upload.ts'
import { assertStrictText } from './ical-checks.ts'
import { calendar, event } from './ical-samples.ts'

export function upload(lines: readonly string[], options: UploadOptions = {}) {
  const object = readCalendar(calendar(...lines)).objects[0] ?? assert.fail('no object')
  const result = toUpload(object, options)
  assertStrictText(result.text)
  const events = parseComponents(result.text).components[0]?.components.filter((one) => one.name === 'VEVENT')
  assert.deepEqual(result.events, events, 'the events are those of the text')
  return {
    ...result,
    codes: result.findings.map((finding) => finding.code),
    lines: result.events.flatMap((one) => one.properties.map((property) => property.line)),
  }
}
export const mended = (...lines: readonly string[]) => upload([event('u', ...lines)])
export const endOf = (...lines: readonly string[]) => {
  const { events, codes } = mended(...lines)
  return [find(events[0] ?? assert.fail(), 'DTEND')?.line, ...codes]
}
