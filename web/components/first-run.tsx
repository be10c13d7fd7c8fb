'use client'

import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useSync } from '../lib/changes.ts'
import { useProgress } from '../lib/live.ts'
import type { Kind, Run } from '../lib/types.ts'
import { useFirstRun } from '../lib/wizard-queries.ts'
import { actions, wizard as texts } from '../texts.ts'
import { LinkButton } from './link-button.tsx'
import { ProgressLine } from './progress-line.tsx'
import { ProblemBar } from './query-view.tsx'
import { StepResult } from './step-form.tsx'

const useStyles = makeStyles({
  wait: { justifyContent: 'start' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

interface FirstRunProps {
  readonly kind: Kind
  readonly id: number
  /** What is said while it is under way. */
  readonly heading: string
  /** Where to find the item. */
  readonly show: { readonly href: string; readonly label: string }
  readonly children: (run: Run) => ReactNode
}

/** The first run of a new item: under way, failed, or done, and then what came of it. */
export function FirstRun({ kind, id, heading, show, children }: FirstRunProps) {
  const styles = useStyles()
  const runs = useFirstRun(kind, id)
  const progress = useProgress(kind, id)
  const sync = useSync(kind, id, { onSuccess: () => runs.refetch(), onError: () => runs.refetch() })
  const run = runs.data?.[0]
  const isOver = run !== undefined && run.status !== 'running' && !sync.isPending
  if (isOver && run.status !== 'error' && run.status !== 'interrupted') return children(run)
  return (
    <StepResult heading={isOver ? texts.firstRun.failed : heading}>
      {isOver ? (
        <>
          <ProblemBar intent="error" text={run.failure?.message ?? run.message ?? texts.firstRun.failed} />
          <div className={styles.actions}>
            <Button appearance="primary" onClick={() => sync.mutate()}>
              {actions.syncNow}
            </Button>
            <LinkButton href={show.href}>{show.label}</LinkButton>
          </div>
        </>
      ) : progress === undefined ? (
        <Spinner className={styles.wait ?? ''} size="tiny" label={texts.firstRun.waiting} role="status" />
      ) : (
        <ProgressLine kind={kind} id={id} />
      )}
    </StepResult>
  )
}
