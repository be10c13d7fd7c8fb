// `npm run bench [-- options]`: sets up what the bench needs, then runs it on the Node that the packages bring.
import { join } from 'node:path'
import { ensureBenchPeers } from './lib/bench-peers.mjs'
import { runInForeground } from './lib/child.mjs'
import { ensureDashboard } from './lib/dashboard.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { pinnedNode, root } from './lib/paths.mjs'
import { ensureBenchPrograms } from './lib/programs.mjs'
import { runScript } from './lib/say.mjs'

await runScript(async () => {
  await ensureInstalled()
  await ensureDashboard()
  await ensureBenchPrograms()
  await ensureBenchPeers()
  process.exit(
    await runInForeground(pinnedNode, [join(root, 'bench/main.ts'), ...process.argv.slice(2)], { cwd: root }),
  )
})
