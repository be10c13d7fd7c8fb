/** What the tests of this folder share. */
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { memoryLog, stillClock } from '../../test/clock-and-log.ts'
import { tempFolder } from '../../test/temp-folder.ts'
import { DESTINATION_DEFAULTS } from '../core/items.ts'
import { Secret } from '../core/types.ts'
import { openStore } from './store.ts'

/** A store with two sources and one destination, all on a timer. */
export function openTestStore(t: TestContext) {
  const clock = stillClock()
  const store = openStore({ path: join(tempFolder(t), 'caldav-sync.db'), clock, log: memoryLog() })
  t.after(() => store.close())
  const both = { caldav_url: 'u', username: 'n', password: new Secret('p'), sync_interval_secs: 60 }
  for (const ics_path of ['a', 'b']) {
    store.sources.create({ ...both, name: ics_path, ics_path, public_ics: false, public_ics_path: null })
  }
  store.destinations.create({
    ...both,
    name: 'd',
    ics_url: 'i',
    calendar_name: 'c',
    ...DESTINATION_DEFAULTS,
  })
  return { store, clock }
}
