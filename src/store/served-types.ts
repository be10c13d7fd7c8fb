/** What the rest of the program may ask of the database about what readers get. Calls are synchronous and act at once. */
import type { Link, NewLink } from '../core/links.ts'
import type { ReaderHistory } from '../core/readers.ts'
import type { EpochMs, Problem } from '../core/types.ts'

export interface Encodings {
  readonly gzip: Uint8Array | null
  readonly br: Uint8Array | null
  readonly zstd: Uint8Array | null
}

/** A feed ready to be served: no parsing and no network stands between it and the reader. */
export interface StoredFeed {
  readonly sourceId: number
  /** For the file name. */
  readonly sourceName: string
  /** UTF-8. */
  readonly body: Uint8Array
  /** Opaque, without quotes and without an encoding suffix; equal bytes have equal tags. */
  readonly tag: string
  /** When these bytes first appeared. */
  readonly modifiedAt: EpochMs
  readonly encodings: Encodings
}

export interface FeedStore {
  /** The feed of a source; undefined: unknown or never synced. */
  ofSource(sourceId: number): StoredFeed | undefined
  /** The sources that a feed with these bytes shows, of a source or of a link. */
  sourcesOf(tag: string): number[]
  /** Stores new bytes and their compressed forms; `modifiedAt` and tag change only if the bytes do. */
  publish(sourceId: number, body: Uint8Array, encodings: Encodings, now: EpochMs): { tag: string; isNew: boolean }
}

/** What an address leads to. */
export interface LinkPlace {
  /** Null: an address that was given up. */
  readonly linkId: number | null
  /** For the file name. */
  readonly name: string
  readonly hasOwnFeed: boolean
  readonly sourceIds: readonly number[]
  /** Open without login. */
  readonly isOpen: boolean
  readonly paused: boolean
  readonly expiresAt: EpochMs | null
  readonly freshnessSecs: number | null
}

/** The stored feed of a link that has one of its own. */
export interface LinkFeed extends Omit<StoredFeed, 'sourceId' | 'sourceName'> {
  /** What it was made of, as one text. */
  readonly madeOf: string
  readonly findings: readonly Problem[]
}

export interface LinkStore {
  /** By id; the contract's addresses among them. */
  list(): Link[]
  get(id: number): Link | undefined
  create(link: NewLink): Link
  /** Only the given fields; path, is_public and source_ids only of a link of its own. */
  update(id: number, patch: Partial<NewLink>): Link | undefined
  /** Its address then says that it is gone. Only for kinds `own` and `path`. */
  remove(id: number): boolean
  /** Gives it another path; the old one then says that it is gone. */
  rotate(id: number, path: string): Link | undefined
  /** Links with a feed of their own that show this source. */
  showing(sourceId: number): Link[]
  /** True where any link of its own but `exceptId` has this path. */
  usesPath(path: string, exceptId?: number): boolean
  /** What lies at `/ics/{path}`, or at `/ics/public/{path}`; `.ics` may be appended. The time taken tells nothing of paths that exist. */
  at(path: string, isPublic: boolean): LinkPlace | undefined
  feed(id: number): LinkFeed | undefined
  /** Stores the feed; `modifiedAt` moves only with the bytes. */
  publish(
    id: number,
    feed: { body: Uint8Array; encodings: Encodings; madeOf: string; findings: readonly Problem[] },
    now: EpochMs,
  ): void
}

export interface LinkRead {
  readonly link_id: number
  readonly at: EpochMs
  /** Family of the client. */
  readonly client: string
  readonly status: number
  readonly bytes: number
}

/** Reads of one client that are only counted, each with a status below 400. */
export interface ReadCount extends ReaderHistory {
  readonly link_id: number
}

export interface ReadStore {
  /** Of each link only the newest are kept. `onlyCounted`: others, from before `reads`. */
  add(reads: readonly LinkRead[], onlyCounted?: readonly ReadCount[]): void
  /** Newest first. */
  list(linkId: number): LinkRead[]
  /** By their last read, newest first. */
  readers(linkId: number): ReaderHistory[]
}
