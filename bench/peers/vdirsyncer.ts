import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isInstalled } from '../../test/servers/process.ts'
import { measureCommand } from '../lib/process.ts'
import { Absent, type Sample } from '../lib/workload.ts'
import type { BenchServer } from '../servers/bench-server.ts'
import type { Entrant } from '../workloads/contest.ts'

/** vdirsyncer with one folder and one calendar as its pair, both named outright, which is its quickest way. */
export interface Vdirsyncer {
  /** Its side of the pair: one file per object. */
  readonly local: string
  /** Forgets what it knows and has. */
  reset(): Promise<void>
  /** Brings both sides in step. */
  sync(calendarUrl: string): Promise<Sample>
}

/** Makes one in the folder. Throws `Absent` where it is not installed. */
export async function openVdirsyncer(folder: string): Promise<Vdirsyncer> {
  if (!isInstalled('vdirsyncer')) throw new Absent('vdirsyncer is not installed')
  const [local, status, config] = ['local', 'status', 'config'].map((name) => join(folder, `vdirsyncer-${name}`))
  if (!local || !status || !config) throw new Error('vdirsyncer needs folders')
  await mkdir(local)
  const env = { VDIRSYNCER_CONFIG: config, NO_PROXY: '*' }
  let known = ''
  /** The pair has to be discovered again wherever its addresses change; what is known of the events stays. */
  const discover = async (calendarUrl: string) => {
    if (known === calendarUrl) return
    const lines = [
      '[general]',
      `status_path = "${status}"`,
      '[pair bench]',
      'a = "local"',
      'b = "remote"',
      'collections = null',
      'conflict_resolution = "b wins"',
      '[storage local]',
      'type = "filesystem"',
      `path = "${local}"`,
      'fileext = ".ics"',
      '[storage remote]',
      'type = "caldav"',
      `url = "${calendarUrl}"`,
      'username = "alice"',
      'password = "bench"',
    ]
    await writeFile(config, `${lines.join('\n')}\n`)
    await measureCommand(['vdirsyncer', '--verbosity', 'ERROR', 'discover', 'bench'], { env })
    known = calendarUrl
  }
  return {
    local,
    async reset() {
      for (const path of [local, status]) await rm(path, { recursive: true, force: true })
      await mkdir(local)
      known = ''
    },
    async sync(calendarUrl) {
      await discover(calendarUrl)
      return await measureCommand(['vdirsyncer', '--verbosity', 'ERROR', 'sync', 'bench'], { env })
    },
  }
}

/** vdirsyncer copies a calendar into an empty folder. */
export async function vdirsyncerReads(server: BenchServer, folder: string): Promise<Entrant> {
  const vdirsyncer = await openVdirsyncer(folder)
  return {
    name: 'vdirsyncer',
    role: 'peer',
    rounds: 1,
    async work(origin) {
      await vdirsyncer.reset()
      const sample = await vdirsyncer.sync(server.calendar.replace(server.origin, origin))
      await expectFiles(vdirsyncer, server.size)
      return sample
    },
  }
}

/** Throws where it does not have so many objects, or none of them has the text. */
export async function expectFiles({ local }: Vdirsyncer, objects: number, contains?: string): Promise<void> {
  const names = (await readdir(local)).filter((name) => name.endsWith('.ics'))
  if (names.length !== objects) throw new Error(`vdirsyncer has ${names.length} of ${objects} objects`)
  if (contains === undefined) return
  for (const name of names) if ((await readFile(join(local, name), 'utf8')).includes(contains)) return
  throw new Error(`vdirsyncer did not read "${contains}"`)
}
