'use client'

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { item as texts } from '../texts.ts'

const savedFor = 4000

const useStyles = makeStyles({
  root: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  refused: { color: 'var(--appCritical)' },
})

interface SaveMarkProps {
  readonly change: {
    readonly status: 'idle' | 'pending' | 'success' | 'error'
    readonly error: Error | null
    readonly submittedAt: number
  }
}

/** Says beside a control whether what it was set to has been saved; where it was refused, why. */
export function SaveMark({ change: { status, error, submittedAt } }: SaveMarkProps) {
  const styles = useStyles()
  const [fadedAt, setFadedAt] = useState(0)
  useEffect(() => {
    if (status !== 'success') return
    const timer = setTimeout(() => setFadedAt(submittedAt), savedFor)
    return () => clearTimeout(timer)
  }, [status, submittedAt])
  const saved = status === 'success' && fadedAt !== submittedAt
  return (
    <span role="status" className={mergeClasses(styles.root, status === 'error' && styles.refused)}>
      {status === 'pending' && texts.saving}
      {saved && texts.saved}
      {status === 'error' && texts.notSaved(error?.message ?? '')}
    </span>
  )
}
