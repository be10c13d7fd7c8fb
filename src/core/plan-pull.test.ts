import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planPull } from './plan-pull.ts'
import type { ETag, Href } from './types.ts'

const ref = (href: string, etag: string | null) => ({ href: href as Href, etag: etag as ETag | null })
const key = (href: Href) => decodeURIComponent(href)

test('reads what is new, changed, or without an ETag, and nothing else', () => {
  const known = [ref('/a.ics', '"1"'), ref('/b.ics', '"1"'), ref('/c.ics', null)]
  const resources = [ref('/a.ics', '"1"'), ref('/b.ics', '"2"'), ref('/c.ics', null), ref('/d.ics', '"1"')]
  const plan = planPull(known, { complete: true, resources }, key)
  assert.deepEqual(
    plan.fetch.map((resource) => resource.href),
    ['/b.ics', '/c.ics', '/d.ics'],
  )
  assert.deepEqual(plan.unchanged, [known[0]])
  assert.deepEqual(plan.gone, [])
})

test('takes as gone what a complete listing lacks', () => {
  const known = [ref('/a.ics', '"1"'), ref('/b.ics', '"1"')]
  const plan = planPull(known, { complete: true, resources: [ref('/b.ics', '"1"')] }, key)
  assert.deepEqual(plan.gone, [known[0]])
})

test('R7: one href in two spellings is one resource', () => {
  const known = [ref('/me@home/a.ics', '"1"')]
  const plan = planPull(known, { complete: true, resources: [ref('/me%40home/a.ics', '"1"')] }, key)
  assert.deepEqual(plan, { fetch: [], gone: [], unchanged: known })
})

test('a resource listed twice is read once', () => {
  const plan = planPull([], { complete: true, resources: [ref('/a.ics', '"1"'), ref('/a.ics', '"1"')] }, key)
  assert.equal(plan.fetch.length, 1)
})
