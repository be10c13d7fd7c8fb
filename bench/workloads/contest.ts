/** What the workloads with a CalDAV server have in common. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Absent, type Contender, type Opened, type Sample } from '../lib/workload.ts'
import type { BenchServer } from '../servers/bench-server.ts'
import { type Counter, startCounter, type Traffic } from '../servers/counter.ts'

/** One who works against a server, to be measured straight at it and counted by way of the counter. */
export interface Entrant {
  readonly name: string
  readonly role: Contender['role']
  readonly rounds?: number
  /** Brings itself to where the work begins; before each time, neither measured nor counted. */
  prepare?(origin: string): Promise<unknown>
  /** Does the work once against the server at this origin. Measures nothing but the work. */
  work(origin: string): Promise<Sample>
}

/** Those who need something that is not on this machine throw `Absent`. */
export type Entry = () => Entrant | Promise<Entrant>

/** Opens a workload with a stack of what has to be closed, which is closed as well where opening fails. */
export async function opened(make: (stack: AsyncDisposableStack) => Promise<readonly Contender[]>): Promise<Opened> {
  await using stack = new AsyncDisposableStack()
  const contenders = await make(stack)
  const kept = stack.move()
  return { contenders, close: () => kept.disposeAsync() }
}

/** A folder that is removed with the stack. */
export async function temporaryFolder(stack: AsyncDisposableStack, name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `bench-${name}-`))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A server, and a counter in front of it, that are stopped with the stack. */
export async function serve(
  stack: AsyncDisposableStack,
  start: (size: number) => Promise<BenchServer>,
  size: number,
): Promise<{ readonly server: BenchServer; readonly counter: Counter }> {
  const server = await start(size)
  stack.defer(() => server.stop())
  const counter = await startCounter(server.origin)
  stack.defer(() => counter.close())
  return { server, counter }
}

/**
 * Contenders of those who are there; names the others. What passes is counted once, before the first round, which warms
 * up as well. With BENCH_OURS_ALONE set only the first of them runs, for a profile: that is ours.
 */
export async function contenders(
  { server, counter }: { readonly server: BenchServer; readonly counter: Counter },
  entries: readonly Entry[],
  onCounted: (name: string, traffic: Traffic) => void = () => undefined,
): Promise<Contender[]> {
  const found: Contender[] = []
  for (const enter of entries) {
    try {
      const entrant = await enter()
      if (process.env.BENCH_OURS_ALONE && found.length > 0) break
      found.push(contender(entrant, server.origin, counter, onCounted))
    } catch (thrown) {
      if (!(thrown instanceof Absent)) throw thrown
      console.log(`Left out: ${thrown.message}`)
    }
  }
  return found
}

function contender(
  { name, role, rounds, prepare, work }: Entrant,
  origin: string,
  counter: Counter,
  onCounted: (name: string, traffic: Traffic) => void,
): Contender {
  let traffic: Traffic | undefined
  return {
    name,
    role,
    ...(rounds === undefined ? {} : { rounds }),
    async run() {
      if (traffic === undefined) {
        await prepare?.(counter.origin)
        counter.take()
        await work(counter.origin)
        traffic = counter.take()
        onCounted(name, traffic)
      }
      const { requests, sent, received } = traffic
      await prepare?.(origin)
      return { ...(await work(origin)), requests, sent, received }
    },
  }
}

/** What one of several runs took on average. */
export function meanOf(samples: readonly Sample[]): Sample {
  const mean = (figure: 'wall' | 'cpu') =>
    samples.reduce((sum, sample) => sum + (sample[figure] ?? 0), 0) / samples.length
  return { wall: mean('wall'), cpu: mean('cpu'), peak: Math.max(...samples.map(({ peak = 0 }) => peak)) }
}
