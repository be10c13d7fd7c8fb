import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type CalDavServer, describeServer } from '../../test/servers/caldav-server.ts'
import { isInstalled, startServer } from '../../test/servers/process.ts'
import { benchObjects } from '../lib/calendars.ts'
import { Absent } from '../lib/workload.ts'
import { type BenchServer, objectName, queryAll, syncAll } from './bench-server.ts'

const USER = 'alice'
const TEMPLATES = join(import.meta.dirname, '../../build/bench/radicale')
const PROPS = { tag: 'VCALENDAR', 'D:displayname': 'bench', 'C:supported-calendar-component-set': 'VEVENT' }
/** Debian's own, which has Radicale's modules, wherever another one comes first in the path. */
const PYTHON = '/usr/bin/python3'
const CACHE_MAKER = join(import.meta.dirname, 'radicale-cache.py')
const run = promisify(execFile)

/** Radicale with a calendar `bench` of so many events, all of which it has parsed before. Any password will do. */
export async function startRadicale(size: number): Promise<BenchServer> {
  if (!isInstalled('radicale')) throw new Absent('radicale is not installed')
  const template = size === 0 ? null : await templateOf(size)
  const server = await start(async (folder) => {
    if (template === null) return
    // Radicale replaces files and never writes into one, so that links to the template leave it as it is.
    await run('cp', ['-al', template, join(folder, 'collections')]).catch(() =>
      run('cp', ['-a', template, join(folder, 'collections')]),
    )
  })
  const calendar = `${server.home}bench/`
  try {
    if (template !== null) await queryAll(server, calendar, size)
  } catch (thrown) {
    await server.stop()
    throw thrown
  }
  return { ...server, calendar, size }
}

/**
 * A storage folder with the calendar in it. Radicale takes minutes to parse a large one for the first time and
 * keeps the result beside it, so that is made here without parsing, and the folder is kept for the next run of the bench.
 */
async function templateOf(size: number): Promise<string> {
  const objects = benchObjects(size)
  const print = createHash('sha256')
  for (const { text } of objects) print.update(text)
  const template = join(TEMPLATES, `${size}-${print.digest('hex').slice(0, 12)}`)
  if (existsSync(template)) return template
  const unfinished = `${template}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  const folder = join(unfinished, 'collection-root', USER, 'bench')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, '.Radicale.props'), JSON.stringify(PROPS))
  for (const [index, { text }] of objects.entries()) await writeFile(join(folder, objectName(index)), text)
  await run(PYTHON, [CACHE_MAKER, unfinished, `/${USER}/bench/`]).catch((thrown: unknown) => {
    console.log(`Radicale parses ${size} events itself, which takes long: its cache could not be filled: ${thrown}`)
  })
  const server = await start(() => Promise.resolve(), unfinished)
  try {
    await queryAll(server, `${server.home}bench/`, size)
    await syncAll(server, `${server.home}bench/`, size)
  } finally {
    await server.stop()
  }
  await rename(unfinished, template)
  return template
}

async function start(fill: (folder: string) => Promise<void>, storage?: string): Promise<CalDavServer> {
  const server = await startServer('radicale', async (folder, port) => {
    await fill(folder)
    const lines = [
      '[server]',
      `hosts = 127.0.0.1:${port}`,
      'max_content_length = 1000000000',
      'timeout = 600',
      '[auth]',
      'type = none',
      '[storage]',
      `filesystem_folder = ${storage ?? join(folder, 'collections')}`,
      '[web]',
      'type = none',
      '[logging]',
      'level = warning',
    ]
    await writeFile(join(folder, 'config'), `${lines.join('\n')}\n`)
    return ['--config', join(folder, 'config')]
  })
  const origin = `http://127.0.0.1:${server.port}`
  const place = { name: 'Radicale', origin, homePath: `/${USER}/`, username: USER, stop: server.stop }
  const radicale = describeServer(place)
  // The principal comes into being with the first request that carries a login.
  await radicale.request('PROPFIND', place.homePath, { headers: { depth: '0' } })
  return radicale
}
