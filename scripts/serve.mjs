// Starts the service as it is, without installing or building anything; says what to do where Node is too old.
import { runScript } from './lib/say.mjs'
import { startService } from './lib/service.mjs'

await runScript(startService)
