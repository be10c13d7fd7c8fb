import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runQuietly } from './child.mjs'
import { say } from './say.mjs'

/** Programs the suites drive; on Debian each is the package of the same name. */
const testPrograms = ['radicale', 'xandikos', 'chromium', 'openssl']

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

/**
 * Installs the programs the suites need where that is ours to do (root on Debian); elsewhere says what to install.
 * The suites that miss theirs are skipped, and say so.
 */
export async function ensureTestPrograms() {
  const missing = testPrograms.filter((program) => !isOnPath(program))
  if (missing.length === 0) return
  const mayInstall = existsSync('/etc/debian_version') && isOnPath('apt-get') && process.getuid?.() === 0
  if (!mayInstall) {
    say(`Not on this machine: ${missing.join(', ')}. Their suites are skipped. On Debian or Ubuntu:`)
    say(`  sudo apt-get install --no-install-recommends ${missing.join(' ')}`)
    return
  }
  say(`Installing Debian packages: ${missing.join(', ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const steps = [
    ['update', '-q'],
    ['install', '-q', '-y', '--no-install-recommends', ...missing],
  ]
  for (const step of steps) {
    const { code, output } = await runQuietly('apt-get', step, { env })
    if (code === 0) continue
    process.stderr.write(output)
    say(`apt-get ${step[0]} failed (above). The suites that need ${missing.join(', ')} are skipped.`)
    return
  }
}
