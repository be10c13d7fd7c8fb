import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { PlainError, say } from './say.mjs'
import { filesBelow, hashOf, readStamp, removeStamp, writeStamp } from './stamp.mjs'

const stampFile = join(root, 'build/service-bundled-from')
const folder = join(root, 'dist')

/** The service in a few files, where it is bundled; loading two hundred takes most of a start. */
export const bundledMain = join(folder, 'main.js')

/** Sizes and times, not content: this is asked at each start. */
function wantedStamp() {
  const files = ['package.json', 'package-lock.json', ...filesBelow(join(root, 'src')).map((path) => `src/${path}`)]
  const parts = files.flatMap((path) => {
    const { size, mtimeMs } = statSync(join(root, path))
    return [path, `${size} ${mtimeMs}`]
  })
  return hashOf(parts)
}

/** True where the bundle is there and made from the source as it is now. */
export function isBundled() {
  return readStamp(stampFile) === wantedStamp() && statSync(bundledMain, { throwIfNoEntry: false }) !== undefined
}

/** Bundles the service where that is missing or older than its source; else does nothing. Needs installed packages. */
export async function ensureBundle() {
  if (isBundled()) return
  const wanted = wantedStamp()
  removeStamp(stampFile)
  rmSync(folder, { recursive: true, force: true })
  const { build } = await import('esbuild')
  const { warnings } = await build({
    // As far below the project's folder as the source: what is found relative to it stays where it is.
    entryPoints: [join(root, 'src/main.ts')],
    outdir: folder,
    bundle: true,
    // What is imported at run time stays out of what is loaded at the start.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node26',
    // Packages in the older format ask for Node's own modules in its way.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  }).catch((error) => {
    throw new PlainError(`The service could not be bundled: ${error.message}`)
  })
  for (const { text } of warnings) say(`While bundling: ${text}`)
  writeStamp(stampFile, wanted)
}
