'use client'

import { makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, ErrorCircleFilled, InfoFilled } from '@fluentui/react-icons'
import type { Stage } from '../lib/types.ts'
import { account, diagnosis as texts } from '../texts.ts'

const useStyles = makeStyles({
  root: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground1,
  },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  entry: {
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    padding: '10px 12px',
    ':not(:first-child)': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  icon: { display: 'flex', flexShrink: 0, fontSize: '20px', width: '20px' },
  ok: { color: 'var(--appSuccess)' },
  failed: { color: 'var(--appCritical)' },
  skipped: { color: 'var(--appQuiet)' },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  message: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  failedMessage: { color: 'var(--appCritical)', fontSize: tokens.fontSizeBase300 },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
})

const icons = { ok: CheckmarkCircleFilled, failed: ErrorCircleFilled, skipped: InfoFilled }

interface DiagnosisListProps {
  readonly stages: readonly Stage[]
  /** More are to come. */
  readonly busy: boolean
}

/** What a look at a server came upon, step by step, told as it happens. */
export function DiagnosisList({ stages, busy }: DiagnosisListProps) {
  const styles = useStyles()
  return (
    <section aria-label={account.result} className={styles.root}>
      <ol className={styles.list} aria-live="polite">
        {stages.map(({ stage, state, message }) => {
          const Icon = icons[state]
          return (
            <li key={stage} className={styles.entry}>
              <span className={mergeClasses(styles.icon, styles[state])}>
                <Icon aria-hidden />
              </span>
              <div className={styles.words}>
                <div>
                  {texts.stages[stage]}
                  <span className={styles.hidden}> {texts.states[state]}</span>
                </div>
                <div className={mergeClasses(styles.message, state === 'failed' && styles.failedMessage)}>
                  {message}
                </div>
              </div>
            </li>
          )
        })}
        {busy && (
          <li className={styles.entry}>
            <Spinner size="extra-tiny" className={styles.icon ?? ''} aria-hidden />
            <div className={styles.words}>{account.checking}</div>
          </li>
        )}
      </ol>
    </section>
  )
}
