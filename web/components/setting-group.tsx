'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { type ReactNode, useId } from 'react'
import { Stack } from './card.tsx'

const useStyles = makeStyles({
  title: {
    margin: `${tokens.spacingVerticalS} 0`,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
})

interface SettingGroupProps {
  readonly title: string
  readonly children: ReactNode
}

/** Settings that belong together, under a heading. */
export function SettingGroup({ title, children }: SettingGroupProps) {
  const styles = useStyles()
  const headingId = useId()
  return (
    <section aria-labelledby={headingId}>
      <h2 id={headingId} className={styles.title}>
        {title}
      </h2>
      <Stack>{children}</Stack>
    </section>
  )
}
