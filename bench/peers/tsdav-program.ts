/** tsdav in a process of its own, as a program would use it: `tsdav-program.ts VERB JSON`. Fails where events are missing. */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { benchObjects } from '../lib/calendars.ts'
import { objectName } from '../servers/bench-server.ts'

interface DavObject {
  readonly url: string
  readonly etag?: string
  readonly data?: string
}

interface DavCalendar {
  readonly url: string
  readonly objects?: readonly DavObject[]
}

interface Client {
  fetchCalendars(): Promise<DavCalendar[]>
  fetchCalendarObjects(options: { calendar: DavCalendar }): Promise<DavObject[]>
  createCalendarObject(options: { calendar: DavCalendar; iCalString: string; filename: string }): Promise<Response>
  syncCalendars(options: { oldCalendars: DavCalendar[]; detailedResult: false }): Promise<DavCalendar[]>
}

interface Tsdav {
  createDAVClient(options: object): Promise<Client>
}

/** What to do, with which calendar. */
export interface TsdavTask {
  readonly verb: 'read' | 'update' | 'push'
  readonly home: string
  readonly calendar: string
  /** Where what is known is kept. */
  readonly memory: string
  readonly objects: number
  /** A text that has to be in one of the events afterwards. */
  readonly contains?: string
}

const task = JSON.parse(process.argv[2] ?? '') as TsdavTask
const peers = createRequire(join(import.meta.dirname, '../../build/bench/peers/package.json'))
const { createDAVClient } = peers('tsdav') as Tsdav
const client = await createDAVClient({
  serverUrl: task.home,
  credentials: { username: 'alice', password: 'bench' },
  authMethod: 'Basic',
  defaultAccountType: 'caldav',
})

const isWanted = ({ url }: DavCalendar) => new URL(url).pathname === new URL(task.calendar).pathname

function expect(objects: readonly DavObject[]): void {
  const whole = objects.filter(({ data }) => data?.includes('END:VCALENDAR'))
  if (whole.length !== task.objects) throw new Error(`tsdav has ${whole.length} of ${task.objects} objects`)
  const { contains } = task
  if (contains !== undefined && !whole.some(({ data }) => data?.includes(contains)))
    throw new Error(`tsdav did not read "${contains}"`)
}

async function find(): Promise<DavCalendar> {
  const calendar = (await client.fetchCalendars()).find(isWanted)
  if (!calendar) throw new Error(`tsdav does not find ${task.calendar}`)
  return calendar
}

if (task.verb === 'read') {
  const calendar = await find()
  const objects = await client.fetchCalendarObjects({ calendar })
  expect(objects)
  writeFileSync(task.memory, JSON.stringify({ ...calendar, objects }))
} else if (task.verb === 'update') {
  const oldCalendars = [JSON.parse(readFileSync(task.memory, 'utf8')) as DavCalendar]
  const calendar = (await client.syncCalendars({ oldCalendars, detailedResult: false })).find(isWanted)
  expect(calendar?.objects ?? [])
  writeFileSync(task.memory, JSON.stringify(calendar))
} else {
  const calendar = await find()
  for (const [index, { text }] of benchObjects(task.objects).entries()) {
    const answer = await client.createCalendarObject({ calendar, iCalString: text, filename: objectName(index) })
    if (!answer.ok) throw new Error(`tsdav was refused with ${answer.status}`)
  }
}
