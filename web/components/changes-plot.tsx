'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { formatExact } from '../lib/format.ts'
import { changesIn } from '../lib/run-counts.ts'
import type { Run } from '../lib/types.ts'
import { run as texts } from '../texts.ts'
import { countLine } from './counts.tsx'

const width = 600
const height = 80
const shown = 60
/** With fewer runs than this the bars keep their width and begin further right. */
const places = 30

const useStyles = makeStyles({
  figure: { margin: 0 },
  svg: { display: 'block', width: '100%', height: `${height}px` },
  caption: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/** How many events the last runs changed, the newest at the right; a run that changed none is a thin line. */
export function ChangesPlot({ runs }: { readonly runs: readonly Run[] }) {
  const styles = useStyles()
  const bars = runs
    .filter(({ finished_at }) => finished_at !== null)
    .slice(0, shown)
    .reverse()
    .map((run) => ({ run, changes: changesIn(run.counts) }))
  if (bars.length < 2) return null
  const most = Math.max(1, ...bars.map(({ changes }) => changes))
  const step = width / Math.max(places, bars.length)
  const label = texts.changesOf(
    bars.length,
    bars.reduce((sum, { changes }) => sum + changes, 0),
  )
  return (
    <figure className={styles.figure}>
      <svg
        className={styles.svg}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {bars.map(({ run, changes }, place) => {
          const tall = Math.max(2, (changes / most) * height)
          return (
            <rect
              key={run.id}
              x={width - (bars.length - place) * step + 1}
              y={height - tall}
              width={Math.max(1, step - 2)}
              height={tall}
              fill={changes === 0 ? 'var(--appQuiet)' : 'var(--appAccent)'}
            >
              <title>{`${formatExact(Date.parse(run.started_at))}: ${countLine(run.counts)}`}</title>
            </rect>
          )
        })}
      </svg>
      <figcaption className={styles.caption}>{label}</figcaption>
    </figure>
  )
}
