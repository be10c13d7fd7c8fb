import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import packageJson from '../package.json' with { type: 'json' }
import { loadSettings, shownEnvironment } from './config.ts'
import { createEngine } from './context.ts'
import type { Settings } from './core/settings.ts'
import type { Clock } from './core/types.ts'
import { readEnvironment } from './env-files.ts'
import { createApp } from './http/app.ts'
import { serve } from './http/server.ts'
import { createLogger } from './log.ts'
import { openImportFolder } from './store/imports.ts'
import { openStore } from './store/store.ts'

/** Time that runs under way get to reach a safe point when the service stops. */
const STOP_GRACE_MS = 3_000
const WEB_ROOT = join(import.meta.dirname, '..', 'web', 'out')

const clock: Clock = { now: () => Date.now() }

async function main(): Promise<void> {
  const environment = readEnvironment(process.env, process.cwd())
  const settings = loadSettings(environment)
  const log = createLogger(settings.logLevel, (line) => process.stdout.write(`${line}\n`), clock)
  const store = openStore({ path: settings.dbPath, clock, log })
  const imports = openImportFolder(settings.importDir)
  const world = { settings, store, imports, clock, log, version: packageJson.version }
  const engine = createEngine(world)
  const webRoot = existsSync(join(WEB_ROOT, 'index.html')) ? WEB_ROOT : null
  const warnings =
    process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0'
      ? ['Certificates are not checked (NODE_TLS_REJECT_UNAUTHORIZED=0): passwords can be read on the way. Remove it.']
      : []
  for (const warning of warnings) log.warn(warning)
  const app = createApp({
    ...world,
    runner: engine.runner,
    events: engine.events,
    inspect: engine.inspect,
    diagnose: engine.diagnose,
    planDraft: engine.planDraft,
    freshen: engine.freshen,
    freshForSecs: engine.freshForSecs,
    freshUntil: engine.freshUntil,
    linkFeeds: engine.linkFeeds,
    trail: engine.trail,
    shown: engine.shown,
    startedAt: clock.now(),
    publicUrl: settings.publicUrl,
    environment: shownEnvironment(environment),
    webRoot,
    warnings,
  })
  const server = await serve(app, { host: settings.host, port: settings.port, log }).catch((thrown: unknown) => {
    store.close()
    throw thrown
  })
  let stopping = false
  const stop = async (signal: string): Promise<void> => {
    if (stopping) process.exit(1)
    stopping = true
    log.info('Stopping', { signal })
    await engine.stop(STOP_GRACE_MS)
    await server.close()
    engine.trail.flush()
    store.close()
    log.info('Stopped')
  }
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      stop(signal).then(
        () => process.exit(0),
        (thrown: unknown) => fail(thrown),
      )
    })
  }

  greet(settings, server.port)

  const interrupted = store.runs.markInterrupted(clock.now())
  if (interrupted > 0) log.warn('Runs were cut off when the service last ended; they run again now', { interrupted })
  engine.start()
}

function greet(settings: Settings, port: number): void {
  const host = ['0.0.0.0', '::'].includes(settings.host) ? 'localhost' : settings.host
  const login = settings.login
    ? `on, user name ${settings.login.username}`
    : 'off: whoever can reach this address can read and change everything (set AUTH_USERNAME and AUTH_PASSWORD)'
  process.stdout.write(
    [
      `CalDAV/ICS Sync ${packageJson.version}`,
      `  Address    http://${host.includes(':') ? `[${host}]` : host}:${port}`,
      `  Data file  ${resolve(settings.dbPath)}`,
      `  Login      ${login}`,
      '',
    ].join('\n'),
  )
}

/** A start that cannot be: the reason in plain words, without a stack. */
function fail(thrown: unknown): never {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
  process.exit(1)
}

main().catch(fail)
