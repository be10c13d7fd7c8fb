/** What a run did or would do, as it is stored and shown: plain data without secrets. */

/** How one property of an event differs; null: it is not there. Values are for people to read. */
export interface PropertyChange {
  /** `event`, `occurrence of 2026-03-01 09:00` for a changed instance, or `alarm`. */
  readonly component: string
  readonly property: string
  readonly before: string | null
  readonly after: string | null
}

/**
 * - `done`, `lost-race`, `failed`: what became of it.
 * - `held`: a deletion that waits for a person.
 * - `refused-before`: the server refused this very edition in an earlier run, so it was not sent again.
 * - `left-alone`: not done on purpose; `reason` says why.
 * - null: planned, not carried out.
 */
export type OperationResult = 'done' | 'lost-race' | 'failed' | 'held' | 'refused-before' | 'left-alone' | null

export interface RunOperation {
  readonly kind: 'create' | 'update' | 'delete'
  readonly uid: string
  /** For people: summary and date. */
  readonly subject: string
  /** Null where the resource is not there yet. */
  readonly href: string | null
  readonly result: OperationResult
  readonly reason: string | null
  readonly changes: readonly PropertyChange[]
}
