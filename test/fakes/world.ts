import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { SyncError } from '../../src/core/errors.ts'
import { defineZone } from '../../src/core/ical/zones-define.ts'
import { DESTINATION_DEFAULTS, type DestinationSettings, type SourceSettings } from '../../src/core/items.ts'
import type { DiscoveredCalendar, RemoteCalendar } from '../../src/core/remote.ts'
import { type Clock, Secret } from '../../src/core/types.ts'
import type { FeedDownload } from '../../src/protocol/feed.ts'
import { openImportFolder } from '../../src/store/imports.ts'
import { openStore } from '../../src/store/store.ts'
import type { Store } from '../../src/store/types.ts'
import type { EngineDeps } from '../../src/sync/engine-deps.ts'
import { createFeedIndexes } from '../../src/sync/feed-indexes.ts'
import { createProfiles } from '../../src/sync/profiles.ts'
import { uploadMemo } from '../../src/sync/upload-memo.ts'
import { memoryLog, stillClock } from '../clock-and-log.ts'
import { tempFolder } from '../temp-folder.ts'
import { MemoryCalendar } from './memory-calendar.ts'

/** A real store on a file of its own, gone with the test. */
export function testStore(t: TestContext, clock: Clock): Store {
  const store = openStore({ path: join(tempFolder(t), 'caldav-sync.db'), clock, log: memoryLog() })
  t.after(() => store.close())
  return store
}

export const sourceSettings: SourceSettings & { password: Secret } = {
  name: 'Family',
  caldav_url: 'https://calendar.example/user/',
  username: 'ada',
  password: new Secret('pass'),
  ics_path: 'family',
  sync_interval_secs: 3600,
  public_ics: false,
  public_ics_path: null,
}

export const destinationSettings: DestinationSettings & { password: Secret } = {
  name: 'School',
  ics_url: 'https://school.example/feed.ics',
  caldav_url: 'https://calendar.example/user/',
  calendar_name: 'target',
  username: 'ada',
  password: new Secret('pass'),
  sync_interval_secs: 3600,
  ...DESTINATION_DEFAULTS,
  sync_all: true,
}

/** A world in memory around a real store: calendars by URL, and one feed. */
export class TestWorld {
  readonly clock = stillClock()
  readonly store: Store
  readonly calendars = new Map<string, { calendar: RemoteCalendar; displayName: string }>()
  /** Thrown by discovery and target look-up where set. */
  discoveryFailure: Error | null = null
  /** What a download answers, or throws. */
  feed: FeedDownload | Error = new Error('no feed was given')
  /** Validators the last download was asked with. */
  lastAsked: { etag: string | null; lastModified: string | null } | null = null
  /** What the server names as the account's own addresses. */
  addresses: string[] | null = null
  readonly deps: EngineDeps

  constructor(t: TestContext) {
    this.store = testStore(t, this.clock)
    this.deps = {
      store: this.store,
      clock: this.clock,
      log: memoryLog(),
      defaultZone: 'Europe/Berlin',
      builtFeeds: new Map(),
      feedIndexes: createFeedIndexes(),
      uploads: uploadMemo(),
      imports: openImportFolder(join(tempFolder(t), 'import')),
      profiles: createProfiles(this.store, this.clock),
      defineZone,
      publicUrl: null,
      discover: async () => this.#found(),
      findTarget: async () => {
        const [first] = this.#found()
        if (!first) throw new SyncError('not-found', 'There is no calendar of this name.')
        return first
      },
      createCalendar: async (_account, { calendarName }) => {
        const calendar = new MemoryCalendar({}, calendarName)
        this.calendars.set(calendar.url, { calendar, displayName: calendarName })
        return { url: calendar.url, displayName: calendarName, color: null, components: ['VEVENT'] }
      },
      userAddresses: async () => this.addresses,
      openCalendar: (_account, url) => {
        const held = this.calendars.get(url)
        if (!held) throw new Error(`the test has no calendar at ${url}`)
        return held.calendar
      },
      downloadFeed: async (request) => {
        this.lastAsked = { etag: request.etag, lastModified: request.lastModified }
        if (this.feed instanceof Error) throw this.feed
        return this.feed
      },
    }
  }

  #found(): DiscoveredCalendar[] {
    if (this.discoveryFailure) throw this.discoveryFailure
    return [...this.calendars].map(([url, { displayName }]) => ({
      url,
      displayName,
      color: null,
      components: ['VEVENT'],
    }))
  }
}

export type EventSketch = readonly [uid: string, summary: string, start?: string]

/** A VCALENDAR of one-hour events. */
export function calendarText(...events: EventSketch[]): string {
  const lines = events.flatMap(([uid, summary, start = '20260401T090000Z']) => [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART:${start}`,
    'DURATION:PT1H',
    `SUMMARY:${summary}`,
    'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n')
}

export function freshFeed(text: string, etag: string | null = null): FeedDownload {
  return {
    kind: 'fresh',
    bytes: new TextEncoder().encode(text),
    charset: 'utf-8',
    etag,
    lastModified: null,
    contentType: 'text/calendar',
  }
}
