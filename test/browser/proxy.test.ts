/** The dashboard behind a reverse proxy, under a name that only the proxy knows. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, before, test } from 'node:test'
import { openPage } from './chromium.ts'
import { startReverseProxy } from './reverse-proxy.ts'
import { addSource, fillSource, type Stage, startService, startStage } from './stage.ts'

let stage: Stage

before(async () => {
  stage = await startStage()
})

after(() => stage.stop())

const manners = [
  { name: 'one that passes Host on', manner: { keepsHost: true, tells: false }, env: {} },
  {
    name: 'one that writes its own Host and says what it was',
    manner: { keepsHost: false, tells: true },
    env: { RATE_LIMIT_TRUST_PROXY: 'true' },
  },
] as const

for (const { name, manner, env } of manners) {
  test(`behind a proxy, ${name}: news come, changes are taken, and addresses are those of the proxy`, async () => {
    const own = await startService(env)
    const proxy = await startReverseProxy(own.program.url, manner)
    const origin = `http://lan.test:${proxy.port}`
    const { page, context, troubles } = await openPage(stage.browser, { url: `${origin}/sources` })
    await page.getByText('No sources configured.').waitFor()

    await page.getByRole('button', { name: 'Add Source' }).click()
    await fillSource(page, { name: 'Work', url: stage.work, username: 'alice', path: 'work' })
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
    await page.getByText('Source created with id 1').waitFor()
    await page.getByRole('button', { name: /^Work/ }).click()
    await page.getByRole('link', { name: `${origin}/ics/work` }).waitFor()
    await page.getByRole('button', { name: 'Sync Now' }).click()
    await page.getByText('Work: Synchronized 2 events').waitFor()

    await addSource(own.program, { name: 'Elsewhere', url: stage.work, username: 'alice', path: 'elsewhere' })
    // Well below the quarter of a minute after which the list is asked for anyway.
    await page.getByRole('button', { name: /^Elsewhere/ }).waitFor({ timeout: 8000 })
    assert.deepEqual(troubles, [])
    await context.close()
    await proxy.stop()
    await own.remove()
  })
}

test('behind a proxy that says nothing, PUBLIC_URL lets changes through', async () => {
  const port = await freePort()
  const own = await startService({ PUBLIC_URL: `http://lan.test:${port}` })
  const proxy = await startReverseProxy(own.program.url, { keepsHost: false, tells: false }, port)
  const { page, context } = await openPage(stage.browser, { url: `http://lan.test:${port}/sources` })
  await page.getByRole('button', { name: 'Add Source' }).click()
  await fillSource(page, { name: 'Work', url: stage.work, username: 'alice', path: 'work' })
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await page.getByText('Source created with id 1').waitFor()
  await context.close()
  await proxy.stop()
  await own.remove()
})

/** A port that nobody listens on at the moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
