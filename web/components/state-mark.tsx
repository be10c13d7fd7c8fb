'use client'

import { makeStyles, mergeClasses, Spinner, Tooltip } from '@fluentui/react-components'
import {
  CheckmarkCircleFilled,
  CheckmarkCircleRegular,
  CircleHintFilled,
  CircleHintRegular,
  ErrorCircleFilled,
  ErrorCircleRegular,
  PauseCircleFilled,
  PauseCircleRegular,
  PersonQuestionMarkFilled,
  PersonQuestionMarkRegular,
} from '@fluentui/react-icons'
import { useMayBeOld } from '../lib/may-be-old.ts'
import type { State } from '../lib/state.ts'
import { state } from '../texts.ts'

const useStyles = makeStyles({
  mark: { display: 'flex', flexShrink: 0, fontSize: '20px', width: '20px', justifyContent: 'center' },
  never: { color: 'var(--appQuiet)' },
  paused: { color: 'var(--appQuiet)' },
  ok: { color: 'var(--appSuccess)' },
  held: { color: 'var(--appCaution)' },
  error: { color: 'var(--appCritical)' },
  old: { color: 'var(--appQuiet)' },
})

const icons = {
  never: CircleHintFilled,
  paused: PauseCircleFilled,
  ok: CheckmarkCircleFilled,
  held: PersonQuestionMarkFilled,
  error: ErrorCircleFilled,
}

/** The same shapes in outline, for what is only known from before. */
const outlines = {
  never: CircleHintRegular,
  paused: PauseCircleRegular,
  ok: CheckmarkCircleRegular,
  held: PersonQuestionMarkRegular,
  error: ErrorCircleRegular,
}

interface StateMarkProps {
  readonly state: State
  /** The last error, shown instead of the general words. */
  readonly error: string | null
}

/**
 * The state as a shape and a colour, with its words as the tooltip; the word itself stands beside it. While the service
 * is silent the shape is an outline without colour: what was green then need not be green now.
 */
export function StateMark({ state: kind, error }: StateMarkProps) {
  const styles = useStyles()
  const old = useMayBeOld()
  if (kind === 'syncing') return <Spinner size="extra-tiny" className={styles.mark ?? ''} aria-hidden />
  const Icon = (old ? outlines : icons)[kind]
  const words = kind === 'error' || kind === 'held' ? (error ?? state[kind].hint) : state[kind].hint
  const hint = old ? state.mayBeOld(words) : words
  return (
    <Tooltip relationship="inaccessible" content={hint} withArrow>
      <span className={mergeClasses(styles.mark, old ? styles.old : styles[kind])}>
        <Icon aria-hidden />
      </span>
    </Tooltip>
  )
}
