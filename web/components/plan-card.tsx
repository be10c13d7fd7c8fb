'use client'

import { Button, makeStyles, Spinner } from '@fluentui/react-components'
import { ClipboardSearchRegular } from '@fluentui/react-icons'
import dynamic from 'next/dynamic'
import { api } from '../lib/api.ts'
import { useAction } from '../lib/changes.ts'
import type { Destination } from '../lib/types.ts'
import { destinationPage as texts } from '../texts.ts'
import { SettingCard, Stack } from './card.tsx'
import { ProblemBar } from './query-view.tsx'

const PlanResult = dynamic(() => import('./plan-result.tsx').then((module) => module.PlanResult), { ssr: false })

const useStyles = makeStyles({
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
})

/** Shows on demand what a run would do, event by event; nothing is written. */
export function PlanCard({ destination }: { readonly destination: Destination }) {
  const styles = useStyles()
  // A plan made before the last run, or with other settings, is no longer true.
  const basis = JSON.stringify({ ...destination, next_run_at: null })
  const plan = useAction((_basis: string) => api.plan(destination.id), [])
  const shown = plan.variables === basis ? plan.data : undefined
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
      {/* Told aloud is only that it is there: a plan may have hundreds of lines. */}
      <div role="status" className={styles.hidden}>
        {shown && texts.planReady}
      </div>
      <div>
        {plan.error !== null && (
          <ProblemBar intent="error" text={`${texts.planFailed} ${plan.error.message}`} onRetry={show} />
        )}
        {shown && <PlanResult answer={shown} />}
      </div>
    </Stack>
  )
}
