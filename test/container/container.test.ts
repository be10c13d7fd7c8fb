import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, globSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { jsonCommand, stepsOf } from './dockerfile.ts'
import { assembleImage, type ImageTree, placeNode } from './image-tree.ts'

const project = resolve(import.meta.dirname, '../..')

/** `nobody`, who stands for the image's user; only root can start a process as somebody else. */
const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : null

describe('the final stage of the Dockerfile, laid out and started as its user', () => {
  const folder = mkdtempSync(join(tmpdir(), 'image-'))
  let tree: ImageTree
  let env: Record<string, string>
  let nodeFolder: string
  let base: string
  let service: ChildProcess
  let printed = ''

  before(async () => {
    chmodSync(folder, 0o755)
    tree = assembleImage(project, folder, user)
    const port = await freePort()
    base = `http://127.0.0.1:${port}`
    nodeFolder = placeNode(tree)
    env = { ...environmentOf(tree), PATH: nodeFolder, SERVER_PORT: String(port) }
    const [program = '', ...args] = jsonCommand(stepsOf(tree.final, 'CMD').at(-1) ?? '')
    assert.equal(program, 'node')
    service = start(args)
    await answers(`${base}/api/health`)
  })

  after(() => {
    service?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  test('holds what runs, and no tests, development packages or settings', () => {
    for (const path of [
      'dist/main.js',
      'web/out/index.html',
      'package.json',
      'LICENSE',
      'node_modules/hono/package.json',
    ])
      assert.ok(existsSync(join(tree.workingFolder, path)), path)
    for (const path of ['node_modules/next', 'node_modules/typescript', 'node_modules/node', '.env', '.git', 'test'])
      assert.ok(!existsSync(join(tree.workingFolder, path)), path)
    assert.deepEqual(globSync('{src,web}/**/*.test.{ts,tsx}', { cwd: tree.workingFolder }), [])
  })

  test('answers /api/health, and the health check of the Dockerfile agrees', async () => {
    assert.deepEqual(await (await fetch(`${base}/api/health`)).json(), { status: 'ok' })
    assert.equal(healthCheck({}), 0)
    assert.equal(healthCheck({ SERVER_PORT: '1' }), 1)
  })

  test('answers what is loaded only when it is asked for: the API, and its Swagger UI from the package', async () => {
    assert.deepEqual(await (await fetch(`${base}/api/sources`)).json(), { sources: [] })
    for (const path of ['/api/openapi.json', '/api/swagger-ui/', '/api/swagger-ui/swagger-ui-bundle.js'])
      assert.equal((await fetch(base + path)).status, 200, path)
  })

  test('serves the dashboard', async () => {
    const answer = await fetch(base)
    assert.equal(answer.status, 200)
    assert.match(await answer.text(), /<!DOCTYPE html>/i)
  })

  test('keeps its data under /data, as the user of the image', () => {
    const file = join(tree.rootFolder, 'data/caldav-sync.db')
    assert.ok(existsSync(file), printed)
    if (user !== null) assert.equal(statSync(file).uid, user.uid)
  })

  test('declares what users of the existing image rely on', () => {
    assert.deepEqual(stepsOf(tree.final, 'EXPOSE'), ['6765'])
    assert.deepEqual(stepsOf(tree.final, 'VOLUME'), ['/data'])
    assert.deepEqual(stepsOf(tree.final, 'USER'), ['node'])
  })

  test('ends by SIGTERM on its own, with exit code 0', async () => {
    const exit = once(service, 'exit')
    service.kill('SIGTERM')
    assert.deepEqual(await exit, [0, null], printed)
  })

  function start(args: readonly string[]): ChildProcess {
    const child = spawn(join(nodeFolder, 'node'), args, { cwd: tree.workingFolder, env, ...user })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += String(chunk)))
    return child
  }

  function healthCheck(changed: Readonly<Record<string, string>>): number | null {
    const [, ...args] = jsonCommand(stepsOf(tree.final, 'HEALTHCHECK').at(-1) ?? '')
    return spawnSync(join(nodeFolder, 'node'), args, { env: { ...env, ...changed }, ...user }).status
  }

  /** Waits until the address answers; fails with what the service printed when it ended instead. */
  async function answers(url: string): Promise<void> {
    for (;;) {
      const answered = await fetch(url).then(
        () => true,
        () => false,
      )
      if (answered) return
      assert.equal(service.exitCode, null, printed)
      await new Promise((done) => setTimeout(done, 50))
    }
  }
})

/** The ENV steps, with the image's folders mapped below the tree. */
function environmentOf(tree: ImageTree): Record<string, string> {
  const pairs = stepsOf(tree.final, 'ENV').map((rest) => {
    const [name = '', value = ''] = rest.split('=')
    return [name, value.startsWith('/') ? join(tree.rootFolder, value) : value]
  })
  return Object.fromEntries(pairs)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  server.close()
  return address.port
}
