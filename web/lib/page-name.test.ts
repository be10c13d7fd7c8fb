import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partName } from './page-name.ts'

test('a page is called after the part of the dashboard it belongs to', () => {
  assert.equal(partName('/'), 'Overview')
  assert.equal(partName('/sources'), 'Sources')
  assert.equal(partName('/sources/view'), 'Sources')
  assert.equal(partName('/settings'), 'Settings')
  assert.equal(partName('/sourcery'), null)
  assert.equal(partName('/nowhere'), null)
})
