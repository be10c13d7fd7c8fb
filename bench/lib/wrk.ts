/** Load on a web server by `wrk`, and what each request costs the server. */
import { execFile } from 'node:child_process'
import { cpuSeconds, forgetPeak, peakBytes } from './process.ts'
import type { Sample } from './workload.ts'

const CONNECTIONS = 16

export interface Load {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The status that every answer must have. */
  readonly status: number
  /** The bytes that the body of every answer must have. */
  readonly bytes: number
}

function runWrk({ url, headers }: Load, seconds: number): Promise<string> {
  const fields = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const args = [`-c${CONNECTIONS}`, '-t1', `-d${seconds}`, ...fields, url]
  return new Promise((resolve, reject) => {
    execFile('wrk', args, (error, stdout) => (error ? reject(error) : resolve(stdout)))
  })
}

const UNITS: Readonly<Record<string, number>> = { B: 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 }

/** Requests and bytes that wrk counted. Throws where some answers were not what they had to be. */
function counted(output: string, { url, status, bytes }: Load): number {
  const [, requests = '', amount = '', unit = ''] = /(\d+) requests in .*?, ([\d.]+)([KMG]?B) read/.exec(output) ?? []
  const refused = Number(/Non-2xx or 3xx responses: (\d+)/.exec(output)?.[1] ?? 0)
  const read = Number(amount) * (UNITS[unit] ?? Number.NaN)
  const wanted = Number(requests) * bytes
  // wrk counts headers too, and an answer that the end of the time cut off.
  const isWhole = read >= wanted * 0.99 && (status !== 304 || read < Number(requests) * 2_000)
  if (!(Number(requests) > 0) || refused > 0 || output.includes('Socket errors') || !isWhole)
    throw new Error(`Not every answer of ${url} was ${status} with ${bytes} bytes:\n${output}`)
  return Number(requests)
}

/** Asks once and compares status and bytes, as they come over the wire; gives back the headers. */
async function checkOne({ url, headers, status, bytes }: Load): Promise<void> {
  const got = await new Promise<string>((resolve, reject) => {
    const fields = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
    const args = ['-s', '-o', '/dev/null', '-w', '%{http_code} %{size_download}', ...fields, url]
    execFile('curl', args, (error, stdout) => (error ? reject(error) : resolve(stdout)))
  })
  if (got !== `${status} ${bytes}`) throw new Error(`${url} answered ${got} instead of ${status} ${bytes}`)
}

/** Warms the server up, so that what is measured is how it goes on. */
export async function warmUp(load: Load): Promise<void> {
  await checkOne(load)
  counted(await runWrk(load, 1), load)
}

/** CPU of the server `pid` per request, its peak memory under the load, and requests per second. */
export async function measureLoad(pid: number, load: Load, seconds: number): Promise<Sample> {
  await checkOne(load)
  forgetPeak(pid)
  const cpu = cpuSeconds(pid)
  const began = performance.now()
  const requests = counted(await runWrk(load, seconds), load)
  const wall = (performance.now() - began) / 1000
  return {
    cpu: (cpuSeconds(pid) - cpu) / requests,
    peak: peakBytes(pid),
    received: load.bytes,
    rate: requests / wall,
  }
}
