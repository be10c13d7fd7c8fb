import { failure } from '../texts.ts'
import { apiBase, failureOf, headersOf } from './http.ts'
import type { Discovery, Stage } from './types.ts'

interface Line {
  readonly stage?: Stage
  readonly answer?: Discovery
  readonly error?: string
}

/**
 * Looks at an account; `onStage` hears of each step as soon as it is done. `path` is that of the API, `body` the account
 * where it is not stored yet. Throws an Error whose message is a sentence for people.
 */
export async function discover(
  path: string,
  body: object | null,
  onStage: (stage: Stage) => void,
  signal: AbortSignal,
): Promise<Discovery> {
  const init: RequestInit = { method: 'POST', headers: headersOf('application/x-ndjson', body !== null), signal }
  if (apiBase !== '') init.credentials = 'include'
  if (body !== null) init.body = JSON.stringify(body)
  const response = await fetch(`${apiBase}${path}`, init).catch((thrown: unknown) => {
    if (signal.aborted) throw thrown
    throw new Error(failure.unreachable)
  })
  if (!response.ok || response.body === null) throw await failureOf(response)
  let answer: Discovery | null = null
  for await (const line of linesOf(response.body)) {
    if (line.stage) onStage(line.stage)
    if (line.error !== undefined) throw new Error(line.error)
    answer = line.answer ?? answer
  }
  if (answer === null) throw new Error(failure.unreachable)
  return answer
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Line> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    rest += decoder.decode(value, { stream: !done })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    // Each line is written by our own server from this shape.
    for (const line of lines) if (line !== '') yield JSON.parse(line) as Line
    if (done) return
  }
}
