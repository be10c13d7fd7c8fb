/** What surrounds the pages: keys, titles, live news, and honesty while there is none. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { focused, look, openPage, type Visit } from './chromium.ts'
import { addSource, type Stage, startService, startStage, stateWord, write } from './stage.ts'

let stage: Stage
let visit: Visit

before(async () => {
  stage = await startStage()
  await addSource(stage.program, { name: 'Work', url: stage.work, username: 'alice', path: 'work' })
  visit = await openPage(stage.browser, { url: `${stage.program.url}/sources` })
  await stateWord(visit.page, 'Synced').waitFor()
})

after(() => stage.stop())

/** Waits until the page under this heading is there, and asks for its title. */
async function titleUnder(page: Page, heading: string): Promise<string> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  return page.title()
}

/** Well below the quarter of a minute after which the lists are asked for anyway. */
const atOnce = { timeout: 8000 }

test('each page has a title of its own, so that tabs and screen readers tell them apart', async () => {
  const { page } = visit
  assert.equal(await page.title(), 'Sources - CalDAV/ICS Sync')
  await page.getByRole('link', { name: 'Destinations (0)' }).click()
  assert.equal(await titleUnder(page, 'Destinations (ICS to CalDAV)'), 'Destinations - CalDAV/ICS Sync')
  await page.getByRole('link', { name: 'Overview' }).click()
  assert.equal(await titleUnder(page, 'Overview'), 'Overview - CalDAV/ICS Sync')
})

test('g and a letter go to a page, and / to its search', async () => {
  const { page } = visit
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  assert.equal(await titleUnder(page, 'Sources (CalDAV to ICS)'), 'Sources - CalDAV/ICS Sync')
  await page.getByRole('searchbox', { name: 'Search sources' }).waitFor()
  await page.keyboard.press('/')
  assert.equal(await focused(page), 'Search sources')
  assert.equal(await page.getByRole('searchbox').inputValue(), '')
})

test("in a field a key is a letter, with Control it is the browser's, and in a dialog it is the dialog's", async () => {
  const { page } = visit
  const search = page.getByRole('searchbox', { name: 'Search sources' })
  await search.pressSequentially('gd?/')
  assert.equal(await search.inputValue(), 'gd?/')
  assert.equal(await page.getByRole('dialog').count(), 0)
  await search.fill('')
  await page.getByRole('button', { name: 'Add Source' }).focus()
  await page.keyboard.press('Control+g')
  await page.keyboard.press('d')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'New Source' })
  await dialog.waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).focus()
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.keyboard.press('?')
  assert.equal(new URL(page.url()).pathname, '/sources')
  assert.equal(await page.getByRole('dialog').count(), 1)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
})

test('? shows the keys, and there they can be switched off for good', async () => {
  const { page } = visit
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await dialog.getByRole('row', { name: 'Go to Sources g s' }).waitFor()
  assert.deepEqual(await look(visit, 'shortcuts'), [])
  await dialog.getByRole('switch', { name: 'Single keys do something' }).uncheck()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.keyboard.press('?')
  assert.equal(await dialog.count(), 0)
  assert.equal(new URL(page.url()).pathname, '/sources')
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await dialog.getByRole('switch').check()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await focused(page), 'Keyboard shortcuts')
})

test("two windows see each other's changes and runs at once", async () => {
  const { page, context } = visit
  const other = await context.newPage()
  await other.goto(`${stage.program.url}/sources`)
  await other.getByRole('button', { name: /^Work/ }).click()
  await other.getByRole('button', { name: 'Edit: Work' }).click()
  const dialog = other.getByRole('dialog', { name: 'Edit Source' })
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Office')
  await dialog.getByRole('button', { name: 'Update' }).click()
  await page.getByRole('button', { name: /^Office/ }).waitFor(atOnce)
  await page.getByRole('img', { name: 'One run: it did not fail' }).waitFor(atOnce)
  await other.getByRole('button', { name: 'Sync Now' }).click()
  await page.getByRole('img', { name: 'The last 2 runs: none failed' }).waitFor(atOnce)
  await other.getByRole('button', { name: 'Pause: Office' }).click()
  await page
    .getByRole('button', { name: /^Office/ })
    .getByText('Paused', { exact: true })
    .waitFor()
  await other.close()
})

test('while the service is gone nothing stays green, and when it is back the page is right again by itself', async () => {
  const own = await startService()
  await addSource(own.program, { name: 'Choir', url: stage.work, username: 'alice', path: 'choir' })
  const ownVisit = await openPage(stage.browser, { url: `${own.program.url}/sources` })
  const { page } = ownVisit
  await stateWord(page, 'Synced').waitFor()
  const colour = () => page.evaluate<string>("getComputedStyle(document.querySelector('h2 svg')).color")
  const green = await colour()
  await own.program.end('SIGTERM')
  await page.getByText('Reconnecting… What you see may be old.').waitFor()
  await stateWord(page, 'Last known: Synced').waitFor()
  assert.notEqual(await colour(), green)
  await page.getByRole('button', { name: 'Degraded' }).waitFor()
  assert.deepEqual(await look(ownVisit, 'shell-silent'), [])

  const { port } = new URL(own.program.url)
  const again = await startService({ DATA_DIR: own.folder, SERVER_PORT: port })
  await write(again.program, 'PUT', '/api/sources/1', { name: 'Chorus' })
  await page.getByText('Reconnecting…').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /^Chorus/ }).waitFor()
  await stateWord(page, 'Synced').waitFor()
  assert.equal(await colour(), green)
  assert.deepEqual(ownVisit.troubles, [])
  await ownVisit.context.close()
  await again.remove()
  await own.remove()
})

test('a page behind a login gets its news too', async () => {
  const login = { username: 'ann', password: 'secret' }
  const own = await startService({ AUTH_USERNAME: login.username, AUTH_PASSWORD: login.password })
  const { page, context, troubles } = await openPage(stage.browser, { url: `${own.program.url}/sources`, login })
  await page.getByText('No sources configured.').waitFor()
  const streamed = page.waitForResponse('**/api/events')
  await page.reload()
  assert.equal((await streamed).status(), 200)
  assert.deepEqual(troubles, [])
  await context.close()
  await own.remove()
})

test('nothing was reported by the policy, asked of another host, or written to the console', () => {
  assert.deepEqual(visit.troubles, [])
})
