'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../lib/api.ts'
import { useRefresh } from '../lib/changes.ts'
import { useSources } from '../lib/queries.ts'
import type { Destination, Inspected } from '../lib/types.ts'
import { useWizard } from '../lib/use-wizard.ts'
import { draftPlanKey, inspectKey } from '../lib/wizard-queries.ts'
import { blankDestination, type DestinationDraft, feedUrlOf, newDestinationBody } from '../lib/wizard-values.ts'
import { addDestination, nav, account as texts } from '../texts.ts'
import { AccountStep, type Found } from './account-step.tsx'
import { ContentsStep } from './contents-step.tsx'
import { DestinationDone } from './destination-done.tsx'
import { FeedStep } from './feed-step.tsx'
import { PlanStep } from './plan-step.tsx'
import { RemovalStep } from './removal-step.tsx'
import { TargetStep } from './target-step.tsx'
import { WizardFrame } from './wizard-frame.tsx'

const { feed, contents, target, removal, plan, finish } = addDestination
const steps = [feed.title, contents.title, texts.title, target.title, removal.title, plan.title, finish.title]

/** A destination step by step: feed, account, calendar, what may be removed, the plan, and the first run. */
export function DestinationWizard() {
  const wizard = useWizard('destination', blankDestination, 2)
  const { step, key, draft, set, go } = wizard
  const client = useQueryClient()
  const refresh = useRefresh('destination')
  const sources = useSources()
  const [found, setFound] = useState<Found | null>(null)
  const [made, setMade] = useState<Destination | null>(null)
  const calendars = found?.discovery.calendars ?? []
  const body = (part: Partial<DestinationDraft> = {}) => newDestinationBody({ ...draft, ...part }, calendars)

  const suggestNames = () => {
    const source = sources.data?.find(({ id }) => draft.feed.way === 'source' && String(id) === draft.feed.source)
    const inspected = client.getQueryData<Inspected>(inspectKey(feedUrlOf(draft.feed)))
    const name = source?.name ?? inspected?.name ?? ''
    const { target: before } = draft
    set({ target: { ...before, name: before.name || name, new_name: before.new_name || name } })
  }

  const create = async () => {
    const { destination } = await api.createDestination(body())
    // Without an interval nothing runs by itself; how the run ends is read from its record.
    if (destination.sync_interval_secs === 0) api.sync('destination', destination.id).catch(() => undefined)
    wizard.finish()
    setMade(destination)
    go(6)
    await refresh()
  }

  const shown = () => {
    if (made !== null) return <DestinationDone destination={made} />
    if (step === 0) {
      return <FeedStep key={key} feed={draft.feed} onChange={(feed) => set({ feed })} onNext={() => go(1)} />
    }
    if (step === 1) {
      const next = () => {
        suggestNames()
        go(2)
      }
      return <ContentsStep key={key} feedUrl={feedUrlOf(draft.feed)} onNext={next} />
    }
    if (step === 2) {
      return (
        <AccountStep
          key={key}
          kind="destination"
          account={draft.account}
          found={found}
          onChange={(account) => set({ account })}
          onFound={setFound}
          onNext={() => go(3)}
        />
      )
    }
    if (step === 3) {
      return (
        <TargetStep
          key={key}
          calendars={calendars}
          target={draft.target}
          onChange={(target) => set({ target })}
          onNext={async (target, signal) => {
            const mirror = body({ target, removal: 'mirror' })
            client.setQueryData(draftPlanKey(mirror), await api.planNew(mirror, signal))
            go(4)
          }}
        />
      )
    }
    if (step === 4) {
      return (
        <RemovalStep
          key={key}
          removal={draft.removal}
          mirror={body({ removal: 'mirror' })}
          onChange={(removal) => set({ removal })}
          onNext={() => go(5)}
        />
      )
    }
    return <PlanStep key={key} destination={body()} onCreate={create} />
  }

  return (
    <WizardFrame
      title={addDestination.title}
      intro={addDestination.intro}
      above={{ href: '/destinations', label: nav.destinations }}
      steps={steps}
      wizard={wizard}
      final={made !== null}
    >
      {shown()}
    </WizardFrame>
  )
}
