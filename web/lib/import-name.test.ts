import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isImportName } from '../../src/store/imports.ts'
import { importName } from './import-name.ts'

test('whatever a file is called, its name in the import folder is one the service takes', () => {
  assert.equal(importName('Klasse 3b (neu).ICS'), 'klasse-3b-neu.ics')
  for (const name of ['', '.ics', '../../etc/passwd', '会议.ics', 'a'.repeat(300), 'x.ics.ics', '-.ical', 'CON']) {
    assert.ok(isImportName(importName(name)), importName(name))
  }
})
