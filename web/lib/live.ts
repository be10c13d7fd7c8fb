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

/** A stream that ends is opened again by the browser after three seconds; only what lasts longer is worth a word. */
const sayLostAfter = 4000
/** Where the browser has given up: the time until the next try of our own. */
const tryAgainAfter = 5000

let lineState: LineState = 'waiting'
const none: ReadonlyMap<string, Progress> = new Map()
/** By kind and id; replaced at each change. */
let running = none
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

function note(key: string, progress: Progress | null): void {
  const changed = new Map(running)
  if (progress === null) changed.delete(key)
  else changed.set(key, progress)
  running = changed
}

/** The name of an item among the runs under way. */
export function runKey(kind: Kind, id: number): string {
  return `${kind} ${id}`
}

/** The runs under way, as far as is known here, by `runKey`. */
export function useRunning(): ReadonlyMap<string, Progress> {
  return useSyncExternalStore(
    subscribe,
    () => running,
    () => none,
  )
}

/** What the run of this item is at; undefined: none is under way, as far as is known here. */
export function useProgress(kind: Kind, id: number): Progress | undefined {
  const key = runKey(kind, id)
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
    let againTimer: ReturnType<typeof setTimeout> | undefined
    let wasOpen = false

    const set = (state: LineState) => {
      clearTimeout(lostTimer)
      lostTimer = undefined
      lineState = state
      tell()
    }
    const refresh = (...keys: readonly (readonly unknown[])[]) => {
      for (const queryKey of keys) void client.invalidateQueries({ queryKey })
    }
    const lose = () => {
      set('lost')
      // Or the sidebar would say for a while yet that all is well.
      refresh(['health'])
    }
    const onRun = (change: (key: string, event: RunEvent) => void) => (message: MessageEvent<string>) => {
      // Written by our own server from this shape.
      const event = JSON.parse(message.data) as RunEvent
      change(runKey(event.kind, event.item_id), event)
      tell()
    }

    const open = () => {
      source = new EventSource(`${apiBase}/api/events`, { withCredentials: apiBase !== '' })
      source.onopen = () => {
        // What happened while nobody listened is not known: a run may have ended, a page may show what is gone.
        if (wasOpen) {
          running = none
          void client.invalidateQueries()
        }
        wasOpen = true
        set('open')
      }
      source.onerror = () => {
        if (lineState !== 'lost') lostTimer ??= setTimeout(lose, sayLostAfter)
        // A refusal ends the stream for good, as far as the browser is concerned.
        if (source?.readyState === EventSource.CLOSED) againTimer = setTimeout(again, tryAgainAfter)
      }
      source.addEventListener(
        'run-started',
        onRun((key, { run_id, kind }) => {
          note(key, { run_id, phase: null, done: 0, total: 0 })
          refresh([kind], ['overview'], ['runs'])
        }),
      )
      source.addEventListener(
        'run-progress',
        onRun((key, { run_id, phase = null, done = 0, total = 0 }) => note(key, { run_id, phase, done, total })),
      )
      source.addEventListener(
        'run-finished',
        onRun((key, { kind }) => {
          note(key, null)
          refresh(
            [kind],
            ['overview'],
            ['runs'],
            ['run'],
            ['held'],
            ['links'],
            ['calendars'],
            ['findings'],
            ['events'],
            ['servers'],
          )
        }),
      )
      source.addEventListener(
        'item-changed',
        onRun((_key, { kind }) => refresh([kind], ['links'])),
      )
      source.addEventListener('reset', () => {
        running = none
        void client.invalidateQueries()
        tell()
      })
    }
    const close = () => {
      clearTimeout(againTimer)
      source?.close()
      source = null
      running = none
    }
    const again = () => {
      close()
      if (document.visibilityState === 'visible') open()
    }
    const onVisibility = () => {
      clearTimeout(lostTimer)
      lostTimer = undefined
      again()
    }
    again()
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      document.removeEventListener('visibilitychange', onVisibility)
      clearTimeout(lostTimer)
      close()
    }
  }, [client])
}
