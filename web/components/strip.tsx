'use client'

import { makeStyles, mergeClasses, Tooltip, tokens } from '@fluentui/react-components'
import { formatDuration, formatExact } from '../lib/format.ts'
import type { RecentRun } from '../lib/types.ts'
import { run as runTexts, strip as texts } from '../texts.ts'

const places = 30

const useStyles = makeStyles({
  strip: { display: 'flex', alignItems: 'end', gap: '2px', height: '20px', flexShrink: 0 },
  bar: { width: '4px', height: '100%', borderRadius: '2px', background: 'var(--appQuiet)', opacity: 0.25 },
  ok: { background: 'var(--appSuccess)', opacity: 1, height: '70%' },
  partial: { background: 'var(--appCaution)', opacity: 1, height: '85%' },
  held: { background: 'var(--appCaution)', opacity: 1, height: '85%' },
  error: { background: 'var(--appCritical)', opacity: 1, height: '100%' },
  running: { background: tokens.colorBrandBackground, opacity: 1, height: '50%' },
  interrupted: { opacity: 1, height: '40%' },
})

type Look = 'ok' | 'partial' | 'held' | 'error' | 'running' | 'interrupted'

/** The last runs as bars, the newest at the right: the worse one went, the higher its bar. Hovering tells of it. */
export function Strip({ runs }: { readonly runs: readonly RecentRun[] }) {
  const styles = useStyles()
  const shown = runs.slice(-places)
  const failed = shown.filter(({ status }) => status === 'error').length
  const lacking = Array.from({ length: places - shown.length }, (_, place) => place)
  return (
    <span className={styles.strip} role="img" aria-label={texts.summary(shown.length, failed)}>
      {lacking.map((place) => (
        <span key={`none ${place}`} className={styles.bar} />
      ))}
      {shown.map((run) => (
        <Tooltip key={run.id} relationship="inaccessible" content={describe(run)}>
          <span className={mergeClasses(styles.bar, styles[run.status satisfies Look])} />
        </Tooltip>
      ))}
    </span>
  )
}

function describe({ started_at, finished_at, status, message }: RecentRun): string {
  const began = Date.parse(started_at)
  const took = finished_at === null ? '' : ` (${formatDuration(Date.parse(finished_at) - began)})`
  return `${formatExact(began)}${took}: ${runTexts.status[status]}${message === null ? '' : `. ${message}`}`
}
