import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { calendarText, destinationSettings, TestWorld } from '../../test/fakes/world.ts'
import { anyFeed } from './any-feed.ts'
import { createImportWatch } from './import-watch.ts'

const signal = new AbortController().signal
const ask = (etag: string | null) => ({ url: ' IMPORT:school.ics ', etag, lastModified: null })

function setUp(t: TestContext) {
  const { deps, store, clock } = new TestWorld(t)
  let due: () => void = () => undefined
  let delay = 0
  let changed: () => void = () => undefined
  let woken = 0
  const watch = createImportWatch({
    deps,
    timers: {
      set: (work, delayMs) => {
        due = work
        delay = delayMs
      },
      clear: () => undefined,
    },
    onChange: (_path, _log, tell) => {
      changed = tell
      return () => {
        changed = () => assert.fail('it was told after its end')
      }
    },
    onScheduleChanged: () => {
      woken += 1
    },
  })
  const add = (ics_url: string, sync_interval_secs = 3600) => {
    const { id } = store.destinations.create({ ...destinationSettings, ics_url, sync_interval_secs })
    store.schedule.setNext('destination', id, clock.now() + 999_999)
    return () => store.destinations.get(id)?.next_run_at === clock.now()
  }
  const put = (text: string) => deps.imports.put('school.ics', Buffer.from(text))
  return { deps, watch, add, put, look: () => due(), delay: () => delay, changed: () => changed(), woken: () => woken }
}

test('a destination runs soon after its file has changed, and no other', (t) => {
  const { watch, add, put, look, delay, changed, woken } = setUp(t)
  put(calendarText(['a@x', 'One']))
  const mine = add('import:school.ics')
  const byHand = add('import:school.ics', 0)
  const other = add('import:other.ics')
  watch.start()
  look()
  assert.deepEqual([mine(), woken(), delay()], [false, 0, 60_000])
  put(calendarText(['a@x', 'Another summary']))
  changed()
  assert.equal(delay(), 2_000, 'a file that is still being written is left time')
  look()
  assert.deepEqual([mine(), byHand(), other(), woken()], [true, false, false, 1])
  watch.stop()
})

test('a file in a folder that tells nothing of changes is noticed within a minute', (t) => {
  const { watch, add, put, look, delay } = setUp(t)
  const mine = add('import:school.ics')
  watch.start()
  put(calendarText(['a@x', 'One']))
  assert.equal(delay(), 60_000)
  look()
  assert.equal(mine(), true)
})

test('an unchanged file is not modified, a missing one is named', async (t) => {
  const { deps, put } = setUp(t)
  await assert.rejects(anyFeed(ask(null), deps, signal), /There is no file "school\.ics"/)
  put(calendarText(['a@x', 'One']))
  const first = await anyFeed(ask(null), deps, signal)
  assert.ok(first.kind === 'fresh')
  assert.equal((await anyFeed(ask(first.etag), deps, signal)).kind, 'not-modified')
  put('PK\u0003\u0004 an archive')
  await assert.rejects(anyFeed(ask(null), deps, signal), /The file school\.ics holds .* instead of a calendar/)
})
