import { type SyncError, toSyncError } from '../core/errors.ts'
import { type GovernorVerdict, govern, type HeldDeletion } from '../core/governor.ts'
import { derivedFrom } from '../core/ical/group.ts'
import {
  type Declined,
  isOurs,
  type PushOp,
  type PushOptions,
  type PushPlan,
  planPush,
  type WriteOp,
} from '../core/plan-push.ts'
import type { ChangeMarks, Changes, RemoteCalendar } from '../core/remote.ts'
import type { Clock, EpochMs } from '../core/types.ts'
import { type Applied, applyPush, isUidConflict, type JournalNote, type Outcome } from './apply-push.ts'
import { pull } from './pull.ts'
import type { Pulled } from './pulled.ts'
import { rememberer, type TargetMemory } from './push-memory.ts'
import type { PushNames } from './push-names.ts'
import type { RunControl } from './run-control.ts'
import { describeResource, holdsEvent, isResourceFuture, ownAddress, type WantedObjects, wouldMail } from './wanted.ts'

export interface PushInput {
  readonly clock: Clock
  readonly remote: RemoteCalendar
  /** What the server said of the target just now. */
  readonly marks?: ChangeMarks | undefined
  /** What has changed in it since the last look, where that was asked already. */
  readonly changes?: Changes | undefined
  readonly memory: TargetMemory
  readonly wanted: WantedObjects
  readonly protectedUids: ReadonlySet<string>
  readonly writtenByOthers: ReadonlySet<string>
  readonly options: PushOptions
  readonly names: PushNames
  readonly recentFeedSizes: readonly number[]
  /** See the governor; null: the usual number. */
  readonly deleteLimit: number | null
  readonly waiting: readonly HeldDeletion[]
  readonly declined: ReadonlyMap<string, Declined>
  readonly released: ReadonlySet<string>
  readonly journal: (note: JournalNote) => void
  readonly now: EpochMs
  readonly defaultZone: string
  /** Of the account, to tell its own meetings from those of others. */
  readonly username: string
  /** The addresses the server names for the account; asked only where a meeting is about to be touched. */
  readonly addresses: (signal: AbortSignal) => Promise<readonly string[] | null>
  /** Stop after the plan: nothing is written, neither there nor here. */
  readonly dryRun?: boolean
}

export interface PushResult {
  /** What was decided at the first look. */
  readonly plan: PushPlan
  readonly outcomes: readonly Outcome[]
  /** Of the last look. */
  readonly verdict: GovernorVerdict
  readonly pulled: Pulled
  /** Why not everything planned was tried; null: everything was. */
  readonly stopped: SyncError | null
}

/**
 * Brings the feed's objects into the target calendar: read the target, decide, write, then delete. What lost a race
 * is looked at and decided once more. Deletions wait until every write has succeeded, so that nothing goes before its
 * replacement is there. Throws SyncError only where the target cannot be read.
 */
export async function push(input: PushInput, control: RunControl): Promise<PushResult> {
  const first = await pushRound(input, control, null)
  const raced = new Map(
    first.outcomes.flatMap((outcome) => (outcome.result === 'lost-race' ? [[outcome.op.uid, outcome.error]] : [])),
  )
  if (raced.size === 0 || first.stopped !== null) return first
  const kept = first.outcomes.filter((outcome) => !raced.has(outcome.op.uid))
  const mayDelete = kept.every((outcome) => outcome.result === 'done')
  try {
    const second = await pushRound(input, control, { errors: raced, mayDelete })
    // Of the last look: what was left alone at the first one may have gone since.
    const { guarded, edited } = second.plan
    return { ...second, plan: { ...first.plan, guarded, edited }, outcomes: [...kept, ...second.outcomes] }
  } catch (thrown) {
    return { ...first, stopped: toSyncError(thrown) }
  }
}

/** The operations that lost a race in the first round, and whether deletions may follow them. */
interface Retry {
  readonly errors: ReadonlyMap<string, SyncError>
  readonly mayDelete: boolean
}

async function pushRound(input: PushInput, control: RunControl, retry: Retry | null): Promise<PushResult> {
  const { memory, names, remote, wanted, dryRun = false } = input
  const { marks, now } = input
  // What was asked before this run's own writes says nothing to its second round.
  const changes = retry === null ? input.changes : undefined
  const look = {
    isOwn: names.isOwn,
    fingerprints: true,
    state: memory.state(),
    keep: retry === null ? memory.keep : undefined,
    marks: retry === null ? marks : undefined,
    changes,
    now,
    progress: control.progress,
  }
  const pulled = await pull(remote, memory.known, control.soft, look)
  if (!dryRun) memory.apply(pulled)
  control.progress('plan', 0, 1)
  const plan = await decideCarefully(input, pulled, control.soft)
  const verdict = govern({
    deletes: plan.deletes,
    ours: pulled.resources.filter(isOurs).length,
    feedSize: wanted.list.length + input.protectedUids.size,
    recentFeedSizes: input.recentFeedSizes,
    limit: input.deleteLimit,
    waiting: input.waiting,
    now: input.now,
    describe: (op) => describeResource(op.resource),
  })
  const round = { plan, verdict, pulled }
  if (dryRun) return { ...round, outcomes: [], stopped: null }
  memory.apply({ upsert: plan.renamed.map(({ resource, feedUid }) => ({ ...resource, feedUid })), remove: [] })
  // What lies there unreadably under one of our UIDs would be doubled by creating it beside.
  const occupied = new Set(pulled.unreadable.map((problem) => problem.uid))
  const possible = plan.writes.filter((op) => op.kind !== 'create' || !occupied.has(op.uid))
  const writes = retry ? decideAgain(possible, retry.errors, names) : possible
  const remember = rememberer(memory)
  const apply = (ops: readonly PushOp[], phase: 'write' | 'delete'): Promise<Applied> =>
    applyPush({
      remote,
      clock: input.clock,
      ops,
      upload: wanted.upload,
      journal: input.journal,
      nameOf: names.nameOf,
      onOutcome: remember.add,
      onProgress: (done) => control.progress(phase, done, ops.length),
      ...control,
    })
  try {
    const written = await apply(writes, 'write')
    const complete =
      written.stopped === null &&
      written.outcomes.every((outcome) => outcome.result === 'done') &&
      (retry === null || retry.mayDelete)
    const removed = complete ? await apply(verdict.allowed, 'delete') : { outcomes: [], stopped: null }
    return {
      ...round,
      outcomes: [...written.outcomes, ...removed.outcomes],
      stopped: written.stopped ?? removed.stopped,
    }
  } finally {
    remember.flush()
  }
}

/**
 * Takes every meeting for the account's own at first; only where one would be touched is the server asked whose it is.
 * Where it does not answer they are left alone.
 */
async function decideCarefully(input: PushInput, pulled: Pulled, signal: AbortSignal): Promise<PushPlan> {
  const careful = decide(input, pulled, () => true)
  if (careful.guarded.length === 0) return careful
  try {
    return decide(input, pulled, ownAddress(input.username, await input.addresses(signal)))
  } catch (thrown) {
    if (signal.aborted) throw thrown
    return careful
  }
}

function decide(input: PushInput, pulled: Pulled, isOwn: (address: string) => boolean): PushPlan {
  const { names, wanted } = input
  const aliases = new Set([...input.protectedUids].map(names.aliasOf))
  const isProtected = (uid: string) => input.protectedUids.has(uid) || aliases.has(uid)
  return planPush({
    wanted: wanted.list,
    target: pulled.resources.filter(holdsEvent),
    isProtected: (uid) => isProtected(uid) || isProtected(derivedFrom(uid)),
    writtenByOthers: input.writtenByOthers,
    options: input.options,
    isFuture: (object) => ('href' in object ? isResourceFuture(object, input) : wanted.isFuture(object)),
    wouldMail: (resource) => wouldMail(resource, isOwn),
    aliasOf: names.aliasOf,
    pair: wanted.pair,
    declined: input.declined,
    released: input.released,
  })
}

/** The raced operations only; a UID that the server keeps out of our sight is written under its alias. */
function decideAgain(
  writes: readonly WriteOp[],
  raced: ReadonlyMap<string, SyncError>,
  names: PushNames,
): readonly WriteOp[] {
  return writes.flatMap((op) => {
    const error = raced.get(op.uid)
    if (!error) return []
    // Still to be created, so the name was free: 409 and 412 can only speak of the UID, also where they do not say so.
    const conflict = op.kind === 'create' && (isUidConflict(error) || [409, 412].includes(error.details.status ?? 0))
    return [conflict ? { ...op, writeUid: names.aliasOf(op.uid) } : op]
  })
}
