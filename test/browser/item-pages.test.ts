/** The pages of one source, one destination and one run, driven in Chromium against a real Radicale. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eventText, PASSWORD } from '../servers/caldav-server.ts'
import { focused, look, openPage, type Visit } from './chromium.ts'
import { addSource, type Stage, startStage } from './stage.ts'

let stage: Stage
let visit: Visit

before(async () => {
  stage = await startStage()
  await addSource(stage.program, { name: 'Everything', url: stage.radicale.home, username: 'alice', path: 'all' })
  await addSource(stage.program, { name: 'Work', url: stage.work, username: 'alice', path: 'work' })
  for (const id of [1, 2]) await send('POST', `/api/sources/${id}/sync`)
  visit = await openPage(stage.browser, { url: `${stage.program.url}/sources/view?id=1` })
})

after(() => stage.stop())

async function send(method: string, path: string, body?: object): Promise<Response> {
  const init = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await fetch(stage.program.url + path, { method, ...init })
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`)
  return answer
}

async function feed(path: string): Promise<string> {
  return (await fetch(`${stage.program.url}/ics/${path}`)).text()
}

/** How many events the calendar `target` holds, asked of the server itself. */
async function written(): Promise<number> {
  const url = `${stage.radicale.home}target/`
  const listing = await stage.radicale.request('PROPFIND', url, { headers: { depth: '1' } })
  return listing.text.match(/\.ics</g)?.length ?? 0
}

async function addDestination(name: string, more: object = {}): Promise<void> {
  await send('POST', '/api/destinations', {
    name,
    ics_url: 'source:2',
    caldav_url: stage.radicale.home,
    calendar_name: 'Team',
    username: 'alice',
    password: PASSWORD,
    sync_interval_secs: 0,
    sync_all: true,
    keep_local: true,
    paused: true,
    ...more,
  })
}

const open = (path: string) => visit.page.goto(stage.program.url + path)

test('the page of a source tells how it is, what it reads and what it publishes', async () => {
  const { page } = visit
  await page.getByRole('heading', { name: 'Everything', level: 1 }).waitFor()
  await page.getByRole('region', { name: 'State' }).getByText('Synced', { exact: true }).waitFor()
  await page.getByText('3 in the feed, 3 calendars, 3 read anew').waitFor()
  await page.getByText('All calendars, also those made later').waitFor()
  await page.getByRole('link', { name: 'Details: Address of the feed' }).waitFor()
  assert.equal(
    await page.getByRole('link', { name: 'Open calendar' }).getAttribute('href'),
    '/calendar?kind=source&id=1',
  )
  assert.deepEqual(await look(visit, 'source-page'), [])
})

test('of the calendars that a look finds, only the one that stays ticked goes into the feed', async () => {
  const { page } = visit
  await page.getByRole('button', { name: /^Calendars in the feed/ }).click()
  await page.getByRole('button', { name: 'Look for calendars' }).click()
  await page.getByText('3 calendars found.').waitFor()
  const ticks = page.getByRole('list', { name: 'Calendars of the account' })
  assert.equal(await ticks.getByRole('checkbox', { name: /^Family/ }).isDisabled(), true)
  await page.getByRole('radio', { name: 'Only those ticked below' }).check()
  for (const name of [/^Family/, /^Team/, /^Work/]) await ticks.getByRole('checkbox', { name }).uncheck()
  await page.getByRole('button', { name: 'Save choice' }).click()
  await page.getByText('Tick at least one calendar.').waitFor()
  await ticks.getByRole('checkbox', { name: /^Family/ }).check()
  assert.deepEqual(await look(visit, 'source-calendars'), [])
  await page.getByRole('button', { name: 'Save choice' }).click()
  await page.getByText('Everything: the choice was saved, and the feed is being made anew').waitFor()
  await page.getByText('One calendar is chosen').waitFor()

  await page.getByRole('button', { name: 'Sync Now' }).click()
  await page.getByText('Everything: Synchronized 1 events from 1 calendars').waitFor()
  const text = await feed('all')
  assert.ok(text.includes('SUMMARY:Dinner') && !text.includes('SUMMARY:Review'), text)
})

test('the choice is there after a reload, and all calendars come back', async () => {
  const { page } = visit
  await page.reload()
  await page.getByText('One calendar is chosen').waitFor()
  await page.getByRole('button', { name: /^Calendars in the feed/ }).click()
  await page.getByText(/^Only chosen calendars are read/).waitFor()
  await page.getByRole('radio', { name: 'All calendars, also those made later' }).check()
  await page.getByRole('button', { name: 'Save choice' }).click()
  await page.getByRole('button', { name: /All calendars, also those made later/ }).waitFor()
  await page.getByRole('button', { name: 'Sync Now' }).click()
  await page.getByText('Everything: Synchronized 3 events from 3 calendars').waitFor()
})

test('a source is paused and resumed by a switch', async () => {
  const { page } = visit
  const automatic = page.getByRole('switch', { name: 'Sync by itself' })
  assert.equal(await automatic.isChecked(), true)
  await automatic.click()
  await page.getByText('Saved', { exact: true }).waitFor()
  await page.getByRole('region', { name: 'State' }).getByText('Paused', { exact: true }).waitFor()
  await page.reload()
  assert.equal(await automatic.isChecked(), false)
  assert.deepEqual(await look(visit, 'source-page-paused'), [])
  await automatic.click()
  await page.getByRole('region', { name: 'State' }).getByText('Synced', { exact: true }).waitFor()
})

test('a switch that is refused goes back and says why', async () => {
  const { page, context } = visit
  const refusal = { status: 'error', message: 'The database is read-only' }
  await context.route('**/api/sources/1', (route) => route.fulfill({ status: 500, json: refusal }))
  const automatic = page.getByRole('switch', { name: 'Sync by itself' })
  await automatic.click()
  await page.getByText('Not saved. The database is read-only').waitFor()
  assert.equal(await automatic.isChecked(), true)
  await context.unroute('**/api/sources/1')
})

test('a refused login is mended on the page of the source', async () => {
  const { page } = visit
  await send('PUT', '/api/sources/1', { password: 'wrong' })
  await fetch(`${stage.program.url}/api/sources/1/sync`, { method: 'POST' })
  await page.getByRole('region', { name: 'State' }).getByText('Failed', { exact: true }).waitFor()
  assert.deepEqual(await look(visit, 'source-page-failed'), [])
  await page.getByRole('button', { name: 'Sign in again: Everything' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sign in again: Everything' })
  await dialog.getByLabel('Password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('region', { name: 'State' }).getByText('Synced', { exact: true }).waitFor()
})

test('a plan shows what a first run would write, and nothing is written', async () => {
  const { page } = visit
  await addDestination('Team copy')
  await open('/destinations/view?id=1')
  await page.getByRole('heading', { name: 'Team copy', level: 1 }).waitFor()
  await page.getByText('The feed of the source Work').waitFor()
  await page.getByRole('button', { name: 'Show plan' }).click()
  const plan = page.getByRole('region', { name: 'What a run would do now' })
  await plan.getByText(/^Would add 2, update 0/).waitFor()
  await plan.getByText('Stand-up').first().waitFor()
  await plan.locator('summary').first().click()
  await plan.getByText('Title (SUMMARY)').first().waitFor()
  assert.deepEqual(await look(visit, 'destination-plan'), [])
  assert.equal(await written(), 0)
})

test('a run of the destination is listed with its counts and opens to the diff of each event', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Sync Now' }).click()
  await page.getByText('Team copy: Uploaded 2 of 2 events').waitFor()
  assert.equal(await written(), 2)
  const row = page.getByRole('row', { name: /2 added, 0 changed, 0 removed, 0 unchanged/ })
  await row.waitFor()
  await page.getByText(/^Would add/).waitFor({ state: 'detached' })
  assert.deepEqual(await look(visit, 'destination-page'), [])
  await row.getByRole('link').click()
  await page.getByRole('heading', { name: /^Run \d+$/ }).waitFor()
  await page.getByText('Went well', { exact: true }).waitFor()
  const events = page.getByRole('region', { name: 'Events' })
  await events.getByText('Review').first().waitFor()
  await events.locator('summary').first().click()
  await page.getByRole('region', { name: 'Steps' }).getByText('Writing events').waitFor()
  assert.deepEqual(await look(visit, 'run-page'), [])
})

test('an undo says what it will do, takes the events out of the calendar, and links both runs', async () => {
  const { page } = visit
  const undone = page.url()
  await page.getByRole('button', { name: 'Undo run' }).click()
  const dialog = page.getByRole('dialog', { name: /^Undo run \d+$/ })
  await dialog.getByText('2 events that it added are removed again.').waitFor()
  assert.equal(await focused(page), 'Also events that somebody changed since')
  assert.deepEqual(await look(visit, 'run-undo'), [])
  await dialog.getByRole('button', { name: 'Undo run' }).click()
  await page.getByText(/^Took back 2 of 2 changes of run/).waitFor()
  assert.equal(await written(), 0)
  assert.deepEqual(await look(visit, 'run-undone'), [])
  await page.getByRole('link', { name: 'Show the undo' }).click()
  await page.getByText('Takes back').waitFor()
  assert.deepEqual(await look(visit, 'run-of-undo'), [])
  await page.getByRole('link', { name: /^Run \d+$/ }).click()
  await page.waitForURL(undone)
  await page.getByText('Taken back by').waitFor()
})

test('settings of a destination are saved as they are changed', async () => {
  const { page } = visit
  await open('/destinations/view?id=1')
  await page.getByRole('switch', { name: 'Past events too' }).click()
  await page.getByRole('combobox', { name: 'Events edited in the calendar' }).selectOption('Leave the edit')
  await page.getByRole('combobox', { name: 'Guests' }).selectOption('Name in description')
  const limit = page.getByRole('textbox', { name: 'Deletions without asking: Events per run' })
  await limit.fill('many')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText(/^A whole number from 1/).waitFor()
  assert.deepEqual(await look(visit, 'destination-limit-wrong'), [])
  await limit.fill('40')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /^What is removed/ }).click()
  await page.getByRole('radio', { name: /^Remove what this destination added/ }).check()
  await page.getByRole('button', { name: /^What is removed Remove what this destination added/ }).waitFor()
  assert.deepEqual(await look(visit, 'destination-removal'), [])

  await page.reload()
  await page.getByRole('heading', { name: 'Team copy', level: 1 }).waitFor()
  assert.equal(await page.getByRole('switch', { name: 'Past events too' }).isChecked(), false)
  assert.equal(await page.getByRole('combobox', { name: 'Guests' }).inputValue(), 'text')
  assert.equal(await page.getByRole('combobox', { name: 'Events edited in the calendar' }).inputValue(), 'keep')
  assert.equal(await limit.inputValue(), '40')
  const stored = await (await send('GET', '/api/destinations/1')).text()
  assert.match(stored, /"keep_local":true,"remove_dropped":true/)
})

test('a mirror is asked about first, and names the destinations that would lose their events', async () => {
  const { page } = visit
  await addDestination('Second copy')
  await page.getByRole('button', { name: /^What is removed/ }).click()
  const mirror = page.getByRole('radio', { name: /^Mirror the feed exactly/ })
  await mirror.click()
  const question = page.getByRole('alertdialog', { name: 'Mirror the feed?' })
  await question.getByText(/would lose their events: Second copy\.$/).waitFor()
  assert.deepEqual(await look(visit, 'destination-mirror'), [])
  await question.getByRole('button', { name: 'Cancel' }).click()
  await question.waitFor({ state: 'detached' })
  assert.equal(await mirror.isChecked(), false)
  await mirror.click()
  await question.getByRole('button', { name: 'Mirror feed' }).click()
  await page.getByRole('button', { name: /^What is removed Mirror the feed exactly/ }).waitFor()
  assert.equal(await mirror.isChecked(), true)
})

test('long names, addresses and many events fit, and are searched and filtered', async () => {
  const { page } = visit
  const long = 'Gemeinschaftskalenderveranstaltungsübersicht'.repeat(4)
  const big = await stage.radicale.makeCalendar('big', { displayName: long })
  for (let number = 0; number < 12; number += 1) {
    const text = eventText(`event-${number}`, `${number === 7 ? 'Seventh' : long} ${number}`, [`LOCATION:${long}`])
    await stage.radicale.putObject(big, `${number}.ics`, text)
  }
  await addSource(stage.program, { name: long, url: big, username: 'alice', path: `long-${'x'.repeat(80)}` })
  await send('POST', '/api/sources/3/sync')
  await addDestination(`${long} copy`, { ics_url: 'source:3', feed_connection: { headers: { 'x-key': 'secret' } } })
  await send('POST', '/api/destinations/3/sync')
  await open('/sources/view?id=3')
  await page.getByText(/12 in the feed/).waitFor()
  assert.deepEqual(await look(visit, 'source-page-long'), [])
  await open('/destinations/view?id=3')
  await page.getByText('Set: Extra headers').waitFor()
  assert.deepEqual(await look(visit, 'destination-page-long'), [])
  await page
    .getByRole('row', { name: /12 added/ })
    .getByRole('link')
    .click()
  await page.getByText('12 events', { exact: true }).waitFor()
  assert.deepEqual(await look(visit, 'run-page-long'), [])
  await page.getByRole('searchbox', { name: 'Search events' }).fill('seventh')
  await page.getByText('1 of 12 events', { exact: true }).waitFor()
  await page.getByRole('combobox', { name: 'What' }).selectOption('Removed')
  await page.getByText('No event fits the search and the filter.').waitFor()
})

test('a source, a destination and a run that do not exist say so', async () => {
  const { page } = visit
  for (const [path, title] of [
    ['/sources/view?id=99', 'This source does not exist'],
    ['/destinations/view?id=99', 'This destination does not exist'],
    ['/runs/view?id=9999', 'This run does not exist'],
    ['/runs/view', 'Nothing was chosen'],
  ] as const) {
    await open(path)
    await page.getByRole('heading', { name: title }).waitFor()
  }
  assert.deepEqual(await look(visit, 'run-gone', ['wide']), [])
})

test('deleting goes back to the list', async () => {
  const { page } = visit
  await open('/destinations/view?id=2')
  await page.getByRole('button', { name: 'Delete: Second copy' }).click()
  await page.getByRole('dialog', { name: 'Confirm Delete' }).getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Destination deleted').waitFor()
  await page.getByRole('heading', { name: 'Destinations (ICS to CalDAV)' }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/destinations')
})

test('nothing was reported by the policy, asked of another host, or written to the console', () => {
  assert.deepEqual(visit.troubles, [])
})
