'use client'

import { useState } from 'react'
import { api } from '../lib/api.ts'
import { useRefresh } from '../lib/changes.ts'
import type { Source } from '../lib/types.ts'
import { useWizard } from '../lib/use-wizard.ts'
import { blankSource, newSourceBody, type SourceDetails, stillThere } from '../lib/wizard-values.ts'
import { addSource, nav, account as texts } from '../texts.ts'
import { AccountStep, type Found } from './account-step.tsx'
import { CalendarsStep } from './calendars-step.tsx'
import { SourceDetailsStep } from './source-details-step.tsx'
import { SourceDone } from './source-done.tsx'
import { WizardFrame } from './wizard-frame.tsx'

const steps = [texts.title, addSource.calendars.title, addSource.details.title, addSource.subscribe.title]

/** A source step by step: account, calendars, name and address, and at last how to subscribe. */
export function SourceWizard() {
  const wizard = useWizard('source', blankSource, 0)
  const refresh = useRefresh('source')
  const [found, setFound] = useState<Found | null>(null)
  const [made, setMade] = useState<Source | null>(null)
  const { step, key, draft, set, go } = wizard
  const calendars = found?.discovery.calendars ?? []

  const suggestName = () => {
    const chosen = calendars.filter(({ url }) => draft.calendars?.includes(url) ?? true)
    const [only, second] = chosen
    if (draft.details.name === '' && only && second === undefined) {
      set({ details: { ...draft.details, name: only.display_name } })
    }
  }

  const create = async (details: SourceDetails) => {
    const { source } = await api.createSource(newSourceBody({ ...draft, details }))
    // Without an interval nothing runs by itself; how the run ends is read from its record.
    if (source.sync_interval_secs === 0) api.sync('source', source.id).catch(() => undefined)
    wizard.finish()
    setMade(source)
    go(3)
    await refresh()
  }

  return (
    <WizardFrame
      title={addSource.title}
      intro={addSource.intro}
      above={{ href: '/sources', label: nav.sources }}
      steps={steps}
      wizard={wizard}
      final={made !== null}
    >
      {made !== null ? (
        <SourceDone source={made} />
      ) : step === 0 ? (
        <AccountStep
          key={key}
          kind="source"
          account={draft.account}
          found={found}
          onChange={(account) => set({ account })}
          onFound={(now) => {
            setFound(now)
            const all = now.discovery.calendars.map(({ url }) => url)
            set({ calendars: stillThere(draft.calendars, all) })
          }}
          onNext={() => go(1)}
        />
      ) : step === 1 ? (
        <CalendarsStep
          key={key}
          calendars={calendars}
          chosen={draft.calendars}
          onChange={(chosen) => set({ calendars: chosen })}
          onNext={() => {
            suggestName()
            go(2)
          }}
        />
      ) : (
        <SourceDetailsStep
          key={key}
          details={draft.details}
          username={draft.account.username}
          onChange={(details) => set({ details })}
          onCreate={create}
        />
      )}
    </WizardFrame>
  )
}
