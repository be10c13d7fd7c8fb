import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export interface ServerProcess {
  readonly port: number
  readonly folder: string
  stop(): Promise<void>
}

const START_LIMIT_MS = 20_000

/** True where the program can be started on this machine. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
}

/**
 * Starts a server on a free loopback port with a folder of its own and waits until it answers HTTP. `prepare` writes
 * what it needs into the folder and gives back its arguments.
 */
export async function startServer(
  program: string,
  prepare: (folder: string, port: number) => Promise<readonly string[]>,
): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), `${program}-`))
  const port = await freePort()
  const child = spawn(program, [...(await prepare(folder, port))], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const listen = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  }
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  const stop = async () => {
    await ended(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await answering(child, port, () => said)
  } catch (thrown) {
    await stop()
    throw thrown
  }
  return { port, folder, stop }
}

async function answering(child: ChildProcess, port: number, said: () => string): Promise<void> {
  const giveUp = performance.now() + START_LIMIT_MS
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}: ${said()}`)
    const answer = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' }).catch(() => null)
    if (answer) {
      await answer.body?.cancel()
      return
    }
    if (performance.now() > giveUp) throw new Error(`The server did not answer in time: ${said()}`)
    await pause(50)
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), 5000)
    child.once('exit', () => {
      clearTimeout(kill)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
