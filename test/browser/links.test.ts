/** Links and rules in the dashboard, as a person would use them, against the real service and a real Radicale. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eventText, PASSWORD } from '../servers/caldav-server.ts'
import { focused, look, openPage, type Visit } from './chromium.ts'
import { addSource, type Stage, startStage } from './stage.ts'

let stage: Stage
let visit: Visit
/** The address of the link that is made here. */
let address = ''

before(async () => {
  stage = await startStage()
  const { program, radicale } = stage
  await addSource(program, { name: 'Work', url: radicale.home, username: 'alice', path: 'work' })
  const synced = await fetch(`${program.url}/api/sources/1/sync`, { method: 'POST' })
  assert.equal(synced.status, 200, await synced.text())
  visit = await openPage(stage.browser, { url: `${program.url}/links` })
})

after(() => stage.stop())

const titles = async (url: string) => {
  const answer = await fetch(url, { headers: { 'user-agent': 'Thunderbird/128.0' } })
  const found = [...(await answer.text()).matchAll(/^SUMMARY:(.*?)\r?$/gm)].map(([, title = '']) => title)
  return found.toSorted((a, b) => a.localeCompare(b))
}

test('the list tells what each address is, what it shows, and that nobody has read it', async () => {
  const { page } = visit
  const row = page.getByRole('listitem').filter({ hasText: '/ics/work' })
  await row.getByText("A source's own address · shows Work").waitFor()
  await row.getByText('Active', { exact: true }).waitFor()
  await row.getByText('Not read yet').waitFor()
  assert.deepEqual(await look(visit, 'links'), [])
})

test('a form without a source names what is missing; what was typed stays', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Add link' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add link' })
  await dialog.getByLabel('For whom').fill('Grandma')
  await dialog.getByRole('checkbox', { name: 'Work' }).uncheck()
  await dialog.getByLabel('Ends after').fill('2020-01-01')
  await dialog.getByLabel('At most this old').fill('1.5')
  await dialog.getByRole('button', { name: 'Create link' }).click()
  await dialog.getByText('Tick at least one source').waitFor()
  await dialog.getByText('Choose a day that is not over yet').waitFor()
  await dialog.getByText('A whole number, from one minute to a year').waitFor()
  assert.deepEqual(await look(visit, 'link-form'), [])
  await dialog.getByLabel('Path').fill('work')
  await dialog.getByRole('checkbox', { name: 'Work' }).check()
  await dialog.getByLabel('Ends after').fill('2099-12-31')
  await dialog.getByLabel('At most this old').fill('2')
  await dialog.getByLabel('Unit').selectOption('hours')
  await dialog.getByRole('button', { name: 'Create link' }).click()
  await dialog.getByText(/^path is in use by another address/).waitFor()
  assert.equal(await dialog.getByLabel('For whom').inputValue(), 'Grandma')
})

test('a link is made once, with a path that nobody can guess', async () => {
  const { page } = visit
  const dialog = page.getByRole('dialog', { name: 'Add link' })
  await dialog.getByLabel('Path').fill('')
  await dialog.getByRole('button', { name: 'Create link' }).dblclick()
  await page.getByText('Link created with id 2').waitFor()
  const row = page.getByRole('listitem').filter({ hasText: 'Grandma' })
  await row.getByText('Made by you · shows Work · open without login').waitFor()
  assert.equal(await page.getByRole('listitem').filter({ hasText: 'Grandma' }).count(), 1)
  const shown = await fetch(`${stage.program.url}/api/links/2`)
  const { link } = (await shown.json()) as { link: { url: string; freshness_secs: number; expires_at: string } }
  address = link.url
  assert.match(address, /\/ics\/[0-9a-f]{40}$/)
  assert.equal(link.freshness_secs, 7200)
  assert.equal(link.expires_at, '2099-12-31T23:00:00.000Z')
  assert.deepEqual(await titles(address), ['Dinner', 'Review', 'Stand-up'])
})

test('a search finds links by whom they are for', async () => {
  const { page } = visit
  await page.getByLabel('Search links').fill('grandma')
  await page.getByRole('listitem').filter({ hasText: '/ics/work' }).waitFor({ state: 'detached' })
  await page.getByLabel('Search links').fill('nobody')
  await page.getByText('Nothing fits the search.').waitFor()
  await page.getByLabel('Search links').fill('')
})

test('the QR code of a link opens in a dialog with the steps of each program', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'QR code: Grandma' }).click()
  const dialog = page.getByRole('dialog', { name: 'Subscribe to Grandma' })
  await dialog.getByRole('img', { name: `QR code of ${address}?subscribe` }).waitFor()
  assert.deepEqual(await look(visit, 'link-qr'), [])
  await dialog.getByRole('button', { name: 'Close' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await focused(page), 'QR code: Grandma')
})

test("a link's page shows how to subscribe, its settings, and who read it", async () => {
  const { page } = visit
  await page.getByRole('link', { name: 'Grandma' }).click()
  await page.getByRole('heading', { name: 'Grandma', level: 1 }).waitFor()
  const readers = page.getByRole('table', { name: 'Readers' })
  await readers.getByRole('cell', { name: 'Thunderbird' }).waitFor()
  await readers.getByRole('cell', { name: 'Comes' }).waitFor()
  await page.getByRole('table', { name: 'Last reads' }).getByRole('cell', { name: 'Sent (200)' }).first().waitFor()
  await page.getByRole('button', { name: /^End and freshness/ }).click()
  await page.getByLabel('Ends after').waitFor()
  assert.equal(await page.getByLabel('Ends after').inputValue(), '2099-12-31')
  await page.getByRole('button', { name: 'Add rule' }).waitFor()
  await page.evaluate('scrollTo(0, 0)')
  assert.deepEqual(await look(visit, 'link-page'), [])
  await page.getByText('Last reads').scrollIntoViewIfNeeded()
  assert.deepEqual(await look(visit, 'link-page-readers', ['wide']), [])
})

test('settings are saved by themselves and survive a look from elsewhere', async () => {
  const { page } = visit
  await page.getByRole('button', { name: /^Names/ }).click()
  await page.getByRole('textbox', { name: 'Name of the calendar' }).fill('Family of Grandma')
  const names = page.locator('form').filter({ has: page.getByRole('textbox', { name: 'For whom' }) })
  await names.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Link updated').first().waitFor()
  await page.getByRole('button', { name: 'Names Grandma · Family of Grandma' }).waitFor()
  await page.getByRole('combobox', { name: 'Mark events with their source' }).selectOption('prefix')
  await page.getByText('Link updated').nth(1).waitFor()
  assert.deepEqual(await titles(address), ['Work: Dinner', 'Work: Review', 'Work: Stand-up'])
  await page.getByRole('combobox', { name: 'Mark events with their source' }).selectOption('none')
  await page.getByText('Link updated').nth(2).waitFor()
})

test('a rule tells as it is typed what it would leave out, and hides that once it is saved', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Add rule' }).click()
  const rule = page.getByRole('listitem', { name: 'Rule 1' })
  assert.equal(await focused(page), 'Name of rule 1')
  await rule.getByText('This is empty, and every text contains that; write the text to look for.').waitFor()
  assert.deepEqual(await look(visit, 'rule-new'), [])
  await rule.getByLabel('Text', { exact: true }).pressSequentially('din')
  await page.getByText('Of 3 events 2 stay as they are, 0 change, 1 are left out').waitFor()
  await rule.getByText('Fits one event').waitFor()
  await page.getByText('Left out', { exact: true }).waitFor()
  assert.deepEqual(await titles(address), ['Dinner', 'Review', 'Stand-up'])
  assert.deepEqual(await look(visit, 'rule-preview'), [])
  await page.getByRole('button', { name: 'Save rules' }).dblclick()
  await page.getByText('Not saved yet.').waitFor({ state: 'detached' })
  assert.deepEqual(await titles(address), ['Review', 'Stand-up'])
})

test('a pattern that cannot be used is told at its field, and refused with the draft kept', async () => {
  const { page } = visit
  const rule = page.getByRole('listitem', { name: 'Rule 1' })
  await rule.getByLabel('Comparison').selectOption('matches')
  await rule.getByLabel('Pattern').fill('(?=din)')
  await rule.getByText(/^This is no pattern that can be used/).waitFor()
  await page.getByText('There is no preview until this is put right.').first().waitFor()
  assert.deepEqual(await look(visit, 'rule-invalid'), [])
  await page.getByRole('button', { name: 'Save rules' }).click()
  await page.getByText(/^rules\[0\]\.when\[0\]\.value is no pattern/).waitFor()
  assert.equal(await rule.getByLabel('Pattern').inputValue(), '(?=din)')
})

test('a draft is still there after a visit to another page, and leaving the service asks first', async () => {
  const { page } = visit
  await page.getByRole('link', { name: 'Links', exact: true }).first().click()
  await page.getByRole('link', { name: 'Grandma' }).click()
  const rule = page.getByRole('listitem', { name: 'Rule 1' })
  await page.getByText('These changes were kept here').waitFor()
  assert.equal(await rule.getByLabel('Pattern').inputValue(), '(?=din)')
  const asked = new Promise<string>((resolve) => {
    page.once('dialog', async (dialog) => {
      await dialog.dismiss()
      resolve(dialog.type())
    })
  })
  await page.evaluate('setTimeout(() => location.reload(), 0)')
  assert.equal(await asked, 'beforeunload')
  await page.getByRole('button', { name: 'Discard changes' }).click()
  assert.equal(await rule.getByLabel('Text', { exact: true }).inputValue(), 'din')
})

test('what a rule changes is shown line by line, before and after', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Start from a preset' }).click()
  await page.getByRole('menuitem', { name: /^Busy only/ }).click()
  await page.getByText('Of 3 events 0 stay as they are, 2 change, 1 are left out').waitFor()
  const preview = page.getByRole('region', { name: 'Preview' })
  await preview.getByText('Before:SUMMARY:Review').waitFor()
  await preview.getByText('After:SUMMARY:Busy').first().waitFor()
  assert.deepEqual(await look(visit, 'rule-changes', ['wide']), [])
  await page.getByRole('button', { name: 'Remove rule 2' }).click()
})

test('rules are moved and removed by the keyboard, and every kind has its boxes', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Start from a preset' }).click()
  await page.getByRole('menuitem', { name: /^Next 90 days/ }).click()
  const second = page.getByRole('listitem', { name: 'Rule 2' })
  assert.equal(await second.getByLabel('To', { exact: true }).inputValue(), '90')
  await second.getByRole('button', { name: 'Move rule 2 up' }).press('Enter')
  assert.equal(await focused(page), 'Move rule 1 up')
  const first = page.getByRole('listitem', { name: 'Rule 1' })
  for (const kind of ['weekday', 'hours', 'duration', 'all-day', 'status', 'participation', 'transparency', 'class']) {
    await first.getByRole('button', { name: 'Add condition' }).click()
    await first.getByLabel('Condition', { exact: true }).last().selectOption(kind)
  }
  for (const kind of ['busy', 'set', 'prefix', 'template', 'remove', 'add-alarm', 'strip-alarms', 'shift-zone']) {
    await first.getByRole('button', { name: 'Add action' }).click()
    await first.getByLabel('Action', { exact: true }).last().selectOption(kind)
  }
  await first.getByLabel('If or if not').first().selectOption('no')
  await page.getByText(/^Of 3 events/).waitFor()
  await first.scrollIntoViewIfNeeded()
  assert.deepEqual(await look(visit, 'rule-kinds'), [])
  await first.getByRole('button', { name: 'Remove condition 2' }).press('Enter')
  assert.equal(await focused(page), 'Add condition')
  await first.getByRole('button', { name: 'Remove rule 1' }).click()
  assert.equal(await focused(page), 'Add rule')
  await page.getByText('Not saved yet.').waitFor({ state: 'detached' })
})

test('a pause answers 503 and shows in the list', async () => {
  const { page } = visit
  const pause = page.getByRole('switch', { name: 'Pause' })
  await pause.click()
  await page.getByText('Paused · Made by you · shows Work').waitFor()
  assert.equal((await fetch(address)).status, 503)
  await page.getByRole('link', { name: 'Links', exact: true }).first().click()
  await page.getByRole('listitem').filter({ hasText: 'Grandma' }).getByText('Paused', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Grandma' }).click()
  await pause.click()
  await page.getByText('Active · Made by you · shows Work').waitFor()
  assert.equal((await fetch(address)).status, 200)
})

test('a new address ends the old one, after a question', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Change address' }).click()
  const dialog = page.getByRole('dialog', { name: 'Give this link a new address?' })
  assert.equal(await focused(page), 'Cancel')
  assert.deepEqual(await look(visit, 'link-rotate'), [])
  await dialog.getByRole('button', { name: 'Change address' }).click()
  await page.getByText('Link has a new address').waitFor()
  assert.equal((await fetch(address)).status, 410)
  const { link } = (await (await fetch(`${stage.program.url}/api/links/2`)).json()) as { link: { url: string } }
  assert.deepEqual(await titles(link.url), ['Review', 'Stand-up'])
})

test("a source's own address is changed with its source, and its page says so", async () => {
  const { page } = visit
  await page.goto(`${stage.program.url}/links/view?id=1`)
  await page.getByText('The path, the sources and whether a login is asked belong to the source.').waitFor()
  await page.getByText('It goes when its source is deleted, or made private there.').waitFor()
  assert.equal(await page.getByRole('switch', { name: 'Open without login' }).count(), 0)
  await page.getByText('Nobody has read it yet.').waitFor()
  assert.deepEqual(await look(visit, 'link-page-main', ['wide']), [])
  await page.goto(`${stage.program.url}/links/view?id=99`)
  await page.getByRole('heading', { name: 'This link does not exist' }).waitFor()
})

test('a link is deleted after a question, and its address has ended', async () => {
  const { page } = visit
  await page.goto(`${stage.program.url}/links/view?id=2`)
  await page.getByRole('button', { name: 'Delete link' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete this link?' })
  await dialog.getByText('Grandma ends at once').waitFor()
  await dialog.getByRole('button', { name: 'Delete link' }).click()
  await page.getByRole('heading', { name: 'Links', level: 1 }).waitFor()
  await page.getByText('Link deleted').waitFor()
  await page.getByRole('listitem').filter({ hasText: 'Grandma' }).waitFor({ state: 'detached' })
  assert.equal((await fetch(`${stage.program.url}/api/links/2`)).status, 404)
})

test('a row of the sources has its feed link and its QR code at once', async () => {
  const { page } = visit
  await page.goto(`${stage.program.url}/sources`)
  await page.getByRole('button', { name: 'Copy feed link: Work' }).waitFor()
  assert.deepEqual(await look(visit, 'sources-with-links'), [])
  await page.getByRole('button', { name: 'QR code: Work' }).click()
  await page.getByRole('dialog', { name: 'Subscribe to Work' }).getByRole('img').waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: /^Work/ }).click()
  await page.getByRole('button', { name: 'Copy webcal link: Work' }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Copy feed link: Work' }).count(), 0)
  assert.deepEqual(await look(visit, 'source-open-with-links'), [])
})

test('the rules of a destination are tried on its feed and saved', async () => {
  const { page } = visit
  const { program, radicale } = stage
  const club = eventText('match', 'Match').replace(
    'END:VCALENDAR',
    eventText('training', 'Training').slice(eventText('', '').indexOf('BEGIN:VEVENT')),
  )
  const stored = await fetch(`${program.url}/api/imports/club.ics`, {
    method: 'PUT',
    headers: { 'content-type': 'text/calendar' },
    body: club,
  })
  assert.ok(stored.ok, await stored.text())
  const made = await fetch(`${program.url}/api/destinations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Team',
      ics_url: 'import:club.ics',
      caldav_url: radicale.home,
      calendar_name: 'Team',
      username: 'alice',
      password: PASSWORD,
      sync_interval_secs: 0,
    }),
  })
  assert.equal(made.status, 201, await made.text())
  const synced = await fetch(`${program.url}/api/destinations/1/sync`, { method: 'POST' })
  assert.equal(synced.status, 200, await synced.text())
  await page.goto(`${program.url}/destinations/rules?id=1`)
  await page.getByRole('heading', { name: 'Rules of Team', level: 1 }).waitFor()
  await page.getByText('No rules: everything is passed on as it is.').waitFor()
  await page.getByRole('button', { name: 'Add rule' }).click()
  await page.getByLabel('Text', { exact: true }).fill('train')
  await page.getByText('Of 2 events 1 stay as they are, 0 change, 1 are left out').waitFor()
  assert.deepEqual(await look(visit, 'destination-rules'), [])
  await page.getByRole('button', { name: 'Save rules' }).click()
  await page.getByText('Destination updated').waitFor()
  const { destinations } = (await (await fetch(`${program.url}/api/destinations`)).json()) as {
    destinations: { rules: unknown[] }[]
  }
  assert.equal(destinations[0]?.rules.length, 1)
})

test('nothing was reported by the policy, asked of another host, or written to the console', () => {
  assert.deepEqual(visit.troubles, [])
})
