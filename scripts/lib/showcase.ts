/** A service with calendars as a family has them, on a real Radicale: what the README's pictures are taken of. */

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { startService } from '../../test/browser/stage.ts'
import { startFeedServer } from '../../test/fakes/feed-server.ts'
import { startProgram } from '../../test/program.ts'
import { PASSWORD } from '../../test/servers/caldav-server.ts'
import { startRadicale } from '../../test/servers/radicale.ts'

const DAY = 86_400_000

interface Entry {
  readonly title: string
  /** Days from today. */
  readonly day: number
  readonly hour: number
  readonly hours?: number
  readonly place?: string
  readonly rule?: string
}

const family: readonly Entry[] = [
  { title: 'Dentist, Emma', day: 2, hour: 15, place: 'Dr. Vogel, Lindenstraße 4' },
  { title: 'Swimming lesson', day: 1, hour: 17, rule: 'FREQ=WEEKLY' },
  { title: 'Dinner at Grandma’s', day: 4, hour: 18, hours: 3 },
  { title: 'Parents’ evening', day: 6, hour: 19, hours: 2, place: 'Room 204' },
  { title: 'Birthday party, Leo', day: 9, hour: 14, hours: 4 },
]
const work: readonly Entry[] = [
  { title: 'Stand-up', day: 0, hour: 9, rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' },
  { title: 'Quarterly review', day: 3, hour: 10, hours: 2, place: 'Meeting room 2' },
  { title: 'Call with the tax office', day: 5, hour: 11 },
]
const school: readonly Entry[] = [
  'Maths test',
  'School trip',
  'Sports day',
  'Project week',
  'Concert',
  'Book fair',
  'Science day',
  'Choir',
  'Open house',
].map((title, place) => ({ title, day: 3 + place * 2, hour: 8 + (place % 4), hours: 2, place: 'Schillerschule' }))

function stampOf(day: number, hour: number): string {
  const date = new Date(Date.now() + day * DAY)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}T${two(hour)}0000`
}

function eventLines({ title, day, hour, hours = 1, place, rule }: Entry): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${title.toLowerCase().replace(/[^a-z]+/g, '-')}`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART;TZID=Europe/Berlin:${stampOf(day, hour)}`,
    `DTEND;TZID=Europe/Berlin:${stampOf(day, hour + hours)}`,
    `SUMMARY:${title.replace(/,/g, '\\,')}`,
    ...(place === undefined ? [] : [`LOCATION:${place.replace(/,/g, '\\,')}`]),
    ...(rule === undefined ? [] : [`RRULE:${rule}`]),
    'END:VEVENT',
  ]
}

function calendarText(entries: readonly Entry[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Showcase//EN',
    ...entries.flatMap(eventLines),
    'END:VCALENDAR',
  ]
  return `${lines.join('\r\n')}\r\n`
}

export type Showcase = Awaited<ReturnType<typeof startShowcase>>

/** Starts everything; `stop` ends it and removes its data. */
export async function startShowcase() {
  const radicale = await startRadicale()
  const feed = await startFeedServer(calendarText(school))
  for (const [segment, displayName, entries] of [
    ['family', 'Family', family],
    ['work', 'Work', work],
    ['school', 'School', []],
    ['club', 'Club', []],
  ] as const) {
    const url = await radicale.makeCalendar(segment, { displayName })
    for (const [place, entry] of entries.entries()) await radicale.putObject(url, `${place}.ics`, calendarText([entry]))
  }

  const first = await startService({ TZ: 'Europe/Berlin' })
  let { program } = first
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${program.url}${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    return await answer.json()
  }
  const account = { username: radicale.username, password: PASSWORD, sync_interval_secs: 3600 }
  const source = { ...account, public_ics: true }
  await ask('POST', '/api/sources', {
    ...source,
    name: 'Family',
    caldav_url: `${radicale.home}family/`,
    ics_path: 'family',
  })
  await ask('POST', '/api/sources', { ...source, name: 'Work', caldav_url: `${radicale.home}work/`, ics_path: 'work' })
  await ask('POST', '/api/sources', {
    ...source,
    name: 'Holiday home',
    caldav_url: 'http://127.0.0.1:9/',
    ics_path: 'holidays',
  })
  const target = { ...account, ics_url: feed.url, caldav_url: radicale.home, sync_all: true }
  await ask('POST', '/api/destinations', {
    ...target,
    name: 'School calendar',
    calendar_name: 'School',
    keep_local: true,
    remove_dropped: true,
  })
  await ask('POST', '/api/destinations', { ...target, name: 'Sports club', calendar_name: 'Club', keep_local: false })
  const syncAll = async () => {
    for (const id of [1, 2]) await ask('POST', `/api/sources/${id}/sync`)
    for (const id of [1, 2]) await ask('POST', `/api/destinations/${id}/sync`)
  }
  for (let turn = 0; turn < 24; turn++) await syncAll()
  // The club's feed loses most of its events: their deletion waits for a person. The school moves one of its own.
  feed.text = calendarText(school.slice(0, 2))
  await ask('POST', '/api/destinations/2/sync')
  feed.text = calendarText(
    school.map((entry) => (entry.title === 'School trip' ? { ...entry, hour: 11, place: 'Zoo' } : entry)),
  )

  // A history as it looks after two weeks: what ran within minutes is spread over the days before.
  await program.end('SIGTERM')
  spreadHistory(join(first.folder, 'caldav-sync.db'))
  program = await startProgram({ DATA_DIR: first.folder, TZ: 'Europe/Berlin' })

  return {
    url: program.url,
    radicale,
    async stop(): Promise<void> {
      await program.end('SIGKILL')
      await first.remove()
      await radicale.stop()
      await feed.stop()
    },
  }
}

function spreadHistory(path: string): void {
  const database = new DatabaseSync(path)
  const now = Date.now()
  const runs = database.prepare('SELECT id, started_at, finished_at FROM runs ORDER BY id DESC').all()
  for (const [place, run] of runs.entries()) {
    const began = now - 20 * 60_000 - place * 0.12 * DAY
    const took = (Number(run.finished_at) - Number(run.started_at)) * (1 + ((place * 7) % 5))
    database
      .prepare('UPDATE runs SET started_at = ?, finished_at = ? WHERE id = ?')
      .run(began, began + took, Number(run.id))
  }
  database.exec('DELETE FROM activity')
  const add = database.prepare('INSERT INTO activity (slot, status, runs, changes) VALUES (?, ?, ?, ?)')
  for (let day = 0; day < 14; day++) {
    const slot = Math.floor((now - day * DAY) / 900_000)
    add.run(slot, 'ok', 80 + ((day * 13) % 17), 3)
    if (day % 5 === 1) add.run(slot, 'partial', 4, 0)
    if (day % 4 === 2) add.run(slot, 'error', 6 + day, 0)
  }
  database.close()
}
