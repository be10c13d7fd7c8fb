import { setImmediate as turn } from 'node:timers/promises'
import { SyncError, toSyncError } from '../core/errors.ts'
import type { RunPhase } from '../core/runs.ts'
import type { Steps } from '../core/steps.ts'

/** How a run is told to end, and tells how far it is. `hard` never fires before `soft`. */
export interface RunControl {
  /** Begin nothing new; reads end at once, a write under way may finish. */
  readonly soft: AbortSignal
  /** Give up what is under way. */
  readonly hard: AbortSignal
  /** `done` of `total` steps of a phase; called often. */
  readonly progress: (phase: RunPhase, done: number, total: number) => void
}

/** A run's signals and the switch that fires them. */
export interface RunSwitch {
  readonly control: RunControl
  /** Ends the run at its next safe point. */
  stop(why: string): void
  /** Ends the run now. */
  kill(why: string): void
}

export function createRunSwitch(progress: RunControl['progress'] = () => undefined): RunSwitch {
  const soft = new AbortController()
  const hard = new AbortController()
  const stop = (why: string) => {
    if (!soft.signal.aborted) soft.abort(new SyncError('aborted', why))
  }
  return {
    control: { soft: soft.signal, hard: hard.signal, progress },
    stop,
    kill(why) {
      stop(why)
      if (!hard.signal.aborted) hard.abort(new SyncError('aborted', why))
    },
  }
}

/** Does long work with a breath after each of its steps. */
export async function inTurns<T>(steps: Steps<T>, soft?: AbortSignal): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await breath(soft)
  }
}

/** Lets requests and other runs have their turn in the middle of long work. Throws where the run was told to end. */
export async function breath(soft?: AbortSignal): Promise<void> {
  await turn()
  if (soft?.aborted) throw toSyncError(soft.reason)
}
