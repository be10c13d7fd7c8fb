import { useEffect, useRef, useState } from 'react'
import { discover } from './discover.ts'
import type { FoundCalendar, Stage } from './types.ts'

interface Look {
  readonly looking: boolean
  /** The step that was done last. */
  readonly stage: Stage | null
  /** Null: nobody has looked yet. */
  readonly found: readonly FoundCalendar[] | null
  readonly problem: string | null
}

const idle: Look = { looking: false, stage: null, found: null, problem: null }

/** Looks at the stored account of an item, one look at a time; leaving the page ends it. */
export function useLook(path: string) {
  const [look, setLook] = useState(idle)
  const under = useRef<AbortController | null>(null)
  useEffect(() => () => under.current?.abort(), [])

  const start = async () => {
    if (under.current !== null) return
    const controller = new AbortController()
    under.current = controller
    setLook(({ found }) => ({ ...idle, looking: true, found }))
    try {
      const onStage = (stage: Stage) => setLook((before) => ({ ...before, stage }))
      const { ok, message, calendars } = await discover(path, null, onStage, controller.signal)
      setLook(({ found }) => ({ ...idle, found: ok ? calendars : found, problem: ok ? null : message }))
    } catch (thrown) {
      if (controller.signal.aborted) return
      const problem = thrown instanceof Error ? thrown.message : String(thrown)
      setLook(({ found }) => ({ ...idle, found, problem }))
    } finally {
      under.current = null
    }
  }
  return { ...look, start }
}
