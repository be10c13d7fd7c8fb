import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Node 26 as the dev dependency `node` brings it. */
export const pinnedNode = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** The oldest major version of Node that runs the service (package.json "engines"). */
export const neededMajor = 26

/** True where this very process can run the service. */
export function isNewEnough() {
  return Number(process.versions.node.split('.')[0]) >= neededMajor
}
