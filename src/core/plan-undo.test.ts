import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TargetResource } from './plan-push.ts'
import { planUndo, type UndoEntry } from './plan-undo.ts'
import type { Fingerprint, Href } from './types.ts'

const print = (text: string) => text as Fingerprint
const href = '/cal/a.ics' as Href

function entry(changes: Partial<UndoEntry> = {}): UndoEntry {
  return { href, uid: 'a', subject: 'A', before: null, after: print('new'), ...changes }
}

function there(changes: Partial<TargetResource> = {}): TargetResource {
  return { href, etag: null, uid: 'a', current: null, sent: print('new'), owned: true, text: '', ...changes }
}

const before = { fingerprint: print('old as held'), sent: print('old') }
const ops = (entries: UndoEntry[], target: TargetResource[], includeEdited = false) =>
  planUndo(entries, target, includeEdited).steps.map(({ op, declines }) => [op.kind, declines])

test('takes back a creation by removing it, an update by writing the former text, a removal by creating it', () => {
  assert.deepEqual(ops([entry()], [there()]), [['delete', 'new']])
  assert.deepEqual(ops([entry({ before })], [there()]), [['update', 'new']])
  assert.deepEqual(ops([entry({ before, after: null })], []), [['create', null]])
})

test('what is as it was already needs nothing', () => {
  assert.deepEqual(ops([entry()], []), [])
  assert.deepEqual(ops([entry({ before })], [there({ sent: print('old') })]), [])
  assert.deepEqual(ops([entry({ before })], [there({ sent: null, current: print('old as held') })]), [])
})

test('an event of others that lies where our creation was refused stays', () => {
  assert.deepEqual(ops([entry()], [there({ owned: false, sent: null, current: print('theirs') })]), [])
})

test('what somebody edited since is left alone, unless it is asked for', () => {
  const edited = there({ sent: null, current: print('theirs'), base: { sent: print('new'), held: print('new') } })
  assert.deepEqual(ops([entry({ before })], [edited]), [])
  assert.equal(planUndo([entry({ before })], [edited], false).edited.length, 1)
  assert.deepEqual(ops([entry({ before })], [edited], true), [['update', 'new']])
})

test('of two entries for one href the last counts: the first lost a race', () => {
  const raced = { fingerprint: print('raced'), sent: null }
  const plan = planUndo([entry({ before }), entry({ before: raced })], [there()], false)
  assert.deepEqual(
    plan.steps.map((step) => step.entry.before),
    [raced],
  )
})

test('declines the edition that lies there now, where a later run has written a newer one', () => {
  assert.deepEqual(ops([entry({ before })], [there({ sent: print('newer') })]), [['update', 'newer']])
})

test('a removed event that came back under another href is found by its UID', () => {
  const elsewhere = there({ href: '/cal/b.ics' as Href })
  assert.deepEqual(ops([entry({ before, after: null })], [elsewhere]), [['update', 'new']])
})
