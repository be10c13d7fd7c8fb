'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular, ArrowUploadRegular } from '@fluentui/react-icons'
import { destinations, sources, overview as texts } from '../texts.ts'
import { Card } from './card.tsx'
import { LinkButton } from './link-button.tsx'

const useStyles = makeStyles({
  ways: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(280px, 100%), 1fr))',
    gap: tokens.spacingHorizontalL,
  },
  icon: { display: 'flex', fontSize: '32px', color: 'var(--appAccent)', marginBottom: tokens.spacingVerticalS },
  text: { margin: `0 0 ${tokens.spacingVerticalL}`, color: tokens.colorNeutralForeground2 },
})

/** The first page of a service in which nothing is set up yet: what there is to set up, and one press to begin. */
export function Welcome() {
  const styles = useStyles()
  return (
    <div className={styles.ways}>
      <Card title={texts.welcomeSource}>
        <span className={styles.icon} aria-hidden>
          <ArrowDownloadRegular />
        </span>
        <p className={styles.text}>{sources.teach}</p>
        <LinkButton href="/sources/add" primary>
          {sources.begin}
        </LinkButton>
      </Card>
      <Card title={texts.welcomeDestination}>
        <span className={styles.icon} aria-hidden>
          <ArrowUploadRegular />
        </span>
        <p className={styles.text}>{destinations.teach}</p>
        <LinkButton href="/destinations/add" primary>
          {destinations.begin}
        </LinkButton>
      </Card>
    </div>
  )
}
