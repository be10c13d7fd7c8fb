'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { formatDuration, formatExact } from '../lib/format.ts'
import type { RunDetails } from '../lib/types.ts'
import { run as runTexts, runPage as texts } from '../texts.ts'
import { wide } from './breakpoints.ts'

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', gap: tokens.spacingVerticalS },
  step: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto auto',
    alignItems: 'center',
    gap: '2px 12px',
    [wide]: { gridTemplateColumns: '200px minmax(0, 1fr) 90px 80px' },
  },
  track: {
    gridColumn: '1 / -1',
    gridRow: 2,
    height: '6px',
    borderRadius: '3px',
    overflow: 'hidden',
    background: tokens.colorNeutralStroke2,
    [wide]: { gridColumn: 2, gridRow: 1 },
  },
  bar: { height: '100%', minWidth: '2px', background: 'var(--appAccent)', borderRadius: '3px' },
  count: { color: tokens.colorNeutralForeground3, textAlign: 'end', fontSize: tokens.fontSizeBase200 },
  time: { textAlign: 'end', fontSize: tokens.fontSizeBase200, fontVariantNumeric: 'tabular-nums' },
})

/** The steps of a run in their order: where the time went, and over how many things. */
export function RunSteps({ steps }: { readonly steps: RunDetails['steps'] }) {
  const styles = useStyles()
  const first = Math.min(...steps.map(({ at }) => Date.parse(at)))
  const end = Math.max(...steps.map(({ at, ms }) => Date.parse(at) + ms))
  const span = Math.max(1, end - first)
  return (
    <ol className={styles.list}>
      {steps.map(({ phase, at, ms, done, total }, place) => (
        // A phase may come twice, once for each calendar.
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a run are never reordered
        <li key={`${place} ${phase}`} className={styles.step} title={formatExact(Date.parse(at))}>
          <span>{runTexts.phase(phase)}</span>
          <span className={styles.track} aria-hidden>
            <span
              className={styles.bar}
              style={{
                display: 'block',
                marginLeft: `${((Date.parse(at) - first) / span) * 100}%`,
                width: `${(ms / span) * 100}%`,
              }}
            />
          </span>
          <span className={styles.count}>{(total > 1 || done > 0) && texts.stepCount(done, total)}</span>
          <span className={styles.time}>{formatDuration(ms)}</span>
        </li>
      ))}
    </ol>
  )
}
