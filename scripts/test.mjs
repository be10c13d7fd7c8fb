// `npm test [-- suite …]`: the same set-up as `npm start`, then the suites, on the Node that the packages bring.
import { join } from 'node:path'
import { ensureBundle } from './lib/bundle.mjs'
import { runInForeground } from './lib/child.mjs'
import { ensureDashboard } from './lib/dashboard.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { pinnedNode, root } from './lib/paths.mjs'
import { ensureTestPrograms } from './lib/programs.mjs'
import { runScript } from './lib/say.mjs'

const suites = process.argv.slice(2)
const wants = (...names) => suites.length === 0 || names.some((name) => suites.includes(name))

await runScript(async () => {
  await ensureInstalled()
  // next build also writes the types that the type check of web/ reads.
  if (wants('types', 'servers', 'browser', 'container')) await ensureDashboard()
  if (wants('container')) await ensureBundle()
  if (wants('unit', 'servers', 'browser')) await ensureTestPrograms()
  process.exit(await runInForeground(pinnedNode, [join(root, 'scripts/suites.ts'), ...suites], { cwd: root }))
})
