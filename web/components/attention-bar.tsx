'use client'

import { MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import NextLink from 'next/link'
import { usePathname } from 'next/navigation'
import { useConcerns } from '../lib/use-concerns.ts'
import { attention } from '../texts.ts'

const useStyles = makeStyles({
  bar: { marginBottom: tokens.spacingVerticalM, borderRadius: tokens.borderRadiusMedium },
  link: { color: tokens.colorBrandForegroundLink },
})

/** One line on every page for what waits for a person; the overview itself tells it in full. */
export function AttentionBar() {
  const styles = useStyles()
  const waiting = useConcerns().waiting.filter(({ key }) => key.startsWith('held'))
  const pathname = usePathname()
  if (waiting.length === 0 || pathname === '/' || pathname === '/review') return null
  return (
    <MessageBar intent="warning" className={styles.bar}>
      <MessageBarBody>
        {attention.waiting(waiting.length)}{' '}
        <NextLink href="/review" className={styles.link}>
          {attention.review}
        </NextLink>
      </MessageBarBody>
    </MessageBar>
  )
}
