// `npm start`: installs and builds what is missing or stale, then starts the service.
import { ensureBundle } from './lib/bundle.mjs'
import { ensureDashboard } from './lib/dashboard.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { runScript } from './lib/say.mjs'
import { startService } from './lib/service.mjs'

await runScript(async () => {
  await ensureInstalled()
  await ensureDashboard()
  await ensureBundle()
  await startService()
})
