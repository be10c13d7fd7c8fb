import { type SyncError, toSyncError } from '../core/errors.ts'
import type { PushOp, TargetResource, WriteOp } from '../core/plan-push.ts'
import type { RemoteCalendar, ResourceRef } from '../core/remote.ts'
import type { Clock, Fingerprint, Href, Problem } from '../core/types.ts'
import { hrefKey, resourceUrl } from '../protocol/href.ts'
import type { KnownResource } from '../store/remote-types.ts'
import { observe } from './observe.ts'
import { createWriterCount } from './writer-count.ts'

/** This many equal refusals in a row that no single event explains, and no success, concern the calendar as a whole. */
const REFUSAL_LIMIT = 5
/** This many writes in a row without an answer mean that the server is not there; fewer may be one event's fault. */
const SILENCE_LIMIT = 3

export interface Upload {
  /** iCalendar text to send. */
  readonly text: string
  /** Fingerprint of exactly that. */
  readonly fingerprint: Fingerprint
  /** False: what is created is not to count as this destination's own, as it was not before it was removed. */
  readonly owned?: boolean
}

/** What became of one planned operation. */
export type Outcome =
  | { readonly op: PushOp; readonly result: 'done'; readonly resource: KnownResource | null }
  | { readonly op: PushOp; readonly result: 'lost-race'; readonly error: SyncError }
  | { readonly op: PushOp; readonly result: 'failed'; readonly error: SyncError }

/** One operation about to be done: the resource as it lies there (null: there is none), and what it is to become. */
export interface JournalNote {
  readonly kind: PushOp['kind']
  readonly href: Href
  readonly uid: string
  readonly before: TargetResource | null
  readonly after: Fingerprint | null
}

export interface ApplyInput {
  readonly remote: RemoteCalendar
  /** Writes are timed by it, to find how many at once are best. */
  readonly clock: Clock
  readonly ops: readonly PushOp[]
  readonly upload: (op: WriteOp) => Upload
  /** Called before each operation: what it replaces is stored first (design rule 8). A throw keeps it from being done. */
  readonly journal: (entry: JournalNote) => void
  readonly nameOf: (writeUid: string) => string
  /** Called for every outcome as it comes in, so that a crash forgets as little as possible. */
  readonly onOutcome: (outcome: Outcome) => void
  readonly onProgress?: (done: number) => void
  /** Aborted: begin nothing new. */
  readonly soft: AbortSignal
  /** Aborted: give up what is under way too. */
  readonly hard: AbortSignal
}

export interface Applied {
  readonly outcomes: readonly Outcome[]
  /** Why not all operations were tried: the account, the connection or a stop. Null: all were. */
  readonly stopped: SyncError | null
}

/**
 * Carries out planned operations, each conditional (design rule 4). One event's refusal does not stop the others; a
 * refused login, a busy or unreachable server, or a stop does. Never throws for a remote failure.
 */
export async function applyPush(input: ApplyInput): Promise<Applied> {
  const outcomes: Outcome[] = []
  const judge = createJudge()
  let next = 0
  let stopped: SyncError | null = null
  let defect: unknown = null

  const writers = createWriterCount(input.remote.profile, input.clock)
  const writeOne = async (op: PushOp) => {
    const outcome = await perform(op, input)
    outcomes.push(outcome)
    stopped ??= judge(outcome)
    writers.ended()
    input.onProgress?.(outcomes.length)
    try {
      input.onOutcome(outcome)
    } catch (thrown) {
      // Not rethrown here: the other writers would go on after the run has ended.
      defect ??= thrown
      stopped ??= toSyncError(thrown)
    }
  }
  const underWay = new Set<Promise<void>>()
  for (;;) {
    while (underWay.size < writers.now && stopped === null && !input.soft.aborted) {
      const op = input.ops[next]
      if (op === undefined) break
      next += 1
      const writing = writeOne(op).finally(() => underWay.delete(writing))
      underWay.add(writing)
    }
    if (underWay.size === 0) break
    await Promise.race(underWay)
  }
  if (defect !== null) throw toSyncError(defect)
  await readBack(input, outcomes)
  if (input.soft.aborted) stopped ??= toSyncError(input.soft.reason)
  return { outcomes, stopped }
}

/** Tells from the outcomes, in turn, when going on is pointless; gives the error that says why. */
function createJudge(): (outcome: Outcome) => SyncError | null {
  let accepted = 0
  let silences = 0
  let refusals = 0
  let lastStatus: number | undefined
  return (outcome) => {
    if (outcome.result !== 'failed') {
      if (outcome.result === 'done') accepted += 1
      silences = 0
      refusals = 0
      return null
    }
    const { error } = outcome
    const { status } = error.details
    if (error.kind === 'unreachable') {
      silences += 1
      return silences >= SILENCE_LIMIT ? error : null
    }
    if (['login', 'busy', 'aborted'].includes(error.kind)) return error
    refusals = status !== undefined && status === lastStatus && concernsCalendar(status) ? refusals + 1 : 1
    lastStatus = status
    return accepted === 0 && refusals >= REFUSAL_LIMIT ? error : null
  }
}

/** 403 and 405 may speak of the whole calendar, and so may any 5xx; other refusals speak of one event. */
function concernsCalendar(status: number): boolean {
  return status === 403 || status === 405 || status >= 500
}

async function perform(op: PushOp, input: ApplyInput): Promise<Outcome> {
  try {
    return { op, result: 'done', resource: await write(op, input) }
  } catch (thrown) {
    const error = toSyncError(thrown)
    return { op, result: isLostRace(op, error) ? 'lost-race' : 'failed', error }
  }
}

/** 404, 409 and 412 say that the calendar is not as we read it: look again and decide again. */
function isLostRace(op: PushOp, error: SyncError): boolean {
  const { status } = error.details
  if (status === 412) return true
  if (op.kind === 'create') return status === 409 || isUidConflict(error)
  return op.kind === 'update' && status === 404
}

/** The server keeps this UID elsewhere (RFC 4791 section 5.3.2.1; RFC 6638 section 3.2.4.1). */
export function isUidConflict(error: SyncError): boolean {
  const named = error.details.preconditions ?? []
  return named.includes('no-uid-conflict') || named.includes('unique-scheduling-object-resource')
}

async function write(op: PushOp, input: ApplyInput): Promise<KnownResource | null> {
  const { remote, hard, journal } = input
  if (op.kind === 'delete') {
    const { href, uid } = op.resource
    journal({ kind: 'delete', href, uid, before: op.resource, after: null })
    await remote.remove(op.resource, hard)
    return null
  }
  const { text, fingerprint: after, owned = true } = input.upload(op)
  const uid = op.writeUid
  const written = (ref: ResourceRef, isOwned: boolean): KnownResource => ({
    ...ref,
    uid,
    ...(op.uid === uid ? {} : { feedUid: op.uid }),
    current: null,
    sent: after,
    owned: isOwned,
    text,
  })
  if (op.kind === 'create') {
    const name = input.nameOf(uid)
    const href = resourceUrl(remote.url, name).pathname as Href
    journal({ kind: 'create', href, uid, before: null, after })
    return written(await remote.create(name, text, hard), owned)
  }
  const { href } = op.resource
  journal({ kind: 'update', href, uid, before: op.resource, after })
  return written({ href, etag: await remote.update(op.resource, text, hard) }, op.resource.owned)
}

/** Learns how the server holds what we wrote, where its ETag was missing or would not tell. */
async function readBack(input: ApplyInput, outcomes: readonly Outcome[]): Promise<void> {
  const wanted = new Map<string, Outcome & { result: 'done'; resource: KnownResource }>()
  for (const outcome of outcomes) {
    if (outcome.result !== 'done' || outcome.resource === null) continue
    const asked = outcome.op.kind !== 'delete' && outcome.op.readBack
    if (outcome.resource.etag !== null && !asked) continue
    wanted.set(hrefKey(outcome.resource.href, input.remote.url), { ...outcome, resource: outcome.resource })
  }
  if (wanted.size === 0 || input.soft.aborted) return
  try {
    const answer = await input.remote.fetch(
      [...wanted.values()].map((outcome) => outcome.resource.href),
      input.hard,
    )
    for (const resource of answer.resources) {
      const outcome = wanted.get(hrefKey(resource.href, input.remote.url))
      if (!outcome) continue
      // Another ETag than our PUT was given: somebody has written since, and the next run has to see it.
      const told = outcome.resource.etag
      if (told !== null && resource.etag !== told) continue
      const seen = observe(resource, undefined)
      if ('problem' in seen) continue
      const { current, etag } = seen.known
      input.onOutcome({ ...outcome, resource: { ...outcome.resource, current, etag, text: resource.text } })
    }
  } catch {
    // The writes stand. What was not read back now is read at the next run, as for any resource without an ETag.
  }
}

/** The problem that a failed operation is for a person. */
export function problemOf(op: PushOp, error: SyncError, subject: string): Problem {
  const verb = { create: 'added', update: 'updated', delete: 'removed' }[op.kind]
  return {
    code: `${op.kind}-failed`,
    subject,
    uid: op.uid,
    message: `${subject} could not be ${verb}: ${error.message}`,
  }
}
