/** Pure computing, each contender in a process of its own, warmed up, and repeated until the time can be told. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { peakBytes } from './process.ts'
import type { Sample } from './workload.ts'

const WARM_SECONDS = 0.5
const MEASURED_SECONDS = 1

/** One contender of a child script; what it needs is made ready outside of what is measured. */
export interface Repeated {
  /** Sets back what the last piece of work changed; outside of what is measured. */
  before?(): void
  work(): unknown
  /** What the last piece of work gave, to be checked by the parent; outside of what is measured. */
  describe(): unknown
}

export type Prepare = (argument: string) => Repeated | Promise<Repeated>

interface Report {
  readonly wall: number
  readonly cpu: number
  readonly peak: number
  readonly result: unknown
}

/** Wall and CPU of one piece of work, on average. */
async function repeatFor(seconds: number, repeated: Repeated) {
  const spent = { wall: 0, cpu: 0 }
  for (let times = 1; ; times += 1) {
    await repeated.before?.()
    const before = process.cpuUsage()
    const began = performance.now()
    await repeated.work()
    spent.wall += (performance.now() - began) / 1000
    const { user, system } = process.cpuUsage(before)
    spent.cpu += (user + system) / 1e6
    if (spent.cpu >= seconds) return { wall: spent.wall / times, cpu: spent.cpu / times }
  }
}

/** The main function of a child script: `<script> <name of the contender> <argument>` prints a report. */
export async function runRepeated(contenders: Readonly<Record<string, Prepare>>): Promise<void> {
  const [name = '', argument = ''] = process.argv.slice(2)
  const prepare = contenders[name]
  if (prepare === undefined)
    throw new Error(`There is no contender ${name}, only ${Object.keys(contenders).join(', ')}`)
  const repeated = await prepare(argument)
  await repeatFor(WARM_SECONDS, repeated)
  const spent = await repeatFor(MEASURED_SECONDS, repeated)
  const report: Report = { ...spent, peak: peakBytes(process.pid), result: await repeated.describe() }
  process.stdout.write(JSON.stringify(report))
}

/**
 * Lets a script of bench/children/ repeat one contender. `check` throws where the result is not what it has to be;
 * `units` is how much one piece of work is: the rate is units per second of CPU.
 */
export function measureRepeated(
  script: string,
  name: string,
  argument: string,
  units: number,
  check: (result: unknown) => void,
): Promise<Sample> {
  const args = [join(import.meta.dirname, '../children', script), name, argument]
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 1 << 28 }, (error, stdout) => {
      if (error) return reject(error)
      const { wall, cpu, peak, result } = JSON.parse(stdout) as Report
      try {
        check(result)
      } catch (thrown) {
        return reject(new Error(`${name} did not do the whole work`, { cause: thrown }))
      }
      resolve({ wall, cpu, peak, rate: units / cpu })
    })
  })
}
