'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { formatDuration, formatExact } from '../lib/format.ts'
import type { Run } from '../lib/types.ts'
import { run as runTexts, plot as texts } from '../texts.ts'

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

const colors: Readonly<Record<string, string>> = {
  ok: 'var(--appSuccess)',
  error: 'var(--appCritical)',
  partial: 'var(--appCaution)',
  held: 'var(--appCaution)',
}

/** How long the last runs took, the newest at the right; the colour tells how each ended. */
export function DurationPlot({ runs }: { readonly runs: readonly Run[] }) {
  const styles = useStyles()
  const ended = runs.flatMap((run) =>
    run.finished_at === null
      ? []
      : [{ run, at: Date.parse(run.started_at), ms: Date.parse(run.finished_at) - Date.parse(run.started_at) }],
  )
  const bars = ended.slice(0, shown).reverse()
  if (bars.length < 2) return null
  const longest = Math.max(1, ...bars.map(({ ms }) => ms))
  const step = width / Math.max(places, bars.length)
  const sorted = bars.map(({ ms }) => ms).sort((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0
  const label = texts.durations(bars.length, formatDuration(middle), formatDuration(longest))
  return (
    <figure className={styles.figure}>
      <svg
        className={styles.svg}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {bars.map(({ run, at, ms }, place) => {
          const tall = Math.max(3, (ms / longest) * height)
          return (
            <rect
              key={run.id}
              x={width - (bars.length - place) * step + 1}
              y={height - tall}
              width={Math.max(1, step - 2)}
              height={tall}
              fill={colors[run.status] ?? 'var(--appQuiet)'}
            >
              <title>{`${formatExact(at)}: ${formatDuration(ms)}, ${runTexts.status[run.status]}`}</title>
            </rect>
          )
        })}
      </svg>
      <figcaption className={styles.caption}>{label}</figcaption>
    </figure>
  )
}
