'use client'

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkFilled } from '@fluentui/react-icons'
import { wizard as texts } from '../texts.ts'

/** As wide as the names of seven steps beside the sidebar need. */
const roomy = '@media (min-width: 1100px)'

const useStyles = makeStyles({
  compact: {
    marginBottom: tokens.spacingVerticalM,
    display: 'grid',
    gap: tokens.spacingVerticalS,
    color: tokens.colorNeutralForeground2,
    [roomy]: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  },
  track: { height: '4px', borderRadius: '2px', background: tokens.colorNeutralStroke1, overflow: 'hidden' },
  reached: { height: '100%', background: 'var(--appAccent)' },
  name: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  list: {
    display: 'none',
    margin: `0 0 ${tokens.spacingVerticalL}`,
    padding: 0,
    listStyleType: 'none',
    [roomy]: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  },
  entry: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    flex: '0 0 auto',
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
    ':not(:last-child)': {
      flex: '1 0 auto',
      '::after': { content: '""', flex: '1 1 8px', height: '1px', background: tokens.colorNeutralStroke1 },
    },
  },
  number: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    width: '24px',
    height: '24px',
    borderRadius: '50%',
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    fontSize: tokens.fontSizeBase200,
  },
  current: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  currentNumber: {
    background: tokens.colorBrandBackground,
    border: '1px solid transparent',
    color: tokens.colorNeutralForegroundOnBrand,
  },
  done: { color: tokens.colorNeutralForeground2 },
  doneNumber: { border: '1px solid var(--appAccent)', color: 'var(--appAccent)' },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
})

interface StepListProps {
  readonly steps: readonly string[]
  /** Counted from 0. */
  readonly step: number
}

/** The steps as a numbered list; where there is no room for it, as one line that is told to screen readers everywhere. */
export function StepList({ steps, step }: StepListProps) {
  const styles = useStyles()
  return (
    <>
      <div className={styles.compact}>
        <div role="status">
          {texts.stepOf(step + 1, steps.length)} · <span className={styles.name}>{steps[step]}</span>
        </div>
        <div className={styles.track} aria-hidden>
          <div className={styles.reached} style={{ width: `${(100 * (step + 1)) / steps.length}%` }} />
        </div>
      </div>
      <ol className={styles.list} aria-label={texts.steps}>
        {steps.map((name, place) => {
          const isDone = place < step
          const isCurrent = place === step
          return (
            <li
              key={name}
              aria-current={isCurrent ? 'step' : undefined}
              className={mergeClasses(styles.entry, isDone && styles.done, isCurrent && styles.current)}
            >
              <span
                className={mergeClasses(styles.number, isDone && styles.doneNumber, isCurrent && styles.currentNumber)}
              >
                {isDone ? <CheckmarkFilled aria-hidden /> : place + 1}
              </span>
              {name}
              {isDone && <span className={styles.hidden}> {texts.doneStep}</span>}
            </li>
          )
        })}
      </ol>
    </>
  )
}
