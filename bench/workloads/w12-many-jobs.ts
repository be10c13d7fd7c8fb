/**
 * Ten thousand sources and two thousand destinations on one process, against a server that answers at once and on
 * which one calendar of twenty has changed since it was last asked. All run once an hour; for the measurement their due
 * times are brought together into five minutes, so that half a minute shows six of an hourly service. What is said of
 * an hour is reckoned from the figures per run.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Program, startProgram } from '../../test/program.ts'
import { type InstantServer, startInstantServer } from '../lib/instant-server.ts'
import { addItems, ItemsDatabase, timeOf } from '../lib/many-items.ts'
import { measureRunning, residentBytes } from '../lib/process.ts'
import type { Opened, Sample, Workload } from '../lib/workload.ts'
import { FEED_EVENTS } from '../servers/instant-calendars.ts'

const RUNS_PER_SECOND = 40
/** The window and what is around it, in which no item runs twice. */
const SHORTEST_SPREAD_SECS = 60
const WINDOW_MS = 30_000
/** After the window, with a reader of feeds who would else be in the figures. */
const READER_MS = 10_000
/** What runs before the window: connections are open then, and code is compiled. */
const WARM_MS = 5_000
const PROBE_EVERY_MS = 50
const HOUR_SECS = 3600

export const manyJobs: Workload = {
  id: 'W12',
  title: 'many jobs on one process, and a fifth as many destinations',
  sizes: [1000, 10_000],
  sized: 'sources',
  compare: 'cpu',
  unit: 'runs/s',
  async open(size): Promise<Opened> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-many-'))
    const notes: string[] = []
    const started: Partial<Pick<World, 'server' | 'program'>> = {}
    const close = async () => {
      await started.program?.end('SIGTERM')
      await started.server?.stop()
      rmSync(folder, { recursive: true, force: true })
    }
    try {
      const server = await startInstantServer()
      started.server = server
      // A reader is not to wait for a run: its time tells how long others hold up the process.
      const program = await startProgram({ DATA_DIR: folder, FETCH_WAIT: '0' })
      const world: World = Object.assign(started, {
        server,
        program,
        folder,
        notes,
        sources: size,
        destinations: size / 5,
      })
      return { contenders: [{ name: 'this service', role: 'ours', rounds: 1, run: () => run(world) }], notes, close }
    } catch (thrown) {
      await close()
      throw thrown
    }
  },
}

interface World {
  server: InstantServer
  /** Another one after a new start. */
  program: Program
  readonly folder: string
  readonly notes: string[]
  readonly sources: number
  readonly destinations: number
}

async function run(world: World): Promise<Sample> {
  const database = new ItemsDatabase(join(world.folder, 'caldav-sync.db'))
  try {
    await firstReads(world, database)
    const sample = await steady(world, database)
    await startAgain(world)
    return sample
  } finally {
    database.close()
  }
}

async function startAgain(world: World): Promise<void> {
  await world.program.end('SIGTERM')
  const began = performance.now()
  world.program = await startProgram({ DATA_DIR: world.folder })
  world.notes.push(`started again with this database: served after ${ms(performance.now() - began)}`)
}

/** Adds all items and waits until each has been read or written once. */
async function firstReads(world: World, database: ItemsDatabase): Promise<void> {
  const { server, program, notes, sources, destinations } = world
  const began = performance.now()
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1)
  const before = writtenBy(program)
  const spent = await measureRunning(pidOf(program), async () => {
    await addItems(program.url, server.origin, sources, destinations)
    notes.push(`${sources + destinations} items added through the API in ${seconds()} s, read as they came`)
    while (database.unread() > 0) await pause(500)
  })
  const { written: events } = await server.tally()
  const wrong = database.runsSince(0).filter(({ status }) => status !== 'ok').length
  if (wrong > 0 || events !== destinations * FEED_EVENTS || database.feeds() !== sources) {
    throw new Error(
      `The first reads are not whole: ${wrong} runs failed, ${events} events written, ${database.feeds()} feeds`,
    )
  }
  notes.push(
    `all read and written once after ${seconds()} s: CPU ${round(spent.cpu)} s, peak ${mb(spent.peak)}, ${mb(writtenBy(program) - before)} written, database ${mb(databaseBytes(world))}`,
  )
}

async function steady(world: World, database: ItemsDatabase): Promise<Sample> {
  const { server, program, notes, sources, destinations } = world
  const pid = pidOf(program)
  const items = sources + destinations
  const spread = Math.max(SHORTEST_SPREAD_SECS, Math.round(items / RUNS_PER_SECOND))
  const begins = Date.now() + 1000
  const due = database.spread(spread, begins)
  server.begin(spread * 1000)
  // The service looks at the schedule again when a run ends.
  await fetch(`${program.url}/api/sources/1/sync`, { method: 'POST' })
  due.delete('sources 1')
  await pause(begins + WARM_MS - Date.now())

  const look = async () => ({
    io: writtenBy(program),
    requests: sum(Object.values((await server.tally()).requests)),
    size: databaseBytes(world),
    at: Date.now(),
  })
  const before = await look()
  const spent = await measureRunning(pid, () => pause(WINDOW_MS))
  const after = await look()
  const reader = startReader(program.url, sources)
  await pause(READER_MS)
  const latencies = await reader.stop()

  const all = database.runsSince(begins)
  const runs = all.filter(({ finished }) => finished >= before.at && finished < after.at)
  const failed = all.filter(({ status }) => status !== 'ok').length
  if (failed > 0) throw new Error(`${failed} of ${all.length} runs failed`)
  const lags = runs.map(({ item, started }) => Math.max(0, started - (due.get(item) ?? started)))
  const begun = new Set(all.flatMap(({ item, started }) => (started < after.at ? [item] : [])))
  const waiting = [...due].filter(([item, at]) => at < after.at && !begun.has(item)).length
  const changed = runs.filter(({ changes }) => changes > 0).length
  const secs = (after.at - before.at) / 1000
  const each = (value = 0) => value / runs.length
  const hourly = (value = 0) => each(value) * items
  notes.push(
    `all due within ${spread} s in place of an hour: ${runs.length} runs in ${secs.toFixed(0)} s, ${percent(changed / runs.length)} with a change`,
    `from due to begun: median ${ms(quantile(lags, 0.5))}, 99 % within ${ms(quantile(lags, 0.99))}, worst ${ms(quantile(lags, 1))}; ${waiting} waiting at the end`,
    `per run: CPU ${ms(each(spent.cpu) * 1000)}, ${round(each(after.requests - before.requests))} requests, ${kb(each(after.io - before.io))} written, the database grows by ${kb(each(after.size - before.size))}`,
    `memory at the end ${mb(residentBytes(pid))}, of which ${mb(await heapOf(program))} in the heap; database ${mb(after.size)}`,
    `a reader's GET every ${PROBE_EVERY_MS} ms meanwhile: median ${ms(quantile(latencies, 0.5))}, 99 % within ${ms(quantile(latencies, 0.99))}, worst ${ms(quantile(latencies, 1))}`,
    `all ${items} once an hour (${round(items / HOUR_SECS)} runs/s), from the figures per run: CPU ${round(hourly(spent.cpu))} s per hour, ${percent(hourly(spent.cpu) / HOUR_SECS)} of a core; ${mb(hourly(after.io - before.io))} written per hour`,
  )
  for (const path of ['sources', 'destinations', 'overview', 'runs?limit=100']) {
    const { ms: took, bytes } = await timeOf(`${program.url}/api/${path}`)
    notes.push(`GET /api/${path}: ${ms(took)}, ${kb(bytes)}`)
  }
  return {
    wall: secs,
    cpu: spent.cpu ?? 0,
    peak: spent.peak ?? 0,
    requests: after.requests - before.requests,
    rate: runs.length / secs,
  }
}

/** A reader of feeds, one after the other; how long each answer took. */
function startReader(url: string, sources: number) {
  const latencies: number[] = []
  let running = true
  const read = async () => {
    for (let n = 1; running; n += 1) {
      const { ms: took } = await timeOf(`${url}/ics/source-${1 + ((n * 7919) % sources)}`)
      latencies.push(took)
      await pause(PROBE_EVERY_MS)
    }
  }
  const ended = read()
  return {
    async stop() {
      running = false
      await ended
      return latencies
    },
  }
}

function pidOf({ child }: Program): number {
  if (child.pid === undefined) throw new Error('The service has no process')
  return child.pid
}

/**
 * Bytes that a process has handed over to be written so far: the database and its log, and what little goes to the
 * network and to the log of the service. How much the disk writes for them depends on the file system.
 */
function writtenBy(program: Program): number {
  return Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${pidOf(program)}/io`, 'utf8'))?.[1] ?? 0)
}

async function heapOf({ url }: Program): Promise<number> {
  const answer = (await (await fetch(`${url}/api/system`)).json()) as { memory: { heap_bytes: number } }
  return answer.memory.heap_bytes
}

function databaseBytes({ folder }: World): number {
  return statSync(join(folder, 'caldav-sync.db')).size
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

const pause = (forMs: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, forMs)))
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const round = (value = 0) => Number(value.toPrecision(3))
const mb = (bytes = 0) => `${(bytes / 1e6).toFixed(0)} MB`
const kb = (bytes: number) => `${(bytes / 1e3).toFixed(1)} kB`
const ms = (value: number) => (value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${round(value)} ms`)
const percent = (share: number) => `${round(share * 100)} %`
