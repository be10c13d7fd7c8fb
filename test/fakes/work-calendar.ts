import type { RemoteCalendar } from '../../src/core/remote.ts'
import type { Href } from '../../src/core/types.ts'
import { openCalendar } from '../../src/protocol/calendar.ts'
import { testHttp } from '../http-client.ts'
import { eventText } from '../servers/caldav-server.ts'
import { startDavServer } from './dav-server.ts'
import { type DavServer, HOME_PATH, type Quirks } from './dav-state.ts'

/** A calendar `work` on a fake server, with these resource names in it. */
export async function withCalendar(
  names: readonly string[],
  quirks: Partial<Quirks>,
  use: (calendar: RemoteCalendar, server: DavServer) => Promise<void>,
): Promise<void> {
  const server = await startDavServer(quirks)
  const url = server.addCalendar('work')
  for (const name of names) server.calendars.get('work')?.objects.set(name, eventText(name, `Event ${name}`))
  const http = testHttp()
  try {
    await use(openCalendar(http, server.account(), url), server)
  } finally {
    await http.close()
    await server.stop()
  }
}

export const numbered = (count: number) => Array.from({ length: count }, (_, i) => `e${i}.ics`)
export const hrefOf = (name: string) => `${HOME_PATH}work/${name}` as Href
export const reportsIn = (server: DavServer) => server.requests.filter(({ method }) => method === 'REPORT')
