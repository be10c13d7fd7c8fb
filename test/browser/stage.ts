import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { type Environment, type Program, startProgram } from '../program.ts'
import { type CalDavServer, eventText, PASSWORD } from '../servers/caldav-server.ts'
import { startRadicale } from '../servers/radicale.ts'
import { launchChromium } from './chromium.ts'

const exported = join(import.meta.dirname, '../../web/out/index.html')

/** The real service, a real Radicale with three calendars, and Chromium. */
export interface Stage {
  readonly program: Program
  readonly radicale: CalDavServer
  readonly browser: Browser
  /** Where the service keeps its data. */
  readonly folder: string
  /** URL of the calendar `work` with two events; `family` has one, `target` none. */
  readonly work: string
  stop(): Promise<void>
}

/** The service on a data folder of its own; `remove` ends both. */
export async function startService(env: Environment = {}) {
  if (!existsSync(exported)) throw new Error('The dashboard is not built: run npx next build web')
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-'))
  const program = await startProgram({ DATA_DIR: folder, ...env })
  return {
    program,
    folder,
    async remove(): Promise<void> {
      await program.end('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function startStage(): Promise<Stage> {
  const { program, folder, remove } = await startService()
  const radicale = await startRadicale()
  const browser = await launchChromium()
  const stop = async () => {
    await browser.close()
    await remove()
    await radicale.stop()
  }
  const work = await radicale.makeCalendar('work', { displayName: 'Work' })
  await radicale.putObject(work, 'standup.ics', eventText('standup', 'Stand-up'))
  await radicale.putObject(work, 'review.ics', eventText('review', 'Review'))
  const family = await radicale.makeCalendar('family', { displayName: 'Family' })
  await radicale.putObject(family, 'dinner.ics', eventText('dinner', 'Dinner'))
  await radicale.makeCalendar('target', { displayName: 'Team' })
  return { program, folder, radicale, browser, work, stop }
}

export interface SourceEntry {
  readonly name: string
  readonly url: string
  readonly username: string
  readonly path: string
  readonly password?: string
}

/** Fills the source form as a person would; saving is left to the caller. */
export async function fillSource(page: Page, entry: SourceEntry): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(entry.name)
  await page.getByLabel('CalDAV URL').fill(entry.url)
  await page.getByLabel('Username').fill(entry.username)
  await page.getByLabel('Password').fill(entry.password ?? PASSWORD)
  await page.getByLabel('ICS Path').fill(entry.path)
}

export interface DestinationEntry {
  readonly name: string
  readonly feed: string
  readonly url: string
  readonly calendar: string
  readonly username: string
}

export async function fillDestination(page: Page, entry: DestinationEntry): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(entry.name)
  await page.getByLabel('ICS Source URL').fill(entry.feed)
  await page.getByLabel('CalDAV Server URL').fill(entry.url)
  await page.getByLabel('Calendar Name').fill(entry.calendar)
  await page.getByLabel('CalDAV Username').fill(entry.username)
  await page.getByLabel('CalDAV Password').fill(PASSWORD)
}

/** The word a row says its state by; the list's filter offers the same words. */
export function stateWord(page: Page, word: string): Locator {
  return page.getByRole('heading', { level: 2 }).getByText(word, { exact: true })
}

/** Asks the API for a change, as another window would. */
export async function write(program: Program, method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object) {
  const answer = await fetch(`${program.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path} was refused: ${await answer.text()}`)
}

/** Adds a source through the API, where the way through the form is not what is tested. */
export async function addSource(program: Program, entry: SourceEntry): Promise<void> {
  await write(program, 'POST', '/api/sources', {
    name: entry.name,
    caldav_url: entry.url,
    username: entry.username,
    password: entry.password ?? PASSWORD,
    ics_path: entry.path,
    sync_interval_secs: 3600,
  })
}
