/** What the tests of this folder share: the app on a real store in a temporary file, a held clock, a runner that notes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { SyncError } from '../core/errors.ts'
import { defineZone } from '../core/ical/zones-define.ts'
import { clientFamily } from '../core/readers.ts'
import type { RunReport } from '../core/runs.ts'
import type { Clock, Logger } from '../core/types.ts'
import { type ImportFolder, openImportFolder } from '../store/imports.ts'
import { openStore } from '../store/store.ts'
import type { Store } from '../store/types.ts'
import { createEventBus, type EventBus } from '../sync/events.ts'
import { createShown } from '../sync/shown.ts'
import type { Runner } from '../sync/types.ts'
import { createApp } from './app.ts'
import type { AppDeps, AppSettings } from './deps.ts'

export const START = Date.UTC(2026, 2, 1, 12, 0, 0)

/** A clock that moves only by hand. */
export interface HeldClock extends Clock {
  advance(ms: number): void
}

export function heldClock(start = START): HeldClock {
  let now = start
  return {
    now: () => now,
    advance(ms) {
      now += ms
    },
  }
}

export interface LogLine {
  readonly level: string
  readonly message: string
  readonly fields: string
}

export function notingLog(): Logger & { readonly lines: LogLine[] } {
  const lines: LogLine[] = []
  const note =
    (level: string) =>
    (message: string, fields: object = {}) => {
      lines.push({ level, message, fields: JSON.stringify(fields) })
    }
  return { lines, debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }
}

const SOURCE_REPORT: RunReport = {
  status: 'ok',
  message: 'Synchronized 12 events from 3 calendars',
  counts: { events: 12, calendars: 3 },
  problems: [],
  failure: null,
}

/** Notes every call as text; runs end with `report`. */
export interface NotingRunner extends Runner {
  readonly calls: string[]
  report: RunReport | Error
}

function notingRunner(): NotingRunner {
  const calls: string[] = []
  return {
    calls,
    report: SOURCE_REPORT,
    async run(kind, id, trigger) {
      calls.push(`run ${kind} ${id} ${trigger}`)
      if (this.report instanceof Error) throw this.report
      return this.report
    },
    async plan(id) {
      calls.push(`plan ${id}`)
      if (this.report instanceof Error) throw this.report
      return this.report
    },
    async undo(id, { undoneRunId, includeEdited }) {
      calls.push(`undo run ${undoneRunId} of ${id}${includeEdited ? ' with edits' : ''}`)
      if (this.report instanceof Error) throw this.report
      return this.report
    },
    changed: (kind, id) => void calls.push(`changed ${kind} ${id}`),
    rescheduled: (kind, id) => void calls.push(`rescheduled ${kind} ${id}`),
    removed: (kind, id) => void calls.push(`removed ${kind} ${id}`),
  }
}

const OPEN_SETTINGS: AppSettings = {
  login: null,
  rateLimit: null,
  trustProxy: false,
  swaggerUi: true,
  allowedHosts: [],
  proxyUrl: null,
  dbPath: 'data/caldav-sync.db',
  journalDays: 30,
}

export interface TestApp {
  readonly store: Store
  /** The file under the store. */
  readonly databasePath: string
  readonly imports: ImportFolder
  readonly runner: NotingRunner
  readonly events: EventBus
  readonly clock: HeldClock
  readonly log: ReturnType<typeof notingLog>
  readonly app: ReturnType<typeof createApp>
  /** Sends a request; `json` becomes the body, `from` the address of the client. */
  send(method: string, path: string, options?: SendOptions): Promise<Response>
  /** Sends and reads the JSON answer. */
  ask(method: string, path: string, options?: SendOptions): Promise<{ status: number; body: unknown }>
}

export interface SendOptions {
  readonly json?: unknown
  readonly body?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  readonly from?: string
}

export function testApp(
  t: TestContext,
  settings: Partial<AppSettings> = {},
  others: Partial<Omit<AppDeps, 'settings' | 'store'>> = {},
): TestApp {
  const folder = mkdtempSync(join(tmpdir(), 'http-test-'))
  const clock = heldClock()
  const log = notingLog()
  const databasePath = join(folder, 'caldav-sync.db')
  const store = openStore({ path: databasePath, clock, log })
  t.after(() => {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const runner = notingRunner()
  const events = createEventBus(clock)
  const deps: AppDeps = {
    store,
    runner,
    events,
    inspect: async (request) => {
      runner.calls.push(`inspect ${JSON.stringify(request)}`)
      if (runner.report instanceof Error) throw runner.report
      throw new SyncError('unreachable', runner.report.message)
    },
    freshen: () => null,
    freshForSecs: () => 0,
    freshUntil: () => Number.POSITIVE_INFINITY,
    linkFeeds: {
      refresh: async (id) => void runner.calls.push(`make link ${id}`),
      sourceChanged: async (id) => void runner.calls.push(`make links of source ${id}`),
    },
    trail: {
      note: (linkId, userAgent, status, bytes) => {
        store.reads.add([{ link_id: linkId, at: clock.now(), client: clientFamily(userAgent), status, bytes }])
      },
      flush: () => undefined,
    },
    shown: createShown({ store, clock, defaultZone: 'Europe/Berlin', defineZone }),
    imports: openImportFolder(join(folder, 'import')),
    diagnose: async () => {
      throw new SyncError('internal', 'This test looks at no server.')
    },
    planDraft: async ({ name }) => {
      runner.calls.push(`plan draft ${name}`)
      if (runner.report instanceof Error) throw runner.report
      return runner.report
    },
    clock,
    log,
    settings: { ...OPEN_SETTINGS, ...settings },
    version: '9.8.7',
    publicUrl: null,
    environment: [{ name: 'AUTH_PASSWORD', value: '***', secret: true }],
    startedAt: START,
    webRoot: null,
    ...others,
  }
  const app = createApp(deps)
  const send: TestApp['send'] = async (method, path, { json, body, headers = {}, from = '192.0.2.1' } = {}) => {
    const text = json === undefined ? body : JSON.stringify(json)
    const type: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' }
    const init = { method, headers: { ...type, ...headers }, ...(text === undefined ? {} : { body: text }) }
    return app.request(path, init, { incoming: { socket: { remoteAddress: from } } })
  }
  const ask: TestApp['ask'] = async (method, path, options) => {
    const response = await send(method, path, options)
    return { status: response.status, body: await response.json() }
  }
  return { store, databasePath, imports: deps.imports, runner, events, clock, log, app, send, ask }
}

export const NEW_SOURCE = {
  name: 'Family',
  caldav_url: 'https://cloud.example.com/dav/',
  username: 'anna',
  password: 'pw-source',
  ics_path: 'family',
  sync_interval_secs: 3600,
}

export const NEW_DESTINATION = {
  name: 'Team',
  ics_url: 'https://example.com/team.ics',
  caldav_url: 'https://cloud.example.com/dav/',
  calendar_name: 'team',
  username: 'anna',
  password: 'pw-destination',
  sync_interval_secs: 600,
}

/** Puts a feed into the store as a finished run would. */
export function publish(store: Store, sourceId: number, text: string, now = START): void {
  const body = Buffer.from(text)
  const encodings = { gzip: gzipSync(body), br: brotliCompressSync(body), zstd: zstdCompressSync(body) }
  store.feeds.publish(sourceId, body, encodings, now)
}

/** The Authorization header of a Basic login. */
export function basic(username: string, password: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }
}
