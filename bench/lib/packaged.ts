import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Absent } from './workload.ts'

const root = resolve(import.meta.dirname, '../..')

/** The service as it is shipped, bundled anew where its source has changed; its path. Throws `Absent` without esbuild. */
export function packagedService(): string {
  if (!existsSync(join(root, 'node_modules/esbuild'))) throw new Absent('esbuild, which bundles it, is not installed')
  execFileSync(process.execPath, [join(root, 'scripts/bundle.mjs')], { stdio: 'inherit' })
  return join(root, 'dist/main.js')
}
