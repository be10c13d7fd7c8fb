// Takes the README's pictures anew: docs/images/*.png, of a service with a history on a real Radicale.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchChromium, openPage } from '../test/browser/chromium.ts'
import { PASSWORD } from '../test/servers/caldav-server.ts'
import { type Showcase, startShowcase } from './lib/showcase.ts'

const images = join(import.meta.dirname, '../docs/images')

interface Picture {
  readonly name: string
  readonly path: string
  readonly theme: 'light' | 'dark'
  readonly size: { readonly width: number; readonly height: number }
  /** Brings the page to what is to be seen. */
  readonly ready: (page: Page, showcase: Showcase) => Promise<void>
}

const wide = { width: 1280, height: 860 }

const pictures: readonly Picture[] = [
  {
    name: 'overview',
    path: '/',
    theme: 'light',
    size: { width: 1280, height: 900 },
    ready: (page) => page.getByText('Next runs').waitFor(),
  },
  {
    name: 'source',
    path: '/sources/view?id=1',
    theme: 'light',
    size: { width: 1280, height: 1000 },
    ready: (page) => page.getByRole('table').first().waitFor(),
  },
  {
    name: 'plan',
    path: '/destinations/view?id=1',
    theme: 'dark',
    size: wide,
    async ready(page) {
      await page.getByRole('button', { name: 'Show plan' }).click()
      const properties = page.getByText(/^\d+ properties$/).first()
      await properties.click()
      await properties.scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'wizard',
    path: '/sources/add',
    theme: 'light',
    size: wide,
    async ready(page, { radicale }) {
      await page.getByLabel('Server address').fill(radicale.origin)
      await page.getByLabel('Username').fill(radicale.username)
      await page.getByLabel('Password').fill(PASSWORD)
      await page.getByRole('button', { name: 'Check account' }).click()
      await page.getByRole('button', { name: 'Choose calendars' }).click()
      await page.getByRole('checkbox', { name: /Family/ }).waitFor()
    },
  },
  {
    name: 'phone',
    path: '/sources',
    theme: 'dark',
    size: { width: 400, height: 860 },
    ready: (page) => page.getByText('Synced').last().waitFor(),
  },
]

const showcase = await startShowcase()
const browser = await launchChromium()
try {
  for (const { name, path, theme, size, ready } of pictures) {
    const { page, context } = await openPage(browser, { url: showcase.url + path, storedTheme: theme, size })
    await ready(page, showcase)
    // Spinners and fades of what has just arrived.
    await page.waitForTimeout(500)
    await page.screenshot({ path: join(images, `${name}.png`) })
    await context.close()
    console.log(`docs/images/${name}.png`)
  }
} finally {
  await browser.close()
  await showcase.stop()
}
process.exit(0)
