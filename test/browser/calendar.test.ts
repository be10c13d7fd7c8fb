/** The calendar preview, driven in Chromium as a person would, against the real service and a real Radicale. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eventText } from '../servers/caldav-server.ts'
import { addDestination, sync } from './api-steps.ts'
import { focused, look, moveMouseAway, openPage, sizes, type Visit } from './chromium.ts'
import { addSource, type Stage, startStage } from './stage.ts'

let stage: Stage
let visit: Visit

const dayMs = 86_400_000
/** The middle of a month that is not near any change: the browser's clock stands there. */
const now = Date.UTC(2026, 5, 17, 9, 30)
const stamp = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
const date = (at: number) => stamp(at).slice(0, 8)

/** An event with the times of its own, in place of those the sample has. */
function eventAt(uid: string, summary: string, times: readonly string[], extra: readonly string[] = []): string {
  return eventText(uid, summary, extra).replace(
    /DTSTART:.*\r\nDTEND:.*\r\n/,
    times.map((line) => `${line}\r\n`).join(''),
  )
}

const timed = (start: number, hours = 1) => [`DTSTART:${stamp(start)}`, `DTEND:${stamp(start + hours * 3_600_000)}`]

before(async () => {
  stage = await startStage()
  const { radicale, work, program } = stage
  const put = (name: string, text: string) => radicale.putObject(work, `${name}.ics`, text)
  await put(
    'launch',
    eventAt('launch', 'Launch of the new website', timed(now), [
      'LOCATION:Room 4\\, second floor',
      'DESCRIPTION:Bring the list of open questions.\\nCoffee is there.',
      'CATEGORIES:Work,Web',
      'URL:https://example.com/launch',
      'ORGANIZER:mailto:alice@example.com',
      'ATTENDEE:mailto:bob@example.com',
      'ATTENDEE:mailto:carol@example.com',
    ]),
  )
  await put('weekly', eventAt('weekly', 'Weekly planning', timed(now - 16 * dayMs), ['RRULE:FREQ=WEEKLY']))
  await put(
    'fair',
    eventAt('fair', 'Trade fair', [
      `DTSTART;VALUE=DATE:${date(now + dayMs)}`,
      `DTEND;VALUE=DATE:${date(now + 4 * dayMs)}`,
    ]),
  )
  await put(
    'call',
    eventAt('call', 'Call with New York', [
      'DTSTART;TZID=America/New_York:20260618T100000',
      'DTEND;TZID=America/New_York:20260618T110000',
    ]),
  )
  await put('off', eventAt('off', 'Company trip', timed(now + 2 * dayMs), ['STATUS:CANCELLED']))
  for (const hour of [0, 1, 2, 3, 4, 5])
    await put(
      `busy-${hour}`,
      eventAt(`busy-${hour}`, `Interview ${hour + 1}`, timed(now + 5 * dayMs + hour * 3_600_000)),
    )
  await addSource(program, { name: 'Work', url: work, username: 'alice', path: 'work' })
  await sync(program, 'source', 1)
  visit = await openPage(stage.browser, {
    url: `${program.url}/calendar`,
    prepare: (context) => context.clock.setFixedTime(now),
  })
})

after(() => stage.stop())

const tab = (name: string) => visit.page.getByRole('tab', { name })
const shown = (name: RegExp | string) => visit.page.getByRole('tabpanel').getByRole('button', { name })

test('the first source is shown as the month of today, each instance of a series by itself', async () => {
  const { page } = visit
  await page.getByRole('heading', { name: 'June 2026' }).waitFor()
  await shown(/Launch of the new website/).waitFor()
  assert.equal(await tab('Month').getAttribute('aria-selected'), 'true')
  assert.equal(await page.getByLabel('What to show').inputValue(), 'source 1')
  assert.equal(await shown(/Weekly planning/).count(), 5)
  await shown(/Company trip \(cancelled\)/).waitFor()
  assert.deepEqual(await look(visit, 'calendar-month'), [])
})

test('a day with more events than it has room for tells their number and shows them when asked', async () => {
  const { page } = visit
  await page.getByRole('button', { name: /^\+\d more$/ }).click()
  const popover = page.getByRole('dialog')
  await popover.getByText('Interview 6').waitFor()
  assert.deepEqual(await look(visit, 'calendar-more', ['wide']), [])
  await page.keyboard.press('Escape')
  await popover.waitFor({ state: 'detached' })
})

test('week and list show the same events, and the address keeps what was chosen', async () => {
  const { page } = visit
  await tab('Week').click()
  await page.getByRole('heading', { name: '15 – 21 Jun 2026' }).waitFor()
  await shown(/Launch of the new website/).waitFor()
  assert.equal(await shown(/Weekly planning/).count(), 1)
  assert.equal(new URL(page.url()).searchParams.get('view'), 'week')
  assert.deepEqual(await look(visit, 'calendar-week'), [])
  await tab('List').click()
  await page.getByRole('heading', { name: 'June 2026', exact: true }).waitFor()
  await shown(/Weekly planning/)
    .nth(4)
    .waitFor()
  assert.equal(await shown(/Weekly planning/).count(), 5)
  assert.deepEqual(await look(visit, 'calendar-list'), [])
  await page.reload()
  await shown(/Launch of the new website/).waitFor()
  assert.equal(await tab('List').getAttribute('aria-selected'), 'true')
})

test('a click tells when, where, with how many guests, and which calendar and source an event came from', async () => {
  const { page } = visit
  await shown(/Launch of the new website/).click()
  const dialog = page.getByRole('dialog', { name: 'Launch of the new website' })
  await dialog.getByText('Room 4, second floor').waitFor()
  for (const words of [/^Wed, 17 Jun 2026, 09:30.10:30 \(UTC\)$/, /^Wed, 17 Jun 2026, 11:30.12:30$/, 'Work, Web', '2'])
    await dialog.getByText(words).first().waitFor()
  await dialog.getByText(/Coffee is there/).waitFor()
  await dialog.getByRole('link', { name: 'https://example.com/launch' }).waitFor()
  assert.equal(await dialog.getByRole('link', { name: 'Work', exact: true }).getAttribute('href'), '/sources/view?id=1')
  assert.deepEqual(await look(visit, 'calendar-event'), [])
  await dialog.getByRole('button', { name: /As it stands in the calendar file/ }).click()
  await dialog.getByText(/UID:launch/).waitFor()
  assert.deepEqual(await look(visit, 'calendar-event-raw'), [])
  await dialog.getByRole('button', { name: 'Close' }).click()
  await dialog.waitFor({ state: 'detached' })
})

test('an event of another zone has its own time and that of the reader; a series is told in words', async () => {
  const { page } = visit
  await shown(/Call with New York/).click()
  const call = page.getByRole('dialog', { name: 'Call with New York' })
  await call.getByText(/10:00.11:00 \(America\/New_York\)/).waitFor()
  await call.getByText(/16:00.17:00$/).waitFor()
  await call.getByRole('button', { name: 'Close' }).click()
  await call.waitFor({ state: 'detached' })
  await shown(/Weekly planning/)
    .first()
    .click()
  const weekly = page.getByRole('dialog', { name: 'Weekly planning' })
  await weekly.getByText('Every week', { exact: true }).waitFor()
  await weekly.getByRole('button', { name: 'Close' }).click()
  await weekly.waitFor({ state: 'detached' })
})

test('everything works by keyboard, and the focus comes back to the event', async () => {
  const { page } = visit
  await tab('Month').click()
  await shown(/Launch of the new website/).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Launch of the new website' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.waitForFunction("document.activeElement?.textContent?.includes('Launch')")
  assert.match(await focused(page), /Launch of the new website/)
})

test('a month without events says so, and Today leads back', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Previous month' }).click()
  await page.getByRole('heading', { name: 'May 2026' }).waitFor()
  await page.getByRole('button', { name: 'Previous month' }).click()
  await page.getByText('No events in this month.').waitFor()
  await moveMouseAway(visit, 600, 40)
  assert.deepEqual(await look(visit, 'calendar-empty-month'), [])
  await page.getByRole('button', { name: 'Today', exact: true }).click()
  await page.getByRole('heading', { name: 'June 2026' }).waitFor()
})

test('a destination shows its calendar, and which events it did not write itself', async () => {
  const { page } = visit
  const { program, radicale } = stage
  await radicale.putObject(`${radicale.home}target/`, 'own.ics', eventAt('own', 'Entered by hand', timed(now + dayMs)))
  await addDestination(program, { name: 'Team copy', feed: 'source:1', url: radicale.home, calendar: 'Team' })
  await sync(program, 'destination', 1)
  await page.reload()
  await page.getByLabel('What to show').selectOption({ label: 'Team copy' })
  await shown(/Entered by hand/).click()
  const own = page.getByRole('dialog', { name: 'Entered by hand' })
  await own.getByText(/did not write it/).waitFor()
  await own.getByRole('button', { name: 'Close' }).click()
  await own.waitFor({ state: 'detached' })
  await shown(/Launch of the new website/).click()
  const written = page.getByRole('dialog', { name: 'Launch of the new website' })
  await written.getByText('This destination wrote it.').waitFor()
  assert.deepEqual(await look(visit, 'calendar-destination-event'), [])
  await written.getByRole('button', { name: 'Close' }).click()
  assert.equal(new URL(page.url()).search, '?kind=destination&id=1&view=month')
})

test('a link shows its events as well', async () => {
  const { page } = visit
  await page.getByLabel('What to show').selectOption('link 1')
  // Both show it: only the one that the link does not have tells when the other calendar is there.
  await shown(/Entered by hand/).waitFor({ state: 'detached' })
  await shown(/Launch of the new website/).waitFor()
  assert.equal(new URL(page.url()).search, '?kind=link&id=1&view=month')
})

test('what could not be worked out, and what is too much, is said; what could not be loaded can be tried again', async () => {
  const { page } = visit
  const anyEvents = /\/api\/sources\/1\/events/
  await page.route(anyEvents, async (route) => {
    const response = await route.fetch()
    const body: object = await response.json()
    await route.fulfill({ response, json: { ...body, truncated: true, unsure: ['Odd series (2026-06-01)'] } })
  })
  await page.getByLabel('What to show').selectOption('source 1')
  await page.getByText(/^There are more events than can be shown at once/).waitFor()
  await page.getByText(/could not be worked out in time.*Odd series/).waitFor()
  assert.deepEqual(await look(visit, 'calendar-incomplete'), [])
  await page.unroute(anyEvents)
  await page.route(anyEvents, (route) => route.fulfill({ status: 500, json: { status: 'error', message: 'No luck.' } }))
  await page.getByRole('button', { name: 'Next month' }).click()
  await page.getByText('The events could not be loaded. No luck.').waitFor()
  await moveMouseAway(visit, 600, 40)
  assert.deepEqual(await look(visit, 'calendar-failed'), [])
  await page.unroute(anyEvents)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('The events could not be loaded. No luck.').waitFor({ state: 'detached' })
  await shown(/Weekly planning/)
    .first()
    .waitFor()
})

test('an address that names nothing says so and lets choose', async () => {
  const { page } = visit
  await page.goto(`${stage.program.url}/calendar?kind=source&id=99`)
  await page.getByText(/does not exist; it may have been deleted/).waitFor()
  assert.deepEqual(await look(visit, 'calendar-gone'), [])
  await page.getByLabel('What to show').selectOption({ label: 'Work' })
  await shown(/Launch of the new website/).waitFor()
})

test('on a phone the list comes first', async () => {
  const phone = await openPage(stage.browser, {
    url: `${stage.program.url}/calendar?kind=source&id=1`,
    size: sizes.phone,
    prepare: (context) => context.clock.setFixedTime(now),
  })
  await phone.page
    .getByRole('tabpanel')
    .getByRole('button', { name: /Launch of the new website/ })
    .waitFor()
  assert.equal(await phone.page.getByRole('tab', { name: 'List' }).getAttribute('aria-selected'), 'true')
  assert.deepEqual(phone.troubles, [])
  await phone.context.close()
})

test('nothing was reported by the policy, asked of another host, or written to the console', () => {
  assert.deepEqual(visit.troubles, [])
})
