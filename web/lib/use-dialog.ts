import { useState } from 'react'

interface Shown<Target> {
  readonly target: Target
  readonly open: boolean
  /** Differs each time the dialog is shown, so that each begins with a fresh form. */
  readonly key: number
}

/** What a lazily loaded dialog is about; it stays mounted while it fades out. */
export function useDialog<Target>() {
  const [shown, setShown] = useState<Shown<Target> | null>(null)
  return {
    shown,
    show: (target: Target) => setShown((before) => ({ target, open: true, key: (before?.key ?? 0) + 1 })),
    close: () => setShown((before) => before && { ...before, open: false }),
  }
}
