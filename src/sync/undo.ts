import { fingerprint } from '../core/ical/fingerprint.ts'
import type { PushOp } from '../core/plan-push.ts'
import { planUndo, type UndoEntry, type UndoPlan, type UndoStep } from '../core/plan-undo.ts'
import type { RemoteCalendar } from '../core/remote.ts'
import type { Clock, EpochMs, Fingerprint } from '../core/types.ts'
import { lastSegment } from '../protocol/href.ts'
import type { JournalEntry } from '../store/types.ts'
import { type Applied, applyPush, type JournalNote, type Upload } from './apply-push.ts'
import { pull } from './pull.ts'
import { rememberer, type TargetMemory } from './push-memory.ts'
import type { PushNames } from './push-names.ts'
import type { RunControl } from './run-control.ts'
import { describeResource, eventsOf, holdsEvent } from './wanted.ts'

/** One entry of a run's journal, with the text it keeps. */
export type JournalledEntry = UndoEntry & {
  readonly before: (JournalEntry['before'] & { readonly fingerprint: Fingerprint }) | null
}

export interface UndoInput {
  readonly clock: Clock
  readonly remote: RemoteCalendar
  readonly memory: TargetMemory
  readonly names: PushNames
  /** The journal of the run to be taken back, in its order. */
  readonly entries: readonly Pick<JournalEntry, 'href' | 'uid' | 'before' | 'after'>[]
  /** Also bring back what somebody else edited since. */
  readonly includeEdited: boolean
  /** Makes a stored text safe to write: no server may invite anybody because of it. */
  readonly silence: (text: string) => string
  readonly journal: (note: JournalNote) => void
  readonly now: EpochMs
}

export interface UndoResult {
  readonly plan: UndoPlan<JournalledEntry>
  readonly applied: Applied
  /** What was carried out. */
  readonly done: readonly UndoStep<JournalledEntry>[]
}

/**
 * Takes back what one run wrote (design rule 8), through the same path as any write: read the calendar, plan, journal,
 * write on a condition. Throws SyncError only where the calendar cannot be read.
 */
export async function undo(input: UndoInput, control: RunControl): Promise<UndoResult> {
  const { remote, memory, names } = input
  // Everything is listed anew: what lies there now must be known, not gathered from hints.
  const look = { isOwn: names.isOwn, fingerprints: true, state: null, now: input.now, progress: control.progress }
  const pulled = await pull(remote, memory.known, control.soft, look)
  memory.apply(pulled)
  const entries = input.entries.map(toEntry)
  const plan = planUndo(entries, pulled.resources.filter(holdsEvent), input.includeEdited)
  const byOp = new Map<PushOp, UndoStep<JournalledEntry>>(plan.steps.map((step) => [step.op, step]))
  const remember = rememberer(memory)
  let applied: Applied
  try {
    applied = await applyPush({
      remote,
      clock: input.clock,
      ops: plan.steps.map(({ op }) => op),
      upload: (op) => uploadOf(byOp.get(op)?.entry, input.silence),
      journal: input.journal,
      nameOf: (uid) => oldName(entries, uid) ?? names.nameOf(uid),
      onOutcome: remember.add,
      onProgress: (done) => control.progress('write', done, plan.steps.length),
      ...control,
    })
  } finally {
    remember.flush()
  }
  const done = applied.outcomes.flatMap(({ op, result }) => {
    const step = byOp.get(op)
    return result === 'done' && step ? [step] : []
  })
  return { plan, applied, done }
}

function toEntry({ href, uid, before, after }: UndoInput['entries'][number]): JournalledEntry {
  if (before === null) return { href, uid, subject: uid, before, after }
  const subject = describeResource({ href, text: before.text })
  return { href, uid, subject, before: { ...before, fingerprint: fingerprint(eventsOf(before)) }, after }
}

function uploadOf(entry: JournalledEntry | undefined, silence: (text: string) => string): Upload {
  if (!entry?.before) throw new Error('A step back that writes has what it writes in the journal')
  const { before } = entry
  const text = silence(before.text)
  // What had been our own writing counts as that again, in whatever form the server held it.
  return { text, fingerprint: before.sent ?? fingerprint(eventsOf({ text })), owned: before.owned }
}

/** The name a removed resource had, where it is one we may give; the others had names of other programs' making. */
function oldName(entries: readonly JournalledEntry[], uid: string): string | undefined {
  const entry = entries.find((one) => one.uid === uid && one.before !== null)
  const name = entry && lastSegment(new URL(entry.href, 'http://calendar.invalid/').href)
  return name !== undefined && /^[a-z0-9-]+\.ics$/.test(name) ? name : undefined
}
