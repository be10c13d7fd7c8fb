import assert from 'node:assert/strict'
import { test } from 'node:test'
import { feedPath, sourceAddress } from './addresses.ts'

test('a source is known by its most open address, each part of it encoded', () => {
  const source = { ics_path: 'ä b/c', public_ics: false, public_ics_path: null }
  assert.equal(sourceAddress(source), '/ics/%C3%A4%20b/c')
  assert.equal(sourceAddress({ ...source, public_ics: true }), '/ics/%C3%A4%20b/c')
  assert.equal(sourceAddress({ ...source, public_ics: true, public_ics_path: 'o/p' }), '/ics/public/o/p')
  assert.equal(feedPath('x.ics'), '/ics/x.ics')
})
