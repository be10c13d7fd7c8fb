import type { RunPhase, RunReport, RunTrigger } from '../core/runs.ts'
import type { Clock, EpochMs } from '../core/types.ts'
import type { EventBus, ServiceEvent } from './events.ts'
import type { RunControl } from './run-control.ts'

const MOST_PER_SECOND = 4
/** Steps of one phase take half the places, so that the next phase need not wait to be told. */
const SAME_PHASE_MS = 500

/** Which run events are about. */
export interface RunOfItem {
  readonly run_id: number
  readonly kind: 'source' | 'destination'
  readonly item_id: number
}

/** Tells that a run has begun. */
export function tellStarted(events: EventBus, run: RunOfItem, trigger: RunTrigger): void {
  events.publish({ type: 'run-started', ...run, trigger })
}

/** Tells how a run ended, and, in an event of its own, that something waits for a person. */
export function tellFinished(events: EventBus, run: RunOfItem, { status, message, counts }: RunReport): void {
  events.publish({ type: 'run-finished', ...run, status, message, counts })
  const { held = 0 } = counts
  if (status === 'held' || held > 0) events.publish({ type: 'run-held', ...run, message, held })
}

/** A run's `progress`: tells at most four steps a second, of one phase at most two. */
export function progressOf(events: EventBus, run: RunOfItem, clock: Clock): RunControl['progress'] {
  let told: EpochMs[] = []
  let lastPhase: RunPhase | null = null
  return (phase, done, total) => {
    const now = clock.now()
    // A clock that was set back must not silence a run.
    told = told.filter((at) => at <= now && now - at < 1000)
    const last = told.at(-1)
    if (told.length >= MOST_PER_SECOND) return
    if (phase === lastPhase && last !== undefined && now - last < SAME_PHASE_MS) return
    told.push(now)
    lastPhase = phase
    const event: ServiceEvent = { type: 'run-progress', ...run, phase, done, total }
    events.publish(event)
  }
}
