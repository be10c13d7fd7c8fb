import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changedOnly } from './patch.ts'

test('a field that was not changed is not written, so that its row keeps what only the old service could store', () => {
  const before = { name: 'a', sync_interval_secs: Number.MAX_SAFE_INTEGER, public_ics_path: null }
  assert.deepEqual(changedOnly({ ...before, name: 'b' }, before), { name: 'b' })
  assert.deepEqual(changedOnly(before, before), {})
})
