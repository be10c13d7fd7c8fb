'use client'

import { makeStyles } from '@fluentui/react-components'
import type { CreateDestination, Operation, PlanAnswer } from '../lib/types.ts'
import { useDraftPlan } from '../lib/wizard-queries.ts'
import type { Removal } from '../lib/wizard-values.ts'
import { addDestination } from '../texts.ts'
import { ChoiceCards } from './choice-cards.tsx'
import { QueryView } from './query-view.tsx'
import { StepForm } from './step-form.tsx'

const texts = addDestination.removal

/** So many of the events that would go are named. */
const named = 3

const useStyles = makeStyles({ warning: { color: 'var(--appCaution)' } })

interface RemovalStepProps {
  readonly removal: Removal
  /** The destination as a mirror of its feed: the answer that removes most. */
  readonly mirror: CreateDestination
  readonly onChange: (removal: Removal) => void
  readonly onNext: () => void
}

/** What may be removed from the calendar: three answers, each with what it means for this calendar right now. */
export function RemovalStep({ removal, mirror, onChange, onNext }: RemovalStepProps) {
  const styles = useStyles()
  const query = useDraftPlan(mirror)
  const { loading, loadFailed } = addDestination.plan
  return (
    <StepForm
      heading={texts.heading}
      intro={texts.intro}
      next={{ label: texts.next, disabled: query.data === undefined }}
      onNext={() => onNext()}
    >
      <QueryView query={query} loading={loading} loadFailed={loadFailed}>
        {({ plan }) => (
          <ChoiceCards
            label={texts.question}
            value={removal}
            choices={[
              choice('dropped', texts.dropped.now),
              choice('nothing', texts.nothing.now),
              choice('mirror', mirrorNow(plan, mirror), removed(plan) > 0 ? styles.warning : undefined),
            ]}
            onChange={onChange}
          />
        )}
      </QueryView>
    </StepForm>
  )
}

function choice(value: Removal, now: string, className?: string) {
  const { title, about } = texts[value]
  return {
    value,
    title,
    about: (
      <>
        {about}
        <br />
        <strong className={className}>{now}</strong>
      </>
    ),
  }
}

function removed({ counts }: PlanAnswer['plan']): number {
  return (counts.delete ?? 0) + (counts.held ?? 0)
}

function goes({ kind, result }: Operation): boolean {
  return kind === 'delete' && (result === null || result === 'held')
}

function mirrorNow(plan: PlanAnswer['plan'], { create_calendar }: CreateDestination): string {
  if (create_calendar === true) return texts.mirror.fresh
  const subjects = plan.operations.filter(goes).map(({ subject }) => subject)
  const words = texts.mirror.now(removed(plan), subjects.slice(0, named))
  return (plan.counts.held ?? 0) > 0 ? `${words} ${texts.mirror.held}` : words
}
