/** The main path in Firefox, by WebDriver BiDi, as a person would walk it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { eventText, PASSWORD } from '../servers/caldav-server.ts'
import { startRadicale } from '../servers/radicale.ts'
import { startService } from './stage.ts'

let service: Awaited<ReturnType<typeof startService>>
let radicale: Awaited<ReturnType<typeof startRadicale>>
let browser: Browser
let page: Page
const troubles: string[] = []

before(async () => {
  service = await startService()
  radicale = await startRadicale()
  const work = await radicale.makeCalendar('work', { displayName: 'Work' })
  await radicale.putObject(work, 'standup.ics', eventText('standup', 'Stand-up'))
  const executablePath = process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr'
  browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true })
  page = await browser.newPage()
  page.setDefaultTimeout(30_000)
  page.on('console', (message) => troubles.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => troubles.push(`error: ${String(error)}`))
  await page.setViewport({ width: 1280, height: 860 })
  await page.goto(service.program.url)
})

after(async () => {
  await browser.close()
  await service.remove()
  await radicale.stop()
})

const called = (role: string, name: string) => page.locator(`::-p-aria([role="${role}"][name="${name}"])`)
const press = (name: string) => called('button', name).click()
const type = (name: string, text: string) => called('textbox', name).fill(text)
/** Waits until the text stands somewhere on the page. */
const says = (text: string) => page.locator(`::-p-text(${text})`).wait()
/** Waits until a row says its state so. */
const stateIs = (word: string) => page.locator(`main h2 ::-p-text(${word})`).wait()

async function gone(selector: string): Promise<void> {
  await page.waitForSelector(selector, { hidden: true })
}

test('the first page tells what there is to do, and leads to the sources', async () => {
  await says('Publish a calendar of yours')
  await called('link', 'Sources (0)').click()
  await says('No sources configured.')
  assert.match(await browser.version(), /^firefox\//i)
})

test('a source is added in its dialog and seen synced, told by the stream', async () => {
  await press('Add Source')
  await type('Name', 'Work')
  await type('CalDAV URL', radicale.home)
  await type('Username', 'alice')
  // A password box has no role.
  await page.locator('[role="dialog"] input[type="password"]').fill(PASSWORD)
  await type('ICS Path', 'work')
  await press('Create')
  await says('Source created with id 1')
  await gone('[role="dialog"]')
  await stateIs('Synced')
})

test('the row opens, and its feed is the calendar', async () => {
  await page.locator('main h2 button').click()
  await page.waitForSelector('main a[href$="/ics/work"]')
  const href = String(await page.evaluate(`document.querySelector('main a[href$="/ics/work"]').href`))
  const answer = await fetch(href)
  assert.match(answer.headers.get('content-type') ?? '', /^text\/calendar/)
  assert.ok((await answer.text()).includes('SUMMARY:Stand-up'))
})

test('an edit keeps the password and shows at once', async () => {
  await press('Edit: Work')
  await type('Name', 'Office')
  await press('Update')
  await says('Source updated')
  await gone('[role="dialog"]')
  await called('button', 'Edit: Office').wait()
  await stateIs('Synced')
})

test('a pause and its end', async () => {
  await press('Pause: Office')
  await says('Office is paused')
  await stateIs('Paused')
  await press('Resume: Office')
  await says('Office runs by itself again')
  await stateIs('Synced')
})

test('a deletion is asked about, and taken back', async () => {
  await press('Delete: Office')
  await says('Delete Office?')
  await press('Delete')
  await says('Office: Source deleted')
  await says('No sources configured.')
  await press('Undo')
  await says('Source restored')
  await stateIs('Synced')
})

test('no error and no warning went to the console', () => {
  assert.deepEqual(troubles, [])
})
