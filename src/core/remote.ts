import type { Connection } from './connection.ts'
import type { ServerProfile } from './server-profile.ts'
import type { ETag, Href, Problem, Secret } from './types.ts'

/** How to sign in to a CalDAV server. */
export interface Account {
  readonly url: string
  readonly username: string
  readonly password: Secret
  /** Null or absent: nothing special. */
  readonly connection?: Connection | null
  /** What is known of the server, and learnt on the way; absent: nothing, and nothing is kept. */
  readonly profile?: ServerProfile
}

/** A calendar collection that can hold events (RFC 4791 section 4.2). */
export interface DiscoveredCalendar {
  /** Absolute URL of the collection, with its trailing slash. */
  readonly url: string
  /** DAV:displayname; the last path segment where the server has none. */
  readonly displayName: string
  /** Apple's calendar-color as given (`#RRGGBB` or `#RRGGBBAA`). */
  readonly color: string | null
  /** supported-calendar-component-set, upper case; null where the server does not say. */
  readonly components: readonly string[] | null
  /** What the server says of the calendar's present state. */
  readonly marks?: ChangeMarks
}

/** Texts that differ where a calendar differs; null: the server has none of the kind. */
export interface ChangeMarks {
  /** CS:getctag. */
  readonly ctag: string | null
  /** DAV:sync-token (RFC 6578 section 4). */
  readonly syncToken: string | null
}

export interface ResourceRef {
  readonly href: Href
  /** Null where the server gives none; such a resource is read again on every run. */
  readonly etag: ETag | null
}

/** What lies at one href, as read. */
export interface Resource extends ResourceRef {
  /** iCalendar text with the line ends the transport left (XML turns CRLF into LF). */
  readonly text: string
  /** True where characters that XML forbids had to be taken out of it on the way (pitfall R5). */
  readonly mended?: boolean
}

/**
 * Every resource of a calendar that holds events. `complete` is part of the type because only a complete listing may
 * prove that a resource is gone; a listing that cannot be complete is thrown as an error instead.
 */
export interface CompleteListing {
  readonly complete: true
  readonly resources: readonly ResourceRef[]
  /** Where to ask for changes from (RFC 6578); null or absent: the server names no such place. */
  readonly syncToken?: string | null
}

/** What a server says has changed since a token. It proves nothing: servers repeat, forget and restart (servers.md 9). */
export interface Changes {
  readonly complete: false
  /** New or changed, or repeated for no reason. */
  readonly changed: readonly ResourceRef[]
  /** Said to be gone. */
  readonly removed: readonly Href[]
  /** Those of `changed` that came with their whole text. */
  readonly read?: readonly Resource[]
  readonly syncToken: string | null
}

export interface ReadOptions {
  /** Told how many texts have come. */
  readonly onProgress?: (done: number) => void
  /** Given each resource as soon as it has come, the newer one last; so that nobody has to hold all of them at once. */
  readonly take?: (resource: Resource) => void
}

/** With `take`, texts are asked for where the server sends them along. */
export interface ListingWants extends ReadOptions {
  /** As the server named it just before; null or absent: it did not. */
  readonly syncToken?: string | null | undefined
}

export interface Fetched {
  /** Empty where they were given to `take`. */
  readonly resources: readonly Resource[]
  /** Hrefs that were asked for and could not be read, with the reason. Never taken as deleted. */
  readonly unreadable: readonly { readonly href: Href; readonly problem: Problem }[]
  /** Hrefs for which the server answered 404 also when asked singly: gone since the listing. */
  readonly gone: readonly Href[]
}

/**
 * All the engine may ask of a server (RFC 4791). Every method honours `signal`, has its own time and size limits, and
 * throws SyncError. Nothing here retries a refused login.
 */
export interface RemoteCalendar {
  readonly url: string
  readonly profile: ServerProfile
  /**
   * Complete, or throws. Texts may have been taken that the listing has no more, or with another ETag: it tells what holds.
   */
  list(signal: AbortSignal, wants?: ListingWants): Promise<CompleteListing>
  /**
   * What changed since the token, on request with texts where the server sends them along; null where the server does not
   * know the token, or cannot tell (RFC 6578 section 3.8).
   */
  changes(syncToken: string, withTexts: boolean, signal: AbortSignal): Promise<Changes | null>
  /** Reads the given resources by calendar-multiget in batches; a poisoned or missing one does not spoil the others. */
  fetch(hrefs: readonly Href[], signal: AbortSignal, options?: ReadOptions): Promise<Fetched>
  /**
   * PUT with `If-None-Match: *`. `name` is the last path segment, `[a-z0-9-]+.ics`, chosen by us.
   * A name that is taken throws SyncError `refused` with status 412 (or 409).
   */
  create(name: string, text: string, signal: AbortSignal): Promise<ResourceRef>
  /** PUT with `If-Match` (no condition only where the server gives no ETags). Null: the server returned no ETag. */
  update(ref: ResourceRef, text: string, signal: AbortSignal): Promise<ETag | null>
  /** DELETE with `If-Match` and `Schedule-Reply: F`. 404 counts as done. */
  remove(ref: ResourceRef, signal: AbortSignal): Promise<void>
}
