/** The lists beyond adding and editing: search, filter, order, strip, pause, duplicate, and a deletion taken back. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { look, moveMouseAway, openPage, sizes, type Visit } from './chromium.ts'
import { givePast } from './past.ts'
import { addSource, type Stage, startStage, stateWord, write } from './stage.ts'

let stage: Stage
let visit: Visit

before(async () => {
  stage = await startStage()
  const { program, radicale, work, folder } = stage
  await addSource(program, { name: 'Work', url: work, username: 'alice', path: 'work' })
  await addSource(program, { name: 'Choir', url: `${radicale.home}family/`, username: 'alice', path: 'choir' })
  await addSource(program, { name: 'Broken', url: 'http://127.0.0.1:9/', username: 'ann', path: 'broken/one' })
  for (const id of [1, 2]) await write(program, 'POST', `/api/sources/${id}/sync`)
  givePast(folder, 1)
  visit = await openPage(stage.browser, { url: `${program.url}/sources` })
  await stateWord(visit.page, 'Failed').waitFor()
})

after(() => stage.stop())

const row = (name: string) => visit.page.getByRole('button', { name: new RegExp(`^${name}`) })

/** The names of the rows, from the top. */
async function names(): Promise<readonly string[]> {
  const texts = await visit.page.getByRole('heading', { level: 2 }).allTextContents()
  return texts.map((text) => /^[A-Z][a-z]+( copy)?/.exec(text)?.[0] ?? text)
}

test('a row tells its state in words, its last and next run, and why it failed, without being opened', async () => {
  const { page } = visit
  assert.deepEqual(await names(), ['Work', 'Choir', 'Broken'])
  const broken = row('Broken')
  await broken.getByText(/127\.0\.0\.1:9/).waitFor()
  await broken.getByText(/next/).waitFor()
  await row('Work').getByText('Synced', { exact: true }).waitFor()
  assert.equal(await row('Work').locator('time').count(), 2)
  assert.match((await row('Work').locator('time').first().getAttribute('title')) ?? '', /20\d\d, \d\d:\d\d/)
  assert.deepEqual(await look(visit, 'lists'), [])
  await page.setViewportSize(sizes.wide)
})

test('the strip shows the last thirty runs, tells of each on hover, and is there on a phone', async () => {
  const { page } = visit
  const strip = row('Work').getByRole('img', { name: /^The last \d+ runs: [1-9] failed$/ })
  const bars = strip.locator('> span')
  assert.equal(await bars.count(), 30)
  await bars.last().hover()
  await page
    .getByRole('tooltip')
    .getByText(/went well\. Synchronized 3 events/)
    .waitFor()
  await bars.nth(24).hover()
  await page
    .getByRole('tooltip')
    .getByText(/20\d\d, \d\d:\d\d:\d\d/)
    .waitFor()
  await moveMouseAway(visit, 700, 700)
  await page.setViewportSize(sizes.phone)
  const box = await strip.boundingBox()
  assert.ok(
    box !== null && box.width > 150 && box.x >= 0 && box.x + box.width <= sizes.phone.width,
    JSON.stringify(box),
  )
  await page.setViewportSize(sizes.wide)
})

test('a search narrows the list by every word, whatever its case; what finds nothing says so and leads back', async () => {
  const { page } = visit
  const search = page.getByRole('searchbox', { name: 'Search sources' })
  await search.fill('ANN broken')
  await row('Work').waitFor({ state: 'detached' })
  assert.deepEqual(await names(), ['Broken'])
  await search.fill('nowhere to be found')
  await page.getByText('Nothing fits the search and the filter.').waitFor()
  assert.deepEqual(await look(visit, 'lists-nothing-found', ['wide']), [])
  await page.getByRole('button', { name: 'Show all' }).click()
  await row('Work').waitFor()
  assert.equal(await search.inputValue(), '')
})

test('the filter leaves one state, the order puts names or troubles first', async () => {
  const { page } = visit
  const [filter, order] = [page.getByLabel('Show', { exact: true }), page.getByLabel('Order')]
  await filter.selectOption('Failed')
  await row('Work').waitFor({ state: 'detached' })
  assert.deepEqual(await names(), ['Broken'])
  await filter.selectOption('All')
  await order.selectOption('By name')
  assert.deepEqual(await names(), ['Broken', 'Choir', 'Work'])
  await order.selectOption('By state')
  assert.deepEqual(await names(), ['Broken', 'Choir', 'Work'])
  await order.selectOption('As added')
  assert.deepEqual(await names(), ['Work', 'Choir', 'Broken'])
})

test('a pause shows at once and goes back where it is refused', async () => {
  const { page, context } = visit
  await row('Choir').click()
  const { promise: gate, resolve: refuse } = Promise.withResolvers<void>()
  await context.route('**/api/sources/2', async (route) => {
    await gate
    const message = 'The database is locked'
    await route.fulfill({ status: 500, json: { status: 'error', message } })
  })
  await page.getByRole('button', { name: 'Pause: Choir' }).click()
  await row('Choir').getByText('Paused', { exact: true }).waitFor()
  refuse()
  await page.getByText('Choir: The database is locked').waitFor()
  await row('Choir').getByText('Synced', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Pause: Choir' }).waitFor()
  await context.unroute('**/api/sources/2')
})

test('a pause that was taken stays, and is ended the same way', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Pause: Choir' }).click()
  await page.getByText('Choir is paused: it runs only when you press Sync Now').waitFor()
  await row('Choir').getByText('Paused', { exact: true }).waitFor()
  assert.deepEqual(await look(visit, 'lists-paused'), [])
  await page.reload()
  await row('Choir').getByText('Paused', { exact: true }).waitFor()
  await row('Choir').click()
  await page.getByRole('button', { name: 'Resume: Choir' }).click()
  await page.getByText('Choir runs by itself again').waitFor()
  await row('Choir').getByText('Synced', { exact: true }).waitFor()
})

test('a copy begins with the settings of the first, but for its address and its password', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Duplicate: Choir' }).click()
  const dialog = page.getByRole('dialog', { name: 'New Source' })
  assert.equal(await dialog.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'Choir copy')
  assert.equal(await dialog.getByLabel('CalDAV URL').inputValue(), `${stage.radicale.home}family/`)
  assert.equal(await dialog.getByLabel('Username').inputValue(), 'alice')
  assert.equal(await dialog.getByLabel('Password').inputValue(), '')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
})

test('what was deleted comes back with its runs and its address, as long as it can', async () => {
  const { page, context } = visit
  await row('Work').click()
  await page.getByRole('button', { name: 'Delete: Work' }).click()
  await page.getByRole('dialog', { name: 'Confirm Delete' }).getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Work: Source deleted').waitFor()
  await row('Work').waitFor({ state: 'detached' })
  assert.equal((await context.request.get(`${stage.program.url}/ics/work`)).status(), 404)
  assert.deepEqual(await look(visit, 'lists-deleted'), [])
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Source restored').waitFor()
  await row('Work')
    .getByRole('img', { name: /^The last (2\d|30) runs/ })
    .waitFor()
  assert.equal((await context.request.get(`${stage.program.url}/ics/work`)).status(), 200)
})

test('nothing was reported by the policy, asked of another host, or written to the console', () => {
  assert.deepEqual(visit.troubles, [])
})
