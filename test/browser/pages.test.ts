/** Every page with data in it, under the strict policy: nothing reported, nothing asked of others, nothing logged. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PASSWORD } from '../servers/caldav-server.ts'
import { openPage, sidewaysScroll, type Visit } from './chromium.ts'
import { addSource, type Stage, startStage, write } from './stage.ts'

/** All addresses of the dashboard; the numbers are those of what `before` adds. */
const addresses = [
  '/',
  '/sources',
  '/sources/add',
  '/sources/view?id=1',
  '/destinations',
  '/destinations/add',
  '/destinations/view?id=1',
  '/destinations/rules?id=1',
  '/runs/view?id=1',
  '/links',
  '/links/view?id=1',
  '/calendar',
  '/review',
  '/settings',
] as const

let stage: Stage
let visit: Visit

before(async () => {
  stage = await startStage()
  const { program, radicale, work } = stage
  await addSource(program, { name: 'Work', url: work, username: 'alice', path: 'work' })
  await write(program, 'POST', '/api/sources/1/sync')
  await write(program, 'POST', '/api/destinations', {
    name: 'Team copy',
    ics_url: `${program.url}/ics/work`,
    caldav_url: radicale.home,
    calendar_name: 'Team',
    username: 'alice',
    password: PASSWORD,
    sync_interval_secs: 3600,
    sync_all: true,
    keep_local: true,
  })
  await write(program, 'POST', '/api/destinations/1/sync')
  visit = await openPage(stage.browser, { url: `${program.url}/sources` })
})

after(() => stage.stop())

for (const address of addresses) {
  test(`${address} shows itself without a complaint, and no wider than a small phone`, async () => {
    const { page, troubles } = visit
    const answer = await page.goto(`${stage.program.url}${address}`)
    assert.equal(answer?.status(), 200)
    assert.match(answer.headers()['content-security-policy'] ?? '', /^default-src 'self'; script-src 'self' 'sha256-/)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    // What is asked for when the page has been drawn; its stream never ends.
    await page.waitForLoadState('load')
    await page.getByRole('button', { name: /^Up / }).waitFor()
    await page.setViewportSize({ width: 360, height: 740 })
    assert.equal(await sidewaysScroll(page), 0)
    await page.setViewportSize({ width: 1280, height: 860 })
    assert.deepEqual(troubles, [])
  })
}
