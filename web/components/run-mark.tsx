'use client'

import { makeStyles, mergeClasses } from '@fluentui/react-components'
import {
  ArrowSyncFilled,
  CheckmarkCircleFilled,
  ErrorCircleFilled,
  PersonQuestionMarkFilled,
  SubtractCircleFilled,
  WarningFilled,
} from '@fluentui/react-icons'
import type { Run } from '../lib/types.ts'

const icons = {
  running: ArrowSyncFilled,
  ok: CheckmarkCircleFilled,
  partial: WarningFilled,
  held: PersonQuestionMarkFilled,
  error: ErrorCircleFilled,
  interrupted: SubtractCircleFilled,
}

const useStyles = makeStyles({
  mark: { fontSize: '16px', flexShrink: 0 },
  running: { color: 'var(--appAccent)' },
  ok: { color: 'var(--appSuccess)' },
  partial: { color: 'var(--appCaution)' },
  held: { color: 'var(--appCaution)' },
  error: { color: 'var(--appCritical)' },
  interrupted: { color: 'var(--appQuiet)' },
})

/** How a run ended, as a shape and a colour; its word stands beside it. */
export function RunMark({ status }: { readonly status: Run['status'] }) {
  const styles = useStyles()
  const Icon = icons[status]
  return <Icon aria-hidden className={mergeClasses(styles.mark, styles[status])} />
}
