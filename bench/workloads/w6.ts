/** W6: a feed that was pushed before, and in which one event has changed. */
import type { Target, Workload } from '../lib/workload.ts'
import type { BenchServer } from '../servers/bench-server.ts'
import { startInstant } from '../servers/instant.ts'
import { startRadicale } from '../servers/radicale.ts'
import { contenders, type Entry, opened } from './contest.ts'
import { openPushPlace } from './push-place.ts'
import { curlChanges, editionsOf, OURS, oursStands, vdirsyncerStands } from './standing.ts'

const TARGETS: readonly Target[] = [
  { text: '3 requests: the feed, the calendar, the PUT', value: (rows) => rows.of(OURS, 'requests'), atMost: 3 },
  {
    text: 'CPU ≤ 0.15 s for 10,000 events',
    size: 10_000,
    value: (rows) => rows.of(OURS, 'cpu'),
    atMost: 0.15,
    why: 'The changed feed is read as a whole: decoding, scanning and hashing 8 MB, and reading what is known of 10,000 resources from SQLite, take most of it.',
  },
]

function changedPush(id: string, start: (size: number) => Promise<BenchServer>): Workload {
  return {
    id: `W6 ${id}`,
    title: `push with one event changed, ${id}`,
    sizes: [1000, 10_000],
    compare: id === 'instant server' ? 'cpu' : 'wall',
    targets: TARGETS,
    open: (size) =>
      opened(async (stack) => {
        const place = await openPushPlace(stack, start, size, size)
        const publish = editionsOf(place, size)
        const entries: Entry[] = [
          () => oursStands(place, publish, 1, () => Promise.resolve('bench')),
          () => curlChanges(place, publish),
          () => vdirsyncerStands(place, size, publish),
        ]
        return await contenders(place, entries)
      }),
  }
}

export const changedPushes: readonly Workload[] = [
  changedPush('Radicale', startRadicale),
  changedPush('instant server', startInstant),
]
