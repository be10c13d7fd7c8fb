import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { measureCommand } from '../lib/process.ts'
import type { Sample } from '../lib/workload.ts'
import { type BenchServer, changesSince } from '../servers/bench-server.ts'

export interface Question {
  readonly url: string
  readonly method: 'GET' | 'REPORT' | 'PUT'
  readonly headers?: readonly string[]
  readonly body?: string
  /** Accept gzip, and unpack it. */
  readonly gzip?: boolean
}

/**
 * Requests by one curl, one after the other over one connection to each server, their answers written to files. curl
 * knows no more of calendars than the bytes it is told to send, so that it shows what the requests cost at least.
 */
export async function curl(
  folder: string,
  questions: readonly Question[],
): Promise<{ readonly sample: Sample; readonly answers: readonly string[] }> {
  const outputs = questions.map((_, index) => join(folder, `answer-${index}`))
  const sections: string[] = []
  for (const [index, { url, method, headers = [], body, gzip = false }] of questions.entries()) {
    const lines = [`url = "${url}"`, `output = "${outputs[index]}"`, 'user = "alice:bench"', 'fail', 'noproxy = "*"']
    if (method === 'REPORT') lines.push('request = "REPORT"', 'header = "Content-Type: application/xml"')
    if (method === 'PUT') lines.push('header = "Content-Type: text/calendar; charset=utf-8"')
    for (const header of ['Expect:', ...headers]) lines.push(`header = "${header.replaceAll('"', '\\"')}"`)
    if (gzip) lines.push('compressed')
    if (body !== undefined) {
      const file = join(folder, `question-${index}`)
      await writeFile(file, body)
      lines.push(method === 'PUT' ? `upload-file = "${file}"` : `data-binary = "@${file}"`)
    }
    sections.push(lines.join('\n'))
  }
  const config = join(folder, 'curl-config')
  await writeFile(config, `${sections.join('\nnext\n')}\n`)
  for (const output of outputs) await writeFile(output, '')
  const sample = await measureCommand(['curl', '--silent', '--show-error', '--config', config])
  return { sample, answers: await Promise.all(outputs.map((output) => readFile(output, 'utf8'))) }
}

export function syncQuestion(calendarUrl: string, token: string): Question {
  return { url: calendarUrl, method: 'REPORT', headers: ['Depth: 0'], body: changesSince(token) }
}

function tokenIn(answer: string): string {
  const token = /<(?:\w+:)?sync-token[^>]*>([^<]+)</.exec(answer)?.[1]
  if (token === undefined) throw new Error(`There is no sync token in ${answer.slice(0, 500)}`)
  return token
}

/** The token that a calendar has now. */
export async function currentToken(server: BenchServer): Promise<string> {
  const headers = { depth: '0', 'content-type': 'application/xml' }
  const body = '<propfind xmlns="DAV:"><prop><sync-token/></prop></propfind>'
  const { text } = await server.request('PROPFIND', server.calendar, { headers, body })
  return tokenIn(text)
}
