/** Deletions that wait for a person, answered in Chromium, with a feed that shrinks and a real Radicale. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type FeedServer, startFeedServer } from '../fakes/feed-server.ts'
import { eventText } from '../servers/caldav-server.ts'
import { addDestination, sync } from './api-steps.ts'
import { look, openPage, type Visit } from './chromium.ts'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
let visit: Visit
/** By the name of the calendar that a destination fills from it. */
const feeds = new Map<string, FeedServer>()

const lessons = Array.from({ length: 12 }, (_, place) => `Lesson ${place + 1}`)

/** A feed with an event for each name, as one file. */
function feedOf(names: readonly string[]): string {
  const events = names.flatMap((name) => {
    const uid = name.toLowerCase().replaceAll(' ', '-')
    return /BEGIN:VEVENT[\s\S]*END:VEVENT\r\n/.exec(eventText(uid, name)) ?? []
  })
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n${events.join('')}END:VCALENDAR\r\n`
}

/** A destination whose feed loses all of its events but one, so that the other deletions are held. */
async function shrunk(name: string, segment: string): Promise<number> {
  const { program, radicale } = stage
  await radicale.makeCalendar(segment, { displayName: name })
  const feed = await startFeedServer(feedOf(lessons))
  feeds.set(segment, feed)
  const entry = { name, feed: feed.url, url: radicale.home, calendar: name, keepLocal: false }
  const id = await addDestination(program, entry)
  await sync(program, 'destination', id)
  assert.equal(await stored(segment), lessons.length)
  feed.text = feedOf(lessons.slice(0, 1))
  await sync(program, 'destination', id)
  return id
}

/** How many events lie in a calendar of the account. */
async function stored(segment: string): Promise<number> {
  const listing = await stage.radicale.request('PROPFIND', `${stage.radicale.home}${segment}/`, {
    headers: { depth: '1' },
  })
  return listing.text.match(/\.ics</g)?.length ?? 0
}

before(async () => {
  stage = await startStage()
  visit = await openPage(stage.browser, { url: `${stage.program.url}/review` })
})

after(async () => {
  for (const feed of feeds.values()) await feed.stop()
  await stage.stop()
})

test('a page with nothing on it says what it is for', async () => {
  const { page } = visit
  await page.getByRole('heading', { name: 'Nothing waits for you.' }).waitFor()
  assert.deepEqual(await look(visit, 'review-empty'), [])
})

test('deletions that are held stand on the overview and on this page, each by its name', async () => {
  const { page } = visit
  await shrunk('School', 'school')
  await page.goto(stage.program.url)
  await page.getByRole('link', { name: 'Review deletions: School' }).click()
  await page.getByRole('heading', { name: 'School' }).waitFor()
  await page.getByText(/^The feed no longer holds 11 events that are in the calendar School\./).waitFor()
  await page.getByText(/shrank from 12 to 1 events/).waitFor()
  const list = page.getByRole('list', { name: 'Events that wait' })
  assert.equal(await list.getByRole('listitem').count(), 11)
  await list.getByText(/^Lesson 7/).waitFor()
  await list
    .getByText(/asked for once/)
    .first()
    .waitFor()
  assert.deepEqual(await look(visit, 'review-one'), [])
})

test('Remove asks once more, Cancel changes nothing, and after a yes the events are gone from the calendar', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Remove these events: School' }).click()
  const question = page.getByRole('alertdialog', { name: 'Remove events' })
  await question.getByText('Remove 11 events from the calendar School?').waitFor()
  assert.deepEqual(await look(visit, 'review-confirm'), [])
  await question.getByRole('button', { name: 'Cancel' }).click()
  await question.waitFor({ state: 'detached' })
  assert.equal(await stored('school'), 12)
  await page.getByRole('button', { name: 'Remove these events: School' }).click()
  await question.getByRole('button', { name: 'Remove events' }).click()
  await page.getByText('School: 11 events were removed').waitFor()
  await page.getByRole('heading', { name: 'Nothing waits for you.' }).waitFor()
  assert.equal(await stored('school'), 1)
  assert.deepEqual(await look(visit, 'review-removed'), [])
})

test('Keep leaves the events where they are, and the page of the destination remembers it', async () => {
  const { page } = visit
  const id = await shrunk('Club', 'club')
  await page.goto(`${stage.program.url}/review`)
  await page.getByRole('button', { name: 'Keep these events: Club' }).click()
  await page.getByText('Club: 11 events stay in the calendar').waitFor()
  await page.getByRole('heading', { name: 'Nothing waits for you.' }).waitFor()
  await sync(stage.program, 'destination', id)
  assert.equal(await stored('club'), 12)
  await page.goto(`${stage.program.url}/review?id=${id}`)
  const kept = page.getByRole('list', { name: 'Kept, because you said so' })
  await kept.getByText(/^Lesson 7/).waitFor()
  assert.equal(await kept.getByRole('listitem').count(), 11)
  assert.deepEqual(await look(visit, 'review-kept'), [])
})

test('several destinations stand below each other; a raised limit lets the next run remove what waits', async () => {
  const { page } = visit
  const id = await shrunk('Choir', 'choir')
  await shrunk('Library', 'library')
  await page.goto(`${stage.program.url}/review`)
  await page.getByRole('button', { name: 'Remove these events: Library' }).waitFor()
  assert.deepEqual(await look(visit, 'review-several'), [])
  await page.getByRole('button', { name: 'Raise the limit: Choir' }).click()
  const dialog = page.getByRole('dialog', { name: 'Limit of Choir' })
  const field = dialog.getByLabel('Deletions of one run that need no answer')
  await field.fill('none')
  await dialog.getByRole('button', { name: 'Save the limit' }).click()
  await dialog.getByText('A whole number from 1 to 1,000,000, or nothing').waitFor()
  assert.deepEqual(await look(visit, 'review-limit'), [])
  await field.fill('20')
  await dialog.getByRole('button', { name: 'Save the limit' }).click()
  await page.getByText('Choir: Destination updated').waitFor()
  await page.getByText(/Limit now: 20 deletions of one run/).waitFor()
  await sync(stage.program, 'destination', id)
  assert.equal(await stored('choir'), 1)
  await page.getByRole('button', { name: 'Remove these events: Choir' }).waitFor({ state: 'detached' })
  assert.equal(await stored('library'), 12)
})

test('a meeting that the account itself organizes is named with what to do about it', async () => {
  const { page } = visit
  const { radicale, program } = stage
  const meetings = await radicale.makeCalendar('meetings', { displayName: 'Meetings' })
  const guests = ['ORGANIZER:mailto:alice@example.com', 'ATTENDEE:mailto:bob@example.com']
  await radicale.putObject(meetings, 'board.ics', eventText('board', 'Board meeting', guests))
  const feed = await startFeedServer(feedOf(['Opening']))
  feeds.set('meetings', feed)
  const entry = { name: 'Board', feed: feed.url, url: radicale.home, calendar: 'Meetings', keepLocal: false }
  const id = await addDestination(program, entry)
  await sync(program, 'destination', id)
  await page.goto(`${program.url}/review?id=${id}`)
  await page.getByRole('heading', { name: 'Meetings left alone' }).waitFor()
  await page.getByText(/Board meeting.*delete it in the calendar yourself/).waitFor()
  assert.equal(await stored('meetings'), 2)
  assert.deepEqual(await look(visit, 'review-meeting'), [])
})

test('an address that names no destination says so', async () => {
  const { page } = visit
  await page.goto(`${stage.program.url}/review?id=99`)
  await page.getByText('This destination does not exist').waitFor()
  await page.getByRole('link', { name: 'Review', exact: true }).last().click()
  await page.getByRole('button', { name: 'Remove these events: Library' }).waitFor()
})

test('nothing was reported by the policy, asked of another host, or written to the console', () => {
  assert.deepEqual(visit.troubles, [])
})
