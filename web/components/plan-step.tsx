'use client'

import { Badge, Button, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowSyncRegular, InfoRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { api } from '../lib/api.ts'
import type { CreateDestination, OverlapEntry, PlanAnswer } from '../lib/types.ts'
import { useTask } from '../lib/use-task.ts'
import { useDraftPlan } from '../lib/wizard-queries.ts'
import { addDestination } from '../texts.ts'
import { Expander } from './card.tsx'
import { OperationList } from './operation-list.tsx'
import { OverlapDialog } from './overlap-dialog.tsx'
import { ProblemList } from './problem-list.tsx'
import { QueryView } from './query-view.tsx'
import { StepForm } from './step-form.tsx'

const texts = addDestination.plan

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalL, minWidth: 0 },
  counts: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  list: { display: 'grid', gap: tokens.spacingVerticalS, minWidth: 0 },
  title: { margin: 0, fontSize: 'inherit', fontWeight: tokens.fontWeightSemibold },
  text: { margin: 0 },
})

interface PlanStepProps {
  readonly destination: CreateDestination
  /** Makes the destination; what it throws is a sentence for people. */
  readonly onCreate: () => Promise<void>
}

/** What the first run will do, event by event, before it does anything. */
export function PlanStep({ destination, onCreate }: PlanStepProps) {
  const task = useTask()
  const query = useDraftPlan(destination)
  const [overlapping, setOverlapping] = useState<readonly OverlapEntry[]>([])

  const createUnlessOverlapping = async () => {
    const others = await api.overlaps(destination.caldav_url, destination.calendar_name, null)
    setOverlapping(others)
    if (others.length === 0) await onCreate()
  }

  return (
    <>
      <StepForm
        heading={texts.heading}
        task={task}
        next={{ label: texts.next, busyLabel: texts.creating, unstoppable: true, disabled: query.data === undefined }}
        onNext={() => task.run(createUnlessOverlapping)}
      >
        <QueryView query={query} loading={texts.loading} loadFailed={texts.loadFailed}>
          {({ plan }) => <Plan plan={plan} busy={query.isFetching} onAgain={() => query.refetch()} />}
        </QueryView>
      </StepForm>
      <OverlapDialog
        overlapping={overlapping}
        saving={task.busy}
        onCancel={() => setOverlapping([])}
        onContinue={() => {
          setOverlapping([])
          return task.run(onCreate)
        }}
      />
    </>
  )
}

const colors = {
  create: 'success',
  update: 'informative',
  delete: 'danger',
  held: 'warning',
  unchanged: 'subtle',
} as const
const kinds = ['create', 'update', 'delete', 'held', 'unchanged'] as const

interface PlanProps {
  readonly plan: PlanAnswer['plan']
  readonly busy: boolean
  readonly onAgain: () => unknown
}

function Plan({ plan: { counts, operations, problems }, busy, onAgain }: PlanProps) {
  const styles = useStyles()
  return (
    <div className={styles.root}>
      <div className={styles.counts} role="status">
        {kinds.map((kind) =>
          (counts[kind] ?? 0) === 0 ? null : (
            <Badge key={kind} size="large" appearance="tint" color={colors[kind]}>
              {counts[kind]} {texts.counts[kind]}
            </Badge>
          ),
        )}
        {operations.length === 0 && <p className={styles.text}>{texts.nothing}</p>}
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowSyncRegular />}
          disabledFocusable={busy}
          onClick={() => onAgain()}
        >
          {texts.again}
        </Button>
      </div>
      {operations.length > 0 && (
        <section className={styles.list} aria-label={texts.events}>
          <h3 className={styles.title}>{texts.events}</h3>
          <OperationList operations={operations} />
        </section>
      )}
      {problems.length > 0 && (
        <Expander icon={<InfoRegular />} title={texts.problems(problems.length)} about={texts.problemsAbout}>
          <ProblemList problems={problems} />
        </Expander>
      )}
    </div>
  )
}
