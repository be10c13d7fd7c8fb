'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { formatDuration } from '../lib/format.ts'
import { useProgress } from '../lib/live.ts'
import { useRuns } from '../lib/queries.ts'
import type { RunDetails } from '../lib/types.ts'
import { run as runTexts, runPage as texts } from '../texts.ts'
import { Card } from './card.tsx'
import { CountTiles } from './counts.tsx'
import { Detail, DetailList } from './details.tsx'
import { ProgressLine } from './progress-line.tsx'
import { RunMark } from './run-mark.tsx'
import { TextLink } from './text-link.tsx'

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL },
  face: { display: 'flex', alignItems: 'center', gap: '12px' },
  mark: { display: 'flex', transform: 'scale(1.6)', margin: '0 6px' },
  word: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  message: { margin: 0, overflowWrap: 'anywhere' },
  failed: { color: 'var(--appCritical)' },
})

/** How a run ended, or what it is at, with its counts. */
export function RunResult({ run }: { readonly run: RunDetails }) {
  const styles = useStyles()
  const { id, kind, item_id, status, message, failure, counts, undo_of } = run
  const progress = useProgress(kind, item_id)
  const takenBackBy = useRuns(kind, item_id).data?.find((each) => each.undo_of === id && each.status === 'ok')
  const took = run.finished_at === null ? null : Date.parse(run.finished_at) - Date.parse(run.started_at)
  return (
    <Card label={texts.result}>
      <div className={styles.root}>
        <div className={styles.face}>
          <span className={styles.mark}>
            <RunMark status={status} />
          </span>
          <span className={styles.word}>{texts.ended[status]}</span>
        </div>
        {status === 'running' && progress?.run_id === id && <ProgressLine kind={kind} id={item_id} />}
        {message !== null && <p className={styles.message}>{message}</p>}
        {failure !== null && failure.message !== message && (
          <p className={`${styles.message} ${styles.failed}`}>{failure.message}</p>
        )}
        <CountTiles counts={counts} />
        <DetailList>
          {took !== null && <Detail term={texts.took}>{formatDuration(took)}</Detail>}
          <Detail term={texts.why}>{runTexts.trigger[run.trigger]}</Detail>
          {undo_of !== null && (
            <Detail term={texts.takesBack}>
              <TextLink href={`/runs/view?id=${undo_of}`}>{texts.runLink(undo_of)}</TextLink>
            </Detail>
          )}
          {takenBackBy && (
            <Detail term={texts.takenBackBy}>
              <TextLink href={`/runs/view?id=${takenBackBy.id}`}>{texts.runLink(takenBackBy.id)}</TextLink>
            </Detail>
          )}
        </DetailList>
      </div>
    </Card>
  )
}
