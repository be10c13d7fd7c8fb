/** Setting up a source and a destination step by step, as a person would, with the real service and a real Radicale. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eventText, PASSWORD } from '../servers/caldav-server.ts'
import { focused, look, openPage, type Visit } from './chromium.ts'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
let visit: Visit

before(async () => {
  stage = await startStage()
  visit = await openPage(stage.browser, { url: `${stage.program.url}/sources/add` })
})

after(() => stage.stop())

const press = (name: string) => visit.page.getByRole('button', { name, exact: true }).click()
const heading = (name: string) => visit.page.getByRole('heading', { name, exact: true }).waitFor()
const field = (name: string) => visit.page.getByRole('textbox', { name, exact: true })

async function eventsIn(segment: string): Promise<string[]> {
  const { home } = stage.radicale
  const listing = await stage.radicale.request('PROPFIND', `${home}${segment}/`, { headers: { depth: '1' } })
  const hrefs = [...listing.text.matchAll(/<href>([^<]+\.ics)<\/href>/g)].map(([, href = '']) => href)
  const texts = await Promise.all(hrefs.map(async (href) => (await stage.radicale.request('GET', href)).text))
  return texts.map((text) => /SUMMARY:(.*)/.exec(text)?.[1]?.trim() ?? '').toSorted((a, b) => a.localeCompare(b))
}

test('a service is chosen by a card, which fills in the address and says how to log in there', async () => {
  const { page } = visit
  await heading('Which account holds your calendar?')
  await page.getByRole('listitem').filter({ hasText: 'Account' }).first().waitFor()
  assert.equal(await page.locator('[aria-current=step]').textContent(), '1Account')
  await page.getByRole('radio', { name: 'Nextcloud' }).check()
  const url = page.getByLabel('Server address')
  assert.equal(await url.inputValue(), 'https://cloud.example.com/remote.php/dav')
  await page.getByText(/Settings, Security, Devices & sessions/).waitFor()
  assert.deepEqual(await look(visit, 'wizard-source-account'), [])
  // The part to replace is selected already.
  await url.click()
  await page.waitForFunction('getSelection().toString() === "cloud.example.com"')
  await page.keyboard.type('cloud.anna.test')
  assert.equal(await url.inputValue(), 'https://cloud.anna.test/remote.php/dav')

  await page.getByRole('radio', { name: 'Google Calendar' }).check()
  await page.getByText(/Secret address in iCal format/).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Check account' }).getAttribute('aria-disabled'), 'true')
  assert.deepEqual(await look(visit, 'wizard-source-google'), [])
  await page.getByRole('radio', { name: 'Nextcloud' }).check()
  assert.equal(await url.inputValue(), 'https://cloud.anna.test/remote.php/dav')
})

test('what is missing, and an example that was not replaced, is said at its field', async () => {
  const { page } = visit
  await page.getByRole('radio', { name: 'Baïkal' }).check()
  await press('Check account')
  await page.getByText('This is only an example. Replace example.com').waitFor()
  await page.getByText('Username cannot be empty').waitFor()
  await page.getByText('Password cannot be empty').waitFor()
  assert.deepEqual(await look(visit, 'wizard-source-missing', ['wide']), [])
})

test('a look at the account can be stopped, and what was typed stays', async () => {
  const { page, context } = visit
  const { promise: letGo, resolve } = Promise.withResolvers<void>()
  await context.route('**/api/discover', async (route) => {
    await letGo
    // The page has given it up already.
    await route.abort().catch(() => undefined)
  })
  await page.getByRole('radio', { name: 'iCloud' }).check()
  assert.equal(await page.getByLabel('Server address').inputValue(), 'https://caldav.icloud.com')
  await field('Username').fill('anna@example.com')
  await page.getByLabel('Password').fill('abcd')
  await press('Check account')
  await page.getByText('Checking the account…').waitFor()
  assert.deepEqual(await look(visit, 'wizard-source-checking', ['wide']), [])
  await press('Stop')
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' })
  assert.equal(await page.getByRole('main').getByRole('alert').count(), 0)
  assert.equal(await field('Username').inputValue(), 'anna@example.com')
  resolve()
  await context.unroute('**/api/discover')
})

test('a wrong password is told by its stage, and corrected without losing anything', async () => {
  const { page } = visit
  await page.getByRole('radio', { name: 'Radicale' }).check()
  await page.getByLabel('Server address').fill(stage.radicale.home)
  await field('Username').fill('alice')
  await page.getByLabel('Password').fill('wrong')
  await page.keyboard.press('Enter')
  const result = page.getByRole('region', { name: 'What the server says' })
  await result.getByRole('listitem').filter({ hasText: 'Login Failed' }).waitFor()
  await result.getByText(/refused the user name or password/).waitFor()
  assert.equal(await page.getByLabel('Server address').inputValue(), stage.radicale.home)
  assert.deepEqual(await look(visit, 'wizard-source-refused'), [])

  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Check account' }).click()
  await page.getByText('3 calendars were found.').waitFor()
  await result.getByRole('listitem').filter({ hasText: 'Reading events Done' }).waitFor()
  assert.deepEqual(await look(visit, 'wizard-source-checked'), [])
})

test('the focus goes to the heading of the next step; the calendars are listed with their events', async () => {
  const { page } = visit
  await press('Choose calendars')
  await heading('Which calendars go into the feed?')
  assert.equal(await focused(page), 'Which calendars go into the feed?')
  assert.equal(await page.getByRole('checkbox', { name: 'All calendars, also those made later' }).isChecked(), true)
  await page.getByRole('checkbox', { name: 'Work 2 events' }).waitFor()
  assert.deepEqual(await look(visit, 'wizard-source-calendars'), [])
  await page.getByRole('checkbox', { name: 'Family 1 event' }).uncheck()
  await page.getByRole('checkbox', { name: 'Team 0 events' }).uncheck()
  assert.equal(await page.getByRole('checkbox', { name: 'All calendars, also those made later' }).isChecked(), false)
  await page.getByRole('checkbox', { name: 'Work 2 events' }).uncheck()
  await press('Name the feed')
  await page.getByText('Tick at least one calendar.').waitFor()
  await page.getByRole('checkbox', { name: 'Work 2 events' }).check()
})

test('a reload keeps what was typed but the password, and begins where that is asked for', async () => {
  const { page } = visit
  await press('Name the feed')
  await heading('What is the feed called, and who may read it?')
  assert.equal(await field('Name').inputValue(), 'Work')
  await field('Name').fill('My work')
  const asked = page.waitForEvent('dialog').then((dialog) => dialog.accept())
  await page.reload()
  await asked
  await page.getByText(/here again, except for the password/).waitFor()
  assert.equal(await page.getByLabel('Server address').inputValue(), stage.radicale.home)
  assert.equal(await field('Username').inputValue(), 'alice')
  assert.equal(await page.getByLabel('Password').inputValue(), '')
  assert.ok(!(await page.evaluate<string>('JSON.stringify(sessionStorage)')).includes('w&<>'))
  assert.deepEqual(await look(visit, 'wizard-source-restored', ['wide']), [])

  await page.getByLabel('Password').fill(PASSWORD)
  await press('Check account')
  await press('Choose calendars')
  assert.equal(await page.getByRole('checkbox', { name: 'Family 1 event' }).isChecked(), false)
  assert.equal(await page.getByRole('checkbox', { name: 'Work 2 events' }).isChecked(), true)
  await press('Name the feed')
  assert.equal(await field('Name').inputValue(), 'My work')
  assert.equal(await field('Address of the feed').inputValue(), 'my-work')
})

test('going back loses nothing, and a refusal of the service stands at its field', async () => {
  const { page } = visit
  await field('Address of the feed').fill('public/x')
  await press('Back')
  await press('Name the feed')
  assert.equal(await field('Address of the feed').inputValue(), 'public/x')
  await press('Create source')
  await page.getByText(/^ICS path cannot start with 'public'/).waitFor()
  await field('Address of the feed').fill('my-work')
  await page.getByRole('radio', { name: /^Everybody who knows the address/ }).check()
  assert.match(await field('Public address').inputValue(), /^my-work\/[a-z0-9]{8}$/)
  assert.deepEqual(await look(visit, 'wizard-source-details'), [])
})

test('the source is made once, read at once, and ends with how to subscribe to the chosen calendars', async () => {
  const { page, context } = visit
  await page.getByRole('button', { name: 'Create source' }).dblclick()
  await heading('My work is ready to subscribe to')
  await page.getByText('Synchronized 2 events from 1 calendar').waitFor()
  await page.getByRole('img', { name: /^QR code of/ }).waitFor()
  assert.deepEqual(await look(visit, 'wizard-source-done'), [])
  await page.getByRole('button', { name: 'Google Calendar' }).click()
  await page.getByText(/press \+, then From URL/).waitFor()

  const { sources } = (await (await context.request.get(`${stage.program.url}/api/sources`)).json()) as {
    sources: { id: number; public_ics_path: string }[]
  }
  assert.equal(sources.length, 1)
  const address = `${stage.program.url}/ics/public/${sources[0]?.public_ics_path}`
  await page.getByRole('link', { name: address, exact: true }).waitFor()
  const text = await (await fetch(address)).text()
  for (const summary of ['Stand-up', 'Review']) assert.ok(text.includes(`SUMMARY:${summary}`), text)
  assert.ok(!text.includes('Dinner'))
  assert.equal(await page.getByRole('link', { name: 'Show source' }).getAttribute('href'), '/sources/view?id=1')
  assert.equal(
    await page.getByRole('link', { name: 'Show calendar' }).getAttribute('href'),
    '/calendar?kind=source&id=1',
  )
  assert.equal(await page.evaluate('sessionStorage.length'), 0)
})

test('a destination begins with its feed: an address that is none is refused at its field', async () => {
  const { page } = visit
  await stage.radicale.putObject(`${stage.radicale.home}target/`, 'own.ics', eventText('own', 'Own event'))
  await page.goto(`${stage.program.url}/destinations/add`)
  await heading('Which calendar should be written into yours?')
  assert.deepEqual(await look(visit, 'wizard-destination-feed'), [])
  await press('Look at the feed')
  await page.getByText('Address of the feed cannot be empty').waitFor()
  await page.getByLabel('Address of the feed').fill(`${stage.program.url}/ics/none`)
  await press('Look at the feed')
  await page.getByRole('alert').filter({ hasText: '404' }).waitFor()
  assert.deepEqual(await look(visit, 'wizard-destination-feed-failed', ['wide']), [])
  await page.getByRole('radio', { name: /^A file/ }).check()
  await press('Look at the feed')
  await page.getByText('Upload a calendar file first.').waitFor()
  await page.getByRole('radio', { name: /^One of your sources/ }).check()
  await page.getByRole('combobox', { name: 'Source' }).selectOption('My work')
})

test('what the feed holds is shown before anything is asked for', async () => {
  const { page } = visit
  await press('Look at the feed')
  await heading('This is what the feed holds')
  await page.getByText('2 events', { exact: true }).waitFor()
  await page.getByText('1 Mar 2026', { exact: true }).waitFor()
  await page.getByText('Stand-up').waitFor()
  assert.deepEqual(await look(visit, 'wizard-destination-contents'), [])
})

test('the account offers its calendars, and a new one', async () => {
  const { page } = visit
  await press('Choose the account')
  await heading('Which account should the events go to?')
  assert.equal(await page.getByRole('radio', { name: 'Google Calendar' }).count(), 0)
  await page.getByLabel('Server address').fill(stage.radicale.home)
  await field('Username').fill('alice')
  await page.getByLabel('Password').fill(PASSWORD)
  await press('Check account')
  await press('Choose the calendar')
  await heading('Which calendar should be filled?')
  assert.equal(await field('Name of the destination').inputValue(), 'My work')
  await press('Choose what to remove')
  await page.getByText('Choose a calendar.').waitFor()
  await page.getByRole('radio', { name: /^A new calendar/ }).check()
  await field('Name of the new calendar').fill('Family')
  await press('Choose what to remove')
  await page.getByText('The account has a calendar of this name already.').waitFor()
  assert.deepEqual(await look(visit, 'wizard-destination-calendar-new'), [])
  await page.getByRole('radio', { name: 'Team 1 event' }).check()
  assert.deepEqual(await look(visit, 'wizard-destination-calendar'), [])
})

test('each answer about removing says what it means for this calendar now', async () => {
  const { page } = visit
  await press('Choose what to remove')
  await heading('What may be removed from the calendar?')
  const dropped = page.getByRole('radio', { name: /^What this destination added/ })
  assert.equal(await dropped.isChecked(), true)
  await page.getByText(/Now: 1 event of this calendar is removed: Own event/).waitFor()
  assert.deepEqual(await look(visit, 'wizard-destination-removal'), [])
})

test('the plan names each event, and nothing was written before it is agreed to', async () => {
  const { page } = visit
  await press('Show the plan')
  await heading('This is what the first run will do')
  await page.getByText('2 to add').waitFor()
  const events = page.getByRole('region', { name: 'Event by event' })
  for (const summary of ['Stand-up', 'Review']) await events.getByText(summary).first().waitFor()
  assert.deepEqual(await look(visit, 'wizard-destination-plan'), [])
  assert.deepEqual(await eventsIn('target'), ['Own event'])
})

test('the first run writes the events and says so', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Create destination' }).dblclick()
  await heading('My work is set up')
  await page.getByText('Uploaded 2 of 2 events (0 unchanged); deleted 0 orphans').waitFor()
  await page.getByRole('link', { name: 'Destinations (1)' }).waitFor()
  assert.deepEqual(await look(visit, 'wizard-destination-done'), [])
  assert.match(
    (await page.getByRole('link', { name: 'Show what was done' }).getAttribute('href')) ?? '',
    /^\/runs\/view\?id=\d+$/,
  )
  assert.deepEqual(await eventsIn('target'), ['Own event', 'Review', 'Stand-up'])
})

test('a file goes into a calendar that the first run makes', async () => {
  const { page } = visit
  await page.goto(`${stage.program.url}/destinations/add`)
  await page.getByRole('radio', { name: /^A file/ }).check()
  const text = eventText('outing', 'Outing').replace('VERSION:2.0', 'VERSION:2.0\r\nX-WR-CALNAME:Class 3b')
  const file = { name: 'Klasse 3b.ics', mimeType: 'text/calendar', buffer: Buffer.from(text) }
  await page.getByLabel('Calendar file', { exact: true }).setInputFiles(file)
  await page.getByText('Chosen: klasse-3b.ics').waitFor()
  assert.deepEqual(await look(visit, 'wizard-destination-file'), [])
  await press('Look at the feed')
  await press('Choose the account')
  await page.getByLabel('Server address').fill(stage.radicale.home)
  await field('Username').fill('alice')
  await page.getByLabel('Password').fill(PASSWORD)
  await press('Check account')
  await press('Choose the calendar')
  await page.getByRole('radio', { name: /^A new calendar/ }).check()
  assert.equal(await field('Name of the new calendar').inputValue(), 'Class 3b')
  await press('Choose what to remove')
  await page.getByText('Now: nothing is removed, because the calendar is new.').waitFor()
  await press('Show the plan')
  await page.getByText('1 to add').waitFor()
  await press('Create destination')
  await page.getByText('Uploaded 1 of 1 events (0 unchanged); deleted 0 orphans').waitFor()
  const home = await stage.radicale.request('PROPFIND', stage.radicale.home, { headers: { depth: '1' } })
  assert.ok(home.text.includes('Class 3b'), home.text)
})

test('a calendar that another destination writes to is asked about before it is shared', async () => {
  const { page } = visit
  await page.goto(`${stage.program.url}/destinations/add`)
  await page.getByRole('radio', { name: /^One of your sources/ }).check()
  await page.getByRole('combobox', { name: 'Source' }).selectOption('My work')
  await press('Look at the feed')
  await press('Choose the account')
  await page.getByLabel('Server address').fill(stage.radicale.home)
  await field('Username').fill('alice')
  await page.getByLabel('Password').fill(PASSWORD)
  await press('Check account')
  await press('Choose the calendar')
  await page.getByRole('radio', { name: /^Team/ }).check()
  await press('Choose what to remove')
  await press('Show the plan')
  await press('Create destination')
  const question = page.getByRole('alertdialog', { name: 'Duplicate Calendar Target' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await heading('This is what the first run will do')
  await press('Create destination')
  await question.getByRole('button', { name: 'Continue Anyway' }).click()
  await heading('My work is set up')
})

test('a calendar that the feed is made from is refused before anything is made', async () => {
  const { page } = visit
  await page.goto(`${stage.program.url}/destinations/add`)
  await page.getByRole('radio', { name: /^One of your sources/ }).check()
  await page.getByRole('combobox', { name: 'Source' }).selectOption('My work')
  await press('Look at the feed')
  await press('Choose the account')
  await page.getByLabel('Server address').fill(stage.radicale.home)
  await field('Username').fill('alice')
  await page.getByLabel('Password').fill(PASSWORD)
  await press('Check account')
  await press('Choose the calendar')
  await page.getByRole('radio', { name: /^Work/ }).check()
  await press('Choose what to remove')
  await page.getByRole('alert').filter({ hasText: 'go round in a ring' }).waitFor()
  assert.deepEqual(await look(visit, 'wizard-destination-ring'), [])
})

test('nothing was reported by the policy, asked of another host, or written to the console', () => {
  assert.deepEqual(visit.troubles, [])
})
