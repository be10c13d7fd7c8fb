/** What a running service with very many items is asked, and what its database tells of its runs. */
import { DatabaseSync } from 'node:sqlite'

/** Some requests at a time, as a script of a person would make them. */
const AT_ONCE = 4

/** Adds sources and destinations through the API, all on one server; each has an account of its own. */
export async function addItems(url: string, server: string, sources: number, destinations: number): Promise<void> {
  const common = { password: 'secret', sync_interval_secs: 3600 }
  const source = (n: number) => ({
    ...common,
    name: `Source ${n}`,
    caldav_url: `${server}/cal/${n}/`,
    username: `reader-${n}`,
    ics_path: `source-${n}`,
  })
  const destination = (n: number) => ({
    ...common,
    name: `Destination ${n}`,
    ics_url: `${server}/feed/${n}.ics`,
    caldav_url: `${server}/into`,
    calendar_name: String(n),
    username: `writer-${n}`,
    sync_all: true,
  })
  await each(sources, (n) => post(`${url}/api/sources`, source(n)))
  await each(destinations, (n) => post(`${url}/api/destinations`, destination(n)))
}

async function each(count: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < count) {
      next += 1
      await work(next)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

async function post(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await answer.text()
  if (answer.status !== 201) throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 500)}`)
}

/** An answer of the API: how long it took, and its bytes. */
export async function timeOf(url: string): Promise<{ ms: number; bytes: number }> {
  const began = performance.now()
  const answer = await fetch(url)
  const { byteLength } = await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return { ms: performance.now() - began, bytes: byteLength }
}

interface RunRow {
  readonly item: string
  readonly started: number
  readonly finished: number
  readonly status: string
  /** Events read anew, written or removed. */
  readonly changes: number
}

/** The database of a service that goes on running, looked at from outside. */
export class ItemsDatabase {
  readonly #database: DatabaseSync

  constructor(path: string) {
    this.#database = new DatabaseSync(path, { timeout: 10_000 })
  }

  /** Items that have not ended a run yet. */
  unread(): number {
    const count = (table: string) =>
      Number(this.#database.prepare(`SELECT count(*) AS n FROM ${table} WHERE last_attempt_at IS NULL`).get()?.n)
    return count('sources') + count('destinations')
  }

  /** Sources with a feed. */
  feeds(): number {
    return Number(this.#database.prepare('SELECT count(*) AS n FROM ics_data').get()?.n)
  }

  /**
   * Spreads the next due times of all items evenly over so many seconds; when each is due. Their interval stays as it
   * is, for it is written into every feed.
   */
  spread(overSecs: number, from: number): Map<string, number> {
    const due = new Map<string, number>()
    const tables = ['sources', 'destinations'].map((table) => {
      const ids = this.#database.prepare(`SELECT id FROM ${table} ORDER BY id`).all()
      return { table, ids: ids.map(({ id }) => Number(id)) }
    })
    this.#database.exec('BEGIN IMMEDIATE')
    for (const { table, ids } of tables) {
      const set = this.#database.prepare(`UPDATE ${table} SET next_run_at = ? WHERE id = ?`)
      ids.forEach((id, place) => {
        // Not in the order of their ids, which is that of the rows in the file.
        const at = Math.round(from + (((place * 7919) % ids.length) / ids.length) * overSecs * 1000)
        set.run(at, id)
        due.set(`${table} ${id}`, at)
      })
    }
    this.#database.exec('COMMIT')
    return due
  }

  /** Runs that began at this moment or later and have ended. */
  runsSince(from: number): RunRow[] {
    const rows = this.#database
      .prepare(
        `SELECT source_id, destination_id, started_at, finished_at, status, counts FROM runs
          WHERE started_at >= ? AND finished_at IS NOT NULL ORDER BY id`,
      )
      .all(from)
    return rows.map((row) => {
      const { fetched = 0, uploaded = 0, deleted = 0 } = JSON.parse(String(row.counts)) as Record<string, number>
      return {
        item: row.source_id === null ? `destinations ${row.destination_id}` : `sources ${row.source_id}`,
        started: Number(row.started_at),
        finished: Number(row.finished_at),
        status: String(row.status),
        changes: fetched + uploaded + deleted,
      }
    })
  }

  close(): void {
    this.#database.close()
  }
}
