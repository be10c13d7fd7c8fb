import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allOperations, filterOperations } from './operation-filter.ts'
import type { Operation } from './types.ts'

function operation(subject: string, given: Partial<Operation> = {}): Operation {
  return { kind: 'create', uid: subject, subject, href: null, result: 'done', reason: null, changes: [], ...given }
}

const all = [
  operation('Stand-up'),
  operation('Review', {
    kind: 'update',
    changes: [{ component: 'event', property: 'LOCATION', before: 'Room 1', after: 'Garden' }],
  }),
  operation('Dinner', { kind: 'delete', result: 'failed', reason: 'The server refused it' }),
]

const subjects = (filter: Partial<typeof allOperations>) =>
  filterOperations(all, { ...allOperations, ...filter }).map(({ subject }) => subject)

test('without a filter everything is shown', () => {
  assert.deepEqual(subjects({}), ['Stand-up', 'Review', 'Dinner'])
})

test('kind and result narrow what is shown', () => {
  assert.deepEqual(subjects({ kind: 'delete' }), ['Dinner'])
  assert.deepEqual(subjects({ result: 'done' }), ['Stand-up', 'Review'])
  assert.deepEqual(subjects({ kind: 'create', result: 'failed' }), [])
})

test('a search looks through titles, reasons and values, and wants every word', () => {
  assert.deepEqual(subjects({ search: ' stand ' }), ['Stand-up'])
  assert.deepEqual(subjects({ search: 'garden review' }), ['Review'])
  assert.deepEqual(subjects({ search: 'refused' }), ['Dinner'])
  assert.deepEqual(subjects({ search: 'garden dinner' }), [])
})
