import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runQuietly } from './child.mjs'
import { pinnedNode, root } from './paths.mjs'
import { PlainError, say } from './say.mjs'
import { hashOf, readStamp, writeStamp } from './stamp.mjs'

const stampFile = join(root, 'node_modules/.installed-from')

/** What node_modules depends on: the lock file, which packages may run install scripts, and the kind of machine. */
function wantedStamp() {
  const { dependencies, devDependencies, allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return hashOf([
    readFileSync(join(root, 'package-lock.json')),
    JSON.stringify([dependencies, devDependencies, allowScripts]),
    `${process.platform}-${process.arch}`,
  ])
}

/**
 * The environment for npm. `npm run` puts node_modules/.bin first into PATH, and with it the very Node that
 * `npm ci` is about to delete; npm must run on the Node of the machine.
 */
function environmentOutsideProject() {
  const env = { ...process.env }
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  const projectBin = join(root, 'node_modules')
  env[name] = (env[name] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(projectBin))
    .join(delimiter)
  env.npm_config_loglevel = 'error'
  return env
}

/** What to do about a failed `npm ci`, or null where only npm's own words can tell. */
function adviceFor(output) {
  const codes =
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b/
  if (codes.test(output)) {
    const url = /request to (\S+) failed/.exec(output)?.[1]
    const registry = url === undefined ? 'The npm registry' : `The npm registry at ${new URL(url).origin}`
    return `${registry} could not be reached (${codes.exec(output)?.[1]}). Check the network and npm's registry and proxy settings (\`npm config list\`), then start again.`
  }
  if (/\bENOSPC\b/.test(output)) return 'The disk is full. Make room (about 1 GB), then start again.'
  if (/\b(EACCES|EROFS)\b/.test(output))
    return `The folder ${root} cannot be written. Start as the user it belongs to, or change its owner.`
  return null
}

/** Runs `npm ci` when node_modules is missing or does not belong to the present package-lock.json; else does nothing. */
export async function ensureInstalled() {
  const wanted = wantedStamp()
  const present = readStamp(stampFile)
  if (present === wanted && existsSync(pinnedNode)) return

  say(
    present === ''
      ? 'Installing packages (first start, about a minute) …'
      : 'Installing packages (they changed since the last start) …',
  )
  const started = Date.now()
  const { code, output } = await runQuietly('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: environmentOutsideProject(),
    shell: process.platform === 'win32',
  }).catch((error) => {
    throw new PlainError(`npm could not be started (${error.message}). Install Node.js with npm, then start again.`)
  })
  if (code !== 0) {
    const advice = adviceFor(output)
    if (advice === null) process.stderr.write(output)
    throw new PlainError(advice ?? 'The packages could not be installed. What npm said is above.')
  }
  if (!existsSync(pinnedNode))
    throw new PlainError(
      'The package `node` is there without its program, because npm is set to run no install scripts. Run `npm rebuild node --ignore-scripts=false`, then start again.',
    )
  writeStamp(stampFile, wanted)
  say(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}
