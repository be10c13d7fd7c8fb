import { join } from 'node:path'
import { type CalDavServer, describeServer } from './caldav-server.ts'
import { isInstalled, startServer } from './process.ts'

export function isXandikosInstalled(): boolean {
  return isInstalled('xandikos')
}

/** Xandikos with one principal and no login: it has none of its own. */
export async function startXandikos(): Promise<CalDavServer> {
  const username = 'alice'
  const server = await startServer('xandikos', async (folder, port) => [
    '--directory',
    join(folder, 'data'),
    '--listen-address',
    '127.0.0.1',
    '--port',
    String(port),
    '--current-user-principal',
    `/${username}/`,
    '--autocreate',
  ])
  const origin = `http://127.0.0.1:${server.port}`
  return describeServer({ name: 'Xandikos', origin, homePath: `/${username}/calendars/`, username, stop: server.stop })
}
