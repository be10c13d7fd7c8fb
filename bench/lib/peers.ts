/** Packages that ours is measured against; they are not among the project's own. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../build/bench/peers')

export function hasPeer(name: string): boolean {
  return existsSync(join(folder, 'node_modules', name))
}

/** The package, typed by the caller, who knows what of it is used. */
export function loadPeer<Api>(name: string): Api {
  return createRequire(join(folder, 'package.json'))(name) as Api
}
