import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makePublicPath, slug } from './public-path.ts'

test('a slug holds only lower-case letters, digits and single hyphens', () => {
  assert.equal(slug('Döner & Co.'), 'doner-co')
  assert.equal(slug('  My Calendar 2 '), 'my-calendar-2')
  assert.equal(slug('会议'), '')
})

test('a generated path is the name, else the username, and eight characters that differ each time', () => {
  assert.match(makePublicPath('Work', 'ann'), /^work\/[a-z0-9]{8}$/)
  assert.match(makePublicPath('会议', 'ann@example.com'), /^ann-example-com\/[a-z0-9]{8}$/)
  assert.match(makePublicPath('', ''), /^calendar\/[a-z0-9]{8}$/)
  assert.equal(new Set(Array.from({ length: 50 }, () => makePublicPath('Work', ''))).size, 50)
})
