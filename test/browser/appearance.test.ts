/** Themes, widths, long content, weight, and the keyboard. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { focused, launchChromium, look, openPage, sidewaysScroll, sizes } from './chromium.ts'
import { addSource, startService, stateWord } from './stage.ts'

const exported = join(import.meta.dirname, '../../web/out')
const dark = 'rgb(32, 32, 32)'
const light = 'rgb(243, 243, 243)'

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

/** Notes the page's background in every frame from the first on. */
async function watchBackground(context: BrowserContext): Promise<void> {
  await context.addInitScript(`window.backgrounds = new Set()
    const note = () => {
      if (document.body) window.backgrounds.add(getComputedStyle(document.body).backgroundColor)
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)`)
}

const themes = [
  { stored: undefined, system: 'light', shown: dark },
  { stored: 'dark', system: 'light', shown: dark },
  { stored: 'light', system: 'dark', shown: light },
  { stored: 'system', system: 'light', shown: light },
  { stored: 'system', system: 'dark', shown: dark },
] as const

for (const { stored, system, shown } of themes) {
  test(`the theme is right from the first frame on: ${stored ?? 'nothing'} chosen, ${system} system`, async () => {
    const { page, context, troubles } = await openPage(browser, {
      url: `${service.program.url}/sources`,
      systemTheme: system,
      prepare: watchBackground,
      ...(stored && { storedTheme: stored }),
    })
    await page.getByRole('button', { name: /^Up / }).waitFor()
    assert.deepEqual(await page.evaluate<string[]>('[...window.backgrounds]'), [shown])
    assert.deepEqual(troubles, [])
    await context.close()
  })
}

test('without JavaScript the exported page is styled already', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(service.program.url)
  assert.equal(await page.getByRole('link', { name: 'Sources' }).count(), 1)
  const box = await page.getByRole('complementary').boundingBox()
  assert.equal(box?.width, 272)
  await context.close()
})

test('a chosen theme is kept in this browser and followed by its other tabs', async () => {
  const { page, context } = await openPage(browser, { url: `${service.program.url}/sources` })
  const other = await context.newPage()
  await other.goto(service.program.url)
  await page.getByText('Light', { exact: true }).click()
  assert.equal(await page.evaluate("localStorage.getItem('WinAppLocalTheme')"), 'light')
  await other.locator(':root[data-theme="light"]').waitFor()
  await other.getByRole('radio', { name: 'Light', checked: true }).waitFor()
  await page.reload()
  await page.getByRole('radio', { name: 'Light', checked: true }).waitFor()
  await context.close()
})

test('a tab whose code is still on its way follows a theme chosen in another tab', async () => {
  const { page, context } = await openPage(browser, { url: `${service.program.url}/sources` })
  const other = await context.newPage()
  const gate = Promise.withResolvers<void>()
  await other.route('**/*.js', async (route) => {
    await gate.promise
    await route.continue()
  })
  await other.goto(service.program.url, { waitUntil: 'commit' })
  await other.locator('aside').waitFor()
  await page.getByText('Light', { exact: true }).click()
  await other.locator(':root[data-theme="light"]').waitFor()
  gate.resolve()
  await other.getByRole('radio', { name: 'Light', checked: true }).waitFor()
  await context.close()
})

test('on a phone the navigation is behind the burger and closes by a choice', async () => {
  const visit = await openPage(browser, { url: `${service.program.url}/sources`, size: sizes.phone })
  const { page } = visit
  await page.getByRole('button', { name: 'Open navigation' }).click()
  const drawer = page.getByRole('dialog', { name: 'Main' })
  await drawer.getByRole('link', { name: 'Sources (1)' }).waitFor()
  assert.deepEqual(await look(visit, 'navigation', ['phone']), [])
  await drawer.getByRole('link', { name: 'Destinations (0)' }).click()
  await drawer.waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'Destinations (ICS to CalDAV)' }).waitFor()
  assert.deepEqual(visit.troubles, [])
  await visit.context.close()
})

test('long names, addresses and errors wrap, and nothing scrolls sideways at 360 px', async () => {
  const long = 'W'.repeat(120)
  await addSource(service.program, {
    name: `A very long name ${long}`,
    url: `http://127.0.0.1:9/${long}/`,
    username: `${long}@example.com`,
    path: `long/${long.slice(40)}`,
  })
  const visit = await openPage(browser, { url: `${service.program.url}/sources` })
  const { page } = visit
  await stateWord(page, 'Failed').last().waitFor()
  await page.getByRole('button', { name: /^A very long name/ }).click()
  await page.getByText('Next Sync').waitFor()
  assert.deepEqual(await look(visit, 'long-content'), [])
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole('button', { name: /^Delete: A very long name/ }).click()
  await page.getByText('This cannot be undone.').waitFor()
  assert.equal(await sidewaysScroll(page), 0)
  await visit.context.close()
})

test('the sidebar folds to its icons and stays folded', async () => {
  const visit = await openPage(browser, { url: `${service.program.url}/sources` })
  const { page } = visit
  await page.getByRole('button', { name: 'Collapse navigation' }).click()
  assert.equal((await page.getByRole('complementary').boundingBox())?.width, 56)
  await page.reload()
  await page.getByRole('button', { name: 'Expand navigation' }).waitFor()
  assert.equal((await page.getByRole('complementary').boundingBox())?.width, 56)
  assert.deepEqual(await look(visit, 'sidebar-folded', ['wide']), [])
  await visit.context.close()
})

/** What has the focus after each of so many presses of Tab. */
async function tabThrough(page: Page, presses: number): Promise<readonly string[]> {
  const reached: string[] = []
  while (reached.length < presses) {
    await page.keyboard.press('Tab')
    reached.push(await focused(page))
  }
  return reached
}

test('everything is reached by the keyboard, the focus is seen, and it comes back when a dialog closes', async () => {
  const { page, context } = await openPage(browser, { url: `${service.program.url}/sources` })
  await page.getByRole('button', { name: /^Family/ }).waitFor()
  await page.keyboard.press('Tab')
  assert.equal(await focused(page), 'Skip to content')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  assert.equal(await focused(page), 'Add Source')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'New Source' })
  await dialog.waitFor()
  assert.equal(await focused(page), 'Name*')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await focused(page), 'Add Source')
  assert.deepEqual(await tabThrough(page, 4), ['Guided set-up', 'Search sources', 'Show', 'Order'])
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Edit: Family' }).waitFor()
  const [link, ...others] = await tabThrough(page, 10)
  assert.match(link ?? '', /family\/all$/)
  assert.deepEqual(others, [
    'Copy ICS URL',
    'Copy webcal link: Family',
    'QR code: Family',
    'Sync Now',
    'Edit: Family',
    'Delete: Family',
    'Pause: Family',
    'Duplicate: Family',
    'Details: Family',
  ])
  await context.close()
})

test('an address that does not exist says so', async () => {
  const visit = await openPage(browser, { url: `${service.program.url}/nowhere` })
  await visit.page.getByRole('heading', { name: 'This page does not exist' }).waitFor()
  assert.deepEqual(await look(visit, 'not-found'), [])
  await visit.context.close()
})

test('the first view of every page needs less than 310 kB of JavaScript, compressed', () => {
  const pages = globSync('**/*.html', { cwd: exported })
  assert.ok(pages.length > 12, 'all pages were found')
  for (const page of pages) {
    const html = readFileSync(join(exported, page), 'utf8')
    const scripts = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)]
      .filter(([tag]) => !/nomodule/i.test(tag))
      .map(([, source = '']) => source)
    assert.ok(scripts.length > 3, 'the scripts of the page were found')
    const bytes = [...new Set(scripts)].reduce(
      (sum, source) => sum + gzipSync(readFileSync(join(exported, source))).length,
      0,
    )
    assert.ok(bytes < 310_000, `${page}: ${bytes} bytes`)
  }
})
