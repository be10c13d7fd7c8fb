/** The journal against random histories: what a run did is taken back, whatever happened between. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fingerprint } from '../../src/core/ical/fingerprint.ts'
import { readCalendar } from '../../src/core/ical/objects.ts'
import type { JournalNote } from '../../src/sync/apply-push.ts'
import type { Quirks } from '../fakes/memory-calendar.ts'
import { PushWorld } from './push-world.ts'
import { feedChange, histories, quirks, step } from './steps.ts'

function contentOf(text: string): string {
  return fingerprint(readCalendar(text).objects[0]?.events ?? [])
}

/** Content by UID. */
function lying(world: PushWorld): Map<string, string> {
  return new Map(
    world.server.texts().map((text) => [readCalendar(text).objects[0]?.uid ?? '', contentOf(text)] as const),
  )
}

/** Where deletions stay hidden until the next full listing, nobody can tell what a run took away. */
const honest = (tokens: Quirks['tokens']) => (tokens === 'lists-all' ? 'right' : tokens)

/** All that a run touched is what it was before it. */
function checkRestored(world: PushWorld, journal: readonly JournalNote[], before: ReadonlyMap<string, string>): void {
  const now = lying(world)
  for (const { uid } of journal) {
    assert.equal(now.get(uid), before.get(uid), `${uid} is not what it was before the run`)
  }
}

test('a run is taken back whatever happened between, stays so, and comes again when the undo is undone', async () => {
  let played = 0
  let undone = 0
  const result = await fc.check(
    fc.asyncProperty(
      quirks,
      fc.boolean(),
      fc.array(step, { maxLength: 10 }),
      fc.array(feedChange, { minLength: 1, maxLength: 4 }),
      fc.array(step, { maxLength: 6 }),
      async (kind, keepLocal, history, changes, between) => {
        played += 1
        // A server without ETags cannot be told apart from one where somebody else writes at each moment.
        const told = { ...kind, noEtags: false, restlessEtags: false, silentPut: false, tokens: honest(kind.tokens) }
        const world = new PushWorld(told, { syncAll: true, keepLocal, removeDropped: false, localEdits: 'overwrite' })
        for (const action of [...history, ...changes]) await world.play(action)
        const before = lying(world)
        await world.sync()
        const { journal } = world
        for (const action of between) await world.play(action)
        undone += journal.length
        world.server.onRemove = () => undefined

        const present = new Map(lying(world))
        await world.undo(journal, 'decline')
        checkRestored(world, journal, before)
        const touched = new Set(journal.map(({ uid }) => uid))
        for (const [uid, content] of present) {
          if (!touched.has(uid)) assert.equal(lying(world).get(uid), content, `${uid} was not the run's, yet changed`)
        }
        const second = world.journal
        await world.undo(second, 'lift')
        assert.deepEqual(lying(world), present, 'the undo of the undo is not what was there before it')
      },
    ),
    histories(1_000),
  )
  console.log(`undo: ${played} random histories, ${undone} changes taken back, seed ${result.seed}`)
  if (result.failed) assert.fail(`${fc.defaultReportMessage(result)}\n${result.errorInstance}`)
})

test('what was taken back is not done again while the feed says the same', async () => {
  const result = await fc.check(
    fc.asyncProperty(
      quirks,
      fc.boolean(),
      fc.array(step, { minLength: 2, maxLength: 10 }),
      async (kind, keep, steps) => {
        const told = { ...kind, noEtags: false, restlessEtags: false, silentPut: false, tokens: honest(kind.tokens) }
        const options = { syncAll: true, keepLocal: keep, removeDropped: false, localEdits: 'overwrite' } as const
        const world = new PushWorld(told, options)
        for (const action of steps) await world.play(action)
        const before = lying(world)
        await world.sync()
        const { journal } = world
        world.server.onRemove = () => undefined
        await world.undo(journal, 'decline')
        for (let run = 0; run < 3; run += 1) {
          await world.sync()
          checkRestored(world, journal, before)
        }
      },
    ),
    histories(1_000),
  )
  if (result.failed) assert.fail(`${fc.defaultReportMessage(result)}\n${result.errorInstance}`)
})
