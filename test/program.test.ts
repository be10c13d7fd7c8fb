/** The whole program as a child process: how it starts, refuses to start, and ends. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Environment, type Program, startInVain, startProgram } from './program.ts'
import { tempFolder } from './temp-folder.ts'

async function start(t: TestContext, env: Environment): Promise<Program> {
  const program = await startProgram(env)
  t.after(() => program.end('SIGKILL'))
  return program
}

const source = {
  name: 'Family',
  caldav_url: 'http://127.0.0.1:9/',
  username: 'ada',
  password: 'pass',
  ics_path: 'family',
  sync_interval_secs: 0,
}

async function addSource(program: Program, changes: object = {}): Promise<Response> {
  return fetch(`${program.url}/api/sources`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...source, ...changes }),
  })
}

/** One sentence for a person: no stack, one line. */
function assertOneSentence(output: string): void {
  assert.equal(output.trim().split('\n').length, 1, output)
  assert.doesNotMatch(output, /\bat .*\.ts:\d+/)
}

test('prints its address, its data file and whether login is on, and answers', async (t) => {
  const folder = tempFolder(t)
  const program = await start(t, { DATA_DIR: folder })
  assert.match(program.output(), /Address {4}http:\/\/127\.0\.0\.1:\d+/)
  assert.ok(program.output().includes(join(folder, 'caldav-sync.db')))
  assert.match(program.output(), /Login {6}off/)
  const health = await fetch(`${program.url}/api/health`)
  assert.deepEqual(await health.json(), { status: 'ok' })
})

test('F2: the data file is for its owner alone', async (t) => {
  const folder = tempFolder(t)
  await start(t, { DATA_DIR: folder })
  assert.equal(statSync(join(folder, 'caldav-sync.db')).mode & 0o777, 0o600)
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`S10: ${signal} ends it cleanly`, { timeout: 5_000 }, async (t) => {
    const program = await start(t, { DATA_DIR: tempFolder(t) })
    assert.equal(await program.end(signal), 0)
    assert.match(program.output(), /Stopped/)
  })
}

test('S10: SIGTERM ends it cleanly while a run waits for a server that says nothing', {
  timeout: 10_000,
}, async (t) => {
  const mute = createServer(() => undefined)
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
  t.after(() => mute.close())
  const address = mute.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const program = await start(t, { DATA_DIR: tempFolder(t) })
  const connected = new Promise((resolve) => mute.once('connection', resolve))
  await addSource(program, { caldav_url: `http://127.0.0.1:${port}/`, sync_interval_secs: 60 })
  await connected
  assert.equal(await program.end('SIGTERM'), 0)
})

test('S10: SIGTERM ends it cleanly while somebody watches its events', { timeout: 10_000 }, async (t) => {
  const program = await start(t, { DATA_DIR: tempFolder(t) })
  const response = await fetch(`${program.url}/api/events`)
  assert.equal(response.status, 200)
  const text = response.text()
  await addSource(program)
  assert.equal(await program.end('SIGTERM'), 0)
  assert.match(await text, /event: item-changed\ndata: \{"type":"item-changed","kind":"source"/)
})

test('I1: what was answered survives a kill', async (t) => {
  const folder = tempFolder(t)
  const first = await start(t, { DATA_DIR: folder })
  assert.equal((await addSource(first)).status, 201)
  await first.end('SIGKILL')
  const second = await start(t, { DATA_DIR: folder })
  const { sources } = (await (await fetch(`${second.url}/api/sources`)).json()) as { sources: { name: string }[] }
  assert.deepEqual(
    sources.map((found) => found.name),
    ['Family'],
  )
})

test('A1: a half-set login stops the start and names the variable', async (t) => {
  const { code, output } = await startInVain({ DATA_DIR: tempFolder(t), AUTH_USERNAME: 'ada' })
  assert.equal(code, 1)
  assert.match(output, /AUTH_PASSWORD/)
})

test('all wrong variables are named together', async (t) => {
  const { output } = await startInVain({ DATA_DIR: tempFolder(t), SERVER_PORT: 'many', RATE_LIMIT_PER_SECOND: 'few' })
  assert.match(output, /SERVER_PORT/)
  assert.match(output, /RATE_LIMIT_PER_SECOND/)
})

test('a busy port is one clear sentence', async (t) => {
  const first = await start(t, { DATA_DIR: tempFolder(t) })
  const { port } = new URL(first.url)
  const { code, output } = await startInVain({ DATA_DIR: tempFolder(t), SERVER_PORT: port })
  assert.equal(code, 1)
  assertOneSentence(output)
  assert.match(output, new RegExp(`${port}.*SERVER_PORT|SERVER_PORT.*${port}`))
})

test('F9: a second process on the same data refuses to start', async (t) => {
  const folder = tempFolder(t)
  await start(t, { DATA_DIR: folder })
  const { code, output } = await startInVain({ DATA_DIR: folder })
  assert.equal(code, 1)
  assertOneSentence(output)
})

test('F8: a data folder that cannot be made is one clear sentence', async (t) => {
  const file = join(tempFolder(t), 'file')
  writeFileSync(file, '')
  const { code, output } = await startInVain({ DATA_DIR: join(file, 'data') })
  assert.equal(code, 1)
  assertOneSentence(output)
  assert.ok(output.includes(file))
})

test('F8: a file that is no database is left as it is', async (t) => {
  const folder = tempFolder(t)
  const path = join(folder, 'caldav-sync.db')
  writeFileSync(path, 'my shopping list\n'.repeat(100))
  const { code, output } = await startInVain({ DATA_DIR: folder })
  assert.equal(code, 1)
  assertOneSentence(output)
  assert.match(readFileSync(path, 'utf8'), /^my shopping list/)
})

test('the database may lie anywhere: DB_PATH wins over DATA_DIR', async (t) => {
  const folder = tempFolder(t)
  const path = join(folder, 'deep', 'calendar.db')
  await start(t, { DATA_DIR: join(folder, 'unused'), DB_PATH: path })
  assert.ok(existsSync(path))
  assert.ok(!existsSync(join(folder, 'unused')))
})
