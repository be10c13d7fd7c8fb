/** Those who have read a calendar before and look at it again (W2, W3). */
import { benchObject } from '../lib/calendars.ts'
import type { Sample } from '../lib/workload.ts'
import { curl, currentToken, syncQuestion } from '../peers/curl.ts'
import { needTsdav, tsdav, tsdavTask } from '../peers/tsdav.ts'
import { expectFiles, openVdirsyncer } from '../peers/vdirsyncer.ts'
import { type BenchServer, objectName } from '../servers/bench-server.ts'
import type { Job, Ours } from '../servers/ours.ts'
import { type Entrant, meanOf } from './contest.ts'

export const OURS = 'ours'
export const FLOOR = 'curl, one sync-collection'

/** Changes one event on the server; gives back what it says from then on. */
export type Change = () => Promise<string>

/** An event that neither recurs nor has guests. */
const CHANGED = 7

export function changesOf(server: BenchServer): Change {
  let edition = 1
  return async () => {
    edition += 1
    await server.putObject(server.calendar, objectName(CHANGED), benchObject(CHANGED, edition).text)
    return `edition ${edition}`
  }
}

const at = (server: BenchServer, origin: string): string => server.calendar.replace(server.origin, origin)

/** Ours with a source that knows the calendar and has found it at rest. Runs so many times and says what one costs. */
export function oursKnown(ours: Ours, server: BenchServer, change: Change | null, times: number): Entrant {
  const sources = new Map<string, Job>()
  const sourceAt = async (origin: string): Promise<Job> => {
    const source = sources.get(origin) ?? (await ours.addSource(at(server, origin)))
    sources.set(origin, source)
    return source
  }
  return {
    name: OURS,
    role: 'ours',
    async prepare(origin) {
      const isNew = !sources.has(origin)
      const source = await sourceAt(origin)
      if (isNew) await ours.sync(source)
      if (isNew && change) {
        // The first change tells how the server sends changes.
        await change()
        await ours.sync(source)
        await ours.sync(source)
      }
      await ours.sync(source)
    },
    async work(origin) {
      const source = await sourceAt(origin)
      const text = await change?.()
      const samples: Sample[] = []
      for (let run = 0; run < (origin === server.origin ? times : 1); run += 1) {
        const { sample } = await ours.sync(source)
        samples.push(sample)
      }
      if (text !== undefined && !(await ours.feed(source)).includes(text))
        throw new Error(`Ours did not read "${text}" from ${server.name}`)
      return meanOf(samples)
    },
  }
}

export async function curlKnown(server: BenchServer, folder: string, change: Change | null): Promise<Entrant> {
  let token = ''
  return {
    name: FLOOR,
    role: 'floor',
    async prepare() {
      token = await currentToken(server)
    },
    async work(origin) {
      const text = await change?.()
      const { sample, answers } = await curl(folder, [syncQuestion(at(server, origin), token)])
      const [answer = ''] = answers
      if (text !== undefined && !answer.includes(objectName(CHANGED))) throw new Error('curl was told of no change')
      return sample
    },
  }
}

export function tsdavKnown(server: BenchServer, folder: string, change: Change | null): Entrant {
  needTsdav()
  const known = new Set<string>()
  return {
    name: 'tsdav',
    role: 'peer',
    rounds: 2,
    async prepare(origin) {
      const isNew = !known.has(origin)
      known.add(origin)
      await tsdav(tsdavTask(isNew ? 'read' : 'update', server, folder, origin))
    },
    async work(origin) {
      const contains = await change?.()
      const task = tsdavTask('update', server, folder, origin)
      return await tsdav(contains === undefined ? task : { ...task, contains })
    },
  }
}

export async function vdirsyncerKnown(server: BenchServer, folder: string, change: Change | null): Promise<Entrant> {
  const vdirsyncer = await openVdirsyncer(folder)
  return {
    name: 'vdirsyncer',
    role: 'peer',
    rounds: 1,
    prepare: (origin) => vdirsyncer.sync(at(server, origin)),
    async work(origin) {
      const text = await change?.()
      const sample = await vdirsyncer.sync(at(server, origin))
      await expectFiles(vdirsyncer, server.size, text)
      return sample
    },
  }
}
