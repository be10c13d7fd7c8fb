import { existsSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundledMain, isBundled } from './bundle.mjs'
import { isNewEnough, neededMajor, nodeOptions, pinnedNode, root } from './paths.mjs'
import { PlainError } from './say.mjs'

/**
 * Starts the service, bundled where the bundle is up to date: within this process where its Node is new enough, so that
 * PID, signals and streams are the service's own; else as a child on the Node that the packages bring.
 */
export async function startService() {
  const main = isBundled() ? bundledMain : join(root, 'src/main.ts')
  if (isNewEnough()) {
    // Types are stripped and code is compiled once, not each time.
    module.enableCompileCache(join(root, 'build/compile-cache'))
    await import(pathToFileURL(main).href)
    return
  }
  if (!existsSync(pinnedNode))
    throw new PlainError(
      `This is Node ${process.versions.node}, and the service needs Node ${neededMajor}: run \`npm start\`, which brings it along, or install Node ${neededMajor}.`,
    )
  const { runInForeground } = await import('./child.mjs')
  process.exit(await runInForeground(pinnedNode, [...nodeOptions, main]))
}
