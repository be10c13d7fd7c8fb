import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { themeCss } from './css.ts'
import { dark, light } from './palette.ts'

test('the committed theme.css is what the palette generates (else: node web/theme/generate.ts)', () => {
  assert.equal(readFileSync(join(import.meta.dirname, '../app/theme.css'), 'utf8'), themeCss())
})

test('both themes define the same tokens, so that no dark value shines through in the light theme', () => {
  assert.deepEqual(new Set(Object.keys(light)), new Set(Object.keys(dark)))
})
