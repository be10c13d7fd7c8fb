import assert from 'node:assert/strict'
import { SyncError } from '../src/core/errors.ts'

/** The SyncError that this promise must end with. */
export async function failureOf(promise: Promise<unknown>): Promise<SyncError> {
  try {
    await promise
  } catch (thrown) {
    assert.ok(
      thrown instanceof SyncError,
      `Not a SyncError: ${thrown instanceof Error ? thrown.stack : String(thrown)}`,
    )
    return thrown
  }
  assert.fail('It should have failed.')
}
