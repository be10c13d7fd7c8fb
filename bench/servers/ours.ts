import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProgram } from '../../test/program.ts'
import { PASSWORD } from '../../test/servers/caldav-server.ts'
import { packagedService, shippedOptions } from '../lib/packaged.ts'
import { measureRunning } from '../lib/process.ts'
import type { Sample } from '../lib/workload.ts'

/** The whole service as a person runs it, driven through its API. */
export interface Ours {
  readonly pid: number
  /** Of its database. */
  readonly database: string
  addSource(caldavUrl: string): Promise<Job>
  addDestination(feedUrl: string, caldavUrl: string, calendarName: string): Promise<Job>
  /** What one run of a job costs; its counts. Throws with the message of a run that fails. */
  sync(job: Job): Promise<{ readonly sample: Sample; readonly counts: Readonly<Record<string, number>> }>
  /** What it has written to the disk since it was started. */
  writtenBytes(): number
  /** The feed that a source serves. */
  feed(job: Job): Promise<string>
  stop(): Promise<void>
}

export interface Job {
  readonly kind: 'source' | 'destination'
  readonly id: number
  readonly feedPath: string
}

interface Answer {
  readonly status: string
  readonly message: string
  readonly source?: { readonly id: number }
  readonly destination?: { readonly id: number }
}

/**
 * Starts the service, as it is shipped, with an empty database. `BENCH_NODE_OPTIONS` is handed to its Node, to profile it for one:
 * `BENCH_NODE_OPTIONS='--cpu-prof --cpu-prof-dir=/tmp/profile' BENCH_OURS_ALONE=1 node bench/main.ts --only 'W1 instant' --sizes 10000`
 */
export async function startOurs(): Promise<Ours> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-ours-'))
  const options = [...shippedOptions(), process.env.BENCH_NODE_OPTIONS ?? ''].join(' ')
  const environment = { DATA_DIR: folder, RUST_LOG: 'error', NODE_OPTIONS: options }
  const program = await startProgram(environment, packagedService())
  const pid = program.child.pid ?? 0
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const json = body && { body: JSON.stringify(body) }
    const answer = await fetch(program.url + path, { method, headers: { 'content-type': 'application/json' }, ...json })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${text}`)
    return JSON.parse(text) as T
  }
  const account = { username: 'alice', password: PASSWORD, sync_interval_secs: 0 }
  let made = 0
  const job = (kind: Job['kind'], { source, destination }: Answer): Job => ({
    kind,
    id: (source ?? destination)?.id ?? 0,
    feedPath: `bench-${made}`,
  })
  return {
    pid,
    database: join(folder, 'caldav-sync.db'),
    async addSource(caldavUrl) {
      made += 1
      const source = { name: `Bench ${made}`, caldav_url: caldavUrl, ics_path: `bench-${made}`, ...account }
      return job('source', await ask('POST', '/api/sources', source))
    },
    async addDestination(feedUrl, caldavUrl, calendarName) {
      made += 1
      const destination = {
        name: `Bench ${made}`,
        ics_url: feedUrl,
        caldav_url: caldavUrl,
        calendar_name: calendarName,
        sync_all: true,
        keep_local: true,
        // As the others do.
        guests: 'keep',
        ...account,
      }
      return job('destination', await ask('POST', '/api/destinations', destination))
    },
    async sync({ kind, id }) {
      let answer: Answer & Record<string, unknown> = { status: '', message: '' }
      const sample = await measureRunning(pid, async () => {
        answer = await ask('POST', `/api/${kind}s/${id}/sync`)
      })
      if (answer.status !== 'success') throw new Error(answer.message)
      const counts = Object.fromEntries(Object.entries(answer).filter(([, value]) => typeof value === 'number'))
      return { sample, counts: counts as Record<string, number> }
    },
    writtenBytes: () => Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]),
    async feed({ feedPath }) {
      const answer = await fetch(`${program.url}/ics/${feedPath}`)
      return await answer.text()
    },
    async stop() {
      await program.end('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
