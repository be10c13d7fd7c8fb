// The service and the dashboard side by side, each reloading on a change; one Ctrl-C ends both.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pinnedNode, root } from './lib/paths.mjs'
import { say } from './lib/say.mjs'

/** How long the two get to end by themselves. */
const graceMs = 8_000

const port = process.env.PORT || '6766'
const next = join(root, 'node_modules/next/dist/bin/next')
const running = new Map()
let exitCode = 0
let stopping = false

function start(name, args, env) {
  // A process group of its own: Ctrl-C reaches only this script, which then stops each of the two exactly once.
  const child = spawn(pinnedNode, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  running.set(name, child)
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => say(`[${name}] ${line}`))
  child.once('exit', (code) => {
    running.delete(name)
    if (!stopping) {
      say(`[${name}] ended; stopping the other too`)
      exitCode = code ?? 1
    }
    stop()
    if (running.size === 0) process.exit(exitCode)
  })
}

function stop() {
  if (stopping) return
  stopping = true
  for (const child of running.values()) child.kill('SIGTERM')
  setTimeout(() => {
    for (const child of running.values()) process.kill(-child.pid, 'SIGKILL')
  }, graceMs).unref()
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)

start('web', [next, 'dev', 'web', '--hostname', '127.0.0.1', '--port', port], { NEXT_TELEMETRY_DISABLED: '1' })
start('api', ['--watch', 'src/main.ts'], {
  SERVER_PROXY_URL: process.env.SERVER_PROXY_URL || `http://127.0.0.1:${port}`,
})
