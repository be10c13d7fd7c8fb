'use client'

import { makeStyles, mergeClasses, tokens, useRestoreFocusTarget } from '@fluentui/react-components'
import { OpenRegular } from '@fluentui/react-icons'
import NextLink from 'next/link'
import type { ReactElement } from 'react'
import { nav } from '../texts.ts'

const useStyles = makeStyles({
  link: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    gap: '14px',
    minHeight: '40px',
    padding: `0 ${tokens.spacingHorizontalMNudge}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    whiteSpace: 'nowrap',
    ':hover': { background: tokens.colorSubtleBackgroundHover },
    ':active': { background: tokens.colorSubtleBackgroundPressed },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      top: '12px',
      height: '16px',
      width: '3px',
      borderRadius: tokens.borderRadiusCircular,
      background: 'transparent',
    },
  },
  active: {
    background: tokens.colorSubtleBackgroundHover,
    '::before': { background: 'var(--appAccent)' },
  },
  // Of no use where there is no keyboard.
  button: {
    width: '100%',
    border: 'none',
    background: 'transparent',
    font: 'inherit',
    textAlign: 'start',
    cursor: 'pointer',
    '@media (hover: none) and (pointer: coarse)': { display: 'none' },
  },
  icon: { display: 'flex', fontSize: '20px', flexShrink: 0 },
  newTab: { display: 'flex', marginLeft: 'auto', fontSize: '16px', color: tokens.colorNeutralForeground3 },
})

interface NavLinkProps {
  readonly href: string
  readonly label: string
  readonly icon: ReactElement
  readonly active?: boolean
  readonly newTab?: boolean
  readonly foldable: string | undefined
  readonly onClick: (() => void) | undefined
}

export function NavLink({ href, label, icon, active = false, newTab = false, foldable, onClick }: NavLinkProps) {
  const styles = useStyles()
  const className = mergeClasses(styles.link, active && styles.active)
  const content = (
    <>
      <span className={styles.icon}>{icon}</span>
      <span className={foldable}>{label}</span>
    </>
  )
  if (newTab) {
    return (
      <li>
        <a className={className} href={href} target="_blank" rel="noreferrer" title={label} onClick={onClick}>
          {content}
          <span className={mergeClasses(styles.newTab, foldable)}>
            <OpenRegular aria-label={nav.opensInNewTab} />
          </span>
        </a>
      </li>
    )
  }
  return (
    <li>
      <NextLink
        className={className}
        href={href}
        title={label}
        aria-current={active ? 'page' : undefined}
        {...(onClick && { onClick })}
      >
        {content}
      </NextLink>
    </li>
  )
}

interface NavButtonProps {
  readonly label: string
  readonly icon: ReactElement
  readonly foldable: string | undefined
  readonly onClick: () => void
}

/** An entry of the navigation that opens something over the page. */
export function NavButton({ label, icon, foldable, onClick }: NavButtonProps) {
  const styles = useStyles()
  const focusComesBack = useRestoreFocusTarget()
  return (
    <button
      {...focusComesBack}
      type="button"
      className={mergeClasses(styles.link, styles.button)}
      title={label}
      onClick={onClick}
    >
      <span className={styles.icon}>{icon}</span>
      <span className={foldable}>{label}</span>
    </button>
  )
}
