import { isEdited, isOurs, type PushOp, type TargetResource } from './plan-push.ts'
import type { Fingerprint, Href } from './types.ts'

/** What one run did to one href, as its journal tells it. */
export interface UndoEntry {
  readonly href: Href
  readonly uid: string
  /** For people: summary and date. */
  readonly subject: string
  /** What lay there before the run; null: nothing. */
  readonly before: { readonly fingerprint: Fingerprint; readonly sent: Fingerprint | null } | null
  /** What the run wrote there; null: it removed it. */
  readonly after: Fingerprint | null
}

/** One step back, and the edition of the event that is thereby declined. */
export interface UndoStep<Entry extends UndoEntry> {
  readonly op: PushOp
  readonly entry: Entry
  /** The edition of the feed that is undone; null where the feed has none. */
  readonly declines: Fingerprint | null
}

export interface UndoPlan<Entry extends UndoEntry> {
  readonly steps: readonly UndoStep<Entry>[]
  /** Left as they are, because somebody changed them after the run. */
  readonly edited: readonly TargetResource[]
  /** Entries that are as they were before the run already. */
  readonly unchanged: number
}

/**
 * Decides how to bring a calendar back to what it was before a run, whatever later runs did to the same events. Of
 * several entries for one href the last one counts: those before it lost a race and changed nothing. What somebody
 * else edited since is left alone unless `includeEdited`. Pure.
 */
export function planUndo<Entry extends UndoEntry>(
  entries: readonly Entry[],
  target: readonly TargetResource[],
  includeEdited: boolean,
): UndoPlan<Entry> {
  const byHref = new Map(target.map((resource) => [resource.href, resource]))
  const byUid = new Map(target.map((resource) => [resource.uid, resource]))
  const steps: UndoStep<Entry>[] = []
  const edited: TargetResource[] = []
  let unchanged = 0
  for (const entry of new Map(entries.map((one) => [one.href, one])).values()) {
    const there = byHref.get(entry.href) ?? byUid.get(entry.uid)
    const step = stepFor(entry, there)
    if (step === null) unchanged += 1
    else if (there && isEdited(there) && !includeEdited) edited.push(there)
    else steps.push(step)
  }
  return { steps, edited, unchanged }
}

function stepFor<Entry extends UndoEntry>(entry: Entry, there: TargetResource | undefined): UndoStep<Entry> | null {
  const { before, subject, uid } = entry
  const feedUid = there?.feedUid ?? uid
  const declines = there?.sent ?? there?.base?.sent ?? entry.after
  if (before === null) {
    // Somebody else's event may have come to lie where our own writing was refused.
    if (there === undefined || !(isOurs(there) || isEdited(there))) return null
    return { entry, declines, op: { kind: 'delete', uid: feedUid, resource: there } }
  }
  if (there === undefined) {
    return { entry, declines: entry.after, op: { kind: 'create', uid, writeUid: uid, subject, readBack: true } }
  }
  const asBefore = there.sent === null ? there.current === before.fingerprint : there.sent === before.sent
  if (asBefore) return null
  const op = { kind: 'update', uid: feedUid, writeUid: there.uid, subject, resource: there, readBack: true } as const
  return { entry, declines, op }
}
