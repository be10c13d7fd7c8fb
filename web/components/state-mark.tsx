'use client'

import { makeStyles, mergeClasses, Spinner, Tooltip } from '@fluentui/react-components'
import { CheckmarkCircleFilled, CircleHintFilled, ErrorCircleFilled } from '@fluentui/react-icons'
import { state } from '../texts.ts'

export type State = 'never' | 'ok' | 'error' | 'syncing'

const useStyles = makeStyles({
  mark: { display: 'flex', flexShrink: 0, fontSize: '20px', width: '20px', justifyContent: 'center' },
  never: { color: 'var(--appQuiet)' },
  ok: { color: 'var(--appSuccess)' },
  error: { color: 'var(--appCritical)' },
})

interface StateMarkProps {
  readonly state: State
  /** The last error, shown instead of the general words. */
  readonly error: string | null
}

/** The state as a shape and a colour, with its words as the tooltip. The word itself stands beside it in the row. */
export function StateMark({ state: kind, error }: StateMarkProps) {
  const styles = useStyles()
  if (kind === 'syncing') return <Spinner size="extra-tiny" className={styles.mark ?? ''} aria-hidden />
  const Icon = { never: CircleHintFilled, ok: CheckmarkCircleFilled, error: ErrorCircleFilled }[kind]
  const hint = kind === 'error' ? (error ?? state.error.hint) : state[kind].hint
  return (
    <Tooltip relationship="inaccessible" content={hint} withArrow>
      <span className={mergeClasses(styles.mark, styles[kind])}>
        <Icon aria-hidden />
      </span>
    </Tooltip>
  )
}
