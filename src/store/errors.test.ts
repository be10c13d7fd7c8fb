import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SyncError } from '../core/errors.ts'
import { statementError } from './errors.ts'

function fromSqlite(errcode: number): Error {
  return Object.assign(new Error('as SQLite says'), { errcode })
}

for (const [code, sentence] of [
  [8, /cannot be written; make the file and its folder writable/],
  [1032, /cannot be written/],
  [10, /The disk failed while .* check the disk/],
  [778, /The disk failed/],
  [11, /is damaged; stop the service, put a copy of it back/],
  [14, /cannot be opened; check that its folder exists/],
  [15, /does not support locks; keep the data folder on a local disk/],
  [26, /is not an SQLite database; move it away/],
  [1, /refused a statement: as SQLite says/],
] as const) {
  test(`I4: result code ${code} of SQLite becomes a sentence that names the file`, () => {
    const error = statementError(fromSqlite(code), '/data/caldav-sync.db')
    assert.equal(error.kind, 'internal')
    assert.match(error.message, sentence)
    assert.match(error.message, /\/data\/caldav-sync\.db/)
    assert.ok(error.cause instanceof Error)
  })
}

test('an error that is classified already stays what it is', () => {
  const error = new SyncError('aborted', 'x')
  assert.equal(statementError(error, 'file'), error)
})
