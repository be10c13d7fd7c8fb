import type { ETag, Fingerprint, Href } from './types.ts'

/** One object of the feed, in the form in which it would be written. */
export interface Wanted {
  readonly uid: string
  /** For people: summary and date. */
  readonly subject: string
  readonly fingerprint: Fingerprint
}

/** One resource of the target calendar as just read. */
export interface TargetResource {
  readonly href: Href
  readonly etag: ETag | null
  readonly uid: string
  readonly current: Fingerprint | null
  readonly sent: Fingerprint | null
  /** Created by this destination. */
  readonly owned: boolean
  /** iCalendar text as last read, or as last sent. */
  readonly text: string
}

function isOurs(resource: TargetResource): boolean {
  return resource.owned || resource.sent !== null
}

export interface PushOptions {
  readonly syncAll: boolean
  readonly keepLocal: boolean
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
}

export type PushOp =
  | { readonly kind: 'create'; readonly uid: string; readonly subject: string; readonly alias: boolean }
  | {
      readonly kind: 'update'
      readonly uid: string
      readonly subject: string
      readonly alias: boolean
      readonly resource: TargetResource
      /**
       * What we replace is not known to be our own writing: read the result back, so that a server that rewrites it
       * is told apart from a person who edits it.
       */
      readonly readBack: boolean
    }
  | { readonly kind: 'delete'; readonly uid: string; readonly resource: TargetResource }

export type DeleteOp = Extract<PushOp, { kind: 'delete' }>

export interface PushPlan {
  readonly writes: readonly Exclude<PushOp, DeleteOp>[]
  readonly deletes: readonly DeleteOp[]
  /** Objects that need nothing. */
  readonly unchanged: number
  /** Resources that are not ours and have guests: touching them could send mail, so they are left alone. */
  readonly guarded: readonly TargetResource[]
  /** Objects left out because they lie in the past. */
  readonly past: number
  /** Objects left alone because another destination created them. */
  readonly foreign: number
}

/**
 * Decides what to write, comparing each side with its own past (design rule 2): an object is unchanged when what we
 * sent, or else what the server holds, has the wanted fingerprint. Pure; the order of operations is that of the feed,
 * deletes last in the order of hrefs.
 */
export function planPush(input: PushInput): PushPlan {
  const { options } = input
  const byUid = indexByUid(input.target)
  const writes: Exclude<PushOp, DeleteOp>[] = []
  const inFeed = new Set<string>()
  const guarded: TargetResource[] = []
  let unchanged = 0
  let past = 0
  let foreign = 0

  for (const wanted of input.wanted) {
    const aliasUid = input.aliasOf(wanted.uid)
    inFeed.add(wanted.uid)
    const direct = byUid.get(wanted.uid)
    if (direct === undefined) inFeed.add(aliasUid)
    const resource = direct ?? byUid.get(aliasUid)
    const alias = resource !== undefined && direct === undefined
    const ours = resource !== undefined && isOurs(resource)
    if (!options.syncAll && !ours && !input.isFuture(wanted)) {
      past += 1
      continue
    }
    const { uid, subject } = wanted
    if (resource === undefined) {
      writes.push({ kind: 'create', uid, subject, alias: false })
    } else if (!ours && options.keepLocal && input.writtenByOthers.has(resource.uid)) {
      foreign += 1
    } else if ((resource.sent ?? resource.current) === wanted.fingerprint) {
      unchanged += 1
    } else if (!ours && input.wouldMail(resource)) {
      guarded.push(resource)
    } else {
      writes.push({ kind: 'update', uid, subject, alias, resource, readBack: resource.sent === null })
    }
  }

  const deletes: DeleteOp[] = []
  if (!options.keepLocal) {
    for (const resource of input.target) {
      if (inFeed.has(resource.uid) || input.isProtected(resource.uid)) continue
      if (!options.syncAll && !input.isFuture(resource)) continue
      if (!isOurs(resource) && input.wouldMail(resource)) {
        guarded.push(resource)
        continue
      }
      deletes.push({ kind: 'delete', uid: resource.uid, resource })
    }
  }
  return { writes, deletes, unchanged, guarded, past, foreign }
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
