/** W9: from the start of the process to the first answered request, and the memory it then holds. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { packagedService, shippedOptions } from '../lib/packaged.ts'
import { cpuSeconds, residentBytes } from '../lib/process.ts'
import type { Contender, Sample, Workload } from '../lib/workload.ts'

const root = resolve(import.meta.dirname, '../..')
const IDLE_MS = 5_000
const GIVE_UP_MS = 30_000

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

/** Whether a request is answered now, with 200. */
function isAnswered(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.once('connect', () => socket.write('GET /api/health HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n'))
    socket.on('data', (piece) => {
      answer += piece.toString()
    })
    socket.on('error', () => done(false))
    socket.on('close', () => done(answer.startsWith('HTTP/1.1 200')))
  })
}

/** One start on a data folder that is there already; memory is what it holds after some idle seconds. */
async function measureStart(script: string, dataDir: string): Promise<Sample> {
  const port = await freePort()
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, DATA_DIR: dataDir, SERVER_HOST: '127.0.0.1', SERVER_PORT: String(port), RUST_LOG: 'error' }
  const began = performance.now()
  const child = spawn(process.execPath, [...shippedOptions(), script], {
    cwd: dataDir,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  const pid = child.pid ?? 0
  try {
    while (!(await isAnswered(port))) {
      if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode} instead of answering`)
      if (performance.now() - began > GIVE_UP_MS) throw new Error(`${script} did not answer`)
      await pause(1)
    }
    const wall = (performance.now() - began) / 1000
    const cpu = cpuSeconds(pid)
    await pause(IDLE_MS)
    return { wall, cpu, peak: residentBytes(pid) }
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

const PACKAGED = 'ours, packaged (node dist/main.js)'

export const startWorkload: Workload = {
  id: 'W9',
  title: 'from the start to the first answered request; memory after 5 idle seconds',
  sizes: [1],
  compare: 'wall',
  targets: [
    {
      text: 'answers within 200 ms',
      value: (rows) => (rows.of(PACKAGED, 'wall') ?? Number.NaN) * 1000,
      atMost: 200,
      why: 'A bare Node takes most of it on this machine: see the floor.',
    },
    { text: 'at most 75 MB idle', value: (rows) => (rows.of(PACKAGED, 'peak') ?? Number.NaN) / 1e6, atMost: 75 },
  ],
  async open() {
    const packaged = packagedService()
    await using toClose = new AsyncDisposableStack()
    const dataDir = mkdtempSync(join(tmpdir(), 'bench-start-'))
    toClose.defer(() => rmSync(dataDir, { recursive: true, force: true }))
    const start = (name: string, role: Contender['role'], script: string): Contender => ({
      name,
      role,
      run: () => measureStart(script, dataDir),
    })
    const contenders = [
      start('bare node:http', 'floor', join(root, 'bench/children/bare-node.mjs')),
      start(PACKAGED, 'ours', packaged),
      start('ours, as npm start starts it', 'ours', join(root, 'scripts/serve.mjs')),
      start('ours, from the source alone', 'ours', join(root, 'src/main.ts')),
    ]
    // The database and the compile cache come into being with the first start, which is another matter.
    for (const { name, run } of contenders) if (name.startsWith('ours')) await run()
    const held = toClose.move()
    return { contenders, close: () => held.disposeAsync() }
  },
}
