import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly resolved?: string
}

const file = join(resolve(import.meta.dirname, '..'), 'package-lock.json')
const packages: Readonly<Record<string, LockedPackage>> = JSON.parse(readFileSync(file, 'utf8')).packages

test('the lock file names the builds for all platforms, so that npm ci accepts it on each of them', () => {
  const paths = Object.keys(packages)
  const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
  const missing = wanted.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))
  assert.ok(wanted.length > 0)
  assert.deepEqual(missing, [], 'run `node scripts/complete-lock.mjs`')
})

test('the lock file names no registry, so that npm ci uses the one it is configured for', () => {
  assert.deepEqual(
    Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined),
    [],
  )
})
