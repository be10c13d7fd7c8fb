/** What the dashboard says when something does not work: no secure page, no answer, no service, no login yet. */

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchChromium, look, moveMouseAway, openPage } from './chromium.ts'
import { addSource, fillSource, startService } from './stage.ts'

let service: Awaited<ReturnType<typeof startService>>
let browser: Browser

before(async () => {
  service = await startService()
  browser = await launchChromium()
  await addSource(service.program, { name: 'Family', url: 'http://127.0.0.1:9/', username: 'ann', path: 'family/all' })
})

after(async () => {
  await browser.close()
  await service.remove()
})

test('S8: on plain http in a LAN, Copy copies and says so', async () => {
  const { port } = new URL(service.program.url)
  const { page, context } = await openPage(browser, { url: `http://lan.test:${port}/sources` })
  assert.equal(await page.evaluate('isSecureContext'), false)
  await page.getByRole('button', { name: /^Family/ }).click()
  await page.getByRole('button', { name: 'Copy ICS URL' }).click()
  await page.getByText('Copied!').waitFor()
  await page.getByRole('button', { name: 'Add Source' }).click()
  const box = page.getByRole('dialog').getByRole('textbox', { name: 'Name', exact: true })
  await box.focus()
  await page.keyboard.press('Control+V')
  assert.equal(await box.inputValue(), `http://lan.test:${port}/ics/family/all`)
  await context.close()
})

test('S8: a copy that the browser refuses is not called a copy', async () => {
  const { port } = new URL(service.program.url)
  const { page, context } = await openPage(browser, {
    url: `http://lan.test:${port}/sources`,
    prepare: (each) => each.addInitScript('document.execCommand = () => false'),
  })
  await page.getByRole('button', { name: /^Family/ }).click()
  await page.getByRole('button', { name: 'Copy ICS URL' }).click()
  await page.getByText('Not copied').waitFor()
  assert.equal(await page.getByText('Copied!').count(), 0)
  await context.close()
})

test('while the list is on its way, its place is held', async () => {
  const visit = await openPage(browser, {
    url: `${service.program.url}/sources`,
    // Never answered.
    prepare: (context) => context.route('**/api/sources', () => undefined),
  })
  await visit.page.getByLabel('Loading sources').waitFor()
  assert.deepEqual(await look(visit, 'sources-loading'), [])
  await visit.context.close()
})

test('a part of the dashboard that cannot be loaded ends in a message and a way on, not in a blank page', async () => {
  const visit = await openPage(browser, { url: `${service.program.url}/sources` })
  const { page, context } = visit
  await page.getByRole('button', { name: /^Family/ }).waitFor()
  await context.route('**/_next/static/chunks/**', (route) => route.abort())
  await page.getByRole('button', { name: 'Add Source' }).click()
  await page.getByRole('heading', { name: 'This page stopped working' }).waitFor()
  assert.deepEqual(await look(visit, 'page-failed'), [])
  await context.unroute('**/_next/static/chunks/**')
  await page.getByRole('button', { name: 'Reload' }).click()
  await page.getByRole('button', { name: /^Family/ }).waitFor()
  await context.close()
})

test('S8: a list that cannot be loaded is an error, not an empty list', async () => {
  const visit = await openPage(browser, {
    url: `${service.program.url}/sources`,
    prepare: (context) => context.route('**/api/sources', (route) => route.abort()),
  })
  const { page, context } = visit
  await page.getByText(/^The sources could not be loaded\./).waitFor()
  assert.equal(await page.getByText('No sources configured.').count(), 0)
  assert.deepEqual(await look(visit, 'sources-not-loaded'), [])
  await context.unroute('**/api/sources')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: /^Family/ }).waitFor()
  await context.close()
})

test('S8: when the service stops under an open page, the page says how old its news is, and recovers', async () => {
  const own = await startService()
  await addSource(own.program, { name: 'Choir', url: 'http://127.0.0.1:9/', username: 'ann', path: 'choir' })
  const visit = await openPage(browser, { url: `${own.program.url}/sources` })
  const { page } = visit
  await page.getByRole('button', { name: /^Choir/ }).waitFor()
  await own.program.end('SIGTERM')
  await page.getByRole('button', { name: /^(Up|Degraded)/ }).click()
  await page.getByRole('button', { name: 'Degraded' }).waitFor()
  // Away from the button, whose tooltip stands in no landmark.
  await moveMouseAway(visit, 700, 700)
  await page.getByText(/^The server does not answer\. This is what was known /).waitFor({ timeout: 20_000 })
  assert.deepEqual(await look(visit, 'sources-stale'), [])
  const again = await startService({ DATA_DIR: own.folder, SERVER_PORT: new URL(own.program.url).port })
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText(/^The server does not answer/).waitFor({ state: 'detached' })
  await visit.context.close()
  await again.remove()
  await own.remove()
})

test('S8: a save that gets no answer keeps the form and what was typed, and the browser asks before it leaves the page', async () => {
  const visit = await openPage(browser, { url: `${service.program.url}/sources` })
  const { page, context } = visit
  const asked: string[] = []
  page.on('dialog', async (question) => {
    asked.push(question.type())
    await question.dismiss()
  })
  await page.getByRole('button', { name: 'Add Source' }).click()
  await fillSource(page, { name: 'Choir', url: 'http://127.0.0.1:9/', username: 'ann', path: 'choir' })
  await context.route('**/api/sources', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  )
  const dialog = page.getByRole('dialog', { name: 'New Source' })
  await dialog.getByRole('button', { name: 'Create' }).click()
  await dialog.getByText(/^The server does not answer\./).waitFor()
  assert.equal(await dialog.getByLabel('ICS Path').inputValue(), 'choir')
  assert.deepEqual(await look(visit, 'source-form-unanswered', ['phone']), [])
  const question = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  await question
  assert.deepEqual(asked, ['beforeunload'])
  await context.unroute('**/api/sources')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await page.getByText(/^Source created with id/).waitFor()
  await context.close()
})

test('with a login set, the dashboard works for whoever signs in', async () => {
  const login = { username: 'ann', password: 'secret' }
  const own = await startService({ AUTH_USERNAME: login.username, AUTH_PASSWORD: login.password })
  const { page, context, troubles } = await openPage(browser, { url: `${own.program.url}/sources`, login })
  await page.getByText('No sources configured.').waitFor()
  assert.deepEqual(troubles, [])
  await context.close()
  await own.remove()
})
