'use client'

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import NextLink from 'next/link'
import type { ReactElement, ReactNode } from 'react'
import { nav } from '../texts.ts'

const useStyles = makeStyles({
  button: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    gap: '6px',
    minHeight: '32px',
    padding: '5px 12px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { background: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  primary: {
    border: '1px solid transparent',
    background: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    ':hover': { background: tokens.colorBrandBackgroundHover },
  },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
})

interface LinkButtonProps {
  readonly href: string
  readonly primary?: boolean
  readonly icon?: ReactElement
  /** Where the words alone do not say enough. */
  readonly label?: string
  /** What is no page of the dashboard is opened in a new tab, or kept as a file. */
  readonly opens?: 'page' | 'tab' | 'download'
  readonly children: ReactNode
}

/** A link that looks like a button: it goes to another page. */
export function LinkButton({ href, primary = false, icon, label, opens = 'page', children }: LinkButtonProps) {
  const styles = useStyles()
  const className = mergeClasses(styles.button, primary && styles.primary)
  if (opens === 'page') {
    return (
      <NextLink href={href} className={className} aria-label={label}>
        {icon}
        {children}
      </NextLink>
    )
  }
  const target = opens === 'tab' ? { target: '_blank', rel: 'noreferrer' } : { download: '' }
  return (
    <a href={href} className={className} aria-label={label} {...target}>
      {icon}
      {children}
      {opens === 'tab' && <span className={styles.hidden}>{nav.opensInNewTab}</span>}
    </a>
  )
}
