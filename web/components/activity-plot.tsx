'use client'

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { dayKey, dayName } from '../lib/format.ts'
import { useNow } from '../lib/now.ts'
import type { Activity } from '../lib/types.ts'
import { plot as texts } from '../texts.ts'

const days = 14
const height = 96

const useStyles = makeStyles({
  plot: { display: 'grid', gridTemplateColumns: `repeat(${days}, minmax(0, 1fr))`, gap: '4px', alignItems: 'end' },
  day: { display: 'flex', flexDirection: 'column', alignItems: 'center', gap: '4px', minWidth: 0 },
  bars: {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'end',
    width: '100%',
    maxWidth: '32px',
    height: `${height}px`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  ok: { background: 'var(--appSuccess)' },
  attention: { background: 'var(--appCaution)' },
  error: { background: 'var(--appCritical)' },
  label: { fontSize: tokens.fontSizeBase100, color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  sparse: { '@media (max-width: 640px)': { visibility: 'hidden' } },
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
  const most = Math.max(1, ...[...byDay.values()].map(({ ok, attention, error }) => ok + attention + error))
  const total = sum([...byDay.values()])
  return (
    <figure style={{ margin: 0 }}>
      <div className={styles.plot} role="img" aria-label={texts.summary(total.ok, total.attention, total.error)}>
        {keys.map((at, place) => {
          const day = byDay.get(dayKey(at)) ?? { ok: 0, attention: 0, error: 0 }
          const piece = (count: number) => ({ height: `${(count / most) * height}px` })
          return (
            <div key={at} className={styles.day} title={texts.day(dayName(at), day.ok, day.attention, day.error)}>
              <div className={styles.bars}>
                <div className={styles.error} style={piece(day.error)} />
                <div className={styles.attention} style={piece(day.attention)} />
                <div className={styles.ok} style={piece(day.ok)} />
              </div>
              <span className={mergeClasses(styles.label, place % 2 === 0 && styles.sparse)}>{dayName(at)}</span>
            </div>
          )
        })}
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
    const before = counted.get(key) ?? { ok: 0, attention: 0, error: 0 }
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
    { ok: 0, attention: 0, error: 0 },
  )
}
