import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { eventText } from '../servers/caldav-server.ts'
import { onBothServers, type Scene } from './both-servers.ts'

const BERLIN = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Berlin',
  'BEGIN:DAYLIGHT',
  'DTSTART:19810329T020000',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
  'TZNAME:CEST',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'TZNAME:CET',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'END:VTIMEZONE',
]

function weekly(uid: string): string {
  const event = (...lines: string[]) => [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    ...lines,
    'END:VEVENT',
  ]
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    ...BERLIN,
    ...event(
      'DTSTART;TZID=Europe/Berlin:20260302T090000',
      'DTEND;TZID=Europe/Berlin:20260302T100000',
      'RRULE:FREQ=WEEKLY',
      'SUMMARY:Übung für Anfänger',
    ),
    ...event(
      'RECURRENCE-ID;TZID=Europe/Berlin:20260309T090000',
      'DTSTART;TZID=Europe/Berlin:20260309T110000',
      'DTEND;TZID=Europe/Berlin:20260309T120000',
      'SUMMARY:Übung\\, später',
    ),
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}

/** Fills an account with two event calendars and one of tasks; four VEVENTs in three objects. */
async function fill({ server }: Scene) {
  const work = await server.makeCalendar('work', { displayName: 'Work & <Play>' })
  const home = await server.makeCalendar('home')
  const tasks = await server.makeCalendar('tasks', { components: ['VTODO'] })
  await server.putObject(work, 'weekly.ics', weekly('weekly@example.org'))
  await server.putObject(work, 'one.ics', eventText('one@example.org', 'Dentist'))
  await server.putObject(home, 'two.ics', eventText('odd uid/with?#%', 'Cinema', ['LOCATION:Kino\\; Saal 2']))
  await server.putObject(
    tasks,
    'todo.ics',
    eventText('todo@example.org', 'Buy milk').replaceAll('VEVENT', 'VTODO').replace('DTEND', 'DUE'),
  )
  return { work, home }
}

async function addSource(scene: Scene, path: string, url: string) {
  const settings = { name: 'Family', caldav_url: url, ...scene.login, ics_path: path, sync_interval_secs: 0 }
  const { status, body } = await scene.api('POST', '/api/sources', settings)
  assert.equal(status, 201, JSON.stringify(body))
  assert.ok(body.source)
  return body.source.id
}

onBothServers('a source', (scene) => {
  let id = 0
  let calendars = { work: '', home: '' }
  /** Xandikos takes every calendar for one that may hold events, whatever it was made for. */
  const whole = () => `Synchronized 4 events from ${scene().server.name === 'Xandikos' ? 3 : 2} calendars`
  const sync = () => scene().api('POST', `/api/sources/${id}/sync`)
  const feed = (headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${scene().program.url}/ics/family`, { method, headers: { 'accept-encoding': 'identity', ...headers } })

  test('reads the account and serves one feed', async () => {
    calendars = await fill(scene())
    id = await addSource(scene(), 'family', scene().server.home)
    const { status, body } = await sync()
    assert.equal(status, 200, JSON.stringify(body))
    assert.equal(body.message, whole())
    const text = await (await feed()).text()
    assert.equal(text.match(/BEGIN:VEVENT/g)?.length, 4)
    assert.match(text, /SUMMARY:Übung für Anfänger\r\n/)
    assert.match(text, /LOCATION:Kino\\; Saal 2\r\n/)
  })

  test('F1: defines the zone of its events exactly once', async () => {
    const text = await (await feed()).text()
    assert.equal(text.match(/BEGIN:VTIMEZONE/g)?.length, 1)
    assert.match(text, /TZID:Europe\/Berlin\r\n/)
    assert.match(text, /DTSTART;TZID=Europe\/Berlin:20260302T090000/)
  })

  test('F4: the feed has type, validators and a file name, and answers 304 and HEAD', async () => {
    const first = await feed()
    assert.equal(first.headers.get('content-type'), 'text/calendar; charset=utf-8')
    assert.match(first.headers.get('content-disposition') ?? '', /filename/)
    const etag = first.headers.get('etag') ?? ''
    assert.match(etag, /^"[^"]+"$/)
    assert.equal((await feed({ 'if-none-match': etag })).status, 304)
    const modified = first.headers.get('last-modified') ?? ''
    assert.equal((await feed({ 'if-modified-since': modified })).status, 304)
    const head = await feed({}, 'HEAD')
    assert.equal(head.status, 200)
    assert.equal(head.headers.get('etag'), etag)
  })

  test('F4: the feed is compressed when asked, the same text in each form', async () => {
    const plain = await (await feed()).text()
    const { hostname, port } = new URL(scene().program.url)
    const { request } = await import('node:http')
    const raw = (encoding: string) =>
      new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
        request({ hostname, port, path: '/ics/family', headers: { 'accept-encoding': encoding } }, (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('end', () => resolve({ encoding: answer.headers['content-encoding'], body: Buffer.concat(parts) }))
        })
          .on('error', reject)
          .end()
      })
    for (const [encoding, decode] of [
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
      ['zstd', zstdDecompressSync],
    ] as const) {
      const answer = await raw(encoding)
      assert.equal(answer.encoding, encoding)
      assert.equal(decode(answer.body).toString('utf8'), plain)
    }
  })

  test('F3: a second run changes no byte and fetches nothing', async () => {
    const before = await feed()
    await before.arrayBuffer()
    await sync()
    const after = await feed()
    assert.equal(after.headers.get('etag'), before.headers.get('etag'))
    assert.equal(after.headers.get('last-modified'), before.headers.get('last-modified'))
  })

  test('an event that was changed, added or deleted on the server is so in the feed', async () => {
    const { server } = scene()
    await server.putObject(calendars.work, 'one.ics', eventText('one@example.org', 'Dentist moved'))
    await server.putObject(calendars.home, 'three.ics', eventText('three@example.org', 'Theatre'))
    await server.request('DELETE', `${calendars.home}two.ics`)
    assert.equal((await sync()).body.message, whole())
    const text = await (await feed()).text()
    assert.match(text, /Dentist moved/)
    assert.match(text, /SUMMARY:Theatre/)
    assert.doesNotMatch(text, /Cinema/)
  })

  test('R5: one event with a control character does not spoil the others, and is named', async () => {
    const { server } = scene()
    await server.putObject(calendars.home, 'bell.ics', eventText('bell@example.org', 'Ring\u0008 the bell'))
    assert.equal((await sync()).status, 200)
    const text = await (await feed()).text()
    assert.match(text, /SUMMARY:Ring the bell\r\n/)
    const { body } = await scene().api('GET', `/api/runs?kind=source&item_id=${id}&limit=1`)
    assert.match(JSON.stringify(body), /"subject":"Ring the bell \(2026-03-01\)"/)
    await server.request('DELETE', `${calendars.home}bell.ics`)
    await sync()
  })

  test('R6: finds the calendars from any address a person has', async () => {
    const { server } = scene()
    const withoutSlash = server.home.replace(/\/$/, '')
    const principal = `${server.origin}/${server.username}/`
    const addresses = [server.origin, `${server.origin}/.well-known/caldav`, principal, withoutSlash]
    for (const [index, address] of addresses.entries()) {
      const other = await addSource(scene(), `address-${index}`, address)
      const { body } = await scene().api('POST', `/api/sources/${other}/sync`)
      assert.equal(body.message, whole(), address)
    }
    for (const [index, address] of [calendars.home, calendars.home.replace(/\/$/, '')].entries()) {
      const other = await addSource(scene(), `calendar-${index}`, address)
      const { body } = await scene().api('POST', `/api/sources/${other}/sync`)
      assert.equal(body.message, 'Synchronized 1 events from 1 calendars', address)
    }
  })

  test('R3: an address without calendars is an error, and the last good feed stays', async () => {
    const before = await (await feed()).text()
    const { origin, home } = scene().server
    const wrong = { caldav_url: `${origin}/nobody/here/`, password: scene().login.password }
    await scene().api('PUT', `/api/sources/${id}`, wrong)
    const { status, body } = await sync()
    assert.equal(status, 500)
    assert.match(body.message ?? '', /nobody\/here\/ is not (there|open to this user) \(40[34]\)/)
    assert.equal(await (await feed()).text(), before)
    await scene().api('PUT', `/api/sources/${id}`, { caldav_url: home, password: scene().login.password })
  })

  test('the service started again serves the same bytes before any sync', async () => {
    const before = await feed()
    const text = await before.text()
    await scene().restart('SIGKILL')
    const after = await feed()
    assert.equal(after.headers.get('etag'), before.headers.get('etag'))
    assert.equal(await after.text(), text)
  })

  test('a wrong password is said in words, and the last good feed stays', async (t) => {
    if (scene().server.name === 'Xandikos') return t.diagnostic('Xandikos has no login of its own')
    const before = await (await feed()).text()
    await scene().api('PUT', `/api/sources/${id}`, { password: 'wrong' })
    const { status, body } = await sync()
    assert.equal(status, 500)
    assert.match(body.message ?? '', /password/i)
    const { body: shown } = await scene().api('GET', `/api/sources/${id}`)
    assert.equal(shown.source?.last_sync_status, 'error')
    assert.equal(await (await feed()).text(), before)
    await scene().api('PUT', `/api/sources/${id}`, { password: scene().login.password })
    assert.equal((await sync()).status, 200)
  })

  test('a server that is gone is said in words, and the last good feed stays', async () => {
    const before = await (await feed()).text()
    await scene().server.stop()
    const { status, body } = await sync()
    assert.equal(status, 500)
    assert.match(body.message ?? '', /127\.0\.0\.1/)
    assert.equal(await (await feed()).text(), before)
  })
})
