import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runQuietly } from './child.mjs'
import { say } from './say.mjs'

/** Programs the suites drive; on Debian each is the package of the same name. */
const testPrograms = ['radicale', 'xandikos', 'chromium', 'firefox-esr', 'openssl']

/** Libraries that read our feeds in the tests, by Debian package, with a file that is there where they are. */
const testLibraries = {
  'python3-icalendar': '/usr/lib/python3/dist-packages/icalendar',
  'python3-vobject': '/usr/lib/python3/dist-packages/vobject',
  'python3-gi': '/usr/lib/python3/dist-packages/gi',
  'gir1.2-ical-3.0': '/usr/lib/*/girepository-1.0/ICalGLib-3.0.typelib',
}

/** `*` stands for one folder of the machine's own name. */
function isInstalled(pattern) {
  const [before, after] = pattern.split('*')
  if (after === undefined) return existsSync(pattern)
  return existsSync(before) && readdirSync(before).some((folder) => existsSync(join(before, folder + after)))
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Programs that the bench drives besides: the floors, and other programs of the field. */
const benchPrograms = {
  radicale: 'radicale',
  xandikos: 'xandikos',
  curl: 'curl',
  python3: 'python3',
  nginx: 'nginx',
  wrk: 'wrk',
  vdirsyncer: 'vdirsyncer',
  'calcurse-caldav': 'calcurse',
}

/**
 * Installs Debian packages where that is ours to do (root on Debian); elsewhere says what to install. `without` is what
 * becomes of whatever needs them.
 */
async function ensurePackages(missing, without) {
  if (missing.length === 0) return
  const mayInstall = existsSync('/etc/debian_version') && isOnPath('apt-get') && process.getuid?.() === 0
  if (!mayInstall) {
    say(`Not on this machine: ${missing.join(', ')}. ${without} On Debian or Ubuntu:`)
    say(`  sudo apt-get install --no-install-recommends ${missing.join(' ')}`)
    return
  }
  say(`Installing Debian packages: ${missing.join(', ')} …`)
  // RUNLEVEL=1: a package that brings a service (nginx) does not start it.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const steps = [
    ['update', '-q'],
    ['install', '-q', '-y', '--no-install-recommends', ...missing],
  ]
  for (const step of steps) {
    const { code, output } = await runQuietly('apt-get', step, { env })
    if (code === 0) continue
    process.stderr.write(output)
    say(`apt-get ${step[0]} failed (above). Missing: ${missing.join(', ')}. ${without}`)
    return
  }
}

/** What the suites need; those that miss theirs are skipped, and say so. */
export async function ensureTestPrograms() {
  const missing = [
    ...testPrograms.filter((program) => !isOnPath(program)),
    ...Object.keys(testLibraries).filter((name) => !isInstalled(testLibraries[name])),
  ]
  await ensurePackages(missing, 'Their tests are skipped.')
}

/** What the bench needs; workloads and peers that miss theirs are left out, and named. */
export async function ensureBenchPrograms() {
  const missing = Object.entries(benchPrograms).flatMap(([program, name]) => (isOnPath(program) ? [] : [name]))
  await ensurePackages(missing, 'What needs them is left out of the bench.')
}
