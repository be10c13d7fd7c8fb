import type { Component } from '../core/ical/model.ts'
import type { YearSpan } from '../core/ical/zones-define.ts'
import type { Account, DiscoveredCalendar, RemoteCalendar } from '../core/remote.ts'
import type { Clock, Logger, Problem } from '../core/types.ts'
import type { NewCalendar } from '../protocol/create-calendar.ts'
import type { FeedDownload, FeedRequest } from '../protocol/feed.ts'
import type { KnownCalendars } from '../protocol/rediscover.ts'
import type { WantedTarget } from '../protocol/target.ts'
import type { ImportFolder } from '../store/imports.ts'
import type { Store } from '../store/types.ts'
import type { FeedIndexes } from './feed-indexes.ts'
import type { Profiles } from './profiles.ts'
import type { UploadMemo } from './upload-memo.ts'

/** What a feed was made of when this process made it: where that has not changed, nor has the feed. */
export interface BuiltFeed {
  /** Name and calendars, as one text. */
  readonly madeOf: string
  readonly events: number
  readonly findings: readonly Problem[]
}

/** What a run needs of the world; made in context.ts, replaced by fakes in tests. */
export interface EngineDeps {
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
  /** IANA zone that floating times and all-day events are read in. */
  readonly defaultZone: string
  readonly discover: (
    account: Account,
    known: KnownCalendars,
    signal: AbortSignal,
  ) => Promise<readonly DiscoveredCalendar[]>
  readonly findTarget: (account: Account, wanted: WantedTarget, signal: AbortSignal) => Promise<DiscoveredCalendar>
  readonly createCalendar: (account: Account, wanted: NewCalendar, signal: AbortSignal) => Promise<DiscoveredCalendar>
  /** RFC 6638 section 2.4.1; null where the server names none. */
  readonly userAddresses: (
    account: Account,
    calendarUrl: string,
    signal: AbortSignal,
  ) => Promise<readonly string[] | null>
  readonly openCalendar: (account: Account, url: string) => RemoteCalendar
  readonly downloadFeed: (request: FeedRequest, signal: AbortSignal) => Promise<FeedDownload>
  readonly imports: ImportFolder
  /** What is known of servers, by account. */
  readonly profiles: Profiles
  /** By source. Empty at a start, so that a newer program makes every feed anew once. */
  readonly builtFeeds: Map<number, BuiltFeed>
  readonly feedIndexes: FeedIndexes
  readonly uploads: UploadMemo
  readonly defineZone: (tzid: string, years?: YearSpan) => Component | null
  /** The address under which people reach this service, without a slash at its end; null: not told. */
  readonly publicUrl: string | null
}
