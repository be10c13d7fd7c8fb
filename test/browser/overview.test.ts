/** The first page, driven in Chromium: what it counts, what it asks for, and that each of its buttons mends something. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type FeedServer, startFeedServer } from '../fakes/feed-server.ts'
import { PASSWORD } from '../servers/caldav-server.ts'
import { look, openPage, type Visit } from './chromium.ts'
import { givePast } from './past.ts'
import { addSource, type Stage, startStage, write } from './stage.ts'

let stage: Stage
let feed: FeedServer
let visit: Visit

before(async () => {
  stage = await startStage()
  feed = await startFeedServer(feedOf(12))
  visit = await openPage(stage.browser, { url: stage.program.url })
})

after(async () => {
  await feed.stop()
  await stage.stop()
})

function feedOf(events: number): string {
  const lines = Array.from({ length: events }, (_, place) =>
    [
      'BEGIN:VEVENT',
      `UID:event-${place}`,
      'DTSTAMP:20260101T000000Z',
      'DTSTART:20990101T100000Z',
      'DTEND:20990101T110000Z',
      `SUMMARY:Event ${place}`,
      'END:VEVENT',
    ].join('\r\n'),
  )
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//Test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n')
}

const needs = () => visit.page.getByRole('region', { name: 'Needs you' })

test('a service without anything leads to the two things it can do', async () => {
  const { page } = visit
  await page.getByRole('heading', { name: 'Publish a calendar of yours' }).waitFor()
  await page.getByRole('heading', { name: 'Bring a published calendar into yours' }).waitFor()
  assert.equal(
    await page.getByRole('link', { name: 'Set up a source step by step' }).getAttribute('href'),
    '/sources/add',
  )
  assert.equal(await page.title(), 'Overview - CalDAV/ICS Sync')
  assert.deepEqual(await look(visit, 'overview-new'), [])
})

test('what another window adds is counted here at once, and each trouble stands here with its fix', async () => {
  const { page } = visit
  const { program, radicale, work } = stage
  await addSource(program, { name: 'Work', url: work, username: 'alice', path: 'work' })
  const sources = page.getByRole('region', { name: 'Sources' })
  await sources.getByRole('link', { name: '1 Synced' }).waitFor()

  await addSource(program, { name: 'Family', url: radicale.home, username: 'alice', path: 'f', password: 'wrong' })
  await addSource(program, { name: 'Old server', url: 'http://127.0.0.1:9/', username: 'ann', path: 'old' })
  await write(program, 'POST', '/api/destinations', {
    name: 'School',
    ics_url: feed.url,
    caldav_url: radicale.home,
    calendar_name: 'Team',
    username: 'alice',
    password: PASSWORD,
    sync_interval_secs: 3600,
    sync_all: true,
    keep_local: false,
  })
  await page.getByRole('region', { name: 'Destinations' }).getByRole('link', { name: '1 Synced' }).waitFor()
  feed.text = feedOf(1)
  await write(program, 'POST', '/api/destinations/1/sync')
  givePast(stage.folder, 1)
  await page.reload()

  await sources.getByRole('link', { name: '1 Synced' }).waitFor()
  await sources.getByRole('link', { name: '2 Failed' }).waitFor()
  await page.getByRole('region', { name: 'Destinations' }).getByRole('link', { name: '1 Waiting for you' }).waitFor()
  for (const word of ['Waiting for you', 'Login refused', 'Server does not answer', 'Reader stays away']) {
    await needs().getByText(word, { exact: true }).waitFor()
  }
  assert.equal(
    await needs().getByRole('link', { name: 'Review deletions: School' }).getAttribute('href'),
    '/review?id=1',
  )
  assert.match(
    (await needs()
      .getByRole('link', { name: /^Show the link: / })
      .getAttribute('href')) ?? '',
    /^\/links\/view\?id=\d+$/,
  )
  assert.deepEqual(await look(visit, 'overview'), [])
})

test('the activity of the last days is a plot with words, and the next runs are named with their time', async () => {
  const { page } = visit
  await page
    .getByRole('img', { name: /^Runs of the last 14 days: \d+ went well, \d+ needs? a look, \d+ failed$/ })
    .waitFor()
  const next = page.getByRole('region', { name: 'Next runs' })
  await next.getByRole('link', { name: 'Work' }).waitFor()
  await next
    .getByText(/^in (\d+ minutes|1 hour)$/)
    .first()
    .waitFor()
})

test('a count leads to the list of what it counts', async () => {
  const { page } = visit
  await page.getByRole('region', { name: 'Sources' }).getByRole('link', { name: '2 Failed' }).click()
  await page.getByRole('button', { name: /^Old server/ }).waitFor()
  assert.equal(await page.getByRole('button', { name: /^Work/ }).count(), 0)
  assert.equal(await page.getByLabel('Show').inputValue(), 'error')
  await page.goBack()
})

test('a silent server is tried again from here', async () => {
  const { page } = visit
  await needs().getByRole('button', { name: 'Try again: Old server' }).click()
  await page.getByText(/^Old server: .*127\.0\.0\.1:9/).waitFor()
})

test('a refused login is mended here: a draft survives a stray click, a wrong password is told, the right one works', async () => {
  const { page } = visit
  await needs().getByRole('button', { name: 'Sign in again: Family' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sign in again: Family' })
  assert.equal(await dialog.getByLabel('Username').inputValue(), 'alice')
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await dialog.getByText('Password cannot be empty').waitFor()
  await dialog.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Escape')
  await dialog.getByText('Nothing was saved yet.').waitFor()
  assert.deepEqual(await look(visit, 'sign-in'), [])
  await dialog.getByRole('button', { name: 'Sign in' }).dblclick()
  await page.getByText('Family: the login was saved and is being tried').waitFor()
  await page.getByRole('region', { name: 'Sources' }).getByRole('link', { name: '2 Synced' }).waitFor()
  await needs().getByText('Login refused', { exact: true }).waitFor({ state: 'detached' })
})

test('nothing was reported by the policy, asked of another host, or written to the console', () => {
  assert.deepEqual(visit.troubles, [])
})
