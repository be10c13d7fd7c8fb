// `setup.mjs install` brings the packages up to date; `setup.mjs dashboard` does that and builds the dashboard.
import { ensureDashboard } from './lib/dashboard.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { PlainError, runScript, say } from './lib/say.mjs'

await runScript(async () => {
  const [what] = process.argv.slice(2)
  if (what !== 'install' && what !== 'dashboard')
    throw new PlainError('Usage: node scripts/setup.mjs install|dashboard', 2)
  await ensureInstalled()
  if (what === 'dashboard') await ensureDashboard()
  say(what === 'install' ? 'Packages are up to date.' : 'Packages and dashboard are up to date.')
})
