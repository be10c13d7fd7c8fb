/** Destinations in the dashboard, from a feed of our own service into a real Radicale. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eventText } from '../servers/caldav-server.ts'
import { look, openPage, type Visit } from './chromium.ts'
import { addSource, fillDestination, type Stage, startStage, stateWord } from './stage.ts'

let stage: Stage
let visit: Visit

before(async () => {
  stage = await startStage()
  await addSource(stage.program, { name: 'Work', url: stage.work, username: 'alice', path: 'work' })
  const synced = await fetch(`${stage.program.url}/api/sources/1/sync`, { method: 'POST' })
  assert.equal(synced.status, 200, await synced.text())
  visit = await openPage(stage.browser, { url: `${stage.program.url}/sources` })
})

after(() => stage.stop())

async function openForm(name: string): Promise<void> {
  await visit.page.getByRole('button', { name: 'Add Destination' }).click()
  await fillDestination(visit.page, {
    name,
    feed: `${stage.program.url}/ics/work`,
    url: stage.radicale.home,
    calendar: 'Team',
    username: 'alice',
  })
}

test('the destinations are one click away, and an empty list says what to do', async () => {
  const { page } = visit
  await page.getByRole('link', { name: 'Destinations (0)' }).click()
  await page.getByRole('heading', { name: 'Destinations (ICS to CalDAV)' }).waitFor()
  await page.getByText('No destinations configured. Click "Add Destination" to get started.').waitFor()
  assert.equal(new URL(page.url()).pathname, '/destinations')
  assert.deepEqual(await look(visit, 'destinations-empty'), [])
})

test('a new destination is offered with both options on, and writes the feed into the calendar', async () => {
  const { page } = visit
  await openForm('Team copy')
  const dialog = page.getByRole('dialog', { name: 'New Destination' })
  assert.equal(await dialog.getByRole('checkbox', { name: 'Sync all events (including past)' }).isChecked(), true)
  assert.equal(await dialog.getByRole('checkbox', { name: 'Keep local CalDAV events not in ICS' }).isChecked(), true)
  assert.deepEqual(await look(visit, 'destination-form'), [])
  await dialog.getByRole('button', { name: 'Create' }).click()
  await page.getByText('Destination created with id 1').waitFor()
  await dialog.waitFor({ state: 'detached' })
  await stateWord(page, 'Synced').waitFor()

  await page.getByRole('button', { name: /^Team copy/ }).click()
  await page.getByText('Yes (past + future)').waitFor()
  await page.getByText('Yes (preserve CalDAV events)').waitFor()
  await page.getByRole('button', { name: 'Sync Now' }).click()
  await page.getByText('Team copy: Uploaded 0 of 2 events (2 unchanged); deleted 0 orphans').waitFor()
  assert.deepEqual(await look(visit, 'destination-synced'), [])

  const listing = await stage.radicale.request('PROPFIND', `${stage.radicale.home}target/`, { headers: { depth: '1' } })
  assert.equal(listing.text.match(/\.ics</g)?.length, 2, listing.text)
})

test('a second destination on the same calendar is asked about first; Cancel returns to the filled form', async () => {
  const { page } = visit
  await openForm('Second copy')
  const dialog = page.getByRole('dialog', { name: 'New Destination' })
  await dialog.getByRole('button', { name: 'Create' }).click()
  const question = page.getByRole('alertdialog', { name: 'Duplicate Calendar Target' })
  await question.getByText('Team copy').waitFor()
  await question.getByText('sync_all: on, keep_local: on').waitFor()
  assert.deepEqual(await look(visit, 'destination-overlap'), [])
  await question.getByRole('button', { name: 'Cancel' }).click()
  assert.equal(await dialog.getByLabel('Calendar Name').inputValue(), 'Team')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await question.getByRole('button', { name: 'Continue Anyway' }).click()
  await page.getByText('Destination created with id 2').waitFor()
  await page.getByRole('link', { name: 'Destinations (2)' }).waitFor()
})

test('an edit that is refused keeps the form open with the reason at the field', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Edit: Team copy' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit Destination' })
  await dialog.getByLabel('ICS Source URL').fill('gopher://example.com/')
  await dialog.getByLabel('Hours').fill('-1')
  await dialog.getByRole('button', { name: 'Update' }).click()
  await dialog.getByText('Whole numbers from 0 up').waitFor()
  await dialog.getByLabel('Hours').fill('0')
  await dialog.getByRole('button', { name: 'Update' }).click()
  const question = page.getByRole('alertdialog', { name: 'Duplicate Calendar Target' })
  await question.getByRole('button', { name: 'Continue Anyway' }).click()
  await dialog.getByText(/^ICS URL must begin with/).waitFor()
  assert.deepEqual(await look(visit, 'destination-form-refused'), [])
  await dialog.getByLabel('ICS Source URL').fill(`${stage.program.url}/ics/work`)
  await dialog.getByRole('button', { name: 'Update' }).click()
  await question.getByRole('button', { name: 'Continue Anyway' }).click()
  await page.getByText('Destination updated').waitFor()
  await page.getByText('Manual only', { exact: true }).waitFor()
})

test('S5: another server asks for the password again, and a stray Escape loses nothing', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Edit: Team copy' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit Destination' })
  await dialog.getByLabel('CalDAV Server URL').fill('http://127.0.0.1:9/')
  await dialog.getByText('The server changed, so the password is asked for again.').waitFor()
  await dialog.getByRole('button', { name: 'Update' }).click()
  await dialog.getByText('CalDAV Password cannot be empty').waitFor()
  await page.keyboard.press('Escape')
  await dialog.getByText('Nothing was saved yet.').waitFor()
  assert.equal(await dialog.getByLabel('CalDAV Server URL').inputValue(), 'http://127.0.0.1:9/')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
})

test('a run that fails shows its reason, counts in the tab title, and is red by word and icon too', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Edit: Team copy' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit Destination' })
  await dialog.getByLabel('Calendar Name').fill('No such calendar')
  await dialog.getByRole('button', { name: 'Update' }).click()
  await page.getByText('Destination updated').last().waitFor()
  await page.getByRole('button', { name: 'Sync Now' }).click()
  await page.getByText(/^Error: /).waitFor()
  await stateWord(page, 'Failed').waitFor()
  assert.equal(await page.title(), '(1) Destinations - CalDAV/ICS Sync')
  assert.deepEqual(await look(visit, 'destination-failed'), [])
})

test('delete takes the destination away and leaves the calendar as it is', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Delete: Team copy' }).click()
  await page.getByRole('dialog', { name: 'Confirm Delete' }).getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Destination deleted').waitFor()
  await page.getByRole('link', { name: 'Destinations (1)' }).waitFor()
  const listing = await stage.radicale.request('PROPFIND', `${stage.radicale.home}target/`, { headers: { depth: '1' } })
  assert.equal(listing.text.match(/\.ics</g)?.length, 2, listing.text)
})

test('nothing was reported by the policy, asked of another host, or written to the console', () => {
  assert.deepEqual(visit.troubles, [])
})

test('a calendar file is uploaded in the form and fills the calendar; a page of text is refused beside the button', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Add Destination' }).click()
  const dialog = page.getByRole('dialog', { name: 'New Destination' })
  const choose = (name: string, text: string) =>
    dialog.getByLabel('Calendar file').setInputFiles({ name, mimeType: 'text/calendar', buffer: Buffer.from(text) })
  await choose('page.ics', '<html>sign in</html>')
  await dialog.getByText(/instead of a calendar/).waitFor()
  assert.equal(await dialog.getByLabel('ICS Source URL').inputValue(), '')
  await choose('Klasse 3b.ics', eventText('outing', 'Outing'))
  await dialog.getByText('klasse-3b.ics is stored; it holds 1 event').waitFor()
  assert.equal(await dialog.getByLabel('ICS Source URL').inputValue(), 'import:klasse-3b.ics')
  assert.deepEqual(await look(visit, 'destination-upload'), [])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})
