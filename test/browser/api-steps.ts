import assert from 'node:assert/strict'
import type { Program } from '../program.ts'
import { PASSWORD } from '../servers/caldav-server.ts'

interface NewDestination {
  readonly name: string
  readonly feed: string
  readonly url: string
  readonly calendar: string
  readonly keepLocal?: boolean
}

/** Adds a destination that runs by hand, where the way through the form is not what is tested; gives its id. */
export async function addDestination(program: Program, entry: NewDestination): Promise<number> {
  const answer = await fetch(`${program.url}/api/destinations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: entry.name,
      ics_url: entry.feed,
      caldav_url: entry.url,
      calendar_name: entry.calendar,
      username: 'alice',
      password: PASSWORD,
      sync_interval_secs: 3600,
      sync_all: true,
      keep_local: entry.keepLocal ?? true,
    }),
  })
  const text = await answer.text()
  assert.equal(answer.status, 201, text)
  const { destination }: { destination: { id: number } } = JSON.parse(text)
  return destination.id
}

/** Runs a source or destination and waits for its end. */
export async function sync(program: Program, kind: 'source' | 'destination', id: number): Promise<void> {
  const answer = await fetch(`${program.url}/api/${kind}s/${id}/sync`, { method: 'POST' })
  assert.equal(answer.status, 200, await answer.text())
}
