'use client'

import { useDraftPlan } from '../lib/queries.ts'
import type { CreateDestination, PlanAnswer } from '../lib/types.ts'
import type { Removal } from '../lib/wizard-values.ts'
import { addDestination } from '../texts.ts'
import { ChoiceCards } from './choice-cards.tsx'
import { QueryView } from './query-view.tsx'
import { StepForm } from './step-form.tsx'

const texts = addDestination.removal

const named = 3

interface RemovalStepProps {
  readonly removal: Removal
  /** The destination as a mirror of its feed: the answer that removes most. */
  readonly mirror: CreateDestination
  readonly onChange: (removal: Removal) => void
  readonly onNext: () => void
}

/** What may be removed from the calendar: three answers, each with what it means for this calendar right now. */
export function RemovalStep({ removal, mirror, onChange, onNext }: RemovalStepProps) {
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
              choice('mirror', mirror.create_calendar === true ? texts.mirror.fresh : mirrorNow(plan)),
            ]}
            onChange={onChange}
          />
        )}
      </QueryView>
    </StepForm>
  )
}

function choice(value: Removal, now: string) {
  const { title, about } = texts[value]
  return {
    value,
    title,
    about: (
      <>
        {about}
        <br />
        <strong>{now}</strong>
      </>
    ),
  }
}

function mirrorNow({ counts, operations }: PlanAnswer['plan']): string {
  const held = counts.held ?? 0
  const subjects = operations.filter(({ kind }) => kind === 'delete').map(({ subject }) => subject)
  const words = texts.mirror.now((counts.delete ?? 0) + held, subjects.slice(0, named))
  return held > 0 ? `${words} ${texts.mirror.held}` : words
}
