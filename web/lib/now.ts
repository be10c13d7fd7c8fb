import { useSyncExternalStore } from 'react'

const tick = 10_000
let now = 0
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now()
    timer = setInterval(() => {
      now = Date.now()
      for (const each of listeners) each()
    }, tick)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/**
 * The present moment in milliseconds since 1970, renewed every ten seconds by one timer for the whole page. Null while
 * the page is rendered at build time and for its first moment in the browser: the build's clock is not the reader's.
 */
export function useNow(): number | null {
  const value = useSyncExternalStore(
    subscribe,
    () => now,
    () => 0,
  )
  return value === 0 ? null : value
}
