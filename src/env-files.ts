import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { ConfigError, type Environment } from './config.ts'

/**
 * The environment with `.env.local` and then `.env` laid under it (contract 1.1): of each the nearest one, searched
 * from `folder` upwards; real variables win, then `.env.local`. Throws ConfigError where such a file cannot be read.
 */
export function readEnvironment(environment: Environment, folder: string): Environment {
  const real = Object.entries(environment).filter(([, value]) => value !== undefined)
  return { ...readNearest('.env', folder), ...readNearest('.env.local', folder), ...Object.fromEntries(real) }
}

function readNearest(name: string, folder: string): Environment {
  let current = resolve(folder)
  for (;;) {
    const text = readIfFile(join(current, name))
    if (text !== undefined) return parseEnv(text.replace(/^\uFEFF/, ''))
    const parent = dirname(current)
    if (parent === current) return {}
    current = parent
  }
}

/** Undefined where there is no such file; a folder of this name (a container mount gone wrong) counts as none. */
function readIfFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined
    throw new ConfigError([
      { variable: path, message: 'cannot be read; make it readable for the user that runs this service, or remove it' },
    ])
  }
}
