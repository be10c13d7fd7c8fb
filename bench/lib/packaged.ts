import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Absent } from './workload.ts'

const root = resolve(import.meta.dirname, '../..')

/** The service as it is shipped, bundled anew where its source has changed; its path. Throws `Absent` without esbuild. */
export function packagedService(): string {
  if (!existsSync(join(root, 'node_modules/esbuild'))) throw new Absent('esbuild, which bundles it, is not installed')
  execFileSync(process.execPath, [join(root, 'scripts/bundle.mjs')], { stdio: 'inherit' })
  return join(root, 'dist/main.js')
}

/** The options of Node with which `npm start` and the container start it. */
export function shippedOptions(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } }
  return scripts.start.split(' ').filter((word) => word.startsWith('--'))
}
