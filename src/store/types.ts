import type { ErrorKind } from '../core/errors.ts'
import type { HeldDeletion } from '../core/governor.ts'
import type {
  Destination,
  DestinationSettings,
  ItemKind,
  Source,
  SourcePath,
  SourceSettings,
  WithPassword,
} from '../core/items.ts'
import type { Run, RunDetails, RunReport, RunStatus, RunStep, RunTrigger } from '../core/runs.ts'
import type { ServerProfile } from '../core/server-profile.ts'
import type { EpochMs, ETag, Fingerprint, Href, Secret } from '../core/types.ts'
import type { RemoteStore } from './remote-types.ts'
import type { FeedStore, LinkStore, ReadStore } from './served-types.ts'

export interface SourceStore {
  /** By id. */
  list(): Source[]
  get(id: number): Source | undefined
  password(id: number): Secret | undefined
  create(settings: SourceSettings & WithPassword): Source
  /**
   * Only the given fields; undefined where the id is unknown. Another caldav_url or username forgets the calendars
   * read so far, which belong to another account; the feed stays until the next good run.
   */
  update(id: number, patch: Partial<SourceSettings & WithPassword>): Source | undefined
  /** True where a row was deleted. Its paths, feed, calendars and resources go with it. */
  remove(id: number): boolean
  /** True where any source but `exceptId` has this ics_path or public_ics_path. */
  usesPath(path: string, exceptId?: number): boolean
}

export interface SourcePathStore {
  list(sourceId: number): SourcePath[]
  get(sourceId: number, pathId: number): SourcePath | undefined
  create(sourceId: number, path: string, isPublic: boolean): SourcePath
  update(pathId: number, patch: { path?: string; is_public?: boolean }): SourcePath | undefined
  remove(pathId: number): boolean
  /** True where any row but `exceptId` has this path. */
  has(path: string, exceptId?: number): boolean
}

export interface DestinationStore {
  list(): Destination[]
  /** Those whose feed is named by this word and a colon (`source:3`, `import:a.ics`) and not by an address. */
  fedBy(word: 'source' | 'import'): Destination[]
  get(id: number): Destination | undefined
  password(id: number): Secret | undefined
  create(settings: DestinationSettings & WithPassword): Destination
  /** Another caldav_url, calendar_name or username forgets the target read so far. */
  update(id: number, patch: Partial<DestinationSettings & WithPassword>): Destination | undefined
  remove(id: number): boolean
  /** Destinations whose caldav_url and calendar_name equal these to the letter. */
  overlapping(caldavUrl: string, calendarName: string, exceptId?: number): Destination[]
}

export interface RunStore {
  /** `undoOf`: the run that this one takes back. */
  start(kind: ItemKind, itemId: number, trigger: RunTrigger, now: EpochMs, undoOf?: number): number
  /** `steps`: what it was at, and when. */
  finish(runId: number, report: RunReport, now: EpochMs, steps?: readonly RunStep[]): void
  /** With its operations. */
  get(runId: number): RunDetails | undefined
  /** Newest first. */
  list(filter: { kind?: ItemKind; itemId?: number; limit: number }): Run[]
  /** Marks what a dead process left as running and makes its items due now; returns how many runs. */
  markInterrupted(now: EpochMs): number
  /** Keeps the newest runs of this item, and those that can still be undone; returns how many went. */
  prune(kind: ItemKind, itemId: number, keep: number): number
}

/** A run as the strip of an item's last runs shows it. */
export interface RecentRun
  extends Pick<Run, 'id' | 'kind' | 'item_id' | 'started_at' | 'finished_at' | 'status' | 'message'> {
  readonly failure_kind: ErrorKind | null
  /** Events read anew, written or removed. */
  readonly changes: number
}

export interface ActivityStore {
  note(status: RunStatus, changes: number, now: EpochMs): void
  /** By the quarter of an hour that began at `at`. */
  since(from: EpochMs): { at: EpochMs; status: string; runs: number; changes: number }[]
  /**
   * The newest runs of each item, oldest first: `each` of one at most, and so many fewer, down to one, as keeps all of
   * them within `most`.
   */
  recent(each: number, most: number): RecentRun[]
}

/** Deleted items that can still be brought back. */
export interface BinStore {
  has(kind: ItemKind, id: number): boolean
  /** False where there is nothing to bring back; throws SyncError where something else has its place. */
  restore(kind: ItemKind, id: number): boolean
  isEmpty(): boolean
}

/** What lies on the disk, in bytes. */
export interface StoreSizes {
  readonly database: number
  readonly journal: number
  readonly journalEntries: number
}

/** The scheduler's view: due times live in the database. */
export interface ScheduleStore {
  /** Items whose next_run_at has come, the longest due first. */
  due(now: EpochMs, limit: number): { kind: ItemKind; id: number }[]
  /** The earliest next_run_at of all, null where nothing is scheduled. */
  nextDue(): EpochMs | null
  setNext(kind: ItemKind, id: number, nextRunAt: EpochMs | null): void
  /** Success: status ok, error null, failures 0; source and destination: last_synced = now. */
  recordSuccess(kind: ItemKind, id: number, now: EpochMs): void
  /**
   * Failure: status error, the message, failures + 1. `last_synced` of a destination is the time of the last attempt,
   * that of a source stays (contract 1.11); with `published` a source's last_synced moves as well (partial run). With
   * `failed` false the run needs a person's eye but did not fail, and `failures` stays.
   */
  recordFailure(
    kind: ItemKind,
    id: number,
    message: string,
    now: EpochMs,
    options?: { published?: boolean; failed?: boolean },
  ): void
}

/** The last good download of a destination's feed, for conditional requests and for a 304. */
export interface StoredDownload {
  readonly url: string
  readonly etag: string | null
  readonly lastModified: string | null
  /** The decoded iCalendar text as UTF-8, packed with zstd. */
  readonly packed: Uint8Array
  readonly fetchedAt: EpochMs
}

export interface DownloadStore {
  get(destinationId: number): StoredDownload | undefined
  put(destinationId: number, download: StoredDownload): void
}

/** Deletions the governor holds back (threats G3), of one destination. */
export interface HeldStore {
  get(destinationId: number): HeldDeletion[]
  /** Replaces what was remembered; nothing is kept for an empty list. */
  put(destinationId: number, held: readonly HeldDeletion[]): void
  /** How many wait for an answer. */
  waiting(destinationId: number): number
  /** A person's answer to all deletions that wait without one; returns how many they were. */
  answer(destinationId: number, answer: 'approved' | 'dismissed'): number
}

/** What one operation replaced or removed, as it lay there before (design rule 8). */
export interface JournalEntry {
  readonly runId: number
  readonly destinationId: number
  /** `collectionKey` of the calendar. */
  readonly calendarUrl: string
  readonly href: Href
  readonly uid: string
  readonly kind: 'create' | 'update' | 'delete'
  readonly before: {
    readonly text: string
    readonly etag: ETag | null
    readonly sent: Fingerprint | null
    readonly owned: boolean
  } | null
  /** What we were about to write; null: nothing, it was to be removed. */
  readonly after: Fingerprint | null
  readonly at: EpochMs
}

export interface JournalStore {
  record(entry: JournalEntry): void
  /** In the order in which it was written. */
  ofRun(runId: number): JournalEntry[]
  /** Those of these runs that have entries. */
  among(runIds: readonly number[]): Set<number>
  /** Forgets entries made before this moment, and texts nothing refers to; returns how many entries went. */
  prune(before: EpochMs): number
}

/**
 * What was decided about one event of a destination: `refused` by the server, `undone` by a person (both for one
 * edition of the event), or `released` from its local edit.
 */
export interface Decision {
  readonly uid: string
  readonly kind: 'refused' | 'undone' | 'released'
  /** The edition it is about; null: whichever. */
  readonly fingerprint: Fingerprint | null
  readonly message: string
  readonly runId: number | null
  readonly at: EpochMs
  /** When to try it again all the same; null: not before the event changes. */
  readonly retryAt: EpochMs | null
}

export interface DecisionStore {
  /** By UID. */
  list(destinationId: number): Decision[]
  put(destinationId: number, decision: Decision): void
  remove(destinationId: number, kind: Decision['kind'], uid: string): void
}

/** A server as one account sees it. */
export interface StoredProfile {
  /** Scheme, host and port. */
  readonly origin: string
  readonly username: string
  readonly profile: ServerProfile
  readonly learntAt: EpochMs
}

export interface ProfileStore {
  /** By origin and user name. */
  list(): StoredProfile[]
  get(origin: string, username: string): ServerProfile | undefined
  put(profile: StoredProfile): void
}

export interface Store {
  readonly sources: SourceStore
  readonly sourcePaths: SourcePathStore
  readonly destinations: DestinationStore
  readonly feeds: FeedStore
  readonly links: LinkStore
  readonly reads: ReadStore
  readonly runs: RunStore
  readonly activity: ActivityStore
  readonly bin: BinStore
  readonly schedule: ScheduleStore
  readonly remote: RemoteStore
  readonly downloads: DownloadStore
  readonly held: HeldStore
  readonly journal: JournalStore
  readonly decisions: DecisionStore
  readonly profiles: ProfileStore
  /** Runs `work` in one transaction (nestable); a throw rolls all of it back. */
  transaction<T>(work: () => T): T
  /** As `transaction`, without waiting for the disk: for what can be done over after a power cut. */
  lightly<T>(work: () => T): T
  /** Another number than before where anything was written since, by us or by another process. */
  version(): number
  /** True where the database answers. */
  healthy(): boolean
  sizes(): StoreSizes
  close(): void
}
