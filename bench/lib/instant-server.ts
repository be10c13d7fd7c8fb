import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { InstantOrder, InstantTally } from '../servers/instant-many.ts'

export interface InstantServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string
  /** From now on one calendar and feed of twenty changes in each `hourMs`. */
  begin(hourMs: number): void
  tally(): Promise<InstantTally>
  stop(): Promise<void>
}

/** Starts `bench/servers/instant-many.ts` as a process of its own. */
export async function startInstantServer(): Promise<InstantServer> {
  const child = fork(join(import.meta.dirname, '../servers/instant-many.ts'), { stdio: 'inherit' })
  const [port] = (await once(child, 'message')) as [number]
  const order = (what: InstantOrder) => child.send(what)
  return {
    origin: `http://127.0.0.1:${port}`,
    begin: (hourMs) => void order({ begin: hourMs }),
    async tally() {
      order('tally')
      const [tally] = (await once(child, 'message')) as [InstantTally]
      return tally
    },
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
