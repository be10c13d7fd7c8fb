/** W8: a reader asks for a feed, at sixteen connections; what one answer costs the server in CPU. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, type OutgoingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { startDavServer } from '../../test/fakes/dav-server.ts'
import { startProgram } from '../../test/program.ts'
import { isInstalled } from '../../test/servers/process.ts'
import { benchObjects } from '../lib/calendars.ts'
import { type FileServer, startNginx } from '../lib/nginx.ts'
import { packagedService, shippedOptions } from '../lib/packaged.ts'
import { Absent, type Contender, type Opened, type Workload } from '../lib/workload.ts'
import { type Load, measureLoad, warmUp } from '../lib/wrk.ts'

const SECONDS = 3
const GZIP = { 'accept-encoding': 'gzip' }

interface Case {
  readonly id: string
  readonly title: string
  /** Events of the feed; 1,650 make a text of a little more than 1 MB. */
  readonly events: number
  readonly headers: Readonly<Record<string, string>>
  readonly known: boolean
  readonly atMost: number
}

const CASES: readonly Case[] = [
  { id: 'W8 304', title: 'a feed the reader holds already', events: 1_650, headers: GZIP, known: true, atMost: 2.2 },
  { id: 'W8 10 kB', title: 'a feed of 10 kB', events: 9, headers: {}, known: false, atMost: 2.5 },
  { id: 'W8 1 MB', title: 'a feed of 1 MB, sent compressed', events: 1_650, headers: GZIP, known: false, atMost: 1.8 },
]

/** Lets the service read a calendar of so many events and stop, so that its data folder holds a feed. */
async function fillFolder(dataDir: string, events: number): Promise<void> {
  const dav = await startDavServer()
  const program = await startProgram({ DATA_DIR: dataDir, RUST_LOG: 'error' })
  try {
    const caldav_url = dav.addCalendar('bench')
    const calendar = dav.calendars.get('bench')
    for (const [index, { text }] of benchObjects(events).entries()) calendar?.objects.set(`${index}.ics`, text)
    const { username, password } = dav.account()
    const post = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(program.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
      return (await answer.json()) as { source?: { id: number } }
    }
    const account = { caldav_url, username, password: password.reveal(), sync_interval_secs: 86_400 }
    const { source } = await post('/api/sources', { name: 'Bench', ics_path: 'bench', ...account })
    await post(`/api/sources/${source?.id}/sync`, {})
  } finally {
    await program.end('SIGTERM')
    await dav.stop()
  }
}

/** The body as it comes over the wire: fetch would unpack it. */
function rawBody(url: string, headers: OutgoingHttpHeaders): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve(Buffer.concat(chunks)))
    }).on('error', reject)
  })
}

async function download(url: string, headers: Readonly<Record<string, string>>) {
  const answer = await fetch(url, { headers: { 'accept-encoding': 'identity', ...headers } })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return { etag: answer.headers.get('etag') ?? '', text: await answer.text() }
}

/** What to ask a server for in this case, with the ETag it gives itself. */
async function loadOf({ headers, known }: Case, url: string, bytes: number): Promise<Load> {
  const { etag } = await download(url, headers)
  if (!known) return { url, headers, status: 200, bytes }
  return { url, headers: { ...headers, 'if-none-match': etag }, status: 304, bytes: 0 }
}

async function startBareNode(body: string, gzip: string): Promise<FileServer> {
  const script = join(import.meta.dirname, '../children/bare-node.mjs')
  const child = spawn(process.execPath, [script, body, gzip], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    url: `${/http:\S+/.exec(line.toString())?.[0]}/feed.ics`,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function open(wanted: Case): Promise<Opened> {
  for (const program of ['wrk', 'curl']) if (!isInstalled(program)) throw new Absent(`${program} is not installed`)
  await using toClose = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'bench-feed-'))
  toClose.defer(() => rmSync(folder, { recursive: true, force: true }))
  const packaged = packagedService()
  await fillFolder(folder, wanted.events)
  const program = await startProgram(
    { DATA_DIR: folder, RUST_LOG: 'error', NODE_OPTIONS: shippedOptions().join(' ') },
    packaged,
  )
  toClose.defer(async () => void (await program.end('SIGTERM')))
  const url = `${program.url}/ics/bench`

  const { text } = await download(url, {})
  const events = text.match(/^BEGIN:VEVENT/gm)?.length ?? 0
  if (events < wanted.events) throw new Error(`The feed holds ${events} events of ${wanted.events}`)
  // All servers send the very bytes of ours.
  const gzip = await rawBody(url, GZIP)
  if (gunzipSync(gzip).toString() !== text) throw new Error('The compressed feed is not the feed')
  const bodyFile = join(folder, 'feed.ics')
  writeFileSync(bodyFile, text)
  writeFileSync(`${bodyFile}.gz`, gzip)
  const nginx = await startNginx(Buffer.from(text), gzip)
  toClose.defer(() => nginx.stop())
  const bare = await startBareNode(bodyFile, `${bodyFile}.gz`)
  toClose.defer(() => bare.stop())

  const bytes = wanted.headers === GZIP ? gzip.length : Buffer.byteLength(text)
  const contender = async (name: string, role: Contender['role'], server: Pick<FileServer, 'url' | 'pid'>) => {
    const load = await loadOf(wanted, server.url, bytes)
    await warmUp(load)
    return { name, role, run: () => measureLoad(server.pid, load, SECONDS) }
  }
  const contenders = [
    await contender('nginx', 'floor', nginx),
    await contender('node:http', 'peer', bare),
    await contender('ours', 'ours', { url, pid: program.child.pid ?? 0 }),
  ]
  const held = toClose.move()
  return { contenders, close: () => held.disposeAsync() }
}

/** The three cases, each a workload of its own. */
export const feedWorkloads: readonly Workload[] = CASES.map((wanted) => ({
  id: wanted.id,
  title: `one request for ${wanted.title}`,
  sizes: [wanted.events],
  compare: 'cpu',
  unit: 'requests/s',
  targets: [
    {
      text: `CPU per request at most ${wanted.atMost} × nginx`,
      value: (rows) => rows.ratio('nginx', 'cpu'),
      atMost: wanted.atMost,
      why: 'node:http takes most of it; ours adds the headers that browsers ask for, the count of the rate limit, and the look whether anything was written.',
    },
    {
      text: 'memory while serving at most 110 MB',
      value: (rows) => (rows.of('ours', 'peak') ?? Number.NaN) / 1e6,
      atMost: 110,
    },
  ],
  open: () => open(wanted),
}))
