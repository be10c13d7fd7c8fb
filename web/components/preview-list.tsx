'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { useNow } from '../lib/now.ts'
import type { Inspected } from '../lib/types.ts'
import { addDestination } from '../texts.ts'
import { wide } from './breakpoints.ts'

const texts = addDestination.contents

const useStyles = makeStyles({
  title: { margin: `0 0 ${tokens.spacingVerticalS}`, fontSize: 'inherit', fontWeight: tokens.fontWeightSemibold },
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground1,
  },
  entry: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: '0 16px',
    padding: '8px 12px',
    overflowWrap: 'anywhere',
    ':not(:first-child)': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
    [wide]: { gridTemplateColumns: '210px minmax(0, 1fr)' },
  },
  quiet: { color: tokens.colorNeutralForeground3 },
})

const day = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
const moment = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
})

/** The next events of a feed as the reader's own clock shows them; the last ones where none is to come. */
export function PreviewList({ preview }: { readonly preview: Inspected['preview'] }) {
  const styles = useStyles()
  const now = useNow()
  const isPast = now !== null && preview.every(({ starts_at }) => Date.parse(starts_at) < now)
  return (
    <section aria-label={isPast ? texts.previewPast : texts.preview}>
      <h3 className={styles.title}>{isPast ? texts.previewPast : texts.preview}</h3>
      <ul className={styles.list}>
        {preview.map(({ summary, start, starts_at, all_day, recurring }) => (
          <li key={`${starts_at} ${summary}`} className={styles.entry}>
            <span className={styles.quiet}>
              {all_day ? `${day.format(Date.parse(start))}, ${texts.allDayMark}` : moment.format(Date.parse(starts_at))}
            </span>
            <span>
              {summary === '' ? texts.noTitle : summary}
              {recurring && <span className={styles.quiet}> · {texts.repeats}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
