'use client'

import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Held } from '../lib/types.ts'
import { review as texts } from '../texts.ts'
import { RelativeTime } from './relative-time.tsx'

/** More than this at once is slow to draw and nobody reads it; a button shows the rest. */
const shownAtOnce = 50
/** Lesson 2 before lesson 10. */
const byName = new Intl.Collator(undefined, { numeric: true })

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  entry: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: `0 ${tokens.spacingHorizontalL}`,
    paddingBlock: tokens.spacingVerticalS,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
  subject: { minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

interface HeldEventsProps {
  readonly label: string
  readonly events: readonly Held[]
}

/** Events whose deletion waits or was answered: since when the feed lacks each, and how often it did. */
export function HeldEvents({ label, events }: HeldEventsProps) {
  const styles = useStyles()
  const [all, setAll] = useState(false)
  const sorted = events.toSorted((a, b) => byName.compare(a.subject, b.subject))
  const shown = all ? sorted : sorted.slice(0, shownAtOnce)
  return (
    <div>
      <ul className={styles.list} aria-label={label}>
        {shown.map(({ uid, subject, first_seen_at, times, answer }) => (
          <li key={`${uid} ${subject}`} className={styles.entry}>
            <span className={styles.subject}>{subject}</span>
            <span className={styles.quiet}>
              {texts.missing} <RelativeTime at={Date.parse(first_seen_at)} />, {texts.asked(times)}
              {answer === 'approved' && `. ${texts.approved}`}
            </span>
          </li>
        ))}
      </ul>
      {shown.length < events.length && <Button onClick={() => setAll(true)}>{texts.showAll(events.length)}</Button>}
    </div>
  )
}
