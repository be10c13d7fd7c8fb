/**
 * The engine against random histories: feeds that change, also all their UIDs, edits by others, servers that rewrite or
 * give no ETags, failures and crashes at any call. What must hold is in `checkSettled` and in the server's own assertions.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PushResult } from '../../src/sync/push.ts'
import { PushWorld } from './push-world.ts'
import { histories, quirks, step } from './steps.ts'

/** After enough undisturbed runs: the feed is there, once and unaltered, and nothing is written any more. */
async function checkSettled(world: PushWorld): Promise<void> {
  let last: PushResult | null = null
  for (let run = 0; run < 3; run += 1) last = await world.sync()
  const before = world.server.writes
  last = await world.sync()
  assert.ok(last, 'an undisturbed run failed')
  assert.deepEqual(
    last.outcomes.map((outcome) => outcome.op.kind),
    [],
  )
  assert.equal(world.server.writes, before, 'a settled calendar was written again')
  const texts = world.server.texts()
  for (const [name, edition] of world.feed) {
    const holders = texts.filter((text) => text.includes(`X-NAME:${name}\r\n`))
    assert.equal(holders.length, 1, `${name} lies on the server ${holders.length} times`)
    if (world.mayStand.get(name) === edition && /SUMMARY:edited/.test(holders[0] ?? '')) continue
    assert.match(holders[0] ?? '', new RegExp(`SUMMARY:feed ${edition}\r\n`), `${name} is not what the feed says`)
  }
  if (world.options.keepLocal) {
    for (const name of world.othersOwn)
      assert.ok(
        texts.some((text) => text.includes(`X-NAME:${name}\r\n`)),
        `${name} is gone`,
      )
  } else if (last.verdict.held.length === 0) {
    assert.equal(texts.length, world.feed.size, 'a mirror holds something the feed does not')
  }
}

test('the engine converges, deletes only what it may and writes nothing twice, over random histories', async () => {
  let played = 0
  const result = await fc.check(
    fc.asyncProperty(
      quirks,
      fc.boolean(),
      fc.array(step, { minLength: 3, maxLength: 16 }),
      async (kind, keepLocal, steps) => {
        played += 1
        const world = new PushWorld(kind, { syncAll: true, keepLocal, removeDropped: false, localEdits: 'overwrite' })
        for (const action of steps) await world.play(action)
        await checkSettled(world)
      },
    ),
    histories(2_000),
  )
  console.log(`engine: ${played} random histories, seed ${result.seed}`)
  if (result.failed) assert.fail(`${fc.defaultReportMessage(result)}\n${result.errorInstance}`)
})
