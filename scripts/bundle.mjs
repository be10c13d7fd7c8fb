// Bundles the service into dist/, where that is missing or older than its source; needs installed packages.
import { ensureBundle } from './lib/bundle.mjs'
import { runScript } from './lib/say.mjs'

await runScript(ensureBundle)
