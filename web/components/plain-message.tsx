'use client'

import { Button, makeStyles, tokens } from '@fluentui/react-components'
import NextLink from 'next/link'
import { useNamesPage } from '../lib/page-name.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'start',
    gap: tokens.spacingVerticalM,
    maxWidth: '40rem',
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
  },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  link: { color: tokens.colorBrandForegroundLink },
})

interface PlainMessageProps {
  readonly title: string
  readonly text: string
  readonly link?: { readonly href: string; readonly label: string }
  readonly action?: { readonly label: string; readonly onClick: () => void }
}

/** A page that has nothing to show but one message and the way on. */
export function PlainMessage({ title, text, link, action }: PlainMessageProps) {
  const styles = useStyles()
  useNamesPage(title)
  return (
    <div className={styles.root}>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.text}>{text}</p>
      {link && (
        <NextLink href={link.href} className={styles.link}>
          {link.label}
        </NextLink>
      )}
      {action && (
        <Button appearance="primary" onClick={action.onClick}>
          {action.label}
        </Button>
      )}
    </div>
  )
}
