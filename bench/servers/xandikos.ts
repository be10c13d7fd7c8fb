import { isXandikosInstalled, startXandikos as start } from '../../test/servers/xandikos.ts'
import { benchObjects } from '../lib/calendars.ts'
import { Absent } from '../lib/workload.ts'
import { type BenchServer, objectName, queryAll } from './bench-server.ts'

/** Xandikos with a calendar `bench` of so many events. Each is a commit, so that it takes its time to fill. */
export async function startXandikos(size: number): Promise<BenchServer> {
  if (!isXandikosInstalled()) throw new Absent('xandikos is not installed')
  const server = await start()
  try {
    const calendar = await server.makeCalendar('bench')
    for (const [index, { text }] of benchObjects(size).entries())
      await server.putObject(calendar, objectName(index), text)
    await queryAll(server, calendar, size)
    return { ...server, calendar, size }
  } catch (thrown) {
    await server.stop()
    throw thrown
  }
}
