'use client'

import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { ClipboardSearchRegular } from '@fluentui/react-icons'
import { api } from '../lib/api.ts'
import { useAction } from '../lib/queries.ts'
import type { Destination, PlanAnswer } from '../lib/types.ts'
import { destinationPage as texts } from '../texts.ts'
import { Card, SettingCard, Stack } from './card.tsx'
import { CountTiles } from './counts.tsx'
import { FilteredOperations } from './filtered-operations.tsx'
import { ProblemList } from './problem-list.tsx'
import { ProblemBar } from './query-view.tsx'

const useStyles = makeStyles({
  parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL },
  message: { margin: 0, overflowWrap: 'anywhere' },
  heading: { margin: `0 0 ${tokens.spacingVerticalS}`, fontSize: tokens.fontSizeBase300 },
})

/** Shows on demand what a run would do, event by event; nothing is written. */
export function PlanCard({ destination }: { readonly destination: Destination }) {
  // A plan made before the last run, or with other settings, is no longer true.
  const basis = JSON.stringify({ ...destination, next_run_at: null })
  const plan = useAction((_basis: string) => api.plan(destination.id), [])
  const show = () => {
    if (!plan.isPending) plan.mutate(basis)
  }
  return (
    <Stack>
      <SettingCard icon={<ClipboardSearchRegular />} title={texts.plan} about={texts.planAbout}>
        <Button
          disabledFocusable={plan.isPending}
          icon={plan.isPending ? <Spinner size="extra-tiny" /> : null}
          onClick={show}
        >
          {plan.isPending ? texts.planning : texts.showPlan}
        </Button>
      </SettingCard>
      <div aria-live="polite">
        {plan.error !== null && (
          <ProblemBar intent="error" text={`${texts.planFailed} ${plan.error.message}`} onRetry={show} />
        )}
        {plan.data !== undefined && plan.variables === basis && <Plan answer={plan.data} />}
      </div>
    </Stack>
  )
}

function Plan({ answer: { message, plan } }: { readonly answer: PlanAnswer }) {
  const styles = useStyles()
  const { counts, operations, problems } = plan
  return (
    <Card label={texts.plan}>
      <div className={styles.parts}>
        <p className={styles.message}>{message}</p>
        <CountTiles counts={counts} />
        {operations.length === 0 ? (
          <p className={styles.message}>{texts.planNothing}</p>
        ) : (
          <FilteredOperations operations={operations} />
        )}
        {problems.length > 0 && (
          <div>
            <h3 className={styles.heading}>{texts.planProblems}</h3>
            <ProblemList problems={problems} />
          </div>
        )}
      </div>
    </Card>
  )
}
