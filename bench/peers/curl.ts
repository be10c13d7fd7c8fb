import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { measureCommand } from '../lib/process.ts'
import type { Sample } from '../lib/workload.ts'

/** curl knows no more of calendars than the bytes it is told to send, so that it shows what a request costs at least. */
const QUIETLY = ['--silent', '--show-error', '--fail', '--noproxy', '*', '--user', 'alice:bench', '--header', 'Expect:']

export interface Question {
  readonly url: string
  readonly method: 'GET' | 'REPORT'
  readonly headers?: readonly string[]
  readonly body?: string
  /** Accept gzip, and unpack it. */
  readonly gzip?: boolean
  /** How many events have to come. */
  readonly events: number
}

/** One request by curl, its answer written to a file in the folder. */
export async function curl(folder: string, question: Question): Promise<Sample> {
  const { url, method, headers = [], body, gzip = false, events } = question
  const output = join(folder, 'answer')
  const command = ['curl', ...QUIETLY, '--request', method, '--output', output, url]
  for (const header of headers) command.push('--header', header)
  if (gzip) command.push('--compressed')
  if (body !== undefined) command.push('--header', 'Content-Type: application/xml', '--data-binary', body)
  const sample = await measureCommand(command)
  const found = (await readFile(output, 'latin1')).split('BEGIN:VEVENT').length - 1
  if (found !== events) throw new Error(`curl received ${found} of ${events} events from ${url}`)
  return sample
}
