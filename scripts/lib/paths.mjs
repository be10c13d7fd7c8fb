import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Node 26 as the dev dependency `node` brings it. */
export const pinnedNode = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

/**
 * What the service's Node is started with, also where package.json, the Dockerfile and jfiles start it (docs/adr/0019):
 * new objects get 8 MB before the collector looks at them, not 16.
 */
export const nodeOptions = ['--max-semi-space-size=8']

/** The oldest major version of Node that runs the service (package.json "engines"). */
export const neededMajor = 26

/** True where this very process can run the service. */
export function isNewEnough() {
  return Number(process.versions.node.split('.')[0]) >= neededMajor
}
