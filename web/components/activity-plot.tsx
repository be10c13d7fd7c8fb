'use client'

import { makeStyles, mergeClasses, Tooltip, tokens } from '@fluentui/react-components'
import { dayKey, dayName } from '../lib/format.ts'
import { useNow } from '../lib/now.ts'
import type { Activity } from '../lib/types.ts'
import { overview, plot as texts } from '../texts.ts'

const days = 14
const height = 120
/** So that a single failure among thousands is seen. */
const leastHeight = 3

/** Stripes: what went wrong differs from what went well by more than its colour. */
const striped = (colour: string, angle: number) =>
  `repeating-linear-gradient(${angle}deg, ${colour} 0 3px, transparent 3px 5px)`

const useStyles = makeStyles({
  plot: { display: 'grid', gridTemplateColumns: `repeat(${days}, minmax(0, 1fr))`, gap: '4px', alignItems: 'end' },
  day: { display: 'flex', flexDirection: 'column', alignItems: 'center', gap: '4px', minWidth: 0 },
  bars: {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'end',
    width: '100%',
    gap: '1px',
    maxWidth: '28px',
    height: `${height}px`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  piece: { flexShrink: 0, ':first-child': { borderRadius: '3px 3px 0 0' } },
  ok: { background: 'var(--appSuccess)' },
  attention: { background: striped('var(--appCaution)', 45) },
  error: { background: striped('var(--appCritical)', 0) },
  label: { fontSize: tokens.fontSizeBase100, color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  // Beside another card, and on a phone, there is room for every third day only.
  sparse: { visibility: 'hidden' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    marginTop: tokens.spacingVerticalM,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  entry: { display: 'flex', alignItems: 'center', gap: '6px' },
  swatch: { width: '10px', height: '10px', borderRadius: '2px' },
})

interface Day {
  readonly ok: number
  readonly attention: number
  readonly error: number
}

const nothing: Day = { ok: 0, attention: 0, error: 0 }

/** Runs of the last days, stacked by how they ended; days are those of the reader's zone. */
export function ActivityPlot({ activity }: { readonly activity: readonly Activity[] }) {
  const styles = useStyles()
  const now = useNow()
  if (now === null) return null
  const byDay = countByDay(activity)
  const keys = Array.from({ length: days }, (_, place) => {
    const noon = new Date(now)
    noon.setHours(12, 0, 0, 0)
    noon.setDate(noon.getDate() - (days - 1 - place))
    return noon.getTime()
  })
  const shown = keys.map((at) => ({ at, day: byDay.get(dayKey(at)) ?? nothing }))
  const most = Math.max(1, ...shown.map(({ day }) => day.ok + day.attention + day.error))
  const total = sum(shown.map(({ day }) => day))
  if (total.ok + total.attention + total.error === 0) return <p className={styles.quiet}>{overview.noActivity}</p>
  // What is lifted to the least height is taken off nothing: the tallest day has room for it.
  const piece = (count: number) => ({
    height: `${Math.max(leastHeight, (count / most) * (height - 3 * leastHeight))}px`,
  })
  return (
    <figure style={{ margin: 0 }}>
      <div className={styles.plot} role="img" aria-label={texts.summary(total.ok, total.attention, total.error)}>
        {shown.map(({ at, day }, place) => (
          <Tooltip
            key={at}
            relationship="inaccessible"
            content={texts.day(dayName(at), day.ok, day.attention, day.error)}
          >
            <div className={styles.day}>
              <div className={styles.bars}>
                {(['error', 'attention', 'ok'] as const).map(
                  (look) =>
                    day[look] > 0 && (
                      <div key={look} className={mergeClasses(styles.piece, styles[look])} style={piece(day[look])} />
                    ),
                )}
              </div>
              <span className={mergeClasses(styles.label, (days - 1 - place) % 3 !== 0 && styles.sparse)}>
                {dayName(at)}
              </span>
            </div>
          </Tooltip>
        ))}
      </div>
      <figcaption className={styles.legend}>
        {(['ok', 'attention', 'error'] as const).map((look) => (
          <span key={look} className={styles.entry}>
            <span className={mergeClasses(styles.swatch, styles[look])} aria-hidden />
            {texts.legend[look]} ({total[look]})
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

function countByDay(activity: readonly Activity[]): Map<string, Day> {
  const counted = new Map<string, Day>()
  for (const { at, status, runs } of activity) {
    const key = dayKey(Date.parse(at))
    const before = counted.get(key) ?? nothing
    const look = status === 'ok' ? 'ok' : status === 'error' ? 'error' : 'attention'
    counted.set(key, { ...before, [look]: before[look] + runs })
  }
  return counted
}

function sum(all: readonly Day[]): Day {
  return all.reduce(
    (total, day) => ({
      ok: total.ok + day.ok,
      attention: total.attention + day.attention,
      error: total.error + day.error,
    }),
    nothing,
  )
}
