import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withStage } from './stages.ts'
import type { Stage } from './types.ts'

const login: Stage = { stage: 'login', state: 'ok', message: 'In.' }

test('steps stand in the order in which they are told, and one that fails later on takes its own place', () => {
  const refused: Stage = { stage: 'login', state: 'failed', message: 'Refused.' }
  const read: Stage = { stage: 'read', state: 'ok', message: 'Read.' }
  assert.deepEqual([login, read, refused].reduce<readonly Stage[]>(withStage, []), [refused, read])
})

test('that writing was not tried is no step', () => {
  assert.deepEqual(withStage([login], { stage: 'write', state: 'skipped', message: 'Not tried.' }), [login])
  assert.equal(withStage([login], { stage: 'write', state: 'failed', message: 'Refused.' }).length, 2)
})
