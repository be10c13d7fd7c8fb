'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { formatDuration } from '../lib/format.ts'
import { useRuns } from '../lib/queries.ts'
import type { Kind, Run } from '../lib/types.ts'
import { run as texts } from '../texts.ts'
import { Card } from './card.tsx'
import { ChangesPlot } from './changes-plot.tsx'
import { countLine } from './counts.tsx'
import { DurationPlot } from './duration-plot.tsx'
import { QueryView } from './query-view.tsx'
import { RelativeTime } from './relative-time.tsx'
import { RunMark } from './run-mark.tsx'
import { TextLink } from './text-link.tsx'

const shownAtOnce = 30

const useStyles = makeStyles({
  plots: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 260px), 1fr))',
    gap: tokens.spacingHorizontalXXL,
  },
  scroll: { overflowX: 'auto', marginTop: tokens.spacingVerticalL },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200 },
  head: {
    padding: '0 16px 6px 0',
    textAlign: 'start',
    color: tokens.colorNeutralForeground3,
    fontWeight: tokens.fontWeightRegular,
  },
  cell: {
    padding: '6px 16px 6px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
  },
  message: { minWidth: '110px', '@media (min-width: 641px)': { minWidth: '180px' } },
  short: { whiteSpace: 'nowrap' },
  narrow: { '@media (max-width: 640px)': { display: 'none' } },
  mark: { display: 'flex', alignItems: 'center', gap: '6px', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
})

/** The last runs as a plot and as a table. */
export function RunHistory({ kind, id }: { readonly kind: Kind; readonly id: number }) {
  const styles = useStyles()
  const runs = useRuns(kind, id)
  return (
    <Card title={texts.history}>
      <QueryView query={runs} loading={texts.loading} loadFailed={texts.loadFailed}>
        {(all) =>
          all.length === 0 ? (
            <p className={styles.quiet}>{texts.none}</p>
          ) : (
            <>
              <div className={styles.plots}>
                <DurationPlot runs={all} />
                <ChangesPlot runs={all} />
              </div>
              <div className={styles.scroll}>
                <table className={styles.table}>
                  <thead>
                    <tr>
                      <th className={styles.head}>{texts.columns.when}</th>
                      <th className={styles.head}>{texts.columns.result}</th>
                      <th className={`${styles.head} ${styles.narrow}`}>{texts.columns.took}</th>
                      <th className={`${styles.head} ${styles.narrow}`}>{texts.columns.why}</th>
                      <th className={styles.head}>{texts.columns.what}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {all.slice(0, shownAtOnce).map((run) => (
                      <RunRow key={run.id} run={run} />
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          )
        }
      </QueryView>
    </Card>
  )
}

function RunRow({ run }: { readonly run: Run }) {
  const styles = useStyles()
  const began = Date.parse(run.started_at)
  const took = run.finished_at === null ? null : Date.parse(run.finished_at) - began
  return (
    <tr>
      <td className={`${styles.cell} ${styles.short}`}>
        <TextLink href={`/runs/view?id=${run.id}`}>
          <RelativeTime at={began} />
        </TextLink>
      </td>
      <td className={styles.cell}>
        <span className={styles.mark}>
          <RunMark status={run.status} />
          {texts.status[run.status]}
        </span>
      </td>
      <td className={`${styles.cell} ${styles.narrow} ${styles.short}`}>{took === null ? '' : formatDuration(took)}</td>
      <td className={`${styles.cell} ${styles.narrow} ${styles.short}`}>{texts.trigger[run.trigger]}</td>
      <td className={`${styles.cell} ${styles.message}`}>
        {countLine(run.counts)}
        {(run.status !== 'ok' || Object.keys(run.counts).length === 0) && (
          <div className={styles.quiet}>{run.message}</div>
        )}
      </td>
    </tr>
  )
}
