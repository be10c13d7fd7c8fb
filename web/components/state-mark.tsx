'use client'

import { makeStyles, mergeClasses, Spinner, Tooltip } from '@fluentui/react-components'
import {
  CheckmarkCircleFilled,
  CircleHintFilled,
  ErrorCircleFilled,
  PauseCircleFilled,
  PersonQuestionMarkFilled,
} from '@fluentui/react-icons'
import type { State } from '../lib/state.ts'
import { state } from '../texts.ts'

const useStyles = makeStyles({
  mark: { display: 'flex', flexShrink: 0, fontSize: '20px', width: '20px', justifyContent: 'center' },
  never: { color: 'var(--appQuiet)' },
  paused: { color: 'var(--appQuiet)' },
  ok: { color: 'var(--appSuccess)' },
  held: { color: 'var(--appCaution)' },
  error: { color: 'var(--appCritical)' },
})

const icons = {
  never: CircleHintFilled,
  paused: PauseCircleFilled,
  ok: CheckmarkCircleFilled,
  held: PersonQuestionMarkFilled,
  error: ErrorCircleFilled,
}

interface StateMarkProps {
  readonly state: State
  /** The last error, shown instead of the general words. */
  readonly error: string | null
}

/** The state as a shape and a colour, with its words as the tooltip. The word itself stands beside it in the row. */
export function StateMark({ state: kind, error }: StateMarkProps) {
  const styles = useStyles()
  if (kind === 'syncing') return <Spinner size="extra-tiny" className={styles.mark ?? ''} aria-hidden />
  const Icon = icons[kind]
  const hint = kind === 'error' || kind === 'held' ? (error ?? state[kind].hint) : state[kind].hint
  return (
    <Tooltip relationship="inaccessible" content={hint} withArrow>
      <span className={mergeClasses(styles.mark, styles[kind])}>
        <Icon aria-hidden />
      </span>
    </Tooltip>
  )
}
