/** Those who have pushed a feed before and look at it again (W5, W6). */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { benchFeed, benchObject, benchObjects } from '../lib/calendars.ts'
import type { Sample } from '../lib/workload.ts'
import { curl, currentToken, type Question, syncQuestion } from '../peers/curl.ts'
import { expectFiles, openVdirsyncer } from '../peers/vdirsyncer.ts'
import { objectName } from '../servers/bench-server.ts'
import type { Job } from '../servers/ours.ts'
import { type Entrant, meanOf } from './contest.ts'
import type { PushPlace } from './push-place.ts'

export const OURS = 'ours'
const FLOOR = 'curl, conditional GET'
const FLOOR_OF_CHANGE = 'curl, GET and sync-collection and PUT'

/** The event that `benchFeed` changes. */
const CHANGED = 7

/** Publishes another edition of one event; gives back its number. */
export type Publish = () => number

export function editionsOf({ feed }: PushPlace, size: number): Publish {
  let edition = 1
  return () => {
    edition += 1
    feed.publish(benchFeed(size, edition))
    return edition
  }
}

/** Throws where the changed event on the server is not in this edition. */
async function expectEdition({ server }: PushPlace, url: string, edition: number): Promise<void> {
  const { text } = await server.request('GET', url)
  if (!text.includes(`edition ${edition}`)) throw new Error(`Edition ${edition} has not arrived at ${server.name}`)
}

/**
 * Ours with a destination that has found its calendar in step with the feed. `calendarFor` names the calendar, which
 * has the events already or is filled by ours.
 */
export function oursStands(
  place: PushPlace,
  publish: Publish | null,
  times: number,
  calendarFor: (origin: string) => Promise<string>,
): Entrant {
  const { ours, server, feedAt } = place
  const destinations = new Map<string, Job>()
  const destinationAt = async (origin: string): Promise<Job> => {
    const home = server.home.replace(server.origin, origin)
    const known = destinations.get(origin)
    const job = known ?? (await ours.addDestination(feedAt(origin), home, await calendarFor(origin)))
    destinations.set(origin, job)
    return job
  }
  return {
    name: OURS,
    role: 'ours',
    async prepare(origin) {
      const isNew = !destinations.has(origin)
      const destination = await destinationAt(origin)
      if (isNew) await ours.sync(destination)
      // The event that changes is ours from here on: over another's writing ours looks at what the server made of it.
      if (isNew && publish) {
        publish()
        await ours.sync(destination)
      }
      await ours.sync(destination)
      await ours.sync(destination)
    },
    async work(origin) {
      const destination = await destinationAt(origin)
      const edition = publish?.()
      const samples: Sample[] = []
      for (let run = 0; run < (origin === server.origin ? times : 1); run += 1) {
        const { sample, counts } = await ours.sync(destination)
        samples.push(sample)
        const expected = edition === undefined ? 0 : 1
        if (counts.uploaded !== expected)
          throw new Error(`Ours wrote ${counts.uploaded} objects instead of ${expected}`)
      }
      if (edition !== undefined) await expectEdition(place, server.calendar + objectName(CHANGED), edition)
      return meanOf(samples)
    },
  }
}

/** The least that tells that nothing has changed in the feed. It does not look whether the calendar was edited. */
export function curlAsks({ feed, feedAt, folder }: PushPlace): Entrant {
  return {
    name: FLOOR,
    role: 'floor',
    async work(origin) {
      const { sample, answers } = await curl(folder, [knownFeed(feedAt(origin), feed.etag)])
      if (answers[0] !== '') throw new Error('The feed has changed')
      return sample
    },
  }
}

const knownFeed = (url: string, etag: string): Question => ({ url, method: 'GET', headers: [`If-None-Match: ${etag}`] })

/** The changed feed, whether the calendar was edited, and the one object that has to be written. */
export function curlChanges(place: PushPlace, publish: Publish): Entrant {
  const { feed, feedAt, folder, server } = place
  let [token, etag] = ['', '']
  const url = server.calendar + objectName(CHANGED)
  return {
    name: FLOOR_OF_CHANGE,
    role: 'floor',
    async prepare() {
      token = await currentToken(server)
      etag = (await server.request('GET', url)).headers.get('etag') ?? ''
    },
    async work(origin) {
      const before = feed.etag
      const edition = publish()
      const there = (address: string) => address.replace(server.origin, origin)
      const put: Question = {
        url: there(url),
        method: 'PUT',
        headers: [`If-Match: ${etag}`],
        body: benchObject(CHANGED, edition).text,
      }
      const questions = [knownFeed(feedAt(origin), before), syncQuestion(there(server.calendar), token), put]
      const { sample } = await curl(folder, questions)
      await expectEdition(place, url, edition)
      return sample
    },
  }
}

/** vdirsyncer with the events as files, in step with the calendar. */
export async function vdirsyncerStands(place: PushPlace, size: number, publish: Publish | null): Promise<Entrant> {
  const { server, folder } = place
  const vdirsyncer = await openVdirsyncer(folder)
  const at = (origin: string) => server.calendar.replace(server.origin, origin)
  for (const [index, { text }] of benchObjects(size).entries())
    await writeFile(join(vdirsyncer.local, objectName(index)), text)
  return {
    name: 'vdirsyncer',
    role: 'peer',
    rounds: 1,
    prepare: (origin) => vdirsyncer.sync(at(origin)),
    async work(origin) {
      const edition = publish?.()
      if (edition !== undefined) {
        const file = join(vdirsyncer.local, objectName(CHANGED))
        await writeFile(file, benchObject(CHANGED, edition).text)
      }
      const sample = await vdirsyncer.sync(at(origin))
      await expectFiles(vdirsyncer, size)
      if (edition !== undefined) await expectEdition(place, server.calendar + objectName(CHANGED), edition)
      return sample
    },
  }
}
