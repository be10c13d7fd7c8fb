/** What the service tells while it happens: one stream for the page, kept open while the page is seen. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { apiBase } from './http.ts'
import type { Kind } from './types.ts'

export interface Progress {
  readonly run_id: number
  /** Null: it has only just begun. */
  readonly phase: string | null
  readonly done: number
  readonly total: number
}

interface RunEvent {
  readonly run_id: number
  readonly kind: Kind
  readonly item_id: number
  readonly phase?: string
  readonly done?: number
  readonly total?: number
}

type LineState = 'waiting' | 'open' | 'lost'

/** A stream that ends is opened again by the browser; only what lasts longer than this is worth a word. */
const sayLostAfter = 2500

let lineState: LineState = 'waiting'
const running = new Map<string, Progress>()
const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** What the run of this item is at; undefined: none is under way, as far as is known here. */
export function useProgress(kind: Kind, id: number): Progress | undefined {
  const key = `${kind} ${id}`
  return useSyncExternalStore(
    subscribe,
    () => running.get(key),
    () => undefined,
  )
}

export function useLineState(): LineState {
  return useSyncExternalStore(
    subscribe,
    () => lineState,
    () => 'waiting',
  )
}

/** Opens the stream for as long as the page is seen: browsers allow a server but few connections, over all tabs. */
export function useLiveUpdates(): void {
  const client = useQueryClient()
  useEffect(() => {
    let source: EventSource | null = null
    let lostTimer: ReturnType<typeof setTimeout> | undefined

    const set = (state: LineState) => {
      clearTimeout(lostTimer)
      lineState = state
      tell()
    }
    const refresh = (...keys: readonly (readonly unknown[])[]) => {
      for (const queryKey of keys) void client.invalidateQueries({ queryKey })
    }
    const onRun = (change: (key: string, event: RunEvent) => void) => (message: MessageEvent<string>) => {
      // Written by our own server from this shape.
      const event = JSON.parse(message.data) as RunEvent
      change(`${event.kind} ${event.item_id}`, event)
      tell()
    }

    const open = () => {
      source = new EventSource(`${apiBase}/api/events`, { withCredentials: apiBase !== '' })
      source.onopen = () => set('open')
      source.onerror = () => {
        clearTimeout(lostTimer)
        lostTimer = setTimeout(() => set('lost'), lineState === 'lost' ? 0 : sayLostAfter)
        // A refusal ends the stream for good; what is polled goes on, and a new try comes with the next look.
        if (source?.readyState === EventSource.CLOSED) lostTimer = setTimeout(again, 10_000)
      }
      source.addEventListener(
        'run-started',
        onRun((key, { run_id, kind }) => {
          running.set(key, { run_id, phase: null, done: 0, total: 0 })
          refresh([kind], ['overview'], ['runs'])
        }),
      )
      source.addEventListener(
        'run-progress',
        onRun((key, { run_id, phase = null, done = 0, total = 0 }) => running.set(key, { run_id, phase, done, total })),
      )
      source.addEventListener(
        'run-finished',
        onRun((key, { kind }) => {
          running.delete(key)
          refresh([kind], ['overview'], ['runs'], ['run'], ['held'], ['links'], ['calendars'], ['findings'], ['events'])
        }),
      )
      source.addEventListener(
        'item-changed',
        onRun((_key, { kind }) => refresh([kind], ['links'])),
      )
      source.addEventListener('reset', () => {
        running.clear()
        void client.invalidateQueries()
        tell()
      })
    }
    const close = () => {
      clearTimeout(lostTimer)
      source?.close()
      source = null
      running.clear()
    }
    const again = () => {
      close()
      if (document.visibilityState === 'visible') open()
    }
    open()
    document.addEventListener('visibilitychange', again)
    return () => {
      document.removeEventListener('visibilitychange', again)
      close()
    }
  }, [client])
}
