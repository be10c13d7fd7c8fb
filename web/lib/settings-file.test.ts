import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settings as texts } from '../texts.ts'
import { readSettingsFile } from './settings-file.ts'

test('a file that was exported is read, with a mark of the byte order too', () => {
  const text = '{"format":"caldav-ics-sync","version":1}'
  assert.deepEqual(readSettingsFile(text), { format: 'caldav-ics-sync', version: 1 })
  assert.deepEqual(readSettingsFile(`\uFEFF${text}`), { format: 'caldav-ics-sync', version: 1 })
})

test('a file that is no JSON, or that of another program, is refused in words', () => {
  assert.throws(() => readSettingsFile('BEGIN:VCALENDAR'), { message: texts.importNotJson })
  for (const text of ['null', '[]', '"caldav-ics-sync"', '{"format":"other"}']) {
    assert.throws(() => readSettingsFile(text), { message: texts.importForeign })
  }
})
