/** One holder per key at a time: within this process a calendar has one writer. */
export interface Locks {
  /** Waits for its turn, then runs `work`. Rejects with the signal's reason where that fires while waiting. */
  hold<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>
}

export function createLocks(): Locks {
  const tails = new Map<string, Promise<unknown>>()
  return {
    async hold(key, signal, work) {
      const before = tails.get(key) ?? Promise.resolve()
      const done = Promise.withResolvers<void>()
      // The next one waits for whoever holds the lock now, also where this one gives up waiting.
      const tail = before.then(() => done.promise)
      tails.set(key, tail)
      try {
        await Promise.race([before, aborted(signal)])
        signal.throwIfAborted()
        return await work()
      } finally {
        done.resolve()
        if (tails.get(key) === tail) tails.delete(key)
      }
    },
  }
}

/** Resolves when the signal fires. */
function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (signal.aborted) resolve()
  signal.addEventListener('abort', () => resolve(), { once: true })
  return promise
}
