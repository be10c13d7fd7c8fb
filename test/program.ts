import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

/** The whole service as a child process on a free port, as a person would start it. */
export interface Program {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly child: ChildProcess
  /** Everything printed so far, both streams. */
  output(): string
  /** Sends the signal and waits for the end; returns the exit code (null where the signal killed it). */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>
}

export interface ProgramEnd {
  readonly code: number | null
  readonly output: string
}

export type Environment = Readonly<Record<string, string>>

function launch(env: Environment, main: string = join(ROOT, 'src', 'main.ts')) {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [main], {
    cwd: tmpdir(),
    env: { PATH, HOME, SERVER_HOST: '127.0.0.1', SERVER_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  return { child, output: () => output }
}

/**
 * Starts the service, from the source or from another `main`, and waits until it has printed its address. Throws with its
 * output where it ends instead.
 */
export async function startProgram(env: Environment, main?: string): Promise<Program> {
  const { child, output } = launch(env, main)
  const ended = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = /Address\s+(http:\S+)/.exec(output())
      if (found?.[1]) resolve(found[1])
    }
    child.stdout.on('data', look)
    child.on('exit', () => reject(new Error(`The service ended instead of starting:\n${output()}`)))
  })
  return {
    url,
    child,
    output,
    async end(signal) {
      child.kill(signal)
      await ended
      return child.exitCode
    },
  }
}

/** Starts the service expecting that it refuses to; waits for its end. */
export async function startInVain(env: Environment): Promise<ProgramEnd> {
  const { child, output } = launch(env)
  await once(child, 'close')
  return { code: child.exitCode, output: output() }
}
