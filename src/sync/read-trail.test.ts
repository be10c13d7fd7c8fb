import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { memoryLog, NOON, stillClock } from '../../test/clock-and-log.ts'
import { tempFolder } from '../../test/temp-folder.ts'
import { Secret } from '../core/types.ts'
import { openStore } from '../store/store.ts'
import { createReadTrail } from './read-trail.ts'

test('of very many reads the last hundred are kept and all are counted', (t) => {
  const clock = stillClock()
  const log = memoryLog()
  const store = openStore({ path: join(tempFolder(t), 'caldav-sync.db'), clock, log })
  t.after(() => store.close())
  store.sources.create({
    name: 'n',
    caldav_url: 'u',
    username: 'u',
    password: new Secret('p'),
    sync_interval_secs: 0,
    ics_path: 'a',
    public_ics: false,
    public_ics_path: null,
  })
  const id = store.links.at('a', false)?.linkId ?? assert.fail()
  const work: (() => void)[] = []
  const trail = createReadTrail({ store, clock, log }, { set: (run) => work.push(run), clear: () => undefined })
  for (let count = 0; count < 300; count += 1) {
    trail.note(id, count % 3 === 0 ? 'curl/8' : 'Thunderbird', count % 10 === 0 ? 503 : 200, count)
    clock.advance(1)
  }
  assert.deepEqual([work.length, store.reads.list(id)], [1, []])
  work[0]?.()
  const reads = store.reads.list(id)
  assert.deepEqual([reads.length, reads[0]?.bytes, reads.at(-1)?.bytes], [100, 299, 200])
  const readers = store.reads.readers(id).map((reader) => ({ ...reader }))
  assert.deepEqual(readers, [
    { client: 'Thunderbird', reads: 180, first_at: NOON + 1, last_at: NOON + 299 },
    { client: 'a program', reads: 90, first_at: NOON + 3, last_at: NOON + 297 },
  ])
})
