'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular, ArrowUploadRegular } from '@fluentui/react-icons'
import { parseMoment } from '../lib/format.ts'
import type { ListedItem } from '../lib/types.ts'
import { overview as texts } from '../texts.ts'
import { DueTime } from './due-time.tsx'
import { TextLink } from './text-link.tsx'

/** As many as stand beside the plot. */
const shownNext = 6

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr) auto',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    minHeight: '36px',
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  icon: { display: 'flex', fontSize: '16px', color: tokens.colorNeutralForeground3 },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
  when: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, textAlign: 'end' },
})

const icons = { source: ArrowDownloadRegular, destination: ArrowUploadRegular }

/** What runs next by itself, the soonest first. */
export function NextRuns({ items }: { readonly items: readonly ListedItem[] }) {
  const styles = useStyles()
  const coming = items
    .flatMap((item) => {
      const at = parseMoment(item.next_run_at)
      return at === null ? [] : [{ item, at }]
    })
    .toSorted((a, b) => a.at - b.at)
    .slice(0, shownNext)
  if (coming.length === 0) return <p className={styles.quiet}>{texts.noNextRuns}</p>
  return (
    <ul className={styles.list}>
      {coming.map(({ item, at }) => {
        const Icon = icons[item.kind]
        return (
          <li key={`${item.kind} ${item.id}`} className={styles.row}>
            <span className={styles.icon}>
              <Icon aria-label={texts.kind[item.kind]} />
            </span>
            <TextLink href={`/${item.kind}s/view?id=${item.id}`}>{item.name}</TextLink>
            <span className={styles.when}>
              <DueTime at={at} />
            </span>
          </li>
        )
      })}
    </ul>
  )
}
