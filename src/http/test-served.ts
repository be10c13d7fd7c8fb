/** The service on a real port, asked byte for byte. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import type { TestContext } from 'node:test'
import { Secret } from '../core/types.ts'
import type { LinkRead } from '../store/served-types.ts'
import type { AppDeps, AppSettings } from './deps.ts'
import { serve } from './server.ts'
import { basic, NEW_SOURCE, publish, type TestApp, testApp } from './test-app.ts'

export const FEED = `BEGIN:VCALENDAR\r\nSUMMARY:Grüße\r\n${'X-LINE:repeated\r\n'.repeat(50)}END:VCALENDAR\r\n`
export const LOGIN = { username: 'anna', password: { kind: 'plain' as const, secret: new Secret('pw') } }

export interface Served extends TestApp {
  readonly port: number
  readonly reads: Omit<LinkRead, 'at'>[]
  /** How many of the requests so far were answered from memory. */
  atOnce(): number
  /** One request on a connection of its own; the answer without its date, byte for byte. */
  wire(request: string): Promise<string>
  get(path: string, ...lines: string[]): Promise<string>
}

/** The service on a real port with one source, its feed, and reads noted aside: in the store, each would be a change. */
export async function served(
  t: TestContext,
  settings: Partial<AppSettings> = {},
  others: Partial<Omit<AppDeps, 'settings' | 'store'>> = {},
): Promise<Served> {
  const reads: Omit<LinkRead, 'at'>[] = []
  const trail: AppDeps['trail'] = {
    note: (link_id, userAgent, status, bytes) =>
      void reads.push({ link_id, client: userAgent ?? 'none', status, bytes }),
    flush: () => undefined,
  }
  const made = testApp(t, settings, { trail, ...others })
  let fast = 0
  const app = {
    fetch: made.app.fetch,
    answerAtOnce: (...[incoming, outgoing]: Parameters<typeof made.app.answerAtOnce>) => {
      const isAnswered = made.app.answerAtOnce(incoming, outgoing)
      if (isAnswered) fast += 1
      return isAnswered
    },
  }
  const { port, close } = await serve(app, { host: '127.0.0.1', port: 0, log: made.log })
  t.after(close)
  const headers = basic('anna', 'pw')
  assert.equal((await made.ask('POST', '/api/sources', { json: NEW_SOURCE, headers })).status, 201)
  publish(made.store, 1, FEED)
  // The first look at an address may write its row.
  made.store.links.list()
  const wire = (request: string) => exchange(port, request)
  const get: Served['get'] = (path, ...lines) =>
    wire([`GET ${path} HTTP/1.1`, 'Host: localhost', ...lines, 'Connection: close', '', ''].join('\r\n'))
  return { ...made, port, reads, atOnce: () => fast, wire, get }
}

/** Status lines, headers in order of their names but for the date, and body. */
function exchange(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.on('data', (chunk) => chunks.push(Buffer.from(chunk)))
    socket.on('error', reject)
    socket.on('close', () => {
      const answer = Buffer.concat(chunks).toString('latin1')
      // An interim answer (100) stands before the real one, which is the one with a date.
      const interim = /^HTTP\/1\.1 1\d\d .*?\r\n\r\n/s.exec(answer)?.[0] ?? ''
      const text = answer.slice(interim.length)
      const end = text.indexOf('\r\n\r\n')
      const [status, ...headers] = text.slice(0, end).split('\r\n')
      const kept = headers.filter((line) => !/^date:/i.test(line)).sort()
      resolve([interim, status, ...kept, '', text.slice(end + 4)].join('\n'))
    })
  })
}

export const status = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/m.exec(answer)?.[1])

/** Asks again, and says whether that was answered from memory. */
export async function again(made: Served, request: () => Promise<string>): Promise<[answer: string, isFast: boolean]> {
  const before = made.atOnce()
  const answer = await request()
  return [answer, made.atOnce() > before]
}

/** What was written since: the answer is that of the routes, and the one after it the same from memory. */
export async function fresh(made: Served, path = '/ics/family', ...lines: string[]): Promise<string> {
  const [first, isFast] = await again(made, () => made.get(path, ...lines))
  assert.equal(isFast, false, 'an answer from before the change')
  const [second] = await again(made, () => made.get(path, ...lines))
  assert.equal(second, first)
  return first
}
