'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import type { Problem } from '../lib/types.ts'
import { problem as texts } from '../texts.ts'

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', gap: tokens.spacingVerticalM },
  entry: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/** Findings: which event, what is the matter, and what stands there now where it was mended. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  const styles = useStyles()
  return (
    <ul className={styles.list}>
      {problems.map(({ code, subject, uid, message, before, after, repaired }) => (
        <li key={`${code} ${uid} ${subject} ${message}`} className={styles.entry}>
          <div>{subject}</div>
          <div className={styles.quiet}>
            {message}
            {repaired === true && ` ${texts.repaired}`}
          </div>
          {before !== undefined && <div className={styles.quiet}>{texts.was(before)}</div>}
          {after !== undefined && <div className={styles.quiet}>{texts.is(after)}</div>}
        </li>
      ))}
    </ul>
  )
}
