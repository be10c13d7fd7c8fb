'use client'

import { makeStyles, ProgressBar, tokens } from '@fluentui/react-components'
import { useProgress } from '../lib/live.ts'
import type { Kind } from '../lib/types.ts'
import { run as texts } from '../texts.ts'

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalXS, minWidth: 0 },
  words: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
})

/** What the run under way is at, in words and as a bar; nothing while none is. */
export function ProgressLine({ kind, id }: { readonly kind: Kind; readonly id: number }) {
  const styles = useStyles()
  const progress = useProgress(kind, id)
  if (progress === undefined) return null
  const { phase, done, total } = progress
  const counted = total > 1
  const words = texts.phase(phase)
  return (
    <div className={styles.root}>
      <ProgressBar {...(counted && { value: done, max: total })} aria-label={words} thickness="large" />
      <div className={styles.words}>
        {/* The phase alone is told aloud: counts change too often, and the bar has them. */}
        <span role="status">{words}</span>
        {counted && ` (${done} / ${total})`}
      </div>
    </div>
  )
}
