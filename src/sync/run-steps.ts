import type { RunPhase, RunStep } from '../core/runs.ts'
import type { Clock } from '../core/types.ts'

/** An account with very many calendars has as many steps; the first tell enough. */
const MOST_STEPS = 200

export interface RunSteps {
  note(phase: RunPhase, done: number, total: number): void
  /** What the run was at, in its order; the last step ends now. */
  list(): RunStep[]
}

/** Writes down what a run is at, each phase once until another one follows. */
export function createRunSteps(clock: Clock): RunSteps {
  const steps: RunStep[] = []
  const close = () => {
    const last = steps.pop()
    if (last) steps.push({ ...last, ms: Math.max(0, clock.now() - last.at) })
  }
  return {
    note(phase, done, total) {
      const last = steps.at(-1)
      if (last?.phase === phase && last.total === total) steps[steps.length - 1] = { ...last, done }
      else if (steps.length < MOST_STEPS) {
        close()
        steps.push({ phase, at: clock.now(), ms: 0, done, total })
      }
    },
    list() {
      close()
      return [...steps]
    },
  }
}
