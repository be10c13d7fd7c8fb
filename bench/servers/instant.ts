import { fork } from 'node:child_process'
import { once } from 'node:events'
import { describeServer } from '../../test/servers/caldav-server.ts'
import type { BenchServer } from './bench-server.ts'

const PROGRAM = import.meta.resolve('./instant-program.ts')

/** The instant server (see its program) with a calendar `bench` of so many events, in a process of its own. */
export async function startInstant(size: number): Promise<BenchServer> {
  const child = fork(new URL(PROGRAM), [String(size)])
  const [port] = (await once(child, 'message')) as [number]
  const origin = `http://127.0.0.1:${port}`
  const stop = async () => {
    child.disconnect()
    if (child.exitCode === null) await once(child, 'exit')
  }
  const server = describeServer({ name: 'an instant server', origin, homePath: '/alice/', username: 'alice', stop })
  return { ...server, calendar: `${server.home}bench/`, size }
}
