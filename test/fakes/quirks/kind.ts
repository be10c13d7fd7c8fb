import type { Dialect } from '../dav-xml.ts'

/** An answer to a request that is not done. */
export interface Refusal {
  readonly status: number
  readonly body: string
  /** `application/xml` where it is not given. */
  readonly type?: string
}

/** An event a server does not store, and how it says so. */
export interface Check {
  readonly refuses: (text: string) => boolean
  readonly answer: (href: string) => Refusal
}

/** How a server answers sync-collection (RFC 6578). */
export interface SyncKind {
  /** The form of the token; `calendar` is another number whenever the calendar is made anew. */
  readonly token: (calendar: number, changes: number, now: number) => string
  /** What an unknown token gets; `echo`: one that is too high gets nothing but itself. */
  readonly invalid: 'forbidden' | 'fails' | 'full' | 'echo'
  /** A delta names also what the client has seen already. */
  readonly repeats: 'no' | 'last' | 'same-second'
  /** A delta names what was made and deleted between two looks. */
  readonly namesUnseen: boolean
  /** The first answer names old deletions. */
  readonly namesOldDeletions: boolean
  /** Hrefs of this report alone are not percent-encoded. */
  readonly rawHrefs?: boolean
}

/** One CalDAV server as servers.md describes it: how it answers, what it refuses, what it makes of what it stores. */
export interface ServerKind {
  readonly name: string
  readonly dialect: Dialect
  /** The least a person has to enter: where discovery does not lead to the calendars, they enter more. */
  readonly enter: 'host' | 'home' | 'calendar'
  readonly wellKnown: number
  readonly root: number
  readonly login: 'basic' | 'digest'
  readonly cookies: boolean
  /** HTTP/1.0 behaviour: a connection per request, no chunked bodies. */
  readonly oldHttp: boolean
  /** A missing calendar is a 207 with 404 inside. */
  readonly hidesMissing: boolean
  /** What lies in the home beside calendars. */
  readonly crowd: boolean
  readonly hrefs: (name: string) => string
  readonly sync: SyncKind | null
  readonly ctag: 'content' | 'counter' | 'seconds' | null
  readonly etag: 'content' | 'version' | 'url' | 'timestamp'
  /** When a PUT names the ETag. */
  readonly putEtag: 'always' | 'verbatim' | 'without-guests' | 'never'
  readonly updateStatus: 201 | 204
  readonly honours: {
    readonly ifNoneMatch: boolean
    readonly ifMatchOnDelete: boolean
    readonly ifMatchOnMissing: boolean
  }
  readonly refusesPrecondition: (href: string) => Refusal
  /** Where a UID may lie once only; null: a second one is stored beside the first. */
  readonly uid: {
    readonly scope: 'calendar' | 'account'
    readonly refuses: (holder: string, href: string) => Refusal
    /** A UID that was deleted is refused too (a bin). */
    readonly bin?: Refusal
  } | null
  readonly checks: readonly Check[]
  /** How it refuses an event for a reason of its own. */
  readonly refuses: (href: string) => Refusal
  /** What it makes of a text; `turn` is another number at each write. */
  readonly store: (text: string, turn: number) => string
  /** How a text goes into XML: as it is, mended, or as references that XML forbids too. */
  readonly poison: 'raw' | 'mended' | 'references'
  readonly query: { readonly offered: boolean; readonly depthZero: 'all' | 'empty' | 'refused' }
  readonly multiget: {
    readonly missing: 'not-found' | 'absent'
    /** More hrefs than this are an error page. */
    readonly most: number
    /** Every event is denied although it is listed. */
    readonly denies: boolean
  }
  /** Events that ended before this time are not listed. */
  readonly window: number | null
  readonly readOnly: boolean
  /** Whether it mails guests, and whether SCHEDULE-AGENT=NONE keeps it from doing so. */
  readonly mails: { readonly honoursNone: boolean } | null
}

/** Where the one user of a fake server lives, and how he is addressed. */
export const HOME = '/dav/calendars/alice/'
export const PRINCIPAL = '/dav/principals/alice/'
export const ADDRESS = 'alice@example.org'
export const USERNAME = 'alice'
export const PASSWORD = 'p w&<>é'
