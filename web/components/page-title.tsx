'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { ChevronRightRegular } from '@fluentui/react-icons'
import NextLink from 'next/link'
import type { ReactNode } from 'react'
import { useNamesPage } from '../lib/page-name.ts'
import { nav } from '../texts.ts'

const useStyles = makeStyles({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'end',
    justifyContent: 'space-between',
    gap: tokens.spacingVerticalM,
    marginBottom: tokens.spacingVerticalL,
  },
  words: { flex: '1 1 320px', minWidth: 0 },
  heading: {
    margin: 0,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px',
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
  trail: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px',
    minWidth: 0,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
  },
  link: { minWidth: 0, color: tokens.colorNeutralForeground2 },
  intro: {
    margin: `${tokens.spacingVerticalXXS} 0 0`,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

interface PageTitleProps {
  readonly title: string
  readonly intro?: ReactNode
  /** The pages above this one. */
  readonly above?: readonly { readonly href: string; readonly label: string }[]
  /** Buttons at the right. */
  readonly children?: ReactNode
}

export function PageTitle({ title, intro, above = [], children }: PageTitleProps) {
  const styles = useStyles()
  useNamesPage(title)
  return (
    <div className={styles.head}>
      <div className={styles.words}>
        {above.length > 0 && (
          <nav aria-label={nav.above} className={styles.trail}>
            {above.map(({ href, label }) => (
              <span key={href} className={styles.trail}>
                <NextLink href={href} className={styles.link}>
                  {label}
                </NextLink>
                <ChevronRightRegular aria-hidden />
              </span>
            ))}
          </nav>
        )}
        <h1 className={styles.heading}>{title}</h1>
        {intro !== undefined && <p className={styles.intro}>{intro}</p>}
      </div>
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </div>
  )
}
