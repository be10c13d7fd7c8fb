import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './child.mjs'
import { pinnedNode, root } from './paths.mjs'
import { PlainError, say } from './say.mjs'
import { filesBelow, hashOf, readStamp, removeStamp, writeStamp } from './stamp.mjs'

const web = join(root, 'web')
const stampFile = join(root, 'build/dashboard-built-from')
const builtByNext = ['.next', 'out', 'next-env.d.ts']

/** NEXT_PUBLIC_API_URL from the environment, else from .env.local, else from .env; empty means "same origin". */
function apiUrl() {
  if (process.env.NEXT_PUBLIC_API_URL !== undefined) return process.env.NEXT_PUBLIC_API_URL
  for (const name of ['.env.local', '.env']) {
    const file = join(root, name)
    if (!existsSync(file)) continue
    const match = /^\s*(?:export\s+)?NEXT_PUBLIC_API_URL\s*=\s*(["']?)(.*?)\1\s*$/m.exec(readFileSync(file, 'utf8'))
    if (match) return match[2]
  }
  return ''
}

function wantedStamp(url) {
  const parts = filesBelow(web, builtByNext).flatMap((path) => [path, readFileSync(join(web, path))])
  return hashOf([...parts, readFileSync(join(root, 'package-lock.json')), url])
}

/** Builds web/out when it is missing or older than what it is made from; else does nothing. Needs installed packages. */
export async function ensureDashboard() {
  const url = apiUrl()
  const wanted = wantedStamp(url)
  if (readStamp(stampFile) === wanted && existsSync(join(web, 'out/index.html'))) return

  say('Building the dashboard (about half a minute) …')
  const started = Date.now()
  removeStamp(stampFile)
  const { code, output } = await runQuietly(
    pinnedNode,
    [join(root, 'node_modules/next/dist/bin/next'), 'build', 'web'],
    {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NEXT_PUBLIC_API_URL: url, NODE_ENV: 'production' },
    },
  )
  if (code !== 0) {
    process.stderr.write(output)
    throw new PlainError('The dashboard could not be built. What the build said is above.')
  }
  writeStamp(stampFile, wanted)
  say(`Dashboard built in ${Math.round((Date.now() - started) / 1000)} s.`)
}
