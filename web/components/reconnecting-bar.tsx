'use client'

import { makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { useLineState } from '../lib/live.ts'
import { live } from '../texts.ts'

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    marginBottom: tokens.spacingVerticalM,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    background: tokens.colorStatusWarningBackground1,
    color: tokens.colorNeutralForeground1,
  },
})

/** Says that what is shown may be old, for as long as the service does not talk to this page. */
export function ReconnectingBar() {
  const styles = useStyles()
  const lost = useLineState() === 'lost'
  return (
    <div role="status">
      {lost && (
        <div className={styles.bar}>
          <Spinner size="extra-tiny" aria-hidden />
          {live.reconnecting}
        </div>
      )}
    </div>
  )
}
