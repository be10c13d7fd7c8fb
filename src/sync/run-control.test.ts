import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inSteps } from '../core/steps.ts'
import { createRunSwitch, inTurns } from './run-control.ts'

test('between two steps others have their turn, and a run that is told to end ends there', async () => {
  const told: string[] = []
  const { control, stop } = createRunSwitch()
  const list = ['a', 'b', 'c', 'd', 'e', 'f']
  setImmediate(() => told.push('other'))
  await inTurns(
    inSteps(list, (item) => told.push(item), 2),
    control.soft,
  )
  assert.deepEqual(told, ['a', 'b', 'other', 'c', 'd', 'e', 'f'])
  setImmediate(() => stop('The service ends.'))
  const done: string[] = []
  await assert.rejects(
    inTurns(
      inSteps(list, (item) => done.push(item), 2),
      control.soft,
    ),
    { kind: 'aborted' },
  )
  assert.deepEqual(done, ['a', 'b'])
})
