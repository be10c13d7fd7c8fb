import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const root = join(import.meta.dirname, '../..')
const screenshots = join(root, 'test-output/screenshots')

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A name that is not localhost: to the browser a page on plain http in a LAN, without the clipboard API.
  '--host-resolver-rules=MAP lan.test 127.0.0.1',
]

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: flags })
}

type Theme = 'light' | 'dark'

export const sizes = { wide: { width: 1280, height: 860 }, phone: { width: 400, height: 860 } } as const

/** A page under watch: whatever must never happen on it is written down. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** Policy reports, requests to other hosts, script errors and console messages so far. */
  readonly troubles: readonly string[]
}

export interface VisitOptions {
  readonly url: string
  readonly size?: { readonly width: number; readonly height: number }
  /** Stored before the first visit, as an earlier choice of the reader. */
  readonly storedTheme?: Theme | 'system'
  readonly systemTheme?: Theme
  readonly login?: { readonly username: string; readonly password: string }
  /** Before the page is opened: requests to hold up, scripts to add. */
  readonly prepare?: (context: BrowserContext) => Promise<unknown>
}

export async function openPage(browser: Browser, options: VisitOptions): Promise<Visit> {
  const context = await browser.newContext({
    viewport: options.size ?? sizes.wide,
    colorScheme: options.systemTheme ?? 'dark',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...(options.login && { httpCredentials: options.login }),
  })
  const { storedTheme } = options
  if (storedTheme !== undefined) {
    await context.addInitScript(`localStorage.setItem('WinAppLocalTheme', '${storedTheme}')`)
  }
  const troubles: string[] = []
  const { origin } = new URL(options.url)
  await context.exposeFunction('reportPolicy', (text: string) => troubles.push(`policy: ${text}`))
  await context.addInitScript(`document.addEventListener('securitypolicyviolation', (event) => {
    reportPolicy(event.violatedDirective + ' ' + event.blockedURI)
  })`)
  // Long, for a busy machine: what a wait is for shows in its test, not in its limit.
  context.setDefaultTimeout(30_000)
  await options.prepare?.(context)
  const page = await context.newPage()
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin !== origin && !['data:', 'blob:'].includes(url.protocol)) troubles.push(`request: ${request.url()}`)
  })
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('console', (message) => {
    // The browser itself notes each answer of 400 and above; the pages under test provoke those on purpose.
    if (!message.text().startsWith('Failed to load resource')) troubles.push(`console: ${message.text()}`)
  })
  await page.goto(options.url)
  return { page, context, troubles }
}

/** Chooses a theme as if in another tab, and waits until every colour has arrived. */
async function setTheme(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(
    `window.dispatchEvent(new StorageEvent('storage', { key: 'WinAppLocalTheme', newValue: '${theme}' }))`,
  )
  // A spinner's animation has no end to wait for.
  await page.evaluate(`Promise.allSettled(document.getAnimations()
    .filter((animation) => Number.isFinite(animation.effect.getComputedTiming().endTime))
    .map((animation) => animation.finished))`)
}

const axeOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
}

/** What axe finds on the page as it stands, but for the focus guards of Fluent's dialogs, which it misjudges. */
async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<axe.AxeResults>(
    `axe.run({ exclude: ['[data-tabster-dummy]'] }, ${JSON.stringify(axeOptions)})`,
  )
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id} at ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  )
}

/** What has the focus: its label or its text. */
export function focused(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const { labels, ariaLabel, textContent } = document.activeElement
    return labels?.[0]?.textContent ?? ariaLabel ?? textContent
  })()`)
}

/** Moves the mouse to where nothing answers it, and waits until the tooltip of what it left has gone. */
export async function moveMouseAway({ page }: Visit, x: number, y: number): Promise<void> {
  await page.mouse.move(x, y)
  await page.locator('[role=tooltip]:visible').first().waitFor({ state: 'hidden' })
}

/** The innermost of the elements that reach beyond the window's right edge. */
function widest(page: Page): Promise<string> {
  return page.evaluate<string>(`[...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
    .map((element) => element.tagName + ' "' + element.textContent.slice(0, 60) + '"').at(-1) ?? 'nothing that is still there'`)
}

/** Pixels by which the page can be scrolled sideways. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate<number>('Math.max(0, document.documentElement.scrollWidth - innerWidth)')
}

/**
 * Looks at the present state in light and dark, wide and on a phone: a screenshot of each goes to
 * test-output/screenshots, and what axe finds, or what scrolls sideways, comes back as sentences.
 */
export async function look(
  { page }: Visit,
  name: string,
  which: readonly (keyof typeof sizes)[] = ['wide', 'phone'],
): Promise<readonly string[]> {
  const before = page.viewportSize() ?? sizes.wide
  mkdirSync(screenshots, { recursive: true })
  const found: string[] = []
  for (const sizeName of which) {
    await page.setViewportSize(sizes[sizeName])
    for (const theme of ['dark', 'light'] as const) {
      await setTheme(page, theme)
      const state = `${name}, ${theme}, ${sizeName}`
      for (const finding of await axeFindings(page)) found.push(`${state}: ${finding}`)
      await page.screenshot({ path: join(screenshots, `${name}-${theme}-${sizeName}.png`) })
    }
  }
  await page.setViewportSize({ width: 360, height: 740 })
  // What floats is placed anew in the frames after the window has changed.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  const sideways = await sidewaysScroll(page)
  if (sideways > 0) {
    found.push(`${name}: scrolls sideways by ${sideways} px at 360 px, because of ${await widest(page)}`)
  }
  await page.setViewportSize(before)
  await setTheme(page, 'dark')
  return found
}
