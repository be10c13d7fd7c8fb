/** Sources in the dashboard, driven in Chromium as a person would, against the real service and a real Radicale. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { focused, look, openPage, type Visit } from './chromium.ts'
import { fillSource, type Stage, startStage, stateWord } from './stage.ts'

let stage: Stage
let visit: Visit

before(async () => {
  stage = await startStage()
  visit = await openPage(stage.browser, { url: `${stage.program.url}/sources` })
})

after(() => stage.stop())

test('an empty service says what to do', async () => {
  const { page } = visit
  await page.getByText('No sources configured. Click "Add Source" to get started.').waitFor()
  await page.getByRole('link', { name: 'Sources (0)' }).waitFor()
  await page.getByRole('button', { name: /^Up \d+m$/ }).waitFor()
  assert.equal(await page.title(), 'Sources - CalDAV/ICS Sync')
  assert.deepEqual(await look(visit, 'sources-empty'), [])
})

test('a form sent empty names each field that is missing, and nothing is saved', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Add Source' }).click()
  const dialog = page.getByRole('dialog', { name: 'New Source' })
  await dialog.waitFor()
  assert.equal(await dialog.getByLabel('Hours').inputValue(), '1')
  assert.deepEqual(await look(visit, 'source-form'), [])
  await dialog.getByRole('button', { name: 'Create' }).click()
  for (const field of ['Name', 'CalDAV URL', 'Username', 'Password', 'ICS Path']) {
    await dialog.getByText(`${field} cannot be empty`, { exact: true }).waitFor()
  }
  assert.deepEqual(await look(visit, 'source-form-missing'), [])
})

test('S8: a click outside or Escape keeps what was typed; Cancel discards it', async () => {
  const { page } = visit
  const dialog = page.getByRole('dialog', { name: 'New Source' })
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Half typed')
  await page.mouse.click(5, 5)
  await page.keyboard.press('Escape')
  await dialog.getByText('Nothing was saved yet.').waitFor()
  assert.equal(await dialog.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'Half typed')
  assert.deepEqual(await look(visit, 'source-form-unsaved'), [])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Add Source' }).click()
  assert.equal(await dialog.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), '')
})

test('S8: a refusal of the service stands at its field, and the draft stays', async () => {
  const { page } = visit
  const dialog = page.getByRole('dialog', { name: 'New Source' })
  await fillSource(page, { name: 'Work', url: 'ftp://example.com/', username: 'alice', path: 'work' })
  await dialog.getByRole('button', { name: 'Create' }).click()
  await dialog.getByText(/^CalDAV URL must begin with/).waitFor()
  assert.equal(await dialog.getByLabel('ICS Path').inputValue(), 'work')
})

test('a wrong password shows the reason in the row, and is corrected by an edit', async () => {
  const { page } = visit
  const { radicale } = stage
  const dialog = page.getByRole('dialog', { name: 'New Source' })
  await fillSource(page, { name: 'Work', url: radicale.home, username: 'alice', path: 'work', password: 'wrong' })
  await dialog.getByRole('button', { name: 'Create' }).dblclick()
  await page.getByText('Source created with id 1').waitFor()
  await page.getByRole('link', { name: 'Sources (1)' }).waitFor()

  const row = page.getByRole('button', { name: /^Work/ })
  await stateWord(page, 'Failed').waitFor()
  await row.click()
  await page.getByText(/^Error: /).waitFor()
  assert.equal(await page.title(), '(1) Sources - CalDAV/ICS Sync')
  assert.deepEqual(await look(visit, 'source-failed'), [])
  await row.locator('svg').first().hover()
  await page.getByRole('tooltip', { name: /refused the user name or password/ }).waitFor()

  await page.getByRole('button', { name: 'Edit: Work' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit Source' })
  await edit.getByText('(leave empty to keep current)').waitFor()
  await edit.getByLabel('Password').fill('p w&<>é')
  await edit.getByRole('button', { name: 'Update' }).click()
  await page.getByText('Source updated').waitFor()
  await stateWord(page, 'Synced').waitFor()
  assert.equal(await page.title(), 'Sources - CalDAV/ICS Sync')
})

test('Sync Now tells its result, and the feed link opens the feed', async () => {
  const { page, context } = visit
  await page.getByRole('button', { name: 'Sync Now' }).click()
  await page.getByText('Work: Synchronized 3 events from 3 calendars').waitFor()
  assert.deepEqual(await look(visit, 'source-synced'), [])

  const link = page.getByRole('link', { name: `${stage.program.url}/ics/work` })
  assert.equal(await link.getAttribute('target'), '_blank')
  const feed = await context.request.get((await link.getAttribute('href')) ?? '')
  assert.match(feed.headers()['content-type'] ?? '', /^text\/calendar/)
  const text = await feed.text()
  for (const summary of ['Stand-up', 'Review', 'Dinner']) assert.ok(text.includes(`SUMMARY:${summary}`))
})

test('while a run is under way the row says so, and a second click starts nothing', async () => {
  const { page, context } = visit
  const asked: string[] = []
  const { promise, resolve: letGo } = Promise.withResolvers<void>()
  await context.route('**/api/sources/1/sync', async (route) => {
    asked.push(route.request().method())
    await promise
    await route.continue()
  })
  await page.getByRole('button', { name: 'Sync Now' }).click()
  const button = page.getByRole('button', { name: 'Syncing...' })
  await button.click({ force: true })
  assert.equal(await button.getAttribute('aria-disabled'), 'true')
  assert.deepEqual(await look(visit, 'source-syncing'), [])
  await page.getByRole('link', { name: 'Destinations (0)' }).click()
  letGo()
  await page.getByText('Work: Synchronized 3 events from 3 calendars').last().waitFor()
  assert.deepEqual(asked, ['POST'])
  await page.getByRole('link', { name: 'Sources (1)' }).click()
  await page.getByRole('button', { name: /^Work/ }).click()
})

test('a public address is made up from the name, shown, and open to readers', async () => {
  const { page, context } = visit
  await page.getByRole('button', { name: 'Edit: Work' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit Source' })
  await edit.getByRole('checkbox', { name: /^Make ICS URL public/ }).check()
  assert.match(await edit.getByLabel('Custom public path').inputValue(), /^work\/[a-z0-9]{8}$/)
  assert.deepEqual(await look(visit, 'source-form-public'), [])
  await edit.getByRole('button', { name: 'Update' }).click()
  const link = page.getByRole('link', { name: /\/ics\/public\/work\/[a-z0-9]{8}$/ })
  await link.waitFor()
  assert.equal((await context.request.get((await link.getAttribute('href')) ?? '')).status(), 200)

  await page.getByRole('button', { name: 'Edit: Work' }).click()
  await edit.getByLabel('Custom public path').fill('')
  await edit.getByRole('button', { name: 'Update' }).click()
  await page.getByText('Same as ICS URL (no auth required)').waitFor()
})

test('S5: another server asks for the password again before anything is sent', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Edit: Work' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit Source' })
  await edit.getByLabel('CalDAV URL').fill('http://127.0.0.1:9/')
  await edit.getByText('The server changed, so the password is asked for again.').waitFor()
  await edit.getByRole('button', { name: 'Update' }).click()
  await edit.getByText('Password cannot be empty').waitFor()
  assert.deepEqual(await look(visit, 'source-form-other-server'), [])
  await edit.getByRole('button', { name: 'Cancel' }).click()
})

test('delete asks first, and then the row is gone', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Delete: Work' }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm Delete' })
  await dialog.getByText('Delete Work? This cannot be undone.').waitFor()
  assert.equal(await focused(page), 'Cancel')
  assert.deepEqual(await look(visit, 'delete-confirm'), [])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Delete: Work' }).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Source deleted').waitFor()
  await page.getByText('No sources configured.').waitFor()
})

test('nothing was reported by the policy, asked of another host, or written to the console', () => {
  assert.deepEqual(visit.troubles, [])
})
