import type { ErrorKind } from './errors.ts'
import type { ItemKind } from './items.ts'
import type { RunOperation } from './operations.ts'
import type { EpochMs, Problem } from './types.ts'

/** What a run is at, in the order in which runs go through it. */
export const RUN_PHASES = ['download', 'discover', 'list', 'fetch', 'plan', 'write', 'delete', 'publish'] as const
export type RunPhase = (typeof RUN_PHASES)[number]

/** A phase of a run that has ended: when it began, how long it took, how far it came. */
export interface RunStep {
  readonly phase: RunPhase
  readonly at: EpochMs
  readonly ms: number
  readonly done: number
  readonly total: number
}

/** Why a run began. */
export type RunTrigger = 'start' | 'timer' | 'manual' | 'change' | 'approve' | 'undo' | 'reader'

/**
 * - `ok`: everything wanted was done.
 * - `partial`: some calendars or events could not be handled; `problems` names them; the rest was done.
 * - `held`: done, but something waits for a person: deletions that look like an accident, meetings with guests.
 * - `error`: nothing or not all was done; `failure` says why.
 * - `interrupted`: the process ended, or the item was deleted or changed, in the middle.
 */
export type RunStatus = 'running' | 'ok' | 'partial' | 'held' | 'error' | 'interrupted'

/** Counts of a source run: `calendars`, `events`, `fetched`. Of a destination run: the contract's four, and more. */
export type RunCounts = Readonly<Record<string, number>>

export interface RunFailure {
  readonly kind: ErrorKind
  readonly message: string
  /** Earliest moment the server wants to hear from us again. */
  readonly retryAt?: EpochMs
}

export interface RunReport {
  readonly status: Exclude<RunStatus, 'running'>
  /** One sentence for people; the contract's message where it names one. */
  readonly message: string
  readonly counts: RunCounts
  readonly problems: readonly Problem[]
  readonly failure: RunFailure | null
  /** What was done, event by event; of very many only the first, `counts.operations` is their number. */
  readonly operations?: readonly RunOperation[]
}

export interface Run {
  readonly id: number
  readonly kind: ItemKind
  readonly item_id: number
  readonly trigger: RunTrigger
  readonly started_at: EpochMs
  readonly finished_at: EpochMs | null
  readonly status: RunStatus
  readonly message: string | null
  readonly counts: RunCounts
  readonly problems: readonly Problem[]
  readonly failure: RunFailure | null
  /** The run that this one took back. */
  readonly undo_of: number | null
}

export interface RunDetails extends Run {
  readonly operations: readonly RunOperation[]
  readonly steps: readonly RunStep[]
}

/** Events that a run read anew, wrote or removed. */
export function changesOf(kind: ItemKind, counts: RunCounts): number {
  const { fetched = 0, uploaded = 0, deleted = 0 } = counts
  return kind === 'source' ? fetched : uploaded + deleted
}
