/** W5: a feed that was pushed before, and in which nothing has changed; nor in the calendar. */
import type { Target, Workload } from '../lib/workload.ts'
import type { BenchServer } from '../servers/bench-server.ts'
import { startInstant } from '../servers/instant.ts'
import { startRadicale } from '../servers/radicale.ts'
import { startXandikos } from '../servers/xandikos.ts'
import { contenders, type Entry, opened } from './contest.ts'
import { openPushPlace } from './push-place.ts'
import { curlAsks, OURS, oursStands, vdirsyncerStands } from './standing.ts'

/** How the calendar came by its events: it has them from the beginning, or ours wrote them. */
type Origin = 'there before' | 'written by ours'

function unchangedPush(
  id: string,
  start: (size: number) => Promise<BenchServer>,
  sizes: readonly number[],
  events: Origin,
): Workload {
  let puts: number | null = null
  const isWritten = events === 'written by ours'
  const targets: readonly Target[] = [
    { text: 'at most 2 requests, one of them to see edits', value: (rows) => rows.of(OURS, 'requests'), atMost: 2 },
    { text: 'PUTs', value: () => puts, atMost: 0 },
    {
      text: 'at most 1,300 bytes both ways together, headers included',
      value: (rows) => (rows.of(OURS, 'sent') ?? Number.NaN) + (rows.of(OURS, 'received') ?? Number.NaN),
      atMost: 1300,
      why: 'The headers of two questions and two answers.',
    },
  ]
  return {
    id: `W5 ${id}${isWritten ? ', written by ours' : ''}`,
    title: `push with nothing changed, ${id}, events ${events}${sizes.length > 1 ? '' : `, ${sizes[0]?.toLocaleString('en')} events`}`,
    sizes,
    compare: id === 'instant server' ? 'cpu' : 'wall',
    targets,
    open: (size) =>
      opened(async (stack) => {
        puts = null
        const place = await openPushPlace(stack, start, size, isWritten ? 0 : size)
        let made = 0
        const calendarFor = async () => {
          if (!isWritten) return 'bench'
          made += 1
          await place.server.makeCalendar(`written-${made}`)
          return `written-${made}`
        }
        const times = id === 'instant server' ? 20 : size <= 1000 ? 10 : 3
        const entries: Entry[] = [() => oursStands(place, null, times, calendarFor), () => curlAsks(place)]
        // Its own calendar would have to be filled by it first.
        if (!isWritten) entries.push(() => vdirsyncerStands(place, size, null))
        return await contenders(place, entries, (name, traffic) => {
          if (name === OURS) puts = traffic.puts
        })
      }),
  }
}

export const unchangedPushes: readonly Workload[] = [
  unchangedPush('Radicale', startRadicale, [1000, 10_000], 'there before'),
  // Radicale writes its objects in another way than it received them.
  unchangedPush('Radicale', startRadicale, [250], 'written by ours'),
  unchangedPush('Xandikos', startXandikos, [250], 'written by ours'),
  unchangedPush('instant server', startInstant, [1000, 10_000], 'written by ours'),
]
