/** W4: the first push of a feed into an empty calendar. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { benchObjects } from '../lib/calendars.ts'
import type { Sample, Target, Workload } from '../lib/workload.ts'
import { curl } from '../peers/curl.ts'
import { needTsdav, tsdav, tsdavTask } from '../peers/tsdav.ts'
import { openVdirsyncer } from '../peers/vdirsyncer.ts'
import { type BenchServer, objectName, queryAll } from '../servers/bench-server.ts'
import { startInstant } from '../servers/instant.ts'
import { startRadicale } from '../servers/radicale.ts'
import { contenders, type Entrant, type Entry, opened } from './contest.ts'
import { openPushPlace, type PushPlace } from './push-place.ts'

const OURS = 'ours'
const FLOOR = 'curl, one connection'

/** One who puts all events into the calendar with this name and address. */
type Push = (place: { readonly origin: string; readonly name: string; readonly url: string }) => Promise<Sample>

/** Gives each push an empty calendar, looks afterwards whether everything has arrived, and takes it away again. */
function pushing(name: string, role: Entrant['role'], { server }: PushPlace, size: number, push: Push): Entrant {
  let made = 0
  return {
    name,
    role,
    async work(origin) {
      made += 1
      const segment = `${role}-${made}`
      const url = await server.makeCalendar(segment)
      const sample = await push({ origin, name: segment, url: url.replace(server.origin, origin) })
      await queryAll(server, url, size)
      await server.request('DELETE', url)
      return sample
    },
  }
}

function oursPushes(place: PushPlace, size: number): Entrant {
  const { ours, server, feedAt } = place
  return pushing(OURS, 'ours', place, size, async ({ origin, name }) => {
    const home = server.home.replace(server.origin, origin)
    const destination = await ours.addDestination(feedAt(origin), home, name)
    const { sample, counts } = await ours.sync(destination)
    if (counts.uploaded !== size) throw new Error(`Ours wrote ${counts.uploaded} of ${size} objects`)
    return sample
  })
}

function curlPushes(place: PushPlace, size: number): Entrant {
  const objects = benchObjects(size)
  return pushing(FLOOR, 'floor', place, size, async ({ url }) => {
    const puts = objects.map(({ text }, index) => {
      const headers = ['If-None-Match: *']
      return { url: url + objectName(index), method: 'PUT', headers, body: text } as const
    })
    return (await curl(place.folder, puts)).sample
  })
}

function tsdavPushes(place: PushPlace, size: number): Entrant {
  needTsdav()
  const entrant = pushing('tsdav', 'peer', place, size, ({ origin, url }) => {
    const calendar = url.replace(origin, place.server.origin)
    return tsdav(tsdavTask('push', { ...place.server, calendar, size }, place.folder, origin))
  })
  return { ...entrant, rounds: 1 }
}

async function vdirsyncerPushes(place: PushPlace, size: number): Promise<Entrant> {
  const vdirsyncer = await openVdirsyncer(place.folder)
  const entrant = pushing('vdirsyncer', 'peer', place, size, async ({ url }) => {
    await vdirsyncer.reset()
    for (const [index, { text }] of benchObjects(size).entries())
      await writeFile(join(vdirsyncer.local, objectName(index)), text)
    return await vdirsyncer.sync(url)
  })
  return { ...entrant, rounds: 1 }
}

function firstPush(
  id: string,
  size: number,
  start: (size: number) => Promise<BenchServer>,
  { rounds, targets }: { readonly rounds: number; readonly targets: readonly Target[] },
): Workload {
  return {
    id: `W4 ${id}`,
    title: `first push of ${size.toLocaleString('en')} events into a calendar on ${id}`,
    sizes: [size],
    compare: 'wall',
    targets,
    open: () =>
      opened(async (stack) => {
        const place = await openPushPlace(stack, start, size, 0)
        const entries: Entry[] = [
          () => ({ ...oursPushes(place, size), rounds }),
          () => ({ ...curlPushes(place, size), rounds }),
          () => tsdavPushes(place, size),
          () => vdirsyncerPushes(place, size),
        ]
        return await contenders(place, entries)
      }),
  }
}

function targetsFor(size: number): readonly Target[] {
  const cpuPerEvent: Target = {
    text: 'CPU ≤ 1 ms for each event',
    value: (rows) => (rows.of(OURS, 'cpu') ?? Number.NaN) / size,
    atMost: 0.001,
    why: 'With few events much of it is the compiler of Node, which has not yet seen the code often.',
  }
  return [
    {
      text: `${size + 2} requests: one for the feed, one for the calendar, and one PUT for each event`,
      value: (rows) => rows.of(OURS, 'requests'),
      atMost: size + 2,
      why: 'The calendar is looked for by its name, and found empty, which is believed only once it was asked in three ways.',
    },
    {
      text: 'bytes sent ≤ 1.05 × curl',
      value: (rows) => rows.ratio(FLOOR, 'sent'),
      atMost: 1.05,
      why: 'These questions, and headers that curl does not send.',
    },
    {
      text: 'wall ≤ 1.15 × curl',
      value: (rows) => rows.ratio(FLOOR, 'wall'),
      atMost: 1.15,
      why: 'Missed only where the server answers at once, so that nothing but the work of the client is left: each event is read, written anew with its zones, noted in the journal before it is sent, and remembered.',
    },
    cpuPerEvent,
  ]
}

export const firstPushes: readonly Workload[] = [
  // Each PUT takes Radicale longer the more it holds: 1,000 take more than a minute.
  firstPush('Radicale', 250, startRadicale, { rounds: 2, targets: targetsFor(250) }),
  firstPush('instant server', 1000, startInstant, { rounds: 10, targets: targetsFor(1000) }),
]
