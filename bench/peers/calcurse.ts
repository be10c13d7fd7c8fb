import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isInstalled } from '../../test/servers/process.ts'
import { measureCommand } from '../lib/process.ts'
import { Absent } from '../lib/workload.ts'
import type { BenchServer } from '../servers/bench-server.ts'
import type { Entrant } from '../workloads/contest.ts'

const run = promisify(execFile)

/**
 * calcurse-caldav imports a calendar into an empty calcurse, starting one process for each event. It leaves
 * most overrides out, and would push events that have one back as new ones at its next run: so it takes part in the first
 * read only, and has to have an event for each object.
 */
export function calcurseReads(server: BenchServer, folder: string): Entrant {
  if (!isInstalled('calcurse-caldav')) throw new Absent('calcurse-caldav is not installed')
  const path = (name: string) => join(folder, `calcurse-${name}`)
  return {
    name: 'calcurse-caldav',
    role: 'peer',
    rounds: 1,
    async work(origin) {
      for (const name of ['data', 'sync', 'config']) await rm(path(name), { recursive: true, force: true })
      await mkdir(path('data'))
      const { host } = new URL(origin)
      const lines = [
        '[General]',
        'DryRun = No',
        'HTTPS = No',
        `Hostname = ${host}`,
        `Path = ${new URL(server.calendar).pathname}`,
        '[Auth]',
        'Username = alice',
        'Password = bench',
      ]
      await writeFile(path('config'), `${lines.join('\n')}\n`)
      const options = ['--config', path('config'), '--datadir', path('data'), '--syncdb', path('sync')]
      // Debian's Python has the modules it needs, wherever another one comes first in the path.
      const command = ['/usr/bin/python3', '/usr/bin/calcurse-caldav', '--init', 'keep-remote', ...options]
      const env = { XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, no_proxy: '*' }
      const sample = await measureCommand([...command, '--lockfile', path('lock')], { env })
      const { stdout } = await run('calcurse', ['-D', path('data'), '-G'])
      const found = stdout.trim().split('\n').length
      if (found < server.size) throw new Error(`calcurse has ${found} of ${server.size} events of ${server.name}`)
      return sample
    },
  }
}
