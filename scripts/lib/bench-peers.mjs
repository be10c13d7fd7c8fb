import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './child.mjs'
import { root } from './paths.mjs'
import { say } from './say.mjs'

/** Where other programs of the field lie that come from npm; not among the project's own packages. */
const folder = join(root, 'build/bench/peers')

/** What ours is measured against: a CalDAV client, two iCalendar libraries, a recurrence engine. */
const peers = { tsdav: '2.3.4', 'node-ical': '0.27.2', 'ical.js': '2.2.1', 'rrule-temporal': '2.2.8' }

/** Installs the peers where they are missing; without a registry the bench runs without them, and says so. */
export async function ensureBenchPeers() {
  const wanted = `${JSON.stringify({ private: true, type: 'module', dependencies: peers }, null, 2)}\n`
  const file = join(folder, 'package.json')
  const complete = Object.keys(peers).every((name) => existsSync(join(folder, 'node_modules', name)))
  if (complete && readFileSync(file, 'utf8') === wanted) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, wanted)
  say(`Installing what ours is measured against: ${Object.keys(peers).join(', ')} …`)
  const options = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  const { code, output } = await runQuietly('npm', options, { cwd: folder })
  if (code === 0) return
  process.stderr.write(output)
  say('npm install failed (above). The bench runs without the peers from npm.')
}
