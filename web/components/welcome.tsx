'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular, ArrowUploadRegular } from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import { destinations, sources, overview as texts } from '../texts.ts'
import { LinkButton } from './link-button.tsx'

const useStyles = makeStyles({
  ways: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(280px, 100%), 1fr))',
    gap: tokens.spacingHorizontalL,
  },
  way: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'start',
    gap: tokens.spacingVerticalM,
    padding: '24px',
    border: '1px solid var(--appCardStroke)',
    borderRadius: tokens.borderRadiusMedium,
    background: 'var(--appCard)',
  },
  icon: { display: 'flex', fontSize: '32px', color: 'var(--appAccent)' },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  text: { margin: 0, flex: '1 1 auto', color: tokens.colorNeutralForeground2 },
})

interface WayProps {
  readonly icon: ReactElement
  readonly title: string
  readonly text: string
  readonly href: string
  readonly begin: string
}

/** The first page of a service in which nothing is set up yet: what there is to set up, and one press to begin. */
export function Welcome() {
  const styles = useStyles()
  return (
    <div className={styles.ways}>
      <Way
        icon={<ArrowDownloadRegular />}
        title={texts.welcomeSource}
        text={sources.teach}
        href="/sources/add"
        begin={sources.begin}
      />
      <Way
        icon={<ArrowUploadRegular />}
        title={texts.welcomeDestination}
        text={destinations.teach}
        href="/destinations/add"
        begin={destinations.begin}
      />
    </div>
  )
}

function Way({ icon, title, text, href, begin }: WayProps) {
  const styles = useStyles()
  return (
    <section className={styles.way} aria-label={title}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{text}</p>
      <LinkButton href={href} primary>
        {begin}
      </LinkButton>
    </section>
  )
}
