/** CPU time and memory of processes as Linux counts them. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Sample } from './workload.ts'

/** Seconds of CPU that all threads of a process have used so far, to the nanosecond. */
export function cpuSeconds(pid: number): number {
  let nanoseconds = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  }
  return nanoseconds / 1e9
}

function memoryLine(pid: number, name: 'VmHWM' | 'VmRSS'): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1] ?? 0) * 1024
}

/** Bytes of memory that a process holds now. */
export const residentBytes = (pid: number): number => memoryLine(pid, 'VmRSS')

/** The most bytes that a process has held since the last `forgetPeak`. */
export const peakBytes = (pid: number): number => memoryLine(pid, 'VmHWM')

export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** What a process that goes on running spends on some work: wall, CPU, peak memory. */
export async function measureRunning(pid: number, work: () => Promise<unknown>): Promise<Sample> {
  forgetPeak(pid)
  const cpu = cpuSeconds(pid)
  const began = performance.now()
  await work()
  const wall = (performance.now() - began) / 1000
  return { wall, cpu: cpuSeconds(pid) - cpu, peak: peakBytes(pid) }
}

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** Exit codes that are a success. */
  readonly accept?: readonly number[]
}

// Only the parent of a process learns exactly what it used; Node does not hand it on, Python does. Asked of that one
// child, because `python3` may be a script that has had other children before.
const WATCH = `
import json, os, subprocess, sys, time
began = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdout=2)
_, status, used = os.wait4(child.pid, 0)
wall = time.monotonic() - began
code = os.waitstatus_to_exitcode(status)
print(json.dumps([code, wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024]))`

/** What a command and its children use from start to end. Throws with what it printed where it fails. */
export function measureCommand(command: readonly string[], options: CommandOptions = {}): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const { cwd, env, input = '', accept = [0] } = options
    const settings = { cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 28 }
    const child = execFile('python3', ['-c', WATCH, ...command], settings, (error, stdout, stderr) => {
      if (error) return reject(error)
      const [code, wall, cpu, peak] = JSON.parse(stdout) as [number, number, number, number]
      if (!accept.includes(code))
        return reject(new Error(`${command.join(' ')} ended with ${code}:\n${stderr.slice(-2000)}`))
      resolve({ wall, cpu, peak })
    })
    child.stdin?.end(input)
  })
}
