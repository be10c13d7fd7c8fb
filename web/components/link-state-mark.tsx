'use client'

import { makeStyles, mergeClasses, Tooltip } from '@fluentui/react-components'
import { CheckmarkCircleFilled, LinkDismissFilled, PauseCircleFilled, TimerOffFilled } from '@fluentui/react-icons'
import type { Link } from '../lib/types.ts'
import { links } from '../texts.ts'

const useStyles = makeStyles({
  mark: { display: 'flex', flexShrink: 0, fontSize: '20px', width: '20px', justifyContent: 'center' },
  active: { color: 'var(--appSuccess)' },
  paused: { color: 'var(--appQuiet)' },
  expired: { color: 'var(--appCaution)' },
  empty: { color: 'var(--appCritical)' },
})

const icons = {
  active: CheckmarkCircleFilled,
  paused: PauseCircleFilled,
  expired: TimerOffFilled,
  empty: LinkDismissFilled,
}

/** What readers find at a link, as a shape and a colour; its word stands beside it. */
export function LinkStateMark({ state }: { readonly state: Link['state'] }) {
  const styles = useStyles()
  const Icon = icons[state]
  return (
    <Tooltip relationship="inaccessible" content={links.state[state].hint} withArrow>
      <span className={mergeClasses(styles.mark, styles[state])}>
        <Icon aria-hidden />
      </span>
    </Tooltip>
  )
}
