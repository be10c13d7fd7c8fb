import type { ItemKind } from '../core/items.ts'
import type { RunCounts, RunPhase, RunReport, RunTrigger } from '../core/runs.ts'
import type { Clock, EpochMs } from '../core/types.ts'

interface OfRun {
  readonly run_id: number
  readonly kind: ItemKind
  readonly item_id: number
}

/** What this process tells those who watch it; the field names are those of the API. */
export type ServiceEvent =
  | (OfRun & { readonly type: 'run-started'; readonly trigger: RunTrigger })
  | (OfRun & { readonly type: 'run-progress'; readonly phase: RunPhase; readonly done: number; readonly total: number })
  | (OfRun & {
      readonly type: 'run-finished'
      readonly status: RunReport['status']
      readonly message: string
      readonly counts: RunCounts
    })
  /** Something waits for a person; comes after `run-finished`. */
  | (OfRun & { readonly type: 'run-held'; readonly message: string; readonly held: number })
  | {
      readonly type: 'item-changed'
      readonly kind: ItemKind | 'link'
      readonly item_id: number
      readonly change: 'created' | 'updated' | 'deleted'
    }

export interface SentEvent {
  /** Rises from event to event, also across restarts. */
  readonly id: number
  readonly at: EpochMs
  readonly event: ServiceEvent
}

export interface Subscription {
  /** Events after the id that was named, oldest first; null: they are no longer known, so start afresh. */
  readonly missed: readonly SentEvent[] | null
  /** The newest event there is; what comes has higher ids. */
  readonly lastId: number
  readonly end: () => void
}

export interface EventBus {
  publish(event: ServiceEvent): void
  /** `since`: the last id the subscriber has seen; null: none. `onClose`: the service is stopping. */
  subscribe(since: number | null, receive: (sent: SentEvent) => void, onClose: () => void): Subscription
  /** Ends every subscription; what is published after that reaches nobody. */
  close(): void
}

const KEPT_EVENTS = 500
/** Ids begin with the start's moment in these steps, so that no run of the process gives out an id of an earlier one. */
const IDS_PER_MS = 1000

/** Hands events to whoever listens and keeps the last 500 for those who were cut off. */
export function createEventBus(clock: Clock): EventBus {
  const first = clock.now() * IDS_PER_MS
  const kept: SentEvent[] = []
  const listeners = new Map<object, { receive: (sent: SentEvent) => void; onClose: () => void }>()
  let lastId = first
  let closed = false

  return {
    publish(event) {
      if (closed) return
      lastId += 1
      const sent = { id: lastId, at: clock.now(), event }
      kept.push(sent)
      if (kept.length > KEPT_EVENTS) kept.shift()
      for (const { receive } of [...listeners.values()]) receive(sent)
    },
    subscribe(since, receive, onClose) {
      const key = {}
      if (closed) onClose()
      else listeners.set(key, { receive, onClose })
      const oldestKnown = (kept[0]?.id ?? lastId + 1) - 1
      const isKnown = since === null || (since >= oldestKnown && since <= lastId)
      return {
        missed: isKnown ? kept.filter(({ id }) => since !== null && id > since) : null,
        lastId,
        end: () => void listeners.delete(key),
      }
    },
    close() {
      closed = true
      for (const { onClose } of [...listeners.values()]) onClose()
      listeners.clear()
    },
  }
}
