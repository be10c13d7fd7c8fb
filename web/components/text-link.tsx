'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import NextLink from 'next/link'
import type { ReactNode } from 'react'

const useStyles = makeStyles({ link: { color: tokens.colorBrandForegroundLink, overflowWrap: 'anywhere' } })

/** A link to another page inside a text. */
export function TextLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <NextLink href={href} className={styles.link}>
      {children}
    </NextLink>
  )
}
