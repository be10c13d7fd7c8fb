import assert from 'node:assert/strict'
import { test } from 'node:test'
import { removalFields, removalOf, removals } from './removal.ts'

test('each choice comes back from the settings it stands for', () => {
  for (const removal of removals) assert.equal(removalOf(removalFields(removal)), removal)
})

test('a mirror is a mirror, whatever else is set', () => {
  assert.equal(removalOf({ keep_local: false, remove_dropped: true }), 'mirror')
})
