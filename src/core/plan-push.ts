import type { LocalEdits } from './items.ts'
import type { ETag, Fingerprint, Href } from './types.ts'

/** One object of the feed, in the form in which it would be written. */
export interface Wanted {
  readonly uid: string
  /** For people: summary and date. */
  readonly subject: string
  readonly fingerprint: Fingerprint
}

/** What we wrote last, and how the server held it: kept while somebody's edit stands over it. */
export interface WrittenBase {
  readonly sent: Fingerprint
  readonly held: Fingerprint
}

/** One resource of the target calendar as just read. */
export interface TargetResource {
  readonly href: Href
  readonly etag: ETag | null
  readonly uid: string
  /** The UID under which the feed last named it, where that is another one. */
  readonly feedUid?: string
  readonly current: Fingerprint | null
  readonly sent: Fingerprint | null
  readonly base?: WrittenBase
  /** Created by this destination. */
  readonly owned: boolean
  /** iCalendar text as last read, or as last sent. */
  readonly text: string
}

/** Written by this destination, be it as a new event or over one that was there. */
export function isOurs(resource: Pick<TargetResource, 'owned' | 'sent'>): boolean {
  return resource.owned || resource.sent !== null
}

/** We wrote it, and somebody has changed it since. */
export function isEdited(resource: Pick<TargetResource, 'sent' | 'base'>): boolean {
  return resource.sent === null && resource.base !== undefined
}

export interface PushOptions {
  readonly syncAll: boolean
  readonly keepLocal: boolean
  readonly removeDropped: boolean
  readonly localEdits: LocalEdits
}

/** Why an object is not written although it differs. */
export interface Declined {
  /** `refused` by the server, or `undone` by a person. */
  readonly why: 'refused' | 'undone'
  /** What was declined; another edition of the object is tried. */
  readonly fingerprint: Fingerprint
  readonly message: string
}

export interface PushInput {
  /** The whole feed, one per UID, in the order of the feed. */
  readonly wanted: readonly Wanted[]
  readonly target: readonly TargetResource[]
  /** True for UIDs the feed holds in a form we could not read: never deleted (design rule 3). */
  readonly isProtected: (uid: string) => boolean
  /** UIDs that another destination wrote in this calendar. */
  readonly writtenByOthers: ReadonlySet<string>
  readonly options: PushOptions
  /** Whether the last occurrence ends after now; asked only where the options make it matter. */
  readonly isFuture: (object: Wanted | TargetResource) => boolean
  /** Whether a server would tell guests about a change of this resource (RFC 6638 section 3.2.1). */
  readonly wouldMail: (resource: TargetResource) => boolean
  /** The stable second UID an object gets where the server keeps its own UID in another calendar (pitfall W7). */
  readonly aliasOf: (uid: string) => string
  /** Objects under new UIDs that are the same as resources of ours which the feed no longer names (pitfall I7). */
  readonly pair: (
    newcomers: readonly Wanted[],
    leftovers: readonly TargetResource[],
  ) => ReadonlyMap<string, TargetResource>
  /** By UID. */
  readonly declined: ReadonlyMap<string, Declined>
  /** UIDs whose local edit a person has given up. */
  readonly released: ReadonlySet<string>
}

interface WriteBase {
  /** Of the object in the feed. */
  readonly uid: string
  /** The UID it is written with: its own, its alias, or the one its resource has. */
  readonly writeUid: string
  readonly subject: string
  /**
   * Read the result back, so that a server that rewrites it is told apart from a person who edits it: where what we
   * replace is not known to be our own writing, and where an edit has to be known as such.
   */
  readonly readBack: boolean
}

export type PushOp =
  | (WriteBase & { readonly kind: 'create' })
  | (WriteBase & { readonly kind: 'update'; readonly resource: TargetResource })
  | { readonly kind: 'delete'; readonly uid: string; readonly resource: TargetResource }

export type DeleteOp = Extract<PushOp, { kind: 'delete' }>
export type WriteOp = Exclude<PushOp, DeleteOp>

export interface PushPlan {
  readonly writes: readonly WriteOp[]
  readonly deletes: readonly DeleteOp[]
  /** Objects that need nothing. */
  readonly unchanged: number
  /** Resources that are not ours and have guests: touching them could send mail, so they are left alone. */
  readonly guarded: readonly TargetResource[]
  /** Resources of ours that somebody edited, left as they are by `local_edits: keep`. */
  readonly edited: readonly TargetResource[]
  /** Objects not written, because the server refused them before or a person undid them. */
  readonly declined: readonly (Declined & { readonly wanted: Wanted })[]
  /** Objects left out because they lie in the past. */
  readonly past: number
  /** Resources of ours that the feed no longer holds and that are kept, because they lie in the past. */
  readonly archived: number
  /** Objects left alone because another destination created them. */
  readonly foreign: number
  /** Resources that were recognised by their content under a new UID; to be remembered. */
  readonly renamed: readonly { readonly resource: TargetResource; readonly feedUid: string }[]
}

/**
 * Decides what to write, comparing each side with its own past (design rule 2): an object is unchanged when what we
 * sent, or else what the server holds, has the wanted fingerprint. Pure; the order of operations is that of the feed,
 * deletes last in the order of hrefs.
 */
export function planPush(input: PushInput): PushPlan {
  const { options } = input
  const matches = matchByIdentity(input)
  const writes: WriteOp[] = []
  const guarded: TargetResource[] = []
  const edited: TargetResource[] = []
  const declined: (Declined & { wanted: Wanted })[] = []
  const keepsEdits = options.localEdits === 'keep'
  let unchanged = 0
  let past = 0
  let foreign = 0

  for (const wanted of input.wanted) {
    const resource = matches.resourceOf.get(wanted.uid)
    const ours = resource !== undefined && isOurs(resource)
    if (!options.syncAll && !ours && !input.isFuture(wanted)) {
      past += 1
      continue
    }
    const { uid, subject } = wanted
    const no = input.declined.get(uid)
    if (resource && !ours && options.keepLocal && input.writtenByOthers.has(resource.uid)) foreign += 1
    else if (resource && (resource.sent ?? resource.current) === wanted.fingerprint) unchanged += 1
    else if (no?.fingerprint === wanted.fingerprint) declined.push({ ...no, wanted })
    else if (resource === undefined) writes.push({ kind: 'create', uid, writeUid: uid, subject, readBack: keepsEdits })
    else if (!ours && input.wouldMail(resource)) guarded.push(resource)
    else if (isLeftEdited(resource, uid, input)) edited.push(resource)
    else {
      const readBack = keepsEdits || resource.sent === null
      writes.push({ kind: 'update', uid, writeUid: resource.uid, subject, resource, readBack })
    }
  }

  const deletes: DeleteOp[] = []
  let archived = 0
  for (const resource of input.target) {
    if (matches.inFeed.has(resource.uid) || isProtected(resource, input)) continue
    if (!mayRemove(resource, options)) continue
    if ((options.keepLocal || !options.syncAll) && !input.isFuture(resource)) {
      if (isOurs(resource)) archived += 1
    } else if (!isOurs(resource) && input.wouldMail(resource)) guarded.push(resource)
    else if (isLeftEdited(resource, resource.feedUid ?? resource.uid, input)) edited.push(resource)
    else deletes.push({ kind: 'delete', uid: resource.feedUid ?? resource.uid, resource })
  }
  return { writes, deletes, unchanged, guarded, edited, declined, past, archived, foreign, renamed: matches.renamed }
}

/** A mirror removes whatever the feed lacks; `remove_dropped` only what this destination brought. */
function mayRemove(resource: TargetResource, options: PushOptions): boolean {
  return !options.keepLocal || (options.removeDropped && resource.owned)
}

function isProtected({ uid, feedUid }: TargetResource, input: PushInput): boolean {
  return input.isProtected(uid) || (feedUid !== undefined && input.isProtected(feedUid))
}

function isLeftEdited(resource: TargetResource, uid: string, input: PushInput): boolean {
  return input.options.localEdits === 'keep' && isEdited(resource) && !input.released.has(uid)
}

interface Matches {
  /** By UID of the wanted object. */
  readonly resourceOf: ReadonlyMap<string, TargetResource>
  /** UIDs of resources that the feed holds, under whatever UID. */
  readonly inFeed: ReadonlySet<string>
  readonly renamed: PushPlan['renamed']
}

/** Finds the resource of each wanted object: by its UID, by the UID the feed last gave it, by its alias, by content. */
function matchByIdentity(input: PushInput): Matches {
  const byUid = indexByUid(input.target)
  const byFeedUid = new Map(input.target.flatMap((one) => (one.feedUid === undefined ? [] : [[one.feedUid, one]])))
  const resourceOf = new Map<string, TargetResource>()
  const inFeed = new Set<string>()
  const newcomers: Wanted[] = []
  const feed = new Set(input.wanted.map(({ uid }) => uid))
  for (const wanted of input.wanted) {
    inFeed.add(wanted.uid)
    const direct = byUid.get(wanted.uid)
    const known = byFeedUid.get(wanted.uid)
    const aliasUid = direct === undefined ? input.aliasOf(wanted.uid) : undefined
    if (aliasUid !== undefined) inFeed.add(aliasUid)
    const alias = aliasUid === undefined ? undefined : byUid.get(aliasUid)
    // A resource that the feed names by its own UID again belongs to that object.
    const resource = direct ?? (known && !feed.has(known.uid) ? known : undefined) ?? alias
    if (resource) {
      resourceOf.set(wanted.uid, resource)
      inFeed.add(resource.uid)
    } else newcomers.push(wanted)
  }
  const leftovers = input.target.filter(
    (resource) => resource.owned && !inFeed.has(resource.uid) && !isProtected(resource, input),
  )
  const renamed: { resource: TargetResource; feedUid: string }[] = []
  if (newcomers.length > 0 && leftovers.length > 0) {
    for (const [feedUid, resource] of input.pair(newcomers, leftovers)) {
      resourceOf.set(feedUid, resource)
      inFeed.add(resource.uid)
      renamed.push({ resource, feedUid })
    }
  }
  return { resourceOf, inFeed, renamed }
}

/** Where one UID lies at two hrefs (some servers allow it), our own copy is the one we look at. */
function indexByUid(target: readonly TargetResource[]): Map<string, TargetResource> {
  const index = new Map<string, TargetResource>()
  for (const resource of target) {
    const other = index.get(resource.uid)
    if (!other || rank(resource) > rank(other)) index.set(resource.uid, resource)
  }
  return index
}

function rank(resource: TargetResource): number {
  return resource.owned ? 2 : isOurs(resource) ? 1 : 0
}
