'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { countsOf } from '../lib/run-counts.ts'
import { run as texts } from '../texts.ts'

const useStyles = makeStyles({
  tiles: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXL}`,
    margin: 0,
  },
  tile: { display: 'flex', flexDirection: 'column-reverse' },
  number: { margin: 0, fontSize: tokens.fontSizeBase600, lineHeight: tokens.lineHeightBase600 },
  word: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

interface CountsProps {
  readonly counts: Readonly<Record<string, number>>
}

/** What a run or a plan counted, as large numbers. */
export function CountTiles({ counts }: CountsProps) {
  const styles = useStyles()
  return (
    <dl className={styles.tiles}>
      {countsOf(counts).map(({ name, count }) => (
        <div key={name} className={styles.tile}>
          <dt className={styles.word}>{texts.countWord(count, texts.count[name])}</dt>
          <dd className={styles.number}>{count}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The same in one line. */
export function countLine(counts: CountsProps['counts']): string {
  return countsOf(counts)
    .map(({ name, count }) => `${count} ${texts.countWord(count, texts.count[name])}`)
    .join(', ')
}
