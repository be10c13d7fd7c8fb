import { existsSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { runInForeground } from './child.mjs'
import { isNewEnough, neededMajor, pinnedNode, root } from './paths.mjs'
import { PlainError } from './say.mjs'

/**
 * Starts the service: within this process where its Node is new enough, so that PID, signals and streams are the
 * service's own; else as a child on the Node that the packages bring.
 */
export async function startService() {
  if (isNewEnough()) {
    // Halves the start: types are stripped and code is compiled once, not each time.
    module.enableCompileCache(join(root, 'build/compile-cache'))
    await import('../../src/main.ts')
    return
  }
  if (!existsSync(pinnedNode))
    throw new PlainError(
      `This is Node ${process.versions.node}, and the service needs Node ${neededMajor}: run \`npm start\`, which brings it along, or install Node ${neededMajor}.`,
    )
  process.exit(await runInForeground(pinnedNode, [join(root, 'src/main.ts')]))
}
