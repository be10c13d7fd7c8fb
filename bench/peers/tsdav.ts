import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { measureCommand } from '../lib/process.ts'
import { Absent, type Sample } from '../lib/workload.ts'
import type { BenchServer } from '../servers/bench-server.ts'
import type { Entrant } from '../workloads/contest.ts'
import type { TsdavTask } from './tsdav-program.ts'

const PROGRAM = join(import.meta.dirname, 'tsdav-program.ts')

/** Gives tsdav something to do. Throws `Absent` where it is not installed. */
export function tsdav(task: TsdavTask): Promise<Sample> {
  return measureCommand([process.execPath, PROGRAM, JSON.stringify(task)])
}

export function needTsdav(): void {
  const folder = join(import.meta.dirname, '../../build/bench/peers/node_modules/tsdav')
  if (!existsSync(folder)) throw new Absent('tsdav is not installed; npm run bench installs it')
}

/** Where tsdav keeps what it read, and the calendar at another origin. */
export function tsdavTask(
  verb: TsdavTask['verb'],
  { home, calendar, origin, size }: BenchServer,
  folder: string,
  at: string,
): TsdavTask {
  return {
    verb,
    home: home.replace(origin, at),
    calendar: calendar.replace(origin, at),
    memory: join(folder, `tsdav-${new URL(at).port}.json`),
    objects: size,
  }
}

/** tsdav reads a calendar for the first time, by the address of the calendar home. */
export function tsdavReads(server: BenchServer, folder: string): Entrant {
  needTsdav()
  return { name: 'tsdav', role: 'peer', rounds: 2, work: (at) => tsdav(tsdavTask('read', server, folder, at)) }
}
