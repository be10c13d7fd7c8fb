import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type FeedServer, startFeedServer } from '../fakes/feed-server.ts'
import { calendarText, type EventSketch } from '../fakes/world.ts'
import { eventText } from '../servers/caldav-server.ts'
import { onBothServers } from './both-servers.ts'

const FUTURE = '20990401T090000Z'

/** An event that servers like to rewrite: a zone, an alarm, guests, odd properties, text beyond ASCII. */
const RICH = [
  'BEGIN:VEVENT',
  'UID:rich@example.org',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;TZID=Europe/Berlin:20990302T090000',
  'DTEND;TZID=Europe/Berlin:20990302T100000',
  'RRULE:FREQ=WEEKLY;COUNT=10',
  'SUMMARY;LANGUAGE=de:Übung für Anfänger 🎉',
  'DESCRIPTION:Zeile eins\\nZeile zwei\\, mit Komma',
  'X-CUSTOM;X-PARAM="a;b":geo:52.5,13.4',
  'ORGANIZER;CN=Ada:mailto:ada@example.org',
  'ATTENDEE;CN="Bob, B.";PARTSTAT=ACCEPTED:mailto:bob@example.org',
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  'DESCRIPTION:Bald',
  'TRIGGER:-PT15M',
  'END:VALARM',
  'END:VEVENT',
].join('\r\n')

const withRich = (...events: EventSketch[]) =>
  calendarText(...events).replace('END:VCALENDAR', `${RICH}\r\nEND:VCALENDAR`)

onBothServers('a destination', (scene) => {
  let feed: FeedServer
  let id = 0
  let calendar = ''

  before(async () => {
    feed = await startFeedServer(withRich(['one', 'First', FUTURE], ['../two/x?#%', 'Second', FUTURE]))
    calendar = await scene().server.makeCalendar('school', { displayName: 'School & Club' })
  })
  after(() => feed.stop())

  const settings = (changes: object = {}) => ({
    name: 'School',
    ics_url: feed.url,
    caldav_url: scene().server.home,
    calendar_name: 'school',
    ...scene().login,
    sync_interval_secs: 0,
    sync_all: true,
    keep_local: false,
    ...changes,
  })
  const add = async (changes: object = {}) => {
    const { status, body } = await scene().api('POST', '/api/destinations', settings(changes))
    assert.equal(status, 201, JSON.stringify(body))
    return body.destination?.id ?? 0
  }
  const sync = async (which = id) => (await scene().api('POST', `/api/destinations/${which}/sync`)).body
  /** ETags by href as the server lists them: equal listings mean that nothing was written. */
  const listing = async (url = calendar) => {
    const body = '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
    const headers = { depth: '1', 'content-type': 'application/xml' }
    const answer = await scene().server.request('PROPFIND', url, { headers, body })
    assert.equal(answer.status, 207, answer.text)
    const found = answer.text.matchAll(/<(?:\w+:)?href>([^<]*\.ics)<.*?getetag>([^<]*)</gs)
    return new Map([...found].map(([, href = '', etag = '']) => [href, etag]))
  }
  /** The texts of all objects in the calendar. */
  const objects = async (url = calendar) => {
    const texts: string[] = []
    for (const href of (await listing(url)).keys()) texts.push((await scene().server.request('GET', href)).text)
    return texts
  }

  test('brings the events of a feed into the calendar', async () => {
    id = await add()
    assert.equal((await sync()).message, 'Uploaded 3 of 3 events (0 unchanged); deleted 0 orphans')
    const texts = (await objects()).join('')
    for (const words of ['First', 'Second', 'Übung für Anfänger 🎉']) assert.ok(texts.includes(words), words)
  })

  test('W4: guests and organizer are written so that the server invites nobody', async () => {
    const rich = (await objects()).find((text) => text.includes('UID:rich')) ?? ''
    const unfolded = rich.replace(/\r?\n[ \t]/g, '')
    assert.match(unfolded, /ATTENDEE[^:]*SCHEDULE-AGENT=CLIENT/)
    assert.match(unfolded, /ORGANIZER[^:]*SCHEDULE-AGENT=CLIENT/)
    assert.doesNotMatch(unfolded, /^METHOD/m)
  })

  test('a plan tells what would be done and does nothing; the run can be undone, and that again', async () => {
    const made = await scene().server.makeCalendar('planned')
    const which = await add({ calendar_name: 'planned' })
    const ask = async (path: string, body?: object) => (await scene().api('POST', path, body)).body
    const plan = await ask(`/api/destinations/${which}/plan`)
    assert.match(plan.message ?? '', /^Would add 3, update 0 and remove 0 events; 0 unchanged/)
    assert.equal((await listing(made)).size, 0)
    await sync(which)
    const written = await objects(made)
    assert.equal(written.length, 3)
    const runs = (await scene().api('GET', `/api/runs?kind=destination&item_id=${which}&limit=1`)).body.runs ?? []
    const undone = await ask(`/api/runs/${runs[0]?.id}/undo`, {})
    assert.match(undone.message ?? '', /^Took back 3 of 3 changes/)
    assert.equal((await listing(made)).size, 0)
    assert.match((await sync(which)).message ?? '', /^Uploaded 0 of 0 events/)
    await ask(`/api/runs/${undone.run?.id}/undo`, {})
    assert.equal((await listing(made)).size, 3)
    assert.equal((await sync(which)).message, 'Uploaded 0 of 3 events (3 unchanged); deleted 0 orphans')
  })

  test('W13: makes the calendar that is not there, on request, and finds it again', async () => {
    for (const calendar_name of ['made-anew', 'Made of Words & Signs']) {
      const careful = await add({ calendar_name })
      assert.match((await sync(careful)).message ?? '', /There is no calendar called/)
      const which = await add({ calendar_name, create_calendar: true })
      assert.match((await sync(which)).message ?? '', /^Uploaded 3 of 3 events/)
      assert.match((await sync(which)).message ?? '', /^Uploaded 0 of 3 events \(3 unchanged\)/)
    }
  })

  test('W9: a second and a third run write nothing, although this server rewrites what it stores', async () => {
    const first = await listing()
    for (let run = 0; run < 2; run += 1) {
      assert.equal((await sync()).message, 'Uploaded 0 of 3 events (3 unchanged); deleted 0 orphans')
    }
    assert.deepEqual(await listing(), first)
    assert.equal(feed.answered.at(-1), 304)
  })

  test('writes what the feed changed, and deletes what it dropped', async () => {
    feed.text = withRich(['one', 'First changed', FUTURE])
    assert.equal((await sync()).message, 'Uploaded 1 of 2 events (1 unchanged); deleted 1 orphans')
    const texts = (await objects()).join('')
    assert.ok(texts.includes('First changed'))
    assert.ok(!texts.includes('Second'))
  })

  test('an edit or deletion made on the server is put right, under the same address', async () => {
    const before = [...(await listing()).keys()]
    const [href = calendar] = before
    const held = (await scene().server.request('GET', href)).text
    await scene().server.putObject(
      new URL(href, calendar).href,
      '',
      held.replace(/SUMMARY([^:]*):.*/, 'SUMMARY$1:Vandalised'),
    )
    assert.equal((await sync()).uploaded, 1)
    assert.ok(!(await objects()).join('').includes('Vandalised'))
    assert.deepEqual([...(await listing()).keys()], before)
    assert.equal((await sync()).uploaded, 0)
  })

  test('I1, I2: a feed that is cut short, or an error page, changes nothing and says why', async () => {
    const before = await listing()
    const whole = feed.text
    feed.text = whole.slice(0, -30)
    assert.match((await sync()).message ?? '', /cut short|incomplete/)
    feed.text = '<!doctype html><html><head><title>Sign in</title></head></html>'
    assert.match((await sync()).message ?? '', /HTML page.*Sign in/)
    feed.status = 503
    assert.match((await sync()).message ?? '', /503|busy|unavailable/i)
    feed.status = 200
    feed.text = whole
    assert.deepEqual(await listing(), before)
    assert.equal((await sync()).message, 'Uploaded 0 of 2 events (2 unchanged); deleted 0 orphans')
  })

  test('I3: a feed that became empty deletes nothing', async () => {
    const before = await listing()
    const whole = feed.text
    feed.text = calendarText()
    assert.match((await sync()).message ?? '', /deleted 0 orphans; 2 deletions held back/)
    assert.deepEqual(await listing(), before)
    feed.text = whole
    await sync()
  })

  test('W13: the calendar is found by its display name, and a wrong name lists what exists', async () => {
    const named = await add({ calendar_name: 'School & Club' })
    assert.equal((await sync(named)).status, 'success')
    assert.equal((await sync(named)).message, 'Uploaded 0 of 2 events (2 unchanged); deleted 0 orphans')
    const wrong = await add({ calendar_name: 'Skool' })
    assert.match((await sync(wrong)).message ?? '', /School & Club/)
  })

  test('keep_local on leaves what was there alone', async () => {
    const shared = await scene().server.makeCalendar('shared')
    await scene().server.putObject(shared, 'own.ics', eventText('own@example.org', 'Their own'))
    const before = await listing(shared)
    const careful = await add({ calendar_name: 'shared', keep_local: true })
    assert.equal((await sync(careful)).uploaded, 2)
    assert.equal((await sync(careful)).skipped, 2)
    assert.equal((await objects(shared)).length, 3)
    const after = await listing(shared)
    for (const [href, etag] of before) assert.equal(after.get(href), etag)
  })

  test('a mirror leaves tasks in the same calendar alone, and a feed does not show them', async () => {
    const mixed = await scene().server.makeCalendar('mixed', { components: ['VEVENT', 'VTODO'] })
    const task = eventText('task@example.org', 'Buy milk').replaceAll('VEVENT', 'VTODO').replace('DTEND', 'DUE')
    await scene().server.putObject(mixed, 'task.ics', task)
    const mirror = await add({ calendar_name: 'mixed' })
    assert.equal((await sync(mirror)).message, 'Uploaded 2 of 2 events (0 unchanged); deleted 0 orphans')
    assert.ok((await objects(mixed)).some((text) => text.includes('Buy milk')))
  })

  test('sync_all off takes only what ends in the future', async () => {
    await scene().server.makeCalendar('future')
    const whole = feed.text
    feed.text = withRich(['old', 'Long ago', '20010401T090000Z'], ['new', 'To come', FUTURE])
    const future = await add({ calendar_name: 'future', sync_all: false })
    assert.equal((await sync(future)).message, 'Uploaded 2 of 2 events (0 unchanged); deleted 0 orphans')
    feed.text = whole
  })

  test('W15: killed in the middle of 80 uploads, it ends up with each event exactly once', {
    timeout: 60_000,
  }, async () => {
    const big = await scene().server.makeCalendar('big')
    feed.text = calendarText(...Array.from({ length: 80 }, (_, n): EventSketch => [`n${n}`, `Event ${n}`, FUTURE]))
    await add({ calendar_name: 'big', sync_interval_secs: 86_400 })
    while ((await listing(big)).size < 20) await pause(50)
    await scene().restart('SIGKILL')
    const killedAt = (await objects(big)).length
    assert.ok(killedAt < 80, 'the kill came too late to prove anything')
    const { body } = await scene().api('GET', '/api/destinations')
    const last = (body as unknown as { destinations: { id: number }[] }).destinations.at(-1)?.id ?? 0
    const report = await sync(last)
    assert.equal(report.status, 'success', report.message ?? '')
    const uids = (await objects(big)).map((text) => /UID:(\S+)/.exec(text)?.[1] ?? text)
    assert.deepEqual([uids.length, new Set(uids).size], [80, 80])
    assert.equal((await sync(last)).message, 'Uploaded 0 of 80 events (80 unchanged); deleted 0 orphans')
  })
})
