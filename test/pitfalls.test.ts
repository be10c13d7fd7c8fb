import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { pitfallTests } from '../scripts/lib/pitfalls.ts'

const { tests, fromList } = pitfallTests(resolve(import.meta.dirname, '..'))

test('every pitfall of reading, feeds and writing is named by a test', (t) => {
  if (!fromList)
    t.diagnostic('THE LIST OF PITFALLS IS NOT AT HAND: checked against the ids known when this was written')
  assert.ok(tests.size >= 40)
  assert.deepEqual(
    [...tests].filter(([, names]) => names.length === 0).map(([id]) => id),
    [],
  )
})
