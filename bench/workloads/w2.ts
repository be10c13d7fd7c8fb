/** W2: a calendar that is known and in which nothing has changed. */
import type { Target, Workload } from '../lib/workload.ts'
import type { BenchServer } from '../servers/bench-server.ts'
import { startInstant } from '../servers/instant.ts'
import { startOurs } from '../servers/ours.ts'
import { startRadicale } from '../servers/radicale.ts'
import { changedTables, readTables } from '../servers/tables.ts'
import { startXandikos } from '../servers/xandikos.ts'
import { contenders, type Entrant, type Entry, opened, serve, temporaryFolder } from './contest.ts'
import { curlKnown, OURS, oursKnown, tsdavKnown, vdirsyncerKnown } from './known.ts'

/** What says that there was a run, and so is written each time. */
const RECORDS = new Set(['runs', 'run_logs', 'activity', 'schedule', 'sources', 'calendars'])

const MOST_FOR_PEERS = 10_000

function unchanged(id: string, start: (size: number) => Promise<BenchServer>, sizes: readonly number[]): Workload {
  let written: ReadonlyMap<string, number> | null = null
  const targets: readonly Target[] = [
    { text: '1 request', value: (rows) => rows.of(OURS, 'requests'), atMost: 1 },
    {
      text: 'at most 1,000 bytes both ways together, headers included',
      value: (rows) => (rows.of(OURS, 'sent') ?? Number.NaN) + (rows.of(OURS, 'received') ?? Number.NaN),
      atMost: 1000,
    },
    {
      text: 'CPU ≤ 10 ms',
      value: (rows) => rows.of(OURS, 'cpu'),
      atMost: 0.01,
      why: 'On the instant server, in runs one right after the other, it is a third of that. Here a run waits for nearly a second, finds the caches of the processor cold and, since Radicale closes them, opens its connection anew; nothing runs while it waits.',
    },
    {
      text: 'tables written to beside the record of the run',
      value: () => (written === null ? null : [...written.keys()].filter((table) => !RECORDS.has(table)).length),
      atMost: 0,
    },
  ]
  return {
    id: `W2 ${id}`,
    title: `nothing has changed in a known calendar on ${id}`,
    sizes,
    compare: id === 'instant server' ? 'cpu' : 'wall',
    targets,
    open: (size) =>
      opened(async (stack) => {
        written = null
        const place = await serve(stack, start, size)
        const { server } = place
        const folder = await temporaryFolder(stack, 'w2')
        const ours = await startOurs()
        stack.defer(() => ours.stop())
        const known = oursKnown(ours, server, null, timesFor(server))
        const watched: Entrant = {
          ...known,
          async work(origin) {
            if (written !== null || origin !== server.origin) return await known.work(origin)
            const before = readTables(ours.database)
            const bytes = ours.writtenBytes()
            const sample = await known.work(origin)
            const each = Math.round((ours.writtenBytes() - bytes) / timesFor(server))
            written = changedTables(before, readTables(ours.database))
            const rows = [...written].map(([table, more]) => `${table} (${more} rows more)`).join(', ')
            console.log(`Written by ${timesFor(server)} runs: ${rows}; ${each} bytes to the disk for each run`)
            return sample
          },
        }
        const hasPeers = size <= MOST_FOR_PEERS && id !== 'Xandikos'
        if (!hasPeers) console.log('Left out: tsdav, vdirsyncer, which take minutes to get to know the calendar')
        const entries: Entry[] = [
          () => watched,
          () => curlKnown(server, folder, null),
          ...(hasPeers ? [() => tsdavKnown(server, folder, null), () => vdirsyncerKnown(server, folder, null)] : []),
        ]
        return await contenders(place, entries)
      }),
  }
}

/** Many where a run takes next to nothing, so that it can be told from the noise. */
function timesFor({ name }: BenchServer): number {
  return name === 'Radicale' ? 10 : 20
}

export const unchangedCalendars: readonly Workload[] = [
  unchanged('Radicale', startRadicale, [1000, 10_000]),
  unchanged('Xandikos', startXandikos, [1000]),
  unchanged('instant server', startInstant, [1000, 10_000, 50_000]),
]
