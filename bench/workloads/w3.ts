/** W3: one event has changed in a calendar that is known. */
import type { Rows, Target, Workload } from '../lib/workload.ts'
import type { BenchServer } from '../servers/bench-server.ts'
import { startInstant } from '../servers/instant.ts'
import { startOurs } from '../servers/ours.ts'
import { startRadicale } from '../servers/radicale.ts'
import { startXandikos } from '../servers/xandikos.ts'
import { contenders, type Entry, opened, serve, temporaryFolder } from './contest.ts'
import { changesOf, curlKnown, FLOOR, OURS, oursKnown, tsdavKnown, vdirsyncerKnown } from './known.ts'

const MOST_FOR_PEERS = 10_000

const bytesOf = (rows: Rows, name: string): number =>
  (rows.of(name, 'sent') ?? Number.NaN) + (rows.of(name, 'received') ?? Number.NaN)

const TARGETS: readonly Target[] = [
  { text: '1 or 2 requests', value: (rows) => rows.of(OURS, 'requests'), atMost: 2 },
  {
    // 3 kB where the floor was 2.4 kB; what one event of the calendar weighs differs.
    text: 'bytes both ways together, headers included, ≤ 1.25 × curl',
    value: (rows) => bytesOf(rows, OURS) / bytesOf(rows, FLOOR),
    atMost: 1.25,
    why: 'Where the server sends no texts along with the changes a second question fetches them, with the headers of its own.',
  },
  {
    text: 'CPU ≤ 0.25 s for 10,000 events, with the feed made and compressed anew',
    size: 10_000,
    value: (rows) => rows.of(OURS, 'cpu'),
    atMost: 0.25,
    why: 'gzip and zstd of 8 MB alone take about 0.09 s; then come storing it, comparing it with the feed before, its hash, and reading what is known of 10,000 resources. Radicale gives a changed event back with its zone in other words: the first time the feed is made as a whole there, after that only what changed.',
  },
]

function oneChange(id: string, start: (size: number) => Promise<BenchServer>, sizes: readonly number[]): Workload {
  return {
    id: `W3 ${id}`,
    title: `one event has changed in a known calendar on ${id}`,
    sizes,
    compare: id === 'instant server' ? 'cpu' : 'wall',
    targets: TARGETS,
    open: (size) =>
      opened(async (stack) => {
        const place = await serve(stack, start, size)
        const { server } = place
        const folder = await temporaryFolder(stack, 'w3')
        const ours = await startOurs()
        stack.defer(() => ours.stop())
        const change = changesOf(server)
        const hasPeers = size <= MOST_FOR_PEERS && id !== 'Xandikos'
        if (!hasPeers) console.log('Left out: tsdav, vdirsyncer, which take minutes to get to know the calendar')
        const entries: Entry[] = [
          () => oursKnown(ours, server, change, 1),
          () => curlKnown(server, folder, change),
          ...(hasPeers
            ? [() => tsdavKnown(server, folder, change), () => vdirsyncerKnown(server, folder, change)]
            : []),
        ]
        return await contenders(place, entries)
      }),
  }
}

export const changedCalendars: readonly Workload[] = [
  oneChange('Radicale', startRadicale, [1000, 10_000]),
  oneChange('Xandikos', startXandikos, [1000]),
  oneChange('instant server', startInstant, [1000, 10_000, 50_000]),
]
