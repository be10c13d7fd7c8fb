import { type SyncError, toSyncError } from '../core/errors.ts'
import { type GovernorVerdict, govern, type HeldDeletion } from '../core/governor.ts'
import { derivedFrom } from '../core/ical/group.ts'
import { type PushOp, type PushOptions, type PushPlan, planPush, type TargetResource } from '../core/plan-push.ts'
import type { RemoteCalendar } from '../core/remote.ts'
import type { EpochMs, Href, Problem } from '../core/types.ts'
import type { KnownResource } from '../store/types.ts'
import { type Applied, applyPush, isUidConflict, type Outcome } from './apply-push.ts'
import { type Pulled, pull } from './pull.ts'
import type { PushNames } from './push-names.ts'
import type { RunControl } from './run-control.ts'
import { holdsEvent, isResourceFuture, type WantedObjects, wouldMail } from './wanted.ts'

/** What is remembered of the target calendar between runs. */
export interface TargetMemory {
  known(): readonly KnownResource[]
  apply(change: { readonly upsert: readonly KnownResource[]; readonly remove: readonly Href[] }): void
}

export interface PushInput {
  readonly remote: RemoteCalendar
  readonly memory: TargetMemory
  readonly wanted: WantedObjects
  readonly protectedUids: ReadonlySet<string>
  readonly writtenByOthers: ReadonlySet<string>
  readonly options: PushOptions
  readonly names: PushNames
  readonly recentFeedSizes: readonly number[]
  readonly waiting: readonly HeldDeletion[]
  readonly now: EpochMs
  readonly defaultZone: string
  /** Of the account, to tell its own meetings from those of others. */
  readonly username: string
}

export interface PushResult {
  readonly outcomes: readonly Outcome[]
  readonly unchanged: number
  /** Left alone, because they are not ours and touching them could send mail. */
  readonly guarded: readonly TargetResource[]
  readonly past: number
  readonly foreign: number
  readonly verdict: GovernorVerdict
  readonly unreadable: readonly Problem[]
  /** Why not everything planned was tried; null: everything was. */
  readonly stopped: SyncError | null
}

/** One look at the target and what was done after it. */
interface Round {
  readonly plan: PushPlan
  readonly verdict: GovernorVerdict
  readonly pulled: Pulled
  readonly outcomes: readonly Outcome[]
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
  if (raced.size === 0 || first.stopped !== null) return resultOf(first, first, first.outcomes, first.stopped)
  const kept = first.outcomes.filter((outcome) => !raced.has(outcome.op.uid))
  const mayDelete = kept.every((outcome) => outcome.result === 'done')
  try {
    const second = await pushRound(input, control, { errors: raced, mayDelete })
    return resultOf(first, second, [...kept, ...second.outcomes], second.stopped)
  } catch (thrown) {
    return resultOf(first, first, first.outcomes, toSyncError(thrown))
  }
}

function resultOf(first: Round, last: Round, outcomes: readonly Outcome[], stopped: SyncError | null): PushResult {
  return {
    outcomes,
    unchanged: first.plan.unchanged,
    guarded: last.plan.guarded,
    past: first.plan.past,
    foreign: first.plan.foreign,
    verdict: last.verdict,
    unreadable: last.pulled.unreadable,
    stopped,
  }
}

/** The operations that lost a race in the first round, and whether deletions may follow them. */
interface Retry {
  readonly errors: ReadonlyMap<string, SyncError>
  readonly mayDelete: boolean
}

async function pushRound(input: PushInput, control: RunControl, retry: Retry | null): Promise<Round> {
  const { memory, names, remote, wanted } = input
  const pulled = await pull(remote, memory.known(), control.soft, { isOwn: names.isOwn })
  memory.apply(pulled)
  const target = pulled.resources.filter(holdsEvent)
  const aliases = new Set([...input.protectedUids].map(names.aliasOf))
  const isProtected = (uid: string) => input.protectedUids.has(uid) || aliases.has(uid)
  const plan = planPush({
    wanted: wanted.list,
    target,
    isProtected: (uid) => isProtected(uid) || isProtected(derivedFrom(uid)),
    writtenByOthers: input.writtenByOthers,
    options: input.options,
    isFuture: (object) => ('href' in object ? isResourceFuture(object, input) : wanted.isFuture(object)),
    wouldMail: (resource) => wouldMail(resource, input.username),
    aliasOf: names.aliasOf,
  })
  const verdict = govern({
    deletes: plan.deletes,
    ours: target.filter((resource) => resource.owned || resource.sent !== null).length,
    feedSize: wanted.list.length + input.protectedUids.size,
    recentFeedSizes: input.recentFeedSizes,
    waiting: input.waiting,
    now: input.now,
  })
  // What lies there unreadably under one of our UIDs would be doubled by creating it beside.
  const occupied = new Set(pulled.unreadable.map((problem) => problem.uid))
  const possible = plan.writes.filter((op) => op.kind !== 'create' || !occupied.has(op.uid))
  const writes = retry ? decideAgain(possible, retry.errors) : possible
  const remember = rememberer(memory)
  const apply = (ops: readonly PushOp[]): Promise<Applied> =>
    applyPush({ remote, ops, upload: wanted.upload, ...names, onOutcome: remember.add, ...control })
  try {
    const written = await apply(writes)
    const complete =
      written.stopped === null &&
      written.outcomes.every((outcome) => outcome.result === 'done') &&
      (retry === null || retry.mayDelete)
    const removed = complete ? await apply(verdict.allowed) : { outcomes: [], stopped: null }
    return {
      plan,
      verdict,
      pulled,
      outcomes: [...written.outcomes, ...removed.outcomes],
      stopped: written.stopped ?? removed.stopped,
    }
  } finally {
    remember.flush()
  }
}

/** The raced operations only; a UID that the server keeps out of our sight is written under its alias. */
function decideAgain(writes: PushPlan['writes'], raced: ReadonlyMap<string, SyncError>): PushPlan['writes'] {
  return writes.flatMap((op) => {
    const error = raced.get(op.uid)
    if (!error) return []
    const conflict = op.kind === 'create' && (isUidConflict(error) || error.details.status === 409)
    return [conflict ? { ...op, alias: true } : op]
  })
}

/** How many outcomes are stored in one transaction. */
const BATCH = 20

/** Stores outcomes in batches as they come, so that a crash forgets at most one batch (pitfall W15). */
function rememberer(memory: TargetMemory): { add: (outcome: Outcome) => void; flush: () => void } {
  let upsert: KnownResource[] = []
  let remove: Href[] = []
  const flush = () => {
    if (upsert.length + remove.length > 0) memory.apply({ upsert, remove })
    upsert = []
    remove = []
  }
  return {
    flush,
    add({ op, result, ...outcome }) {
      if (result !== 'done') return
      const resource = 'resource' in outcome ? outcome.resource : null
      if (resource) upsert.push(resource)
      else if (op.kind === 'delete') remove.push(op.resource.href)
      if (upsert.length + remove.length >= BATCH) flush()
    },
  }
}
