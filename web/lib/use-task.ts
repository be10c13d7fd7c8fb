import { useEffect, useRef, useState } from 'react'

export interface Task {
  readonly busy: boolean
  /** Why the last try failed. */
  readonly problem: string | null
  /** Does nothing while one is under way. `onFailed` may take a failure to where it belongs, and says so by true. */
  readonly run: (work: (signal: AbortSignal) => Promise<void>, onFailed?: (message: string) => boolean) => Promise<void>
  readonly stop: () => void
}

/** Something that takes its time and can be stopped; it is stopped where the page that began it goes away. */
export function useTask(): Task {
  const under = useRef<AbortController | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => () => under.current?.abort(), [])

  const run: Task['run'] = async (work, onFailed = () => false) => {
    if (under.current !== null) return
    const controller = new AbortController()
    under.current = controller
    setBusy(true)
    setProblem(null)
    try {
      await work(controller.signal)
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown)
      if (!controller.signal.aborted && !onFailed(message)) setProblem(message)
    } finally {
      under.current = null
      setBusy(false)
    }
  }
  return { busy, problem, run, stop: () => under.current?.abort() }
}
