/**
 * W1: the first read of a calendar. Ours parses, stores, merges, compresses and publishes it as a feed; the floor
 * only receives it. A profile of ours: see `startOurs`.
 */
import type { Target, Workload } from '../lib/workload.ts'
import { calcurseReads } from '../peers/calcurse.ts'
import { curl } from '../peers/curl.ts'
import { tsdavReads } from '../peers/tsdav.ts'
import { vdirsyncerReads } from '../peers/vdirsyncer.ts'
import { type BenchServer, changesSince, EVERYTHING, eventCount } from '../servers/bench-server.ts'
import { startInstant } from '../servers/instant.ts'
import { type Ours, startOurs } from '../servers/ours.ts'
import { startRadicale } from '../servers/radicale.ts'
import { startXandikos } from '../servers/xandikos.ts'
import { contenders, type Entrant, type Entry, opened, serve, temporaryFolder } from './contest.ts'

const OURS = 'ours, warm'
const FLOOR = 'curl, one REPORT'
/** The others are not made to read more than this. */
const MOST_FOR_PEERS = 10_000

/** Reads the calendar into a new source, and so for the first time. */
function oursWarm(ours: Ours, server: BenchServer): Entrant {
  let isChecked = false
  return {
    name: OURS,
    role: 'ours',
    async work(origin) {
      const source = await ours.addSource(at(server, origin))
      const { sample, counts } = await ours.sync(source)
      expectEvents('Ours', counts.events, server)
      if (!isChecked) expectEvents('Ours', countEvents(await ours.feed(source)), server)
      isChecked = true
      return sample
    },
  }
}

/** The same by a service that has done nothing before; its start is not counted. */
function oursCold(server: BenchServer): Entrant {
  return {
    name: 'ours, just started',
    role: 'ours',
    rounds: 2,
    async work(origin) {
      const ours = await startOurs()
      try {
        return await oursWarm(ours, server).work(origin)
      } finally {
        await ours.stop()
      }
    },
  }
}

function curlReads(name: string, server: BenchServer, folder: string, gzip: boolean, withSync = false): Entrant {
  const [depth, body] = withSync ? ['0', changesSince('')] : ['1', EVERYTHING]
  return {
    name,
    role: 'floor',
    async work(origin) {
      const question = { url: at(server, origin), method: 'REPORT', headers: [`Depth: ${depth}`], body, gzip } as const
      const { sample, answers } = await curl(folder, [question])
      expectEvents('curl', countEvents(answers[0]), server)
      return sample
    },
  }
}

const at = (server: BenchServer, origin: string): string => server.calendar.replace(server.origin, origin)

const countEvents = (text = ''): number => text.split('BEGIN:VEVENT').length - 1

function expectEvents(who: string, found: number | undefined, { size, name }: BenchServer): void {
  if (found !== eventCount(size)) throw new Error(`${who} has ${found} of ${eventCount(size)} events of ${name}`)
}

const REQUESTS: Target = {
  text: 'at most 2 requests for the first read of a calendar',
  value: (rows) => rows.of(OURS, 'requests'),
  atMost: 2,
  why: 'Counted at the first contact, when it is not known yet that this server sends no texts along with the changes; from its second calendar on it is asked for them by a query at once.',
}
const COSTS: readonly Target[] = [
  {
    text: 'CPU ≤ 0.6 s for 10,000 events',
    size: 10_000,
    value: (rows) => rows.of(OURS, 'cpu'),
    atMost: 0.6,
    why: 'By its profile a quarter goes into SQLite (17 MB of texts and 10 MB of feed, written to the log and again to the file), a fifth into the XML parser, a seventh into the garbage collector; then come scanning, the check of the feed and its compression. Two rounds are also few for the compiler of Node: a fifth read takes two thirds of this.',
  },
  {
    text: 'peak memory ≤ 150 MB for 10,000 events',
    size: 10_000,
    value: (rows) => rows.of(OURS, 'peak'),
    atMost: 150e6,
    why: 'What was read is stored as it arrives, and most of this is room that V8 has not yet cleared: told to be as frugal as it can (`--memory-saver-mode`), it needs 173 MB for a first read in a fresh process instead of 220, and twice the CPU. Beside what is read come what the service holds anyway (75 to 90 MB), the feed and its compressed forms (11 MB), and the feeds of the rounds before, which it keeps for readers.',
  },
]
const WALL: Target = {
  text: 'wall ≤ 1.4 × curl, with parsing, storing, joining and compressing in it',
  value: (rows) => rows.ratio(FLOOR, 'wall'),
  atMost: 1.4,
  why: 'Radicale takes nearly a second to make the sync token, which curl does without and which saves every later run, and sends its answer only when all of it is made, so that nothing can be read meanwhile.',
}

function firstRead(
  id: string,
  start: (size: number) => Promise<BenchServer>,
  { sizes, targets, compare }: Pick<Workload, 'sizes' | 'targets' | 'compare'>,
): Workload {
  return {
    id: `W1 ${id}`,
    title: `first read of a calendar on ${id}`,
    sizes,
    compare,
    ...(targets && { targets }),
    open: (size) =>
      opened(async (stack) => {
        const place = await serve(stack, start, size)
        const { server } = place
        const folder = await temporaryFolder(stack, 'w1')
        const ours = await startOurs()
        stack.defer(() => ours.stop())
        const hasPeers = size <= MOST_FOR_PEERS && id !== 'Xandikos'
        if (!hasPeers) console.log('Left out: tsdav, vdirsyncer, calcurse-caldav, which take minutes')
        const isLarge = size > MOST_FOR_PEERS
        const entries: Entry[] = [
          () => oursWarm(ours, server),
          ...(isLarge ? [] : [() => oursCold(server)]),
          () => curlReads(FLOOR, server, folder, false),
          () => curlReads('curl, gzip accepted', server, folder, true),
          // Xandikos sends no texts along with the changes.
          ...(id === 'Xandikos' ? [] : [() => curlReads('curl, by sync-collection', server, folder, true, true)]),
          ...(hasPeers ? [() => tsdavReads(server, folder), () => vdirsyncerReads(server, folder)] : []),
          ...(id === 'Radicale' && size <= 1000 ? [() => calcurseReads(server, folder)] : []),
        ]
        return await contenders(place, isLarge ? entries.map(once) : entries)
      }),
  }
}

/** At the largest size each read takes up to a minute. */
const once =
  (enter: Entry): Entry =>
  async () => ({ ...(await enter()), rounds: 1 })

export const firstReads: readonly Workload[] = [
  firstRead('Radicale', startRadicale, {
    sizes: [1000, 10_000, 50_000],
    targets: [{ ...WALL, size: 10_000 }, ...COSTS, REQUESTS],
    compare: 'wall',
  }),
  firstRead('Xandikos', startXandikos, { sizes: [1000], targets: [REQUESTS], compare: 'wall' }),
  firstRead('instant server', startInstant, {
    sizes: [1000, 10_000, 50_000],
    targets: [...COSTS, REQUESTS],
    compare: 'cpu',
  }),
]
