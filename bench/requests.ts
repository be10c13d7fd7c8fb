/**
 * What a run costs on the wire: requests and bytes between the service and a real server, for both directions, each at
 * the first read or push, with nothing changed, and with one event changed. `node bench/requests.ts [events]`.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request as forward } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFeedServer } from '../test/fakes/feed-server.ts'
import { calendarText, type EventSketch } from '../test/fakes/world.ts'
import { startProgram } from '../test/program.ts'
import { type CalDavServer, eventText, PASSWORD } from '../test/servers/caldav-server.ts'
import { startRadicale } from '../test/servers/radicale.ts'
import { startXandikos } from '../test/servers/xandikos.ts'

const count = Number(process.argv[2] ?? 1000)

/** Counts what passes between the service and the server. */
async function startCounter(target: string) {
  const tally = { requests: 0, sent: 0, received: 0 }
  const server = createServer((incoming, outgoing) => {
    tally.requests += 1
    incoming.on('data', (chunk: Buffer) => {
      tally.sent += chunk.length
    })
    const { method, url = '/', headers } = incoming
    const onward = forward(new URL(url, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.on('data', (chunk: Buffer) => {
        tally.received += chunk.length
      })
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    /** What passed since the last call. */
    take() {
      const seen = { ...tally }
      Object.assign(tally, { requests: 0, sent: 0, received: 0 })
      return seen
    },
    stop: () => server.closeAllConnections(),
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

const sketches = (edition: number): EventSketch[] =>
  Array.from({ length: count }, (_, index) => [
    `event-${index}@bench`,
    index === 7 ? `Event ${index}, edition ${edition}` : `Event ${index}`,
    '20990401T090000Z',
  ])

async function measure(server: CalDavServer): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'requests-'))
  const program = await startProgram({ DATA_DIR: dataDir, RUST_LOG: 'error' })
  const counter = await startCounter(server.origin)
  const feed = await startFeedServer(calendarText(...sketches(1)))
  const api = async (method: string, path: string, body?: object) => {
    const json = body && { body: JSON.stringify(body) }
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(program.url + path, { method, headers, ...json })
    return (await answer.json()) as { message: string; source?: { id: number }; destination?: { id: number } }
  }
  const sync = async (kind: string, id: number, label: string) => {
    counter.take()
    const begun = performance.now()
    const { message } = await api('POST', `/api/${kind}s/${id}/sync`)
    const { requests, sent, received } = counter.take()
    const seconds = ((performance.now() - begun) / 1000).toFixed(2)
    console.log(`| ${server.name} | ${label} | ${requests} | ${sent} | ${received} | ${seconds} s | ${message} |`)
  }
  const account = { username: server.username, password: PASSWORD, sync_interval_secs: 0 }

  await server.makeCalendar('target')
  const settings = {
    name: 'd',
    ics_url: feed.url,
    calendar_name: 'target',
    sync_all: true,
    keep_local: true,
    ...account,
  }
  const home = server.home.replace(server.origin, counter.origin)
  const destination = await api('POST', '/api/destinations', { ...settings, caldav_url: home })
  const into = (label: string) => sync('destination', destination.destination?.id ?? 0, `destination, ${label}`)
  await into('first push')
  await into('nothing changed')
  await into('nothing changed again')
  feed.text = calendarText(...sketches(2))
  await into('one event changed')

  const calendar = `${home}target/`
  const source = await api('POST', '/api/sources', { name: 's', caldav_url: calendar, ics_path: 's', ...account })
  const from = (label: string) => sync('source', source.source?.id ?? 0, `source, ${label}`)
  await from('first read')
  await from('nothing changed')
  await server.putObject(`${server.home}target/`, 'new.ics', eventText('new@bench', 'New'))
  await from('one event new')
  await from('nothing changed after it')
  await from('nothing changed again')

  await program.end('SIGTERM')
  counter.stop()
  await Promise.all([counter.close(), feed.stop()])
  rmSync(dataDir, { recursive: true, force: true })
}

console.log(`${count} events\n\n| server | run | requests | bytes sent | bytes received | time | message |`)
console.log('|---|---|---|---|---|---|---|')
for (const start of [startRadicale, startXandikos]) {
  const server = await start()
  await measure(server)
  await server.stop()
}
