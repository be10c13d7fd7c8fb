'use client'

import { makeStyles, mergeClasses, Tooltip, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { formatUptime } from '../lib/format.ts'
import { useHealth } from '../lib/queries.ts'
import { health as texts } from '../texts.ts'

const useStyles = makeStyles({
  line: {
    display: 'flex',
    alignItems: 'center',
    gap: '14px',
    minHeight: '40px',
    width: '100%',
    padding: '0 14px',
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    background: 'transparent',
    color: tokens.colorNeutralForeground2,
    font: 'inherit',
    fontSize: tokens.fontSizeBase200,
    textAlign: 'start',
    whiteSpace: 'nowrap',
    cursor: 'pointer',
    ':hover': { background: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  dot: { width: '10px', height: '10px', borderRadius: '50%', flexShrink: 0 },
  // Shape and colour both tell: a disc is healthy, a square degraded, a ring not known yet.
  healthy: { background: 'var(--appSuccess)' },
  degraded: { background: 'var(--appCritical)', borderRadius: '2px' },
  checking: { border: '2px solid var(--appQuiet)' },
})

/** The service's state at the foot of the sidebar; a click checks at once. */
export function HealthLine({ foldable }: { readonly foldable: string | undefined }) {
  const styles = useStyles()
  const health = useHealth()
  const [asked, setAsked] = useState<boolean>(false)
  const checking = asked || health.status === 'pending'
  const healthy = !health.isError && health.data?.status === 'ok'
  const mark = checking ? styles.checking : healthy ? styles.healthy : styles.degraded
  const hint = health.isError ? texts.silentHint : healthy ? texts.healthyHint : texts.degradedHint
  const uptime = healthy ? texts.up(formatUptime(health.data?.uptime_seconds ?? 0)) : texts.degraded

  const check = async () => {
    setAsked(true)
    await health.refetch()
    setAsked(false)
  }

  return (
    <Tooltip relationship="description" content={checking ? texts.checking : hint} withArrow>
      <button type="button" className={styles.line} onClick={asked ? undefined : check}>
        <span className={mergeClasses(styles.dot, mark)} aria-hidden />
        <span className={foldable}>{checking ? texts.checking : uptime}</span>
      </button>
    </Tooltip>
  )
}
