/** The settings page, driven in Chromium as a person would, against the real service. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { eventText, PASSWORD } from '../servers/caldav-server.ts'
import { launchChromium, look, openPage, type Visit } from './chromium.ts'
import { addSource, startService } from './stage.ts'

let browser: Browser
let open: Awaited<ReturnType<typeof startService>>
let visit: Visit
const secretOfLogin = 'a secret of the login'

/** Nothing listens there: the settings are what is looked at, not the runs. */
const nowhere = 'http://127.0.0.1:9/'

before(async () => {
  browser = await launchChromium()
  open = await startService({ HTTP_PROXY: 'http://user:hidden@127.0.0.1:9', NO_PROXY: '127.0.0.1' })
  await addSource(open.program, { name: 'Work', url: nowhere, username: 'alice', path: 'work' })
  visit = await openPage(browser, { url: `${open.program.url}/settings` })
})

after(async () => {
  await browser.close()
  await open.remove()
})

const main = () => visit.page.getByRole('main')

test('the page tells version, sizes and warnings of the set-up', async () => {
  await main()
    .getByText(/^Version \d+\.\d+\.\d+/)
    .waitFor()
  await main()
    .getByText(/^Login is off: whoever reaches this address/)
    .waitFor()
  await main().getByText('Off', { exact: true }).waitFor()
  await main()
    .getByText(/caldav-sync\.db$/)
    .waitFor()
  await main()
    .getByText(/^Node\.js \d+/)
    .waitFor()
  assert.deepEqual(await look(visit, 'settings'), [])
})

test('the environment is shown as it was read, and its secrets are not', async () => {
  const { page } = visit
  await main()
    .getByRole('button', { name: /^Environment/ })
    .click()
  const row = (name: string) => main().getByRole('row', { name: new RegExp(`^${name} `) })
  await row('SERVER_HOST').getByText('127.0.0.1').waitFor()
  await row('HTTP_PROXY').getByText('*** (set, hidden)').waitFor()
  await row('AUTH_PASSWORD').getByText('Not set').waitFor()
  assert.doesNotMatch(await page.content(), /user:hidden/)
  await row('SERVER_HOST').scrollIntoViewIfNeeded()
  assert.deepEqual(await look(visit, 'settings-environment'), [])
  await main()
    .getByRole('button', { name: /^Environment/ })
    .click()
})

test('a theme that is chosen holds at once and after a reload', async () => {
  const { page } = visit
  const theme = () => page.evaluate<string>('document.documentElement.dataset.theme')
  await main().getByRole('radio', { name: 'Light' }).check({ force: true })
  assert.equal(await theme(), 'light')
  await page.reload()
  await main().getByRole('radio', { name: 'Light' }).waitFor({ state: 'attached' })
  assert.equal(await theme(), 'light')
  await main().getByRole('radio', { name: 'Dark' }).check({ force: true })
  assert.equal(await theme(), 'dark')
})

let exported = ''

test('the export is a file without any password', async () => {
  const { page } = visit
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    main().getByRole('link', { name: 'Download settings' }).click(),
  ])
  assert.match(download.suggestedFilename(), /^caldav-ics-sync-\d{4}-\d\d-\d\d\.json$/)
  exported = readFileSync(await download.path(), 'utf8')
  assert.equal(JSON.parse(exported).sources[0].name, 'Work')
  assert.ok(!exported.includes(PASSWORD) && !exported.includes('"password"'), exported)
})

const choose = (name: string, text: string) =>
  main()
    .getByLabel('Settings file')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })

test('the same file again adds nothing and says so; what is new is added and asks for its password', async () => {
  await choose('settings.json', exported)
  await main().getByText('Source Work: Exists').waitFor()
  const more = JSON.parse(exported)
  const work = more.sources[0]
  more.sources.push({ ...work, name: 'Family', username: 'bob', ics_path: 'family' })
  more.sources.push({ ...work, name: 'Broken', username: 'bob', ics_path: '../broken' })
  await choose('settings.json', JSON.stringify(more))
  await main().getByText('Source Family: Added').waitFor()
  await main().getByText('Source Broken: Refused').waitFor()
  await main()
    .getByText(/^Enter the password of this account/)
    .waitFor()
  await main().getByText('Source Broken: Refused').scrollIntoViewIfNeeded()
  assert.deepEqual(await look(visit, 'settings-imported'), [])
  await visit.page.getByRole('link', { name: 'Sources (2)' }).waitFor()
})

test('a file that is something else is refused in words', async () => {
  await choose('photo.json', 'no settings at all')
  await main()
    .getByText(/it cannot be read as JSON/)
    .waitFor()
  await choose('other.json', '{"format":"other"}')
  await main()
    .getByText(/was not exported by this service/)
    .waitFor()
  assert.deepEqual(await look(visit, 'settings-import-refused'), [])
})

test('calendar files are listed; one that is used cannot be deleted, another can', async () => {
  const { page } = visit
  await main()
    .getByText(/^No calendar file is stored/)
    .waitFor()
  const { url } = open.program
  for (const name of ['school.ics', 'club.ics']) {
    const body = eventText(name, `Event of ${name}`)
    const put = await fetch(`${url}/api/imports/${name}`, {
      method: 'PUT',
      headers: { 'content-type': 'text/calendar' },
      body,
    })
    assert.equal(put.status, 200, await put.text())
  }
  const made = await fetch(`${url}/api/destinations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Team copy',
      ics_url: 'import:school.ics',
      caldav_url: nowhere,
      calendar_name: 'Team',
      username: 'alice',
      password: PASSWORD,
      sync_interval_secs: 0,
    }),
  })
  assert.equal(made.status, 201, await made.text())
  await page.reload()
  await main()
    .getByText(/feed of Team copy/)
    .waitFor()
  assert.equal(await main().getByRole('button', { name: 'Delete school.ics' }).count(), 0)
  await main().getByRole('button', { name: 'Delete club.ics' }).scrollIntoViewIfNeeded()
  assert.deepEqual(await look(visit, 'settings-files'), [])
  await main().getByRole('button', { name: 'Delete club.ics' }).click()
  const question = page.getByRole('dialog', { name: 'Delete calendar file' })
  await question.getByText(/^Delete club\.ics from this service\?/).waitFor()
  assert.deepEqual(await look(visit, 'settings-delete-file'), [])
  await question.getByRole('button', { name: 'Delete file' }).click()
  await page.getByText('club.ics is deleted').waitFor()
  await main().getByRole('button', { name: 'Delete club.ics' }).waitFor({ state: 'detached' })
})

test('the documentation opens in a new tab, and the shortcuts are told', async () => {
  const { page, context } = visit
  const [docs] = await Promise.all([
    context.waitForEvent('page'),
    main()
      .getByRole('link', { name: /^Open documentation/ })
      .click(),
  ])
  await docs.waitForLoadState()
  assert.equal(new URL(docs.url()).pathname, '/api/swagger-ui/')
  await docs.close()
  await main()
    .getByRole('button', { name: /^Keyboard shortcuts/ })
    .click()
  await main()
    .getByRole('row', { name: /^Go to Sources/ })
    .scrollIntoViewIfNeeded()
  assert.deepEqual(await look(visit, 'settings-keyboard'), [])
  await page.keyboard.press('Tab')
})

test('with a login the page says who is signed in, and the export works behind it', async () => {
  const login = { username: 'anna', password: secretOfLogin }
  const closed = await startService({
    AUTH_USERNAME: login.username,
    AUTH_PASSWORD: login.password,
    SWAGGER_UI: 'false',
  })
  try {
    const { page, context, troubles } = await openPage(browser, { url: `${closed.program.url}/settings`, login })
    const inside = page.getByRole('main')
    await inside.getByText('On, as anna').waitFor()
    await inside.getByText('Switched off by SWAGGER_UI.').waitFor()
    assert.equal(await inside.getByText(/^Login is off/).count(), 0)
    assert.equal(await inside.getByRole('link', { name: /^Open documentation/ }).count(), 0)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      inside.getByRole('link', { name: 'Download settings' }).click(),
    ])
    assert.equal(JSON.parse(readFileSync(await download.path(), 'utf8')).format, 'caldav-ics-sync')
    await inside.getByRole('button', { name: /^Environment/ }).click()
    await inside
      .getByRole('row', { name: /^AUTH_PASSWORD / })
      .getByText('*** (set, hidden)')
      .waitFor()
    assert.ok(!(await page.content()).includes(secretOfLogin))
    assert.deepEqual(troubles, [])
    await context.close()
  } finally {
    await closed.remove()
  }
})

test('nothing was reported by the policy, asked of another host, or written to the console', () => {
  assert.deepEqual(visit.troubles, [])
})
